"""How far apart ordered answers lie: the indices of the field, each from counts per level, lowest level first.

Fractions wherever the formula allows it. Tastle and Wierman's consensus alone is a float, and spaces levels evenly: it
is there to be compared with other studies, and nothing may decide on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import log2

from surveys.domain.agreement import quantile

NINE, FIVE = 9, 5


@dataclass(frozen=True, slots=True)
class Spread:
    """The 30th and 70th percentiles of nine levels, what lies between, and how much may lie between symmetric answers.

    `divided` is the disagreement of the RAND/UCLA manual: more lies between than symmetric answers would have.
    """

    low: Fraction
    high: Fraction
    between: Fraction
    allowed: Fraction

    @property
    def divided(self) -> bool:
        """Whether the answers disagree."""
        return self.between > self.allowed


def leik(counts: Sequence[int]) -> Fraction | None:
    """Return dispersion D (Leik, 1966): 0 for one level, 1 for two halves at the ends; None when nobody answered.

    Twice the sum of the smaller parts below and above each boundary between levels, over the number of boundaries.
    """
    parts = tuple(_below(counts))
    return 2 * sum((min(part, 1 - part) for part in parts), Fraction(0)) / len(parts) if parts else None


def blair_lacy(counts: Sequence[int]) -> Fraction | None:
    """Return concentration l^2 (Blair & Lacy, 2000): 1 for one level, 0 for two halves at the ends.

    One minus four times the mean of F (1 - F) over the boundaries; None when nobody answered.
    """
    parts = tuple(_below(counts))
    return 1 - 4 * sum((part * (1 - part) for part in parts), Fraction(0)) / len(parts) if parts else None


def tastle_wierman(counts: Sequence[int]) -> float | None:
    """Return consensus (Tastle & Wierman, 2007): 1 for one level, 0 for two halves at the ends, levels evenly spaced.

    One plus the sum of p log2(1 - |level - mean| / (K - 1)); None when nobody answered.
    """
    total, width = sum(counts), len(counts) - 1
    if not (total and width > 0):
        return None
    mean = Fraction(sum(level * count for level, count in enumerate(counts)), total)
    held = ((count, 1 - abs(level - mean) / width) for level, count in enumerate(counts) if count)
    return 1 + sum(count / total * log2(near) for count, near in held)


def ipras(counts: Sequence[int]) -> Spread | None:
    """Return the interpercentile range adjusted for symmetry of nine levels (RAND/UCLA manual: Fitch et al., 2001).

    IPRAS = 2.35 + 1.5 |5 - (P30 + P70) / 2|. It was calibrated on nine levels: raises ValueError on others. None when
    nobody answered.
    """
    if len(counts) != NINE:
        raise ValueError("this measure knows nine levels only")
    if not sum(counts):
        return None
    low, high = quantile(counts, Fraction(3, 10)), quantile(counts, Fraction(7, 10))
    allowed = Fraction(47, 20) + Fraction(3, 2) * abs(5 - (low + high) / 2)
    return Spread(low, high, high - low, allowed)


def divided_by_thirds(counts: Sequence[int]) -> bool:
    """Tell whether a third or more answered on each side of the middle of five levels.

    It is the idea of the RAND/UCLA manual's panels, a third in each outer third of the scale, on five levels: raises
    ValueError on others. Nobody is not divided.
    """
    if len(counts) != FIVE:
        raise ValueError("this rule knows five levels only")
    return sum(counts) > 0 and 3 * min(sum(counts[:2]), sum(counts[3:])) >= sum(counts)


def _below(counts: Sequence[int]) -> Iterator[Fraction]:
    """Yield the part of the answers below each boundary between two levels; nothing when nobody answered."""
    total = sum(counts)
    return (Fraction(reached, total) for reached in list(accumulate(counts))[:-1] if total)
