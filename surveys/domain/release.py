"""The release: all that is kept of an opened box, as values and as the plain data whose canonical JSON is hashed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from surveys.domain.disclosure import Band, Figure, Row
from surveys.domain.doubt import Cell, Shown

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Release:
    """What was published of a survey: its size, the witnesses counted, a figure for each item, what judges said."""

    survey: str
    kind: str
    fingerprint: str
    ballots: int
    row: Row
    witnesses: tuple[str, ...]
    figures: tuple[Figure, ...]
    closed: Mapping[str, object] = field(default_factory=dict)

    def figure(self, item: str) -> Figure:
        """Return the figure of an item; a withheld one when the release has none."""
        return next((one for one in self.figures if one.item == item), Figure(item, Row.WITHHELD))


class CellData(TypedDict):
    """A cell as plain data: the choice or voice it is of, and what is shown."""

    id: str
    shown: str
    percent: NotRequired[int]


class FigureData(TypedDict):
    """A figure as plain data; what is not shown is left out."""

    item: str
    shown: str
    band: NotRequired[str]
    cut: NotRequired[list[int]]
    median: NotRequired[list[int]]
    choices: NotRequired[list[CellData]]
    voices: NotRequired[list[CellData]]


class ReleaseData(TypedDict):
    """A release as plain data; the list of witnesses may be left aside."""

    format: int
    survey: str
    kind: str
    fingerprint: str
    ballots: int
    row: str
    witnesses: NotRequired[list[str]]
    figures: list[FigureData]
    closed: dict[str, object]


def write(release: Release) -> ReleaseData:
    """Return the release as plain data."""
    return {
        "format": FORMAT,
        "survey": release.survey,
        "kind": release.kind,
        "fingerprint": release.fingerprint,
        "ballots": release.ballots,
        "row": str(release.row),
        "witnesses": list(release.witnesses),
        "figures": [_figure_data(one) for one in release.figures],
        "closed": dict(release.closed),
    }


def read(data: ReleaseData) -> Release:
    """Return the release that `write` gave, without witnesses where they were left aside."""
    return Release(
        survey=data["survey"],
        kind=data["kind"],
        fingerprint=data["fingerprint"],
        ballots=data["ballots"],
        row=Row(data["row"]),
        witnesses=tuple(data.get("witnesses", ())),
        figures=tuple(_figure(one) for one in data["figures"]),
        closed=data["closed"],
    )


def beginning(text: str, survey: str) -> ReleaseData | None:
    """Return a release without its witnesses from the beginning of its canonical JSON; None if that is cut before them.

    Keys are sorted, so that the witnesses, of which there are as many as ballots, are all that comes after the survey.
    """
    last = f'"survey":{json.dumps(survey)}'
    before, found, _ = text.rpartition(f'{last},"witnesses":[')
    data: ReleaseData | None = json.loads(f"{before}{last}}}") if found else None
    return data


def _figure_data(figure: Figure) -> FigureData:
    said: FigureData = {"item": figure.item, "shown": str(figure.row)}
    if figure.band is not None and figure.cut is not None:
        said["band"], said["cut"] = str(figure.band), list(figure.cut)
    if figure.median is not None:
        said["median"] = list(figure.median)
    if figure.choices:
        said["choices"] = _cells_data(figure.choices)
    if figure.voices:
        said["voices"] = _cells_data(figure.voices)
    return said


def _cells_data(cells: Mapping[str, Cell]) -> list[CellData]:
    return [
        {"id": key, "shown": str(cell.shown)}
        if cell.percent is None
        else {"id": key, "shown": str(cell.shown), "percent": cell.percent}
        for key, cell in cells.items()
    ]


def _figure(data: FigureData) -> Figure:
    return Figure(
        item=data["item"],
        row=Row(data["shown"]),
        cut=_pair(data.get("cut")),
        band=Band(data["band"]) if "band" in data else None,
        choices=_cells(data.get("choices", [])),
        median=_pair(data.get("median")),
        voices=_cells(data.get("voices", [])),
    )


def _pair(levels: list[int] | None) -> tuple[int, int] | None:
    return (levels[0], levels[1]) if levels else None


def _cells(cells: list[CellData]) -> dict[str, Cell]:
    return {one["id"]: Cell(Shown(one["shown"]), one.get("percent")) for one in cells}
