"""A proportional list out of approvals: exact sequential Phragmén, ties kept, and the EJR+ audit of each prefix.

Approvals are bit planes: for each item, one bit per ballot. Ballots are never looked at one by one, only counted; the
result is the same for any order of ballots and of items. What may be published of it is decided elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Planes = NDArray[np.uint64]
WORD = 64
MANY = 512
"""With more equally right lists than this, the list ends: the rest is for people to settle."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """The first `size` places: items chosen however ties fall, and items tied for what is left of the places."""

    size: int
    chosen: frozenset[int]
    tied: frozenset[int]
    lists: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Neglect:
    """People who share the wish for `item` and have fewer than `owed` of their wishes among the chosen."""

    item: int
    owed: int
    people: int


@dataclass(frozen=True, slots=True)
class _Branch:
    """One way ties may fall: what was bought, when, and whose purse each purchase was the last to empty."""

    bought: frozenset[int]
    times: tuple[Fraction, ...]
    purses: Planes

    def key(self) -> tuple[frozenset[int], frozenset[tuple[Fraction, bytes]]]:
        """Return what makes two branches the same from here on."""
        emptied = zip(self.times, self.purses, strict=True)
        return self.bought, frozenset((time, purse.tobytes()) for time, purse in emptied if purse.any())


def pack(approvals: NDArray[np.bool_]) -> Planes:
    """Return the bit planes of a matrix of ballots by items."""
    ballots, items = approvals.shape
    padded = np.zeros((items, -(-max(ballots, 1) // WORD) * WORD), dtype=bool)
    padded[:, :ballots] = approvals.T
    return np.packbits(padded, axis=1).view(np.uint64)


def phragmen(planes: Planes, *, size: int, key: Sequence[int] | None = None) -> tuple[Prefix, ...]:
    """Return the prefixes 1..`size` of the list by sequential Phragmén (1894; Brill et al., 2017), with every tie.

    Everybody earns one coin per unit of time; an item costs one coin; the first item whose supporters hold a coin is
    bought, and their purses are empty again. Equal times are decided by the smaller `key` where one is given (it must
    be neutral: a rank of the items from the same ballots), and stay ties otherwise. The list is shorter than `size`
    when nobody approves what is left, and it ends once more than `MANY` lists are equally right.
    """
    branches, prefixes = [_Branch(frozenset(), (), np.zeros((0, planes.shape[1]), np.uint64))], list[Prefix]()
    while len(prefixes) < size:
        following = {
            after.key(): after
            for branch in branches
            for item in _next(planes, branch, key)
            for after in [_buy(planes, branch, *item)]
        }
        if not following:
            break
        branches = list(following.values())
        prefixes.append(_prefix(len(prefixes) + 1, (branch.bought for branch in branches)))
        if len(branches) > MANY:
            break
    return tuple(prefixes)


def audit(planes: Planes, chosen: Iterable[int], *, ballots: int) -> tuple[Neglect, ...]:
    """Return where a chosen set breaks EJR+ (Brill & Peters, 2023); an empty answer is proportional.

    For every item left out and every l up to the size of the set: those who approve it and have fewer than l of their
    wishes chosen must be fewer than l shares of the `ballots`. Only the worst l of each item is returned.
    """
    inside = sorted(set(chosen))
    held = _held(planes, inside)
    found = list[Neglect]()
    for item in range(len(planes)):
        if item not in inside:
            wishes = _bits(planes[item])
            below = np.cumsum(np.bincount(held[wishes], minlength=len(inside) + 1))
            owing = [owed for owed in range(1, len(inside) + 1) if below[owed - 1] * len(inside) >= owed * ballots]
            found += [Neglect(item, max(owing), int(below[max(owing) - 1]))] if owing and ballots else []
    return tuple(found)


def _next(planes: Planes, branch: _Branch, key: Sequence[int] | None) -> list[tuple[int, Fraction]]:
    """Return the items bought next, with the time: several when they tie."""
    times = {item: time for item, time in _times(planes, branch).items() if item not in branch.bought}
    if not times:
        return []
    soonest = min(times.values())
    tied = [item for item, time in times.items() if time == soonest]
    best = min(key[item] for item in tied) if key else 0
    return [(item, soonest) for item in tied if not key or key[item] == best]


def _times(planes: Planes, branch: _Branch) -> dict[int, Fraction]:
    """Return when the supporters of each item hold a coin; items nobody approves are left out.

    The supporters whose purse purchase j emptied have earned since its time T_j: t = (1 + sum of N_j T_j) / N.
    """
    supporters = _count(planes)
    emptied = [_count(planes & purse) for purse in branch.purses]
    spent = [
        sum((int(counts[item]) * time for counts, time in zip(emptied, branch.times, strict=True)), Fraction(1))
        for item in range(len(planes))
    ]
    return {item: spent[item] / int(number) for item, number in enumerate(supporters) if number}


def _buy(planes: Planes, branch: _Branch, item: int, time: Fraction) -> _Branch:
    """Return the branch after its supporters paid for an item."""
    purses = np.vstack((branch.purses & ~planes[item], planes[item]))
    return _Branch(branch.bought | {item}, (*branch.times, time), purses)


def _prefix(size: int, lists: Iterable[frozenset[int]]) -> Prefix:
    """Share the items of equally right lists into those in all of them and those in some."""
    different = sorted(set(lists), key=sorted)
    chosen = frozenset.intersection(*different)
    return Prefix(size, chosen, frozenset.union(*different) - chosen, tuple(different))


def _count(planes: Planes) -> NDArray[np.int64]:
    """Count the bits of each plane."""
    return np.asarray(np.bitwise_count(planes).sum(axis=-1, dtype=np.int64))


def _bits(plane: Planes) -> NDArray[np.bool_]:
    """Return one plane as a truth value per ballot (with the padding)."""
    return np.unpackbits(plane.view(np.uint8)).astype(bool)


def _held(planes: Planes, chosen: Sequence[int]) -> NDArray[np.int64]:
    """Return how many of the chosen items each ballot approves."""
    held = np.zeros(planes.shape[1] * WORD, np.int64)
    for item in chosen:
        held += _bits(planes[item])
    return held
