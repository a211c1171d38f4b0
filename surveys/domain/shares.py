"""Equal shares: everyone holds the same part of a budget, and things with costs are bought together, exactly.

What is left is spent as sequential Phragmén would. Ties that no neutral key settles are kept; ballots are bit planes,
only ever counted. What may be published of it is decided elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from math import lcm

import numpy as np

from surveys.domain.proportional import Neglect
from surveys.domain.purses import Planes, Price, Purses, counts, lowest, rounds

MANY = 512
"""With more equally right choices than this, buying ends: the rest is for people to settle."""


class Worth(StrEnum):
    """What something chosen is worth to each person who wishes for it: what it costs, or the same as any other."""

    COST = "cost"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Step:
    """One purchase: the most that each supporter pays or, when `late`, the time at which they hold its cost."""

    item: int
    price: Fraction
    late: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is bought however ties fall, what is in some of the equally right `lists`, and whether ties were all seen.

    Not `settled` means that more than `MANY` choices are equally right: the lists are then what was bought by there.
    `steps` tell the purchases in turn, when no tie had to be followed. `order` is one way in which the first of the
    lists can be bought.
    """

    chosen: frozenset[int]
    tied: frozenset[int]
    lists: tuple[frozenset[int], ...]
    settled: bool
    steps: tuple[Step, ...] = ()
    order: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Market:
    """What is for sale: who wishes for it, its costs, the whole budget, and how equal prices are told apart."""

    planes: Planes
    costs: Sequence[int]
    budget: int
    worth: Worth
    key: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class _Stall:
    """Purses at some point, with the least that each item still affordable can ask per unit of worth, lowest first.

    Purses only ever get lighter, so what an item asked once is the least that it can ask later. After equal shares,
    when purses fill again, none is affordable so.
    """

    purses: Purses
    asked: tuple[tuple[int, Fraction], ...]
    steps: tuple[Step, ...] = ()

    def key(self) -> tuple[object, ...]:
        """Return what makes two states the same from here on."""
        return self.purses.key()


def equal_shares(
    planes: Planes,
    costs: Sequence[int],
    budget: int,
    *,
    ballots: int,
    key: Sequence[int] | None = None,
    worth: Worth = Worth.COST,
    complete: bool = True,
    bought: Callable[[int], object] | None = None,
) -> Bundle:
    """Return what the method of equal shares buys (Peters & Skowron, 2020; with costs: Peters et al., 2021).

    Each of the `ballots` holds an equal part of the `budget`. Again and again the item is bought that asks the least
    of its supporters per unit of `worth`, each paying the same or all that they have left. When none can be paid so,
    `complete` spends what is left as sequential Phragmén does, from what purses still hold: they fill evenly, and the
    first item that fits the budget and whose supporters hold its cost is bought.

    `bought` is called after each purchase with how many there are. Costs are whole numbers above 0 in the unit of the
    budget; ties fall by the smaller `key`, and stay ties otherwise.
    Raises ValueError for other costs, a budget below 0, or no ballots.
    """
    if any(cost < 1 for cost in costs) or budget < 0 or ballots < 1:
        raise ValueError("costs stand above 0, a budget not below it, and somebody shares it")
    market = _Market(planes, costs, budget, worth, key)
    asked = tuple((item, Fraction(0)) for item in range(len(planes)))
    start = _Stall(Purses.filled(planes.shape[1], money=Fraction(budget, ballots)), asked)

    def following(stall: _Stall) -> list[_Stall]:
        return list(_shared(market, stall)) or (list(_left_over(market, stall)) if complete else [])

    ways: Sequence[_Stall] = [start]
    for number, after in enumerate(rounds(start, following, MANY), start=1):
        ways = after
        if bought is not None:
            bought(number)
    return _bundle(ways)


