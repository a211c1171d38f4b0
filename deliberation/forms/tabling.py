"""The table of risk as it is typed: five rows of five classes, named `row1` to `row5`."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from deliberation.domain.risk import STEPS, Table
from deliberation.forms.settling import number

Typed = list[list[str]]


def typed(form: MultiDict[str, str]) -> Typed:
    """Return what was typed; a row that lacks cells is filled up with empty ones."""
    rows = (form.getlist(f"row{at}")[:STEPS] for at in range(1, STEPS + 1))
    return [row + [""] * (STEPS - len(row)) for row in rows]


def shown(table: Table) -> Typed:
    """Return a table as it would be typed."""
    return [[str(cell) for cell in row] for row in table]


def numbers(rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return the classes typed, 0 for what is no number."""
    return [[number(cell) for cell in row] for row in rows]
