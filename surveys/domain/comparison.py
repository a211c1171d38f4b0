"""Other rules to hold a proportional list against: approval order and sequential proportional approval.

They are shown beside sequential Phragmén, and decide nothing. Ties are kept as there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import lcm
from operator import mul

import numpy as np

from surveys.domain.planes import count
from surveys.domain.proportional import MANY, Prefix, at_most
from surveys.domain.purses import Planes, counts, lowest, rounds

Scores = Callable[[tuple[int, ...]], Sequence[int]]
"""The score of every item, given those taken before."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """The items taken so far, in turn; which came first changes nothing from here on."""

    items: tuple[int, ...]

    def key(self) -> tuple[object, ...]:
        """Return what makes two states the same from here on."""
        return (frozenset(self.items),)


def approval_order(planes: Planes, *, size: int, key: Sequence[int] | None = None) -> tuple[Prefix, ...]:
    """Return the prefixes 1..`size` of the items by how many approve them. No minority is owed anything by it.

    Ties, short lists and `MANY` are as in `proportional.phragmen`.
    """
    supporters = count(planes).tolist()
    return _taken(lambda _: supporters, size, key)


def sequential_pav(planes: Planes, *, size: int, key: Sequence[int] | None = None) -> tuple[Prefix, ...]:
    """Return the prefixes 1..`size` by sequential proportional approval voting (Thiele, 1895), with every tie.

    The item is taken next that adds most, where those who hold h of their wishes add 1 / (h + 1) each. Ties, short
    lists and `MANY` are as in `proportional.phragmen`.
    """
    supporters = count(planes).tolist()
    whole = lcm(*range(1, size + 1))
    weights = [whole // (held + 1) for held in range(size)]

    def scores(taken: tuple[int, ...]) -> Sequence[int]:
        holding = np.diff(at_most(planes, taken), axis=0, prepend=np.uint64(0))
        rows = counts(planes, holding).T.tolist() if taken else [[]] * len(planes)
        return [sum(map(mul, [*row, every - sum(row)], weights)) for row, every in zip(rows, supporters, strict=True)]

    return _taken(scores, size, key)


def _taken(scores: Scores, size: int, key: Sequence[int] | None) -> tuple[Prefix, ...]:
    """Take the item of the highest score again and again, while somebody approves one."""

    def following(taken: _Taken) -> list[_Taken]:
        offers = [(item, (-score, 1)) for item, score in enumerate(scores(taken.items)) if item not in taken.items]
        best = lowest(((item, price) for item, price in offers if price[0]), key)
        return [_Taken((*taken.items, item)) for item, _ in best]

    course = rounds(_Taken(()), following, MANY)
    return tuple(
        Prefix.of(place, (way.items for way in ways)) for place, ways in zip(range(1, size + 1), course, strict=False)
    )
