"""Purses that fill evenly and pay for items: the state that sequential Phragmén and equal shares have in common.

At time t a person holds t minus the time since which they save. People who save since the same time are one bit plane,
whatever they approve: a ballot is never looked at, only counted. Times are whole numbers over one common unit, so that
everything here is exact; what may be published of it is decided elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Planes = NDArray[np.uint64]
"""For each item (or group), one bit per ballot: items by words of 64 ballots."""
Price = tuple[int, int]
"""A time, or a sum of money, as numerator and positive denominator, not always in lowest terms."""
AT_ONCE = 1 << 15
"""How many words are looked at together: more would leave the fast memory of the machine."""


class State(Protocol):
    """One way things can stand; those with the same key go on alike."""

    def key(self) -> tuple[object, ...]:
        """Return what makes two states the same from here on."""


Way = TypeVar("Way", bound=State)


@dataclass(frozen=True, slots=True)
class Purses:
    """What was bought, and since when each group of people saves, in parts of `unit`; the poorest group comes first.

    Groups are disjoint and none is empty. A time below zero is money in hand at time 0.
    """

    bought: tuple[int, ...]
    since: tuple[int, ...]
    groups: Planes
    unit: int = 1

    @classmethod
    def filled(cls, words: int, *, money: Fraction = Fraction(0)) -> Self:
        """Return the purses of everyone, who hold the same `money` at time 0, before anything is bought."""
        everyone = ~np.zeros((1, words), np.uint64)
        return cls((), (-money.numerator,), everyone, money.denominator)

    def key(self) -> tuple[object, ...]:
        """Return the set of what was bought, and who saves since when."""
        return frozenset(self.bought), tuple(Fraction(time, self.unit) for time in self.since), self.groups.tobytes()

    def paid(self, item: int, supporters: Planes, now: Mapping[int, int], unit: int) -> Self:
        """Return the purses after the supporters of an item paid.

        `now` says for each group that pays since when its supporters save from here on, in parts of the new `unit`, a
        multiple of the old one. Groups whose times become the same become one.
        """
        payers = list(now)
        others = [group for group in range(len(self.since)) if group not in now]
        before = [time * (unit // self.unit) for time in self.since]
        times = [*now.values(), *(before[group] for group in payers + others)]
        paying = self.groups[payers]
        planes = np.concatenate((paying & supporters, paying & ~supporters, self.groups[others]))
        order = sorted(np.flatnonzero(planes.any(axis=1)).tolist(), key=times.__getitem__, reverse=True)
        since = [times[place] for place in order]
        starts = [at for at, time in enumerate(since) if not at or since[at - 1] != time]
        groups = np.bitwise_or.reduceat(planes[order], starts)
        return type(self)((*self.bought, item), tuple(since[at] for at in starts), groups, unit)

    def emptied(self, item: int, supporters: Planes, time: Price) -> Self:
        """Return the purses after the supporters of an item gave all that they held at a time."""
        shared = gcd(*time)
        numerator, denominator = time[0] // shared, time[1] // shared
        unit = lcm(self.unit, denominator)
        now = dict.fromkeys(range(len(self.since)), numerator * (unit // denominator))
        return self.paid(item, supporters, now, unit)

    def waits(self, planes: Planes, costs: Sequence[int]) -> list[tuple[int, Price]]:
        """Return when the supporters of each item hold its cost, for items not yet bought that somebody approves.

        Those of group g, N_g of them, save since T_g: t = (cost + sum of N_g T_g) / sum of N_g.
        """
        left = [item for item in range(len(planes)) if item not in self.bought]
        found = list[tuple[int, Price]]()
        for item, row in zip(left, counts(planes[left], self.groups).T.tolist(), strict=True):
            if people := sum(row):
                earned = costs[item] * self.unit + sum(map(mul, row, self.since))
                found.append((item, (earned, people * self.unit)))
        return found


def counts(planes: Planes, groups: Planes) -> NDArray[np.int64]:
    """Return how many people of each group approve each item: groups by items."""
    step = max(1, AT_ONCE // max(1, planes.size))
    parts = (groups[at : at + step, None] for at in range(0, len(groups), step))
    return np.concatenate([np.bitwise_count(planes & part).sum(axis=-1, dtype=np.int64) for part in parts])


def lowest(prices: Iterable[tuple[int, Price]], key: Sequence[int] | None) -> list[tuple[int, Price]]:
    """Return the items of the lowest price: of equal ones those of the smallest `key`, all of them without a key."""
    best = list[tuple[int, Price]]()
    for item, price in prices:
        difference = price[0] * best[0][1][1] - best[0][1][0] * price[1] if best else 0
        if difference < 0:
            best = []
        if difference <= 0:
            best.append((item, price))
    if not (key and best):
        return best
    first = min(key[item] for item, _ in best)
    return [(item, price) for item, price in best if key[item] == first]


def rounds(start: Way, following: Callable[[Way], Sequence[Way]], many: int) -> Iterator[Sequence[Way]]:
    """Yield every way things can stand after each step, ways alike from there on once; a way that ended stays.

    It ends when nothing follows any more, or after more than `many` ways.
    """
    ways: Sequence[Way] = [start]
    while len(ways) <= many:
        after = [(way, following(way)) for way in ways]
        if not any(steps for _, steps in after):
            return
        every = [state for way, steps in after for state in steps or [way]]
        ways = list({state.key(): state for state in every}.values())
        yield ways
