"""The numbers that were counted, laid out so that a member finds theirs and the address does not tell which it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

LISTED = 600
"""Ballots up to which the numbers stand on the page of the results."""
CROWD = 1_000
"""How many numbers, about, a page holds at least: its address is one of so many people."""
FINER = 2


@dataclass(frozen=True, slots=True)
class Numbers:
    """Pages by their first digits (none: there is one page), and the numbers of this page in groups by their start."""

    starts: tuple[str, ...]
    start: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def numbers(witnesses: Sequence[str], asked: str) -> Numbers:
    """Return the page `asked` of some sorted numbers; the first page for one that is none."""
    digits = sum(len(witnesses) >= CROWD * 10**more for more in (1, 2))
    starts = tuple(f"{at:0{digits}}" for at in range(10**digits)) if digits else ()
    start = asked if asked in starts else "".join(starts[:1])
    mine = (one for one in witnesses if one.startswith(start))
    groups = groupby(mine, key=lambda one: one[: digits + FINER])
    return Numbers(starts, start, tuple((begin, tuple(held)) for begin, held in groups))
