"""Orders out of rankings, scales, best-worst tasks and points: every one a function of integer counts, ties kept.

An order is a row of tiers, the highest first; items of a tier stand level. Codes are compared, never added up: only
what people put above what counts. Bradley and Terry's strengths alone are floats, and order nothing. No ballot leaves
here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from surveys.domain.proportional import pack
from surveys.domain.purses import Planes, counts

Levels = NDArray[np.uint8] | NDArray[np.int64]
"""Answers, ballots by items: the higher the better, 0 for no answer."""
Margins = NDArray[np.int64]
"""Items by items: how many more people put the row's item above the column's than the other way."""
Relation = NDArray[np.bool_]
"""Items by items: whether the row's item stands above the column's."""
Tiers = tuple[frozenset[int], ...]
MANY = 4096
"""With more ways than this to take equal majorities, ranked pairs are not told."""

CLOSE = 1e-12
"""Strengths that move by less are found."""

_Kept = tuple[int, ...]
"""For each item, the items that stand below it, one bit each."""


@dataclass(frozen=True, slots=True)
class RankedPairs:
    """What comes first in some way to settle ties, and the tiers of what holds in every way; `ways` says how many."""

    winners: frozenset[int]
    tiers: Tiers
    ways: int


def from_rankings(rankings: Sequence[Sequence[int]], items: int) -> Levels:
    """Return levels out of rankings, each the items from the best down; what a ranking leaves out is last, and level.

    An empty ranking says nothing. Raises ValueError when an item is named twice, and IndexError for an unknown one.
    """
    levels = np.zeros((len(rankings), items), np.int64)
    for row, ranking in zip(levels, rankings, strict=True):
        if len(set(ranking)) < len(ranking):
            raise ValueError("a ranking names an item once")
        row[:] = 1 if ranking else 0
        row[list(ranking)] = np.arange(items + 1, items + 1 - len(ranking), -1)
    return levels


def margins(levels: Levels) -> Margins:
    """Return the margins: people who gave one item a higher level less those who gave it a lower one.

    Only those count who answered about both.
    """
    given = np.unique(levels[levels > 0])
    return level_margins([pack(levels >= level) for level in given], levels.shape[1])


def level_margins(at_least: Sequence[Planes], items: int) -> Margins:
    """Return the margins out of bit planes: number k holds who gave an item at least the level k, 0 the lowest."""
    above = np.zeros((items, items), np.int64)
    for level, plane in enumerate(at_least[1:], start=2):
        exactly = plane & ~at_least[level] if level < len(at_least) else plane
        above += counts(at_least[0] & ~plane, exactly)
    return above - above.T


def borda(margins: Margins) -> tuple[int, ...]:
    """Return each item's sum of margins (Borda, 1784), which orders as ranks do when everybody ranks everything."""
    return tuple(int(total) for total in margins.sum(axis=1))


def copeland(margins: Margins) -> tuple[int, ...]:
    """Return how many others each item beats less how many beat it (Copeland, 1951)."""
    return tuple(int(total) for total in np.sign(margins).sum(axis=1))


def minimax(margins: Margins) -> tuple[int, ...]:
    """Return each item's worst margin against another (Simpson, 1969; Kramer, 1977); 0 for an item alone."""
    rows = margins.tolist()
    return tuple(min([*row[:item], *row[item + 1 :]], default=0) for item, row in enumerate(rows))


def schulze(margins: Margins) -> Tiers:
    """Return the tiers by the strongest paths of majorities (Schulze, 2011), a path being as strong as its weakest."""
    paths = _paths(margins)
    return layers(paths > paths.T)


def split_cycle(margins: Margins) -> Tiers:
    """Return the tiers by the majorities that are not the weakest of any circle (Holliday & Pacuit, 2023).

    One item beats another when no path leads back that is as strong.
    """
    return layers(margins > _paths(margins).T)


def _paths(margins: Margins) -> Margins:
    """Return how strong the strongest path of majorities from each item to each other is; 0 for none."""
    paths = np.maximum(margins, 0)
    for between in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, between : between + 1], paths[between : between + 1]))
    return paths


def ranked_pairs(margins: Margins) -> RankedPairs | None:
    """Return ranked pairs (Tideman, 1987): majorities are kept from the largest, but for those that close a circle.

    Equal majorities are taken in every order; None when there are more than `MANY` ways.
    """
    items = range(len(margins))
    won = [(above, below) for above in items for below in items if margins[above, below] > 0]
    won.sort(key=lambda pair: -margins[pair])
    ways = {(0,) * len(margins)}
    for _, level in groupby(won, key=lambda pair: margins[pair]):
        ways = _settled(ways, list(level))
        if len(ways) > MANY:
            return None
    found = [_relation(way) for way in ways]
    winners = frozenset[int]().union(*(_unbeaten(way, items) for way in found))
    return RankedPairs(winners, layers(np.logical_and.reduce(found)), len(found))