def neglected(
    planes: Planes, costs: Sequence[int], chosen: Iterable[int], budget: int, *, ballots: int
) -> tuple[Neglect, ...]:
    """Return where a chosen set breaks EJR+ up to one item, with costs (Brill & Peters, 2023); empty is proportional.

    For every item left out, and any of those who wish for it: one of them holds wishes that cost, with this item, more
    than their part of the `budget` together, a share for each of the `ballots`. With unit costs and as many chosen as
    the budget it is EJR+. Equal shares that weigh by cost never break it: while an item can be paid, nothing is bought
    that asks more of its supporters. `owed` is in the unit of the costs; only the poorest of each item are returned.
    """
    inside = sorted(set(chosen))
    wishes = np.unpackbits(planes.view(np.uint8), axis=1).astype(np.int64)
    held, found = np.asarray([costs[item] for item in inside], np.int64) @ wishes[inside], list[Neglect]()
    for item in (one for one in range(len(planes)) if one not in inside):
        levels, people = np.unique(held[wishes[item] > 0], return_counts=True)
        owed, together = levels + costs[item], np.cumsum(people)
        short = np.flatnonzero(owed * ballots <= together * budget)[:1].tolist()
        found += [Neglect(item, int(owed[at]), int(together[at])) for at in short]
    return tuple(found)


def _bundle(ways: Sequence[_Stall]) -> Bundle:
    """Share what was bought in every way things can stand from what was bought in some."""
    orders = {frozenset(way.purses.bought): way.purses.bought for way in ways}
    lists = tuple(sorted(orders, key=sorted))
    chosen = frozenset.intersection(*lists)
    steps = ways[0].steps if len(ways[0].steps) == len(ways[0].purses.bought) else ()
    return Bundle(chosen, frozenset.union(*lists) - chosen, lists, len(ways) <= MANY, steps, orders[lists[0]])


def _shared(market: _Market, stall: _Stall) -> Iterator[_Stall]:
    """Yield the purses after each item that asks the least per unit of worth."""
    asked, pays = dict(stall.asked), dict[int, Price]()
    least: Fraction | None = None
    for item, floor in stall.asked:
        if least is not None and floor > least:
            break
        price = _price(market, stall.purses, item)
        if price is None:
            del asked[item]
            continue
        pays[item] = price
        asked[item] = Fraction(price[0], price[1] * _worth(market, item))
        least = asked[item] if least is None else min(least, asked[item])
    offers = tuple(sorted(asked.items(), key=lambda offer: offer[1]))
    best = [(item, (floor.numerator, floor.denominator)) for item, floor in asked.items() if item in pays]
    first = lowest(best, market.key)
    for item, _ in first:
        left = tuple(offer for offer in offers if offer[0] != item)
        step = Step(item, Fraction(*pays[item]), late=False)
        purses = _pay(stall.purses, item, market.planes[item], step.price)
        yield _Stall(purses, left, steps=_told(stall, step, among=len(first)))


def _told(stall: _Stall, step: Step, *, among: int) -> tuple[Step, ...]:
    """Return the steps with one more, unless it was one of several: from a tie on, nothing is told in turn."""
    return stall.steps if among > 1 else (*stall.steps, step)


def _worth(market: _Market, item: int) -> int:
    """Return the worth of an item to each of its supporters."""
    return market.costs[item] if market.worth is Worth.COST else 1


def _price(market: _Market, purses: Purses, item: int) -> Price | None:
    """Return the most a supporter pays, in parts of the unit, when the poorer ones give all; None if it is too dear."""
    supporters = counts(market.planes[item][None], purses.groups)[:, 0].tolist()
    missing, people = market.costs[item] * purses.unit, sum(supporters)
    for number, since in zip(supporters, purses.since, strict=True):
        if number and missing <= people * -since:
            return missing, people * purses.unit
        missing += number * since
        people -= number
    return None


def _pay(purses: Purses, item: int, supporters: Planes, price: Fraction) -> Purses:
    """Return the purses after each supporter paid a price, or all that they had."""
    unit = lcm(purses.unit, price.denominator)
    each, scale = price.numerator * (unit // price.denominator), unit // purses.unit
    now = {group: min(0, since * scale + each) for group, since in enumerate(purses.since)}
    return purses.paid(item, supporters, now, unit)


def _left_over(market: _Market, stall: _Stall) -> Iterator[_Stall]:
    """Yield the purses after each item that comes first among those that fit what is left of the budget."""
    left = market.budget - sum(market.costs[item] for item in stall.purses.bought)
    waits = stall.purses.waits(market.planes, market.costs)
    fitting = [(item, time) for item, time in waits if market.costs[item] <= left]
    first = lowest(fitting, market.key)
    for item, time in first:
        steps = _told(stall, Step(item, Fraction(*time), late=True), among=len(first))
        yield replace(stall, purses=stall.purses.emptied(item, market.planes[item], time), asked=(), steps=steps)
