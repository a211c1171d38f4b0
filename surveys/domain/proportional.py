"""A proportional list out of approvals: exact sequential Phragmén, ties kept, and the EJR+ audit of each prefix.

Approvals are bit planes: for each item, one bit per ballot. Ballots are never looked at one by one, only counted; the
result is the same for any order of ballots and of items. What may be published of it is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from surveys.domain.purses import Planes, Purses, lowest, rounds

WORD = 64
MANY = 512
"""With more equally right lists than this, the list ends: the rest is for people to settle."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """The first `size` places: items chosen however ties fall, and items tied for what is left of the places.

    `times` are those at which the last of these places may have been filled, one of them when nothing is tied.
    """

    size: int
    chosen: frozenset[int]
    tied: frozenset[int]
    lists: tuple[frozenset[int], ...]
    times: tuple[Fraction, ...] = ()

    @classmethod
    def of(cls, size: int, lists: Iterable[Iterable[int]], times: Iterable[Fraction] = ()) -> "Prefix":
        """Share the items of equally right lists into those in all of them and those in some."""
        different = sorted({frozenset(one) for one in lists}, key=sorted)
        chosen = frozenset.intersection(*different)
        return cls(size, chosen, frozenset.union(*different) - chosen, tuple(different), tuple(sorted(set(times))))


@dataclass(frozen=True, slots=True)
class Neglect:
    """People who share the wish for `item` and have fewer than `owed` of their wishes among the chosen."""

    item: int
    owed: int
    people: int


def pack(approvals: NDArray[np.bool_]) -> Planes:
    """Return the bit planes of a matrix of ballots by items."""
    ballots, items = approvals.shape
    padded = np.zeros((items, (-(-ballots // WORD) or 1) * WORD), dtype=bool)
    padded[:, :ballots] = approvals.T
    return np.packbits(padded, axis=1).view(np.uint64)


def phragmen(planes: Planes, *, size: int, key: Sequence[int] | None = None) -> tuple[Prefix, ...]:
    """Return what `growing` yields."""
    return tuple(growing(planes, size=size, key=key))


def growing(planes: Planes, *, size: int, key: Sequence[int] | None = None) -> Iterator[Prefix]:
    """Yield the prefixes 1..`size` of the list by sequential Phragmén (1894; Brill et al., 2017), with every tie.

    Everybody earns one coin per unit of time; an item costs one coin; the first item whose supporters hold a coin is
    bought, and their purses are empty again. Equal times are decided by the smaller `key` where one is given (it must
    be neutral: a rank of the items from the same ballots), and stay ties otherwise. The list is shorter than `size`
    when nobody approves what is left, and it ends once more than `MANY` lists are equally right.
    """
    costs = [1] * len(planes)

    def following(purses: Purses) -> list[Purses]:
        soonest = lowest(purses.waits(planes, costs), key)
        return [purses.emptied(item, planes[item], time) for item, time in soonest]

    course = rounds(Purses.filled(planes.shape[1]), following, MANY)
    return (_prefix(place, ways) for place, ways in zip(range(1, size + 1), course, strict=False))


def places(prefixes: Sequence[Prefix]) -> dict[int, tuple[int, int | None]]:
    """Return the first and the last place each item of a list can have, as ties fall; no last one if it can miss it.

    Items that share all their places stand level; an item that cannot be on the list is left out.
    """
    first, last = dict[int, int](), dict[int, int]()
    for prefix in reversed(prefixes):
        first |= dict.fromkeys(prefix.chosen | prefix.tied, prefix.size)
        last |= dict.fromkeys(prefix.chosen, prefix.size)
    return {item: (place, last.get(item)) for item, place in sorted(first.items())}


def part(owed: int, *, size: int, ballots: int) -> int:
    """Return how many people who share a wish are owed `owed` of `size` places: so many shares of all the ballots."""
    return -(-owed * ballots // size)


def audit(planes: Planes, chosen: Iterable[int], *, ballots: int) -> tuple[Neglect, ...]:
    """Return where a chosen set breaks EJR+ (Brill & Peters, 2023); an empty answer is proportional.

    For every item left out and every l up to the size of the set: those who approve it and have fewer than l of their
    wishes chosen must be fewer than l shares of the `ballots`. Only the worst l of each item is returned.
    """
    inside = sorted(set(chosen))
    return _neglects(planes, _count(planes), inside, at_most(planes, inside), ballots)


def audits(planes: Planes, order: Sequence[int], *, ballots: int) -> tuple[tuple[Neglect, ...], ...]:
    """Return what `audit` finds in each prefix of an order of distinct items, the first alone to begin with."""
    supporters, missing = _count(planes), _everyone(planes, len(order))
    found = list[tuple[Neglect, ...]]()
    for place, item in enumerate(order):
        _hold(missing, planes[item], place)
        found.append(_neglects(planes, supporters, order[: place + 1], missing, ballots))
    return tuple(found)


def at_most(planes: Planes, chosen: Sequence[int]) -> Planes:
    """Return planes of which number l holds the ballots with at most l wishes among the chosen, below their number."""
    missing = _everyone(planes, len(chosen))
    for place, item in enumerate(chosen):
        _hold(missing, planes[item], place)
    return missing


def _everyone(planes: Planes, levels: int) -> Planes:
    """Return planes in which every ballot stands, one for each level."""
    return ~np.zeros((levels, planes.shape[1]), np.uint64)


def _hold(missing: Planes, supporters: Planes, place: int) -> None:
    """Count one more wish held by the supporters: plane l of `missing` holds the ballots with at most l wishes."""
    missing[1 : place + 1] &= missing[:place] | ~supporters
    missing[0] &= ~supporters


def _neglects(
    planes: Planes, supporters: NDArray[np.int64], inside: Sequence[int], missing: Planes, ballots: int
) -> tuple[Neglect, ...]:
    """Return the worst neglect of each item left out, in the order of the items."""
    found = dict[int, Neglect]()
    for owed in range(1, len(inside) + 1):
        enough = part(owed, size=len(inside), ballots=ballots)
        asked = [int(item) for item in np.flatnonzero(supporters >= max(enough, 1)) if item not in inside]
        people = _count(planes[asked] & missing[owed - 1]).tolist()
        found |= {
            item: Neglect(item, owed, those) for item, those in zip(asked, people, strict=True) if those >= enough
        }
    return tuple(found[item] for item in sorted(found))


def _prefix(size: int, ways: Sequence[Purses]) -> Prefix:
    """Return what the ways have in common: the latest time is that of the last purchase."""
    times = (Fraction(way.since[0], way.unit) for way in ways)
    return Prefix.of(size, (way.bought for way in ways), times)


def _count(planes: Planes) -> NDArray[np.int64]:
    """Count the bits of each plane."""
    return np.asarray(np.bitwise_count(planes).sum(axis=1, dtype=np.int64))
