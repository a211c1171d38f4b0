"""The numbers that were counted, laid out so that a member finds theirs and the address does not tell which it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

LISTED = 600
"""Ballots up to which the numbers stand on the page of the results."""
CROWD = 1_000
"""How many numbers, about, a page holds at least: its address is one of so many people."""
FEW = 60
"""So many numbers of a group, and no more, stand in one list; more are parted by their next digit."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Pages by their first digits (none: there is one page), and the numbers of this page.

    They stand in ten groups at most, by their start; each is one list, or a list for every digit that follows.
    """

    starts: tuple[str, ...]
    start: str
    groups: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def numbers(witnesses: Sequence[str], asked: str) -> Numbers:
    """Return the page `asked` of some sorted numbers; the first page for one that is none."""
    digits = sum(len(witnesses) >= CROWD * 10**more for more in (1, 2))
    starts = tuple(f"{at:0{digits}}" for at in range(10**digits)) if digits else ()
    start = asked if asked in starts else "".join(starts[:1])
    mine = (one for one in witnesses if one.startswith(start))
    groups = _by_start(mine, digits + 1)
    return Numbers(starts, start, tuple((begin, _lists(held, digits + 2)) for begin, held in groups))


def _by_start(numbers: Iterable[str], digits: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((begin, tuple(held)) for begin, held in groupby(numbers, key=lambda one: one[:digits]))


def _lists(held: tuple[str, ...], digits: int) -> tuple[tuple[str, ...], ...]:
    return tuple(part for _, part in _by_start(held, digits)) if len(held) > FEW else (held,)
