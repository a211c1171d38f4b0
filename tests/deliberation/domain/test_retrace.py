"""What was bought is made again by hand, and what the votes alone would buy is found beside it."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.retrace import Limit, Spent, Step, by_phragmen, by_shares, by_votes, without
from surveys.domain.proportional import pack, phragmen
from surveys.domain.purses import Planes
from surveys.domain.shares import Worth, equal_shares

ballots_of_five = st.lists(st.frozensets(st.integers(0, 4)), min_size=1, max_size=9)
SEVEN_AND_THREE = [frozenset({0, 1, 2, 3})] * 7 + [frozenset({4, 5})] * 3


def planes(ballots: Sequence[frozenset[int]], items: int) -> Planes:
    return pack(np.array([[item in ballot for item in range(items)] for ballot in ballots], dtype=bool))


def fractions(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


def test_the_hand_example_has_its_times_and_its_minority() -> None:
    packed = planes(SEVEN_AND_THREE, 6)

    assert by_phragmen(packed, phragmen(packed, size=4)) == (
        Step(0, 7, 7, Fraction(1, 7)),
        Step(1, 7, 0, Fraction(2, 7)),
        Step(4, 3, 3, Fraction(1, 3)),
        Step(2, 7, 0, Fraction(3, 7)),
    )


@given(ballots_of_five)
def test_each_time_is_one_that_the_rule_gives_and_never_earlier(ballots: list[frozenset[int]]) -> None:
    packed = planes(ballots, 5)
    prefixes = phragmen(packed, size=5)

    steps = by_phragmen(packed, prefixes)

    assert len(steps) == len(prefixes)
    assert all(step.price in prefix.times for step, prefix in zip(steps, prefixes, strict=True))
    assert all({one.item for one in steps[: prefix.size]} in prefix.lists for prefix in prefixes)


def test_a_list_that_was_not_followed_further_is_told_as_far_as_it_goes() -> None:
    packed = planes(SEVEN_AND_THREE, 6)
    first, _, third, *_ = phragmen(packed, size=4)

    assert len(by_phragmen(packed, (first, first, third))) == 1


def test_equal_shares_are_paid_by_all_or_by_all_one_has_left() -> None:
    """Four people hold 3 each. A costs 6 for three of them, 2 each; then B costs 4 for one of these and a fourth."""
    packed = planes([frozenset({0}), frozenset({0}), frozenset({0, 1}), frozenset({1})], 2)

    assert by_shares(packed, fractions(6, 4), Fraction(3), (0, 1)) == (
        Step(0, 3, 3, Fraction(2)),
        Step(1, 2, 1, Fraction(3)),
    )


def test_what_the_supporters_cannot_pay_was_bought_from_what_is_left() -> None:
    packed = planes([frozenset({0}), frozenset({0}), frozenset({1}), frozenset({0, 2})], 3)

    assert by_shares(packed, fractions(6, 3, 1), Fraction(5, 2), (0, 1, 2)) == (
        Step(0, 3, 3, Fraction(2)),
        Step(1, 1, 1, None),
        Step(2, 1, 0, None),
    )


@given(ballots_of_five, st.lists(st.integers(1, 9), min_size=5, max_size=5), st.integers(0, 30), st.sampled_from(Worth))
def test_the_purchases_told_are_those_of_the_rule(
    ballots: list[frozenset[int]], costs: list[int], budget: int, worth: Worth
) -> None:
    packed, amounts = planes(ballots, 5), fractions(*costs)
    found = equal_shares(packed, costs, budget, ballots=len(ballots), worth=worth, complete=False)

    steps = by_shares(packed, amounts, Fraction(budget, len(ballots)), found.order)

    assert {step.item for step in steps} == found.lists[0]
    assert all(step.price is not None for step in steps)
    assert sum(amounts[step.item] for step in steps) <= budget


def test_votes_buy_in_order_and_pass_over_what_does_not_fit() -> None:
    spent = by_votes(fractions(9, 8, 7), fractions(5, 9, 4), [Limit(Fraction(10))])

    assert spent == Spent(frozenset({0, 2}), frozenset())


@pytest.mark.parametrize(("prefer", "chosen"), [((), {0}), ((1,), {1})])
def test_equal_votes_that_do_not_all_fit_are_tied(prefer: tuple[int, ...], chosen: set[int]) -> None:
    spent = by_votes(fractions(4, 4, 4), fractions(5, 6, 20), [Limit(Fraction(10))], prefer=prefer)

    assert spent == Spent(frozenset(chosen), frozenset({0, 1}))


def test_votes_buy_within_the_limit_of_each_part() -> None:
    limits = [Limit(Fraction(20)), Limit(Fraction(8), frozenset({0, 1})), Limit(Fraction(5), frozenset({2, 3}))]

    assert by_votes(fractions(9, 8, 8, 7), fractions(5, 4, 5, 1), limits) == Spent(frozenset({0, 2}), frozenset())
    assert by_votes(fractions(9, 8, 8, 8), fractions(5, 3, 5, 1), limits) == Spent(
        frozenset({0, 1, 2}), frozenset({1, 2, 3})
    )


def test_those_without_anything_wished_for_something() -> None:
    packed = planes([frozenset({0}), frozenset({1}), frozenset()], 2)

    assert (without(packed, ()), without(packed, {0}), without(packed, {0, 1})) == (2, 1, 0)


def test_the_order_of_votes_may_stop_at_the_first_that_does_not_fit() -> None:
    scores, costs = [Fraction(3), Fraction(2), Fraction(1)], [Fraction(5), Fraction(6), Fraction(4)]

    assert by_votes(scores, costs, [Limit(Fraction(10))]).chosen == {0, 2}
    assert by_votes(scores, costs, [Limit(Fraction(10))], passing=False).chosen == {0}
