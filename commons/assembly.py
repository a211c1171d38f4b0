"""The assembly: a place that asks and decides together. It holds a name it chose and its thresholds, never people."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ScalarSelect, Select, bindparam, literal, select
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


_TABLE = AssemblyRow.__table__
_statements: dict[str, Select[Any]] = {}
"""Built once: a kept page is found by two statements, and building them would cost more than running them."""


def register_season(season: ScalarSelect[bytes] | None = None) -> None:
    """Let the room that keeps the cards say, in the same statement that finds an assembly, which season it is in."""
    told = literal(b"") if season is None else season
    every = select(_TABLE, told.label("season")).order_by(_TABLE.c.slug)
    _statements["every"] = every
    _statements["slug"] = every.where(_TABLE.c.slug == bindparam("wanted"))
    _statements["key"] = every.where(_TABLE.c.id == bindparam("wanted"))


register_season()


def _found(which: str, wanted: str | bytes = b"") -> tuple[Assembly, ...]:
    rows = session.execute(_statements[which], {"wanted": wanted} if which != "every" else {})
    return tuple(
        Assembly(key, slug, title, tuple(languages), k, t, timezone, season or b"")
        for key, slug, title, languages, k, t, timezone, season in rows
    )


def find(slug: str) -> Assembly | None:
    """Return the assembly of an address, or None."""
    return next(iter(_found("slug", slug)), None)


def slug_of(typed: str) -> str:
    """Return the place somebody typed, or the one in an address they pasted; empty when there is none in it."""
    _, _, address = typed.casefold().rpartition("://")
    parts = [part for part in address.split("/") if part]
    place = parts[2] if "://" in typed and len(parts) > len(("host", "tag")) else parts[-1] if parts else ""
    return "".join(letter for letter in place if letter.isalnum() or letter == "-")


def load(key: bytes) -> Assembly:
    """Return the assembly of a key. Raises LookupError when there is none."""
    for found in _found("key", key):
        return found
    raise LookupError(key.hex())


def listed() -> tuple[Assembly, ...]:
    """Return every assembly of this instance, by slug."""
    return _found("every")
