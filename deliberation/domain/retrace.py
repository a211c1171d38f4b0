"""A list made again by hand: when each item was bought, at what price, and by how many who had nothing yet.

The rules themselves are in `surveys/domain`; here the one way that is told is walked again, and what the votes alone
would have chosen is found beside it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from surveys.domain.proportional import Prefix
from surveys.domain.purses import Planes


@dataclass(frozen=True, slots=True)
class Step:
    """One purchase: by how many, how many of those had nothing yet, and `price`.

    The price is the time at which the purses sufficed (Phragmén), or the most that one supporter paid (equal shares);
    None for what was bought from what was left over.
    """

    item: int
    people: int
    waiting: int
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be spent at most on some items, or on all of them together (None)."""

    money: Fraction
    items: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What is bought in the order of votes, and the items between which only an equal number of votes stood."""

    chosen: frozenset[int]
    tied: frozenset[int]


def by_phragmen(planes: Planes, prefixes: Sequence[Prefix]) -> tuple[Step, ...]:
    """Return the purchases of one way through the prefixes; of equal times the item with the smallest number.

    The supporters whose purse purchase j emptied have earned since its time T_j: t = (1 + sum of N_j T_j) / N.
    """
    steps, had = list[Step](), np.zeros(planes.shape[1], np.uint64)
    purses = list[tuple[Fraction, Planes]]()
    for prefix in prefixes:
        before = {step.item for step in steps}
        offers = sorted(
            (_time(planes[item], purses), item) for one in prefix.lists if before <= one for item in one - before
        )
        if not offers:
            break
        time, item = offers[0]
        steps.append(_step(planes[item], had, item, time))
        purses = [(since, purse & ~planes[item]) for since, purse in purses] + [(time, planes[item])]
        had |= planes[item]
    return tuple(steps)


def by_shares(planes: Planes, costs: Sequence[Fraction], money: Fraction, order: Sequence[int]) -> tuple[Step, ...]:
    """Return the purchases of equal shares in their order, everybody having `money` at first (Peters et al., 2021).

    From the first one on that its supporters cannot pay, all were bought from what was left over.
    """
    steps, had = list[Step](), np.zeros(planes.shape[1], np.uint64)
    groups = {money: np.full(planes.shape[1], np.iinfo(np.uint64).max, np.uint64)}
    shared = True
    for item in order:
        price = _price(costs[item], _purses(planes[item], groups)) if shared else None
        shared = price is not None
        steps.append(_step(planes[item], had, item, price))
        groups = groups if price is None else _paid(groups, planes[item], price)
        had |= planes[item]
    return tuple(steps)


def by_votes(
    scores: Sequence[Fraction],
    costs: Sequence[Fraction],
    limits: Sequence[Limit],
    *,
    among: Collection[int] | None = None,
    prefer: Collection[int] = (),
    passing: bool = True,
) -> Spent:
    """Return what is bought by the order of votes, passing over what does not fit any more; or else stopping there.

    Of all items, or of those `among` which one may choose. What is bought keeps within every one of the `limits`. Where
    the votes are equal and not all that is equal fits, the items that fit are tied: those to `prefer` are taken first,
    then by their number.
    """
    chosen, tied, left = set[int](), set[int](), list(limits)
    free = range(len(scores)) if among is None else among
    order = sorted(free, key=lambda item: (-scores[item], item not in prefer, item))
    for _, equal in groupby(order, key=lambda item: scores[item]):
        items = list(equal)
        fitting = {item for item in items if _fits({item}, costs, left)}
        if not _fits(fitting, costs, left):
            tied |= fitting
        for item in items:
            if _fits({item}, costs, left):
                chosen.add(item)
                left = [Limit(one.money - _spent({item}, costs, one), one.items) for one in left]
            elif not passing:
                return Spent(frozenset(chosen), frozenset(tied))
    return Spent(frozenset(chosen), frozenset(tied))


def _fits(items: Collection[int], costs: Sequence[Fraction], left: Iterable[Limit]) -> bool:
    return all(_spent(items, costs, one) <= one.money for one in left)


def _spent(items: Iterable[int], costs: Sequence[Fraction], limit: Limit) -> Fraction:
    """Return what items cost, of those that a limit is for."""
    return sum((costs[item] for item in items if limit.items is None or item in limit.items), Fraction(0))


def without(planes: Planes, chosen: Iterable[int]) -> int:
    """Return how many people who wished for something have nothing among what was chosen."""
    wished = np.bitwise_or.reduce(planes, axis=0)
    got = np.bitwise_or.reduce(planes[sorted(chosen)], axis=0)
    return _count(wished & ~got)


def _step(supporters: Planes, had: Planes, item: int, price: Fraction | None) -> Step:
    return Step(item, _count(supporters), _count(supporters & ~had), price)


def _time(supporters: Planes, purses: Iterable[tuple[Fraction, Planes]]) -> Fraction:
    """Return when the supporters of an item hold a coin."""
    earned = sum((_count(supporters & purse) * since for since, purse in purses), Fraction(1))
    return earned / _count(supporters)


def _purses(supporters: Planes, groups: dict[Fraction, Planes]) -> list[tuple[Fraction, int]]:
    """Return what the supporters of an item hold and how many hold it, the poorest first."""
    return [(purse, number) for purse in sorted(groups) if (number := _count(groups[purse] & supporters))]


def _price(cost: Fraction, held: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    """Return the most a supporter pays when the poorer ones give all; None if together they have too little."""
    missing, left = cost, sum(people for _, people in held)
    for purse, people in held:
        if missing <= purse * left:
            return missing / left
        missing -= purse * people
        left -= people
    return None


def _paid(groups: dict[Fraction, Planes], supporters: Planes, price: Fraction) -> dict[Fraction, Planes]:
    """Return the purses after each supporter paid the price, or all that they had."""
    after = dict[Fraction, Planes]()
    for purse, people in groups.items():
        for left, part in ((purse, people & ~supporters), (max(purse - price, Fraction(0)), people & supporters)):
            if part.any():
                after[left] = after[left] | part if left in after else part
    return after


def _count(plane: Planes) -> int:
    return int(np.bitwise_count(plane).sum())
