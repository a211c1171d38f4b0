"""The assembly: a place that asks and decides together. It holds a name it chose and its thresholds, never people."""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ColumnElement, select
from sqlalchemy.orm import Mapped, mapped_column

from commons.db import JSON, Base, Key, session

LEAST_INFILTRATORS, MOST_INFILTRATORS = 1, 4


class AssemblyRow(Base):
    """One assembly: k facilitators for an act, t infiltrators assumed."""

    __tablename__ = "assembly"
    __table_args__ = (
        CheckConstraint("k >= 2", name="several"),
        CheckConstraint(f"t BETWEEN {LEAST_INFILTRATORS} AND {MOST_INFILTRATORS}", name="infiltrators"),
    )
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(JSON)
    k: Mapped[int]
    t: Mapped[int]
    timezone: Mapped[str]


@dataclass(frozen=True, slots=True)
class Assembly:
    """An assembly as every room sees it. `season` dates its reading word: the card set now in use, or nothing yet."""

    id: bytes
    slug: str
    title: str
    languages: tuple[str, ...]
    k: int
    t: int
    timezone: str
    season: bytes = b""

    @property
    def floor(self) -> int:
        """K: the fewest answers with which nobody's can be certain (2t + 3)."""
        return 2 * self.t + 3


class _Season:
    """What tells the season of an assembly: a scalar subquery given by the room that keeps the cards."""

    column: ColumnElement[bytes] | None = None


def register_season(column: ColumnElement[bytes]) -> None:
    """Let a room say, in the same statement that finds the assembly, which season it is in."""
    _Season.column = column


def _find(condition: ColumnElement[bool]) -> tuple[Assembly, ...]:
    wanted = [AssemblyRow] if _Season.column is None else [AssemblyRow, _Season.column.label("season")]
    rows = session.execute(select(*wanted).where(condition).order_by(AssemblyRow.slug)).all()
    return tuple(_value(row[0], row[1] if len(row) > 1 else b"") for row in rows)


def _value(row: AssemblyRow, season: bytes | None) -> Assembly:
    languages = tuple(row.languages)
    return Assembly(row.id, row.slug, row.title, languages, row.k, row.t, row.timezone, season or b"")


def find(slug: str) -> Assembly | None:
    """Return the assembly of an address, or None."""
    return next(iter(_find(AssemblyRow.slug == slug)), None)


def load(key: bytes) -> Assembly:
    """Return the assembly of a key. Raises LookupError when there is none."""
    for found in _find(AssemblyRow.id == key):
        return found
    raise LookupError(key.hex())


def listed() -> tuple[Assembly, ...]:
    """Return every assembly of this instance, by slug."""
    return _find(AssemblyRow.slug == AssemblyRow.slug)