def cycles(margins: Margins) -> Tiers:
    """Return the tiers of items that each beats everything of the tiers below (Smith, 1973), the Smith set first.

    A tier of several items is a circle of majorities, or level.
    """
    reached = margins >= 0
    for between in range(len(margins)):
        reached = reached | (reached[:, between : between + 1] & reached[between : between + 1])
    return tiers(reached.sum(axis=1).tolist())


def tiers(scores: Sequence[int] | Sequence[Fraction]) -> Tiers:
    """Return the tiers of items by their scores, the highest first."""
    order = sorted(range(len(scores)), key=lambda item: scores[item], reverse=True)
    return tuple(frozenset(level) for _, level in groupby(order, key=lambda item: scores[item]))


def layers(above: Relation) -> Tiers:
    """Return the tiers of an order that leaves some items apart: each time all that nothing left stands above.

    Raises ValueError when items stand above each other in a circle: that is no order.
    """
    left, found = set(range(len(above))), list[frozenset[int]]()
    while left:
        found.append(_unbeaten(above, left))
        if not found[-1]:
            raise ValueError("items stand above each other in a circle")
        left -= found[-1]
    return tuple(found)


def best_worst(tasks: Iterable[tuple[Sequence[int], int, int]], items: int) -> tuple[Fraction | None, ...]:
    """Return each item's times best less times worst, over times shown (Finn & Louviere, 1992): from -1 to 1.

    A task is the items shown, the one called best and the one called worst. None for an item never shown. Raises
    ValueError when best and worst are the same, or one of them was not shown.
    """
    shown, points = [0] * items, [0] * items
    for offered, best, worst in tasks:
        if best == worst or not {best, worst} <= set(offered):
            raise ValueError("best and worst are two of the items shown")
        points[best] += 1
        points[worst] -= 1
        for item in set(offered):
            shown[item] += 1
    return tuple(Fraction(had, times) if times else None for had, times in zip(points, shown, strict=True))


def points_medians(points: Levels) -> tuple[int | None, ...]:
    """Return the lower median of the points each item was given, ballots by items; None when there is no ballot."""
    middle = (len(points) - 1) // 2
    return tuple(int(column[middle]) if len(column) else None for column in np.sort(points, axis=0).T)


def bradley_terry(wins: Margins) -> tuple[float, ...] | None:
    """Return the logarithm of each item's strength, their sum 0, from how often each was put above each other one.

    It is a fit (Bradley & Terry, 1952; by the steps of Hunter, 2004) that nobody can count again by hand: floats, to be
    compared with other studies and never to decide. None unless wins lead from each item to each other (Ford, 1957);
    an item alone is worth 0.
    """
    if len(wins) <= 1:
        return (0.0,) * len(wins)
    if not _paths(wins).all():
        return None
    won, met = wins.sum(axis=1), wins + wins.T
    found, moved = np.zeros(len(wins)), np.inf
    while moved > CLOSE:
        strength = np.exp(found)
        after = np.log(won / (met / (strength[:, None] + strength)).sum(axis=1))
        after -= after.mean()
        found, moved = after, float(np.abs(after - found).max())
    return tuple(found.tolist())


def _unbeaten(above: Relation, left: Iterable[int]) -> frozenset[int]:
    """Return the items of those left that none of them stands above."""
    rest = sorted(left)
    return frozenset(item for item in rest if not above[rest, item].any())


def _settled(ways: set[_Kept], level: Sequence[tuple[int, int]]) -> set[_Kept]:
    """Return every way to keep equal majorities on top of those kept before; more than `MANY` when it gives up."""
    seen, waiting, done = set(ways), list(ways), set[_Kept]()
    while waiting and len(seen) <= MANY:
        way = waiting.pop()
        free = [
            (above, below) for above, below in level if not (_stands(way, above, below) or _stands(way, below, above))
        ]
        every = reduce(_keep, free, way)
        circle = [(above, below) for above, below in free if _stands(every, below, above)]
        safe = reduce(_keep, (pair for pair in free if pair not in circle), way)
        done |= set() if circle else {safe}
        after = {_keep(safe, pair) for pair in circle} - seen
        seen |= after
        waiting += after
    return seen if waiting else done


def _stands(way: _Kept, above: int, below: int) -> bool:
    """Tell whether one item stands above another."""
    return bool(way[above] >> below & 1)


def _keep(way: _Kept, pair: tuple[int, int]) -> _Kept:
    """Put one item, and all that stands above it, above another and all that stands below that."""
    above, below = pair
    under = way[below] | 1 << below
    return tuple(held | under if item == above or held >> above & 1 else held for item, held in enumerate(way))


def _relation(way: _Kept) -> Relation:
    """Return a way as a relation."""
    return np.array([[bool(held >> item & 1) for item in range(len(way))] for held in way])
