"""What acts on what: measures and decisions against the threats they answer, as a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How something stands to a threat: it was decided against it, or it could answer it."""

    DECIDED = "decided"
    COULD = "could"


@dataclass(frozen=True, slots=True)
class Row:
    """One measure, or one decision without a measure, with its mark for each threat of the table; None for no link."""

    code: str
    marks: tuple[Mark | None, ...]

    @property
    def decided(self) -> bool:
        """Whether something of it was decided."""
        return Mark.DECIDED in self.marks


def links(
    threats: Sequence[str], could: Mapping[str, Collection[str]], decided: Mapping[str, Collection[str]]
) -> tuple[Row, ...]:
    """Return what acts on these threats: what was decided first, then by code. What acts on none is left out.

    `could` gives the threats each measure may answer, `decided` those each measure, or decision without one, is
    against. What was decided stands before what could be.
    """

    def mark(code: str, threat: str) -> Mark | None:
        if threat in decided.get(code, ()):
            return Mark.DECIDED
        return Mark.COULD if threat in could.get(code, ()) else None

    rows = (Row(code, tuple(mark(code, threat) for threat in threats)) for code in {*could, *decided})
    return tuple(sorted((row for row in rows if any(row.marks)), key=lambda row: (not row.decided, row.code)))
