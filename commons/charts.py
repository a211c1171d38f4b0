"""Figures drawn by Plotly, from released values only. The table beside a figure always says the same."""

import json
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

SCALE = ("#5e3c99", "#b2abd2", "#e8e4de", "#fdb863", "#e66101", "#8c3a00")
INK = "#3b2f2a"
WIDEST = 36


def stacked(labels: Sequence[str], series: Mapping[str, Sequence[float]], *, rtl: bool = False) -> str:
    """Return the JSON of horizontal stacked bars: one bar a label, one part a series, in the order given."""
    figure = go.Figure()
    for (name, values), colour in zip(series.items(), _spread(len(series)), strict=True):
        marker = {"color": colour, "line": {"color": INK, "width": 1}}
        figure.add_bar(y=list(labels), x=list(values), name=name, orientation="h", marker=marker)
    figure.update_layout(barmode="stack")
    return _written(figure, labels, rtl=rtl)


def bars(labels: Sequence[str], values: Sequence[float], *, rtl: bool = False) -> str:
    """Return the JSON of one horizontal bar a label."""
    figure = go.Figure()
    marker = {"color": SCALE[1], "line": {"color": INK, "width": 1}}
    figure.add_bar(y=list(labels), x=list(values), orientation="h", marker=marker)
    return _written(figure, labels, rtl=rtl)


def _spread(parts: int) -> tuple[str, ...]:
    step = (len(SCALE) - 1) / max(1, parts - 1)
    return tuple(SCALE[round(index * step)] for index in range(parts))


def _short(label: str) -> str:
    return label if len(label) <= WIDEST else f"{label[: WIDEST - 1].rstrip()}…"


def _written(figure: go.Figure, labels: Sequence[str], *, rtl: bool) -> str:
    shown = [_short(label) for label in labels]
    longest = 8 * max((len(label) for label in shown), default=0) + 20
    figure.update_layout(
        margin={"l": 20 if rtl else longest, "r": longest if rtl else 20, "t": 10, "b": 110},
        height=130 + 42 * len(labels),
        font={"family": "system-ui, sans-serif", "size": 14},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"},
        xaxis={"range": [100, 0] if rtl else [0, 100], "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "side": "right" if rtl else "left",
            "fixedrange": True,
            "tickvals": list(labels),
            "ticktext": shown,
        },
    )
    data = json.loads(figure.to_json())
    data["layout"].pop("template", None)
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
