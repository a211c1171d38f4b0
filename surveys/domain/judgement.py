"""Majority judgement: which of several items stands higher, from counts per level, whatever the levels are called.

The middle answers are compared, not sums of codes, so no level is worth a number of others. Two other rules that start
from the median stand beside it, to be compared with: nothing decides on them.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from surveys.domain.agreement import level_at, lower_median


def majority_ranks(table: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Rank items by majority judgement (Balinski & Laraki, 2007), 0 the best; equal items share a rank.

    Each item is a row of counts per level. The middle answers are compared one after the other from the median
    outwards, in full, and not only the first pair. Items with other numbers of answers are compared by proportion.
    """
    return tuple(sum(_above(other, mine) for other in table) for mine in table)


def typical(counts: Sequence[int]) -> Fraction | None:
    """Return typical judgement (Fabre, 2021): the lower median, more the part above it, less the part below it.

    Levels are numbered from 1; None when nobody answered.
    """
    found = _sides(counts)
    return None if found is None else found[0] + found[1] - found[2]


def usual(counts: Sequence[int]) -> Fraction | None:
    """Return usual judgement (Fabre, 2021), the interpolated median: half as far as those at the median are few.

    The lower median, more (above - below) / 2 over the part at it; None when nobody answered.
    """
    found = _sides(counts)
    if found is None:
        return None
    median, above, below = found
    return median + (above - below) / (2 * (1 - above - below))


def _sides(counts: Sequence[int]) -> tuple[int, Fraction, Fraction] | None:
    """Return the lower median and the parts of the answers above and below it; None when nobody answered."""
    median, total = lower_median(counts), sum(counts)
    if median is None:
        return None
    return median, Fraction(sum(counts[median:]), total), Fraction(sum(counts[: median - 1]), total)


def _above(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether `one` stands above `other`; an item without answers stands below all others.

    Both are taken so many times over that they have the same number of answers, twice `half`; the levels just below and
    just above the middle are then compared outwards, only where they can change.
    """
    totals = sum(one), sum(other)
    half = totals[0] * totals[1]
    if not half:
        return totals[0] > totals[1]
    mine = [2 * totals[1] * count for count in one]
    theirs = [2 * totals[0] * count for count in other]
    depths = sorted(_changes(mine, half) | _changes(theirs, half))
    return [_around(mine, half, depth) for depth in depths] > [_around(theirs, half, depth) for depth in depths]


def _changes(counts: Sequence[int], half: int) -> set[int]:
    """Return the distances from the middle at which a level below or above it may change."""
    return {distance for end in accumulate(counts) if (distance := abs(half - end)) < half} | {0}


def _around(counts: Sequence[int], half: int, depth: int) -> tuple[int, int]:
    """Return the levels at the same distance below and above the middle."""
    return level_at(counts, half - depth), level_at(counts, half + depth + 1)
