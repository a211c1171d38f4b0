"""Figures drawn by Plotly, from released values only. The table beside a figure always says the same."""

import html
import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

SCALE = ("#5e3c99", "#b2abd2", "#e8e4de", "#fdb863", "#e66101", "#8c3a00")
INK = "#3b2f2a"
WIDEST = 36
BAR, LETTER, AROUND = 26, 19, 110


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of figures: a name by language, its drawing, and what is shown of it ("" for too few)."""

    label: Mapping[str, str]
    shown: str
    percent: int = 0
    mark: str = ""

    @property
    def band(self) -> str:
        """The band, for a table of bands."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: its width in per cent; `hatched` where that only stands for "few or none", or "nearly all"."""

    width: int = 0
    hatched: bool = False


def stacked(labels: Sequence[str], series: Mapping[str, Sequence[Part]], *, rtl: bool = False) -> str:
    """Return the JSON of horizontal stacked bars: one bar a label, one part a series, in the order given.

    A label stands above its bar, broken into lines, so that bars keep the width of the page on a phone.
    """
    figure = go.Figure()
    for (name, parts), colour in zip(series.items(), _spread(len(series)), strict=True):
        figure.add_bar(
            y=list(range(len(labels))),
            x=[part.width for part in parts],
            name=html.escape(name, quote=False),
            text=["" if part.hatched or not part.width else str(part.width) for part in parts],
            orientation="h",
            insidetextanchor="middle",
            marker=_marker(colour, parts),
        )
    whole = max((sum(column) for column in _columns(series)), default=0)
    _lay_out(figure, [_lines(label) for label in labels], rtl=rtl, whole=max(100, whole))
    data = json.loads(figure.to_json())
    data["layout"].pop("template", None)
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _marker(colour: str, parts: Sequence[Part]) -> dict[str, object]:
    shape = ["/" if part.hatched else "" for part in parts]
    pattern = {"shape": shape, "fgcolor": INK, "bgcolor": colour, "size": 5, "solidity": 0.25}
    return {"color": colour, "line": {"color": INK, "width": 1}, "pattern": pattern}


def _spread(parts: int) -> tuple[str, ...]:
    step = (len(SCALE) - 1) / max(1, parts - 1)
    return tuple(SCALE[round(index * step)] for index in range(parts))


def _columns(series: Mapping[str, Sequence[Part]]) -> list[list[int]]:
    return [[part.width for part in parts] for parts in zip(*series.values(), strict=True)]


def _lines(label: str) -> list[str]:
    return [html.escape(line, quote=False) for line in textwrap.wrap(label, WIDEST)]


def _lay_out(figure: go.Figure, labels: Sequence[Sequence[str]], *, rtl: bool, whole: int) -> None:
    """Give each bar a row with room for its label. The legend's rows are added where the width is known."""
    row = BAR + 18 + LETTER * max((len(lines) for lines in labels), default=0)
    below = (BAR / 2 + 4) / row
    figure.update_layout(
        barmode="stack",
        bargap=1 - BAR / row,
        margin={"l": 16, "r": 24, "t": 8, "b": 32},
        height=row * len(labels) + AROUND,
        hovermode=False,
        font={"family": "system-ui, sans-serif", "size": 14},
        uniformtext={"mode": "hide", "minsize": 11},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "x": 1 if rtl else 0, "xanchor": "right" if rtl else "left"},
        xaxis={"range": [whole, 0] if rtl else [0, whole], "dtick": 25, "ticksuffix": " %", "fixedrange": True},
        yaxis={"range": [len(labels) - 1 + below, below - 1], "visible": False, "fixedrange": True},
        annotations=[_above(at, lines, rtl=rtl) for at, lines in enumerate(labels)],
    )


def _above(at: int, lines: Sequence[str], *, rtl: bool) -> dict[str, object]:
    side = "right" if rtl else "left"
    across = {"xref": "paper", "x": 1 if rtl else 0, "xanchor": side, "align": side}
    return {**across, "y": at, "yanchor": "bottom", "yshift": BAR / 2, "text": "<br>".join(lines), "showarrow": False}
