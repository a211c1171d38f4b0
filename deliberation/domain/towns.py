"""How towns settle equal shares: who wins a tie, how the budget is used up, and when the order of votes replaces them.

These are the rules of Pabulib's files (Faliszewski et al., 2023), step for step, so that an official outcome can be
checked. Our own completion is that of `surveys/domain/shares.py`.
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from surveys.domain.purses import Planes
from surveys.domain.shares import equal_shares

STEPS = 5000
"""After so many additions nobody waits any longer: then the rule says nothing."""


def bought(planes: Planes, costs: Sequence[int], budget: int, *, ballots: int) -> frozenset[int]:
    """Return what equal shares buy (Peters et al., 2021), ties going to the cheaper, then to what more people wish for.

    What is still level goes to the smaller number. Costs and budget are whole, in one unit.
    """
    wishes = np.bitwise_count(planes).sum(axis=1).tolist()
    order = sorted(range(len(costs)), key=lambda item: (costs[item], -wishes[item], item))
    key = {item: rank for rank, item in enumerate(order)}
    ranks = [key[item] for item in range(len(costs))]
    return equal_shares(planes, costs, budget, ballots=ballots, key=ranks, complete=False).lists[0]


def added(
    planes: Planes,
    costs: Sequence[int],
    budget: int,
    *,
    ballots: int,
    unit: int,
    told: Callable[[int], object] | None = None,
) -> frozenset[int] | None:
    """Return what equal shares buy when everybody holds one `unit` of money more, again and again ("add1").

    It ends before the first time that more would be spent than the budget, or when all that anybody wishes for is
    bought; None when that takes more than `STEPS` additions. Everybody begins with whole units. `told` is called with
    how many additions were made.
    """
    chosen = bought(planes, costs, budget, ballots=ballots)
    wished, each = set(np.flatnonzero(planes.any(axis=1)).tolist()), ballots * unit
    for step in range(1, STEPS + 1):
        if wished <= chosen:
            return chosen
        after = bought(planes, costs, (budget // each + step) * each, ballots=ballots)
        if sum(costs[item] for item in after) > budget:
            return chosen
        chosen = after
        if told is not None:
            told(step)
    return None


def preferred(approvals: NDArray[np.bool_], one: Collection[int], other: Collection[int]) -> bool:
    """Tell whether more people have more of their wishes in `one` than in `other`, than the other way round."""
    first, second = (approvals[:, sorted(chosen)].sum(axis=1) for chosen in (one, other))
    return int((first > second).sum()) > int((first < second).sum())
