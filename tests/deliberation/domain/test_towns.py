"""Towns settle equal shares as Pabulib writes: ties, what is added up, and the order of votes beside it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import towns
from surveys.domain.proportional import pack
from surveys.domain.purses import Planes

CHECKED = [
    ([6, 4, 4, 12, 2], [[3, 4], [0, 2, 3], [0, 3, 4], [0, 3, 4], [1], [0], [4]], 21, [{0, 4}, {0, 1, 4}, {0, 3, 4}]),
    ([7, 6, 4, 10, 12], [[0, 4], [3], [2, 3, 4], [1, 3], [0, 1, 4], [4], [1, 2, 3]], 15, [{1}, {3}, {2, 3}]),
    ([10, 6, 4, 4], [[0, 2, 3], [2, 3], [1], [0, 1], [0, 2], [1, 2], [3], [0]], 15, [{2}, {2, 3}, {0, 2}]),
]
"""Costs, ballots, budget, and what pabulib-checker 1.0.8 finds: equal shares, with add1, and with its comparison."""


def matrix(ballots: Sequence[Sequence[int]], items: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.array([[item in ballot for item in range(items)] for ballot in ballots])


def planes(ballots: Sequence[Sequence[int]], items: int) -> Planes:
    return pack(matrix(ballots, items))


@pytest.mark.parametrize(("costs", "ballots", "budget", "found"), CHECKED)
def test_what_is_bought_is_what_the_checker_of_these_files_finds(
    costs: list[int], ballots: list[list[int]], budget: int, found: list[set[int]]
) -> None:
    alone, added, compared = found
    approvals, packed = matrix(ballots, len(costs)), planes(ballots, len(costs))

    assert towns.bought(packed, costs, budget, ballots=len(ballots)) == alone
    assert towns.added(packed, costs, budget, ballots=len(ballots), unit=1) == frozenset(added)
    assert towns.preferred(approvals, compared, added)
    assert not towns.preferred(approvals, added, compared)
    assert not towns.preferred(approvals, added, added)


@pytest.mark.parametrize(
    ("ballots", "costs", "won"),
    [
        ([[0, 1], [0, 1]], [4, 2], {1}),  # the cheaper
        ([[0], [0, 1], [1], [1, 2], [2], [2], [2]], [6, 6, 12], {1, 2}),  # what one who has nothing left wishes for too
        ([[0], [0, 1], [1]], [6, 6], {0}),  # the first in the file
    ],
)
def test_a_tie_goes_to_the_cheaper_then_to_the_more_wished_for_then_to_the_first(
    ballots: list[list[int]], costs: list[int], won: set[int]
) -> None:
    budget = 4 if costs == [4, 2] else 3 * len(ballots)

    assert towns.bought(planes(ballots, len(costs)), costs, budget, ballots=len(ballots)) == won


def test_everybody_holds_whole_units_more_until_the_budget_is_passed() -> None:
    told = list[int]()

    assert towns.added(planes([[0], [1]], 2), [30, 50], 50, ballots=2, unit=10, told=told.append) == frozenset({0})
    assert told == [1, 2]


def test_one_wish_among_many_people_is_waited_for() -> None:
    assert towns.added(planes([[0], *[[]] * 64], 1), [2], 65, ballots=65, unit=1) == frozenset({0})


def test_nothing_is_added_once_all_wishes_are_bought() -> None:
    assert towns.added(planes([[0], [0]], 2), [3, 9], 20, ballots=2, unit=1) == frozenset({0})


def test_what_would_take_too_many_additions_is_not_found() -> None:
    reached, never = (
        towns.added(planes([[0]], 1), [1 + steps], 1, ballots=1, unit=1) for steps in (towns.STEPS, towns.STEPS + 1)
    )

    assert reached == frozenset()
    assert never is None


def test_the_very_last_of_the_budget_is_spent() -> None:
    assert towns.added(planes([[0], [1]], 2), [30, 20], 50, ballots=2, unit=10) == frozenset({0, 1})


def test_people_are_counted_who_prefer_and_not_their_wishes() -> None:
    approvals = matrix([[0, 1, 2], [3], [3]], 4)

    assert towns.preferred(approvals, [3], [0, 1, 2])
    assert not towns.preferred(approvals, [0, 1, 2], [3])


@given(st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=6), st.integers(1, 40))
def test_no_more_than_the_budget_is_ever_spent(ballots: list[set[int]], budget: int) -> None:
    costs = [3, 5, 8, 13]
    packed = planes([sorted(one) for one in ballots], 4)

    alone = towns.bought(packed, costs, budget, ballots=len(ballots))
    found = towns.added(packed, costs, budget, ballots=len(ballots), unit=1)

    assert found is not None
    assert sum(costs[item] for item in alone) <= budget
    assert sum(costs[item] for item in found) <= budget
