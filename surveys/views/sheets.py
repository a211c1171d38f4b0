"""A new season's cards, shown once, to be printed and cut. What is printed here is kept nowhere and has no address."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import segno
from flask import url_for
from flask.typing import ResponseReturnValue

from commons import access, pages
from commons.assembly import Assembly, load
from commons.quorum import Act
from surveys.domain.cards import SURVEYS, Code, show, show_witness, witness


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as one line to be filled: how many modules it is wide, and where the dark ones are."""

    size: int
    path: str


def square(text: str) -> Square:
    """Return the square telephones read as `text`: drawn in the page, so that no address ever holds what it says."""
    rows = segno.make(text, error="m", micro=False).matrix
    return Square(len(rows), "".join(_row(line, bytes(row)) for line, row in enumerate(rows)))


def _row(line: int, row: bytes) -> str:
    """Return one row's dark runs as steps of a path."""
    drawn, at = "", 0
    for dark, run in groupby(row):
        length = len(list(run))
        drawn += f"M{at} {line}h{length}v1h-{length}z" if dark else ""
        at += length
    return drawn


def printed(act: Act, result: object) -> ResponseReturnValue:
    """Show a new season's cards, once; the spares apart."""
    codes = result if isinstance(result, tuple) else ()
    place, held = load(act.assembly.id), str(act.params.get("square", "address"))
    spares = len(codes) - int(str(act.params.get("spares", 0)))
    said = _said(place, held)
    return pages.render(
        "surveys/sheet.html",
        place=place,
        word=access.reading_word(place),
        address=_address(place),
        common=None if held == "number" else square(said),
        parts=[[_card(code, said if held == "number" else "") for code in part] for part in _parted(codes, spares)],
    )


def _parted(codes: tuple[Code, ...], at: int) -> tuple[tuple[Code, ...], ...]:
    return codes[:at], codes[at:]


def _address(place: Assembly) -> str:
    return url_for("deliberation.home", assembly=place.slug, _external=True)


def _said(place: Assembly, held: str) -> str:
    """Return what the square says: an address alone can be opened; with more it is text, to be read and never sent."""
    return _address(place) if held == "address" else f"{_address(place)}\n{access.reading_word(place)}"


def _card(code: Code, said: str) -> Mapping[str, object]:
    """Return what is printed on one card: its number, its witness in each survey of the season, a square of its own."""
    return {
        "code": show(code),
        "witnesses": [show_witness(witness(code, n)) for n in range(1, SURVEYS + 1)],
        "square": square(f"{said}\n{show(code)}") if said else None,
    }
