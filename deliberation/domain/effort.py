"""Effort: what each measure takes of us, what we can carry in all, and which measures that is enough for.

Both are written by hand in the draft of a baseline, frozen with it, and shown to everybody. Nobody's answer is in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deliberation.domain.hearing import Terms
from surveys.domain.proportional import Neglect
from surveys.domain.purses import Planes
from surveys.domain.shares import Bundle, equal_shares, neglected

EFFORT, CARRY = "effort", "carry"
MOST = 999
"""The largest effort of one measure, and of all together a hundred times as much: fractions stay small."""
SCALE = (1, 3, 9)
"""A few days, some days, many days: what is proposed to whoever has no better measure."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The effort of each measure, in their order, and what can be carried in all, in the same unit."""

    costs: tuple[int, ...]
    carry: int


def read_effort(terms: Terms, named: Sequence[str]) -> Weighed | None:
    """Return what was frozen about these measures; None unless all have an effort and something can be carried."""
    efforts, carry = terms.get(EFFORT), terms.get(CARRY)
    if not isinstance(efforts, Mapping) or not _stands(carry, MOST * 100):
        return None
    costs = [efforts.get(one) for one in named]
    if not all(_stands(cost, MOST) for cost in costs):
        return None
    return Weighed(tuple(int(str(cost)) for cost in costs), int(str(carry)))


def _stands(value: object, most: int) -> bool:
    """Whether this is a whole number from 1 up to the most."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def carried(planes: Planes, weighed: Weighed, *, ballots: int, key: Sequence[int] | None) -> Bundle:
    """Return what equal shares of what can be carried buy, completed by Phragmén's order while anything fits.

    Everybody who wished for something holds the same part; the measure that asks the least of its supporters for each
    unit of effort comes first (Peters & Skowron, 2020; Peters et al., 2021). Ties are kept unless `key` tells them
    apart.
    """
    return equal_shares(planes, weighed.costs, weighed.carry, ballots=ballots, key=key)


def short(planes: Planes, weighed: Weighed, chosen: Iterable[int], *, ballots: int) -> tuple[Neglect, ...]:
    """Return who has less than their part of what can be carried, but for one measure (Brill & Peters, 2023)."""
    return neglected(planes, weighed.costs, chosen, weighed.carry, ballots=ballots)
