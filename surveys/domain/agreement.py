"""How far ordered answers agree: shares, medians, quartiles, van der Eijk's A, the automatic state.

Everything is a function of exact counts per level, lowest level first, and is computed with integers and fractions;
only the Wilson interval, which nothing decides on, is a pair of floats. No ballot and no person is ever in here.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, combinations
from math import sqrt
from statistics import NormalDist


class Consensus(StrEnum):
    """Where an assembly stands on one text, whatever its rule says; `MAYBE_` when one ballot could undo it."""

    FEW = "few"
    AGREED = "agreed"
    MAYBE_AGREED = "maybe_agreed"
    REFUSED = "refused"
    MAYBE_REFUSED = "maybe_refused"
    DIVIDED = "divided"
    OPEN = "open"


def share(counts: Sequence[int], level: int) -> Fraction | None:
    """Return the part of the answers at `level` (1 is the lowest) or above; None when nobody answered."""
    total = sum(counts)
    return Fraction(sum(counts[level - 1 :]), total) if total else None


def wilson(count: int, total: int, confidence: float = 0.9) -> tuple[float, float]:
    """Return the interval of a share that `count` of `total` supports (Wilson, 1927). Raises ValueError at no total."""
    if total <= 0:
        raise ValueError("no interval without answers")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (count + z * z / 2) / (total + z * z)
    half = z * sqrt(count * (total - count) / total + z * z / 4) / (total + z * z)
    return middle - half, middle + half


def lower_median(counts: Sequence[int]) -> int | None:
    """Return the level of the lower of the middle answers; None when nobody answered."""
    total = sum(counts)
    return level_at(counts, (total + 1) // 2) if total else None


def level_at(counts: Sequence[int], place: int) -> int:
    """Return the level of the answer at `place`, counted from 1 at the lowest."""
    return next(level for level, reached in enumerate(accumulate(counts), start=1) if reached >= place)


def quartiles(counts: Sequence[int]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the three quartiles, linear between levels (Hyndman & Fan, 1996, type 7); None when nobody answered."""
    if not sum(counts):
        return None
    return quantile(counts, Fraction(1, 4)), quantile(counts, Fraction(1, 2)), quantile(counts, Fraction(3, 4))


def quantile(counts: Sequence[int], part: Fraction) -> Fraction:
    """Return the answer at `part` of the way from the first to the last, linear between levels (type 7).

    Somebody must have answered.
    """
    where = (sum(counts) - 1) * part
    place = int(where)
    low, high = level_at(counts, place + 1), level_at(counts, min(place + 2, sum(counts)))
    return low + (where - place) * (high - low)


def van_der_eijk(counts: Sequence[int]) -> Fraction | None:
    """Return agreement A (van der Eijk, 2001): 1 for one level, 0 for all alike, -1 for two far camps.

    The counts are peeled into flat layers; a layer weighs by its answers. None when nobody answered.
    """
    total, left, agreement = sum(counts), list(counts), Fraction(0)
    if not total:
        return None
    while any(left):
        thin = min(count for count in left if count)
        layer = [bool(count) for count in left]
        agreement += Fraction(thin * sum(layer), total) * _layer_agreement(layer)
        left = [count - thin if count else 0 for count in left]
    return agreement


def consensus(for_it: int, against: int, *, answered: int, invited: int, floor: int) -> Consensus:
    """Return the automatic state: agreed, refused (its mirror image), divided (a third on each side) or open.

    It is *agreed* only with a reserve: when it stays so with any one ballot turned round. Fewer than `floor` answers,
    or than half of those invited, say nothing.
    """
    if answered < floor or 2 * answered < invited:
        return Consensus.FEW
    if _agrees(for_it, against, answered):
        return Consensus.AGREED if _agrees(for_it - 1, against + 1, answered) else Consensus.MAYBE_AGREED
    if _agrees(against, for_it, answered):
        return Consensus.REFUSED if _agrees(against - 1, for_it + 1, answered) else Consensus.MAYBE_REFUSED
    return Consensus.DIVIDED if 3 * min(for_it, against) >= answered else Consensus.OPEN


def _agrees(for_it: int, against: int, answered: int) -> bool:
    """Three quarters for it, one fifth against at most (median of published thresholds: Diamond et al., 2014)."""
    return 4 * for_it >= 3 * answered and 5 * against <= answered


def _layer_agreement(layer: Sequence[bool]) -> Fraction:
    """Return the agreement of one flat layer, from its triples: 110 and 011 join, 101 splits."""
    levels, filled = len(layer), sum(layer)
    if filled == 1:
        return Fraction(1)
    if filled == levels:
        return Fraction(0)
    triples = list(combinations(layer, 3))
    joined = triples.count((True, True, False)) + triples.count((False, True, True))
    split = triples.count((True, False, True))
    unimodal = Fraction((levels - 2) * joined - (levels - 1) * split, (levels - 2) * (joined + split))
    return unimodal * (1 - Fraction(filled - 1, levels - 1))
