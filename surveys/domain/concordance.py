"""How far people answer several items alike: from tables of counts, items by levels, exact; no answer is looked at.

All three compare the differences found with those that the same answers, dealt out at random, would show: 1 is full
agreement, 0 what chance gives.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, combinations
from math import lcm

import numpy as np
from numpy.typing import NDArray

Table = Sequence[Sequence[int]] | NDArray[np.int64]


class Metric(StrEnum):
    """How far two levels are from each other: not the same, by the answers between them, or by their numbers."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def krippendorff(table: Table, metric: Metric = Metric.ORDINAL) -> Fraction | None:
    """Return alpha (Krippendorff, 2004, chapter 11) of items by levels; at most 1.

    Items that fewer than two people answered are left out. None when nothing differs, for chance then says nothing.
    """
    units = _whole(table)
    units = units[units.sum(axis=1) > 1]
    totals: list[int] = units.sum(axis=0).tolist()
    pairs = list(combinations(range(len(totals)), 2))
    distances = _distances(totals, metric)
    expected = sum(totals[one] * totals[other] * distances[one, other] for one, other in pairs)
    if not expected:
        return None
    lows, highs = zip(*pairs, strict=True)
    between = units[:, list(lows)] * units[:, list(highs)]
    scale, sums = _by_size(between, units.sum(axis=1))
    found = Fraction(sum(times * distances[pair] for pair, times in zip(pairs, sums, strict=True)), scale)
    return 1 - (sum(totals) - 1) * found / expected


def fleiss(table: Table) -> Fraction | None:
    """Return kappa (Fleiss, 1971) of items by levels. None when there is nothing to compare, or nothing differs.

    Raises ValueError unless all items were answered by the same number of people.
    """
    units = _whole(table)
    sizes = set(units.sum(axis=1).tolist())
    if len(sizes) > 1:
        raise ValueError("kappa needs the same number of answers to each item")
    answers = max(sizes, default=0)
    whole = len(units) * answers
    alike = sum(total * total for total in units.sum(axis=0).tolist())
    if answers < 2 or alike == whole * whole:  # noqa: PLR2004 - a pair of answers
        return None
    pairs = sum(count * (count - 1) for row in units.tolist() for count in row)
    found, chance = Fraction(pairs, whole * (answers - 1)), Fraction(alike, whole * whole)
    return (found - chance) / (1 - chance)


def kendall(borda: Sequence[int], ties: int, people: int) -> Fraction | None:
    """Return W (Kendall & Babington Smith, 1939), corrected for ties, of `people` who put all of the items in order.

    `borda` holds, for each item, how often it stood above others less how often below; twice the sum of its ranks is
    people (items + 1) more. `ties` is the sum of t^3 - t over every t items that one person put at one level. None
    when nobody prefers anything.
    """
    items = len(borda)
    most = people * (people * (items**3 - items) - ties)
    return Fraction(3 * sum(score * score for score in borda), most) if most else None


def _whole(table: Table) -> NDArray[np.int64]:
    """Return a table of whole numbers, rows by columns even when there is no row."""
    units = np.asarray(table, np.int64)
    return units if units.ndim > 1 else units.reshape(0, 0)


def _distances(totals: Sequence[int], metric: Metric) -> dict[tuple[int, int], int]:
    """Return the squared distance of each pair of levels, the lower one first; four times it where halves occur.

    A factor common to all changes nothing. Ordinal: the answers between two levels, and half of those at them.
    """
    reached = list(accumulate(totals, initial=0))
    return {
        (one, other): {
            Metric.NOMINAL: 1,
            Metric.ORDINAL: (reached[other + 1] + reached[other] - reached[one + 1] - reached[one]) ** 2,
            Metric.INTERVAL: (other - one) ** 2,
        }[metric]
        for one, other in combinations(range(len(totals)), 2)
    }


def _by_size(between: NDArray[np.int64], sizes: NDArray[np.int64]) -> tuple[int, list[int]]:
    """Return a denominator and, for each pair of levels, the sum over items of its pairs / (answers - 1), times it."""
    different, which = np.unique(sizes, return_inverse=True)
    sums = np.zeros((len(different), between.shape[1]), np.int64)
    np.add.at(sums, which, between)
    scale = lcm(*(size - 1 for size in different.tolist()))
    shares = [scale // (size - 1) for size in different.tolist()]
    rows = zip(shares, sums.tolist(), strict=True)
    weighted = [[share * times for times in row] for share, row in rows]
    return scale, [sum(column) for column in zip(*weighted, strict=True)]
