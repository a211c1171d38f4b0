"""The proportional list is exact, keeps its ties, and gives every cohesive minority its part."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from surveys.domain import proportional
from surveys.domain.proportional import Neglect, Prefix, audit, audits, pack, part, phragmen, places

ballots_of_six = st.lists(st.frozensets(st.integers(0, 5)), min_size=1, max_size=9)
SEVEN_AND_THREE = [{0, 1, 2, 3}] * 7 + [{4, 5}] * 3


def matrix(ballots: Sequence[set[int] | frozenset[int]], items: int = 6) -> NDArray[np.bool_]:
    return np.array([[item in ballot for item in range(items)] for ballot in ballots], dtype=bool)


def lists(ballots: Sequence[set[int] | frozenset[int]], size: int, items: int = 6) -> list[list[list[int]]]:
    """All equally right lists of each size, written as in the sources."""
    found = phragmen(pack(matrix(ballots, items)), size=size)
    return [sorted(sorted(one) for one in prefix.lists) for prefix in found]


def by_purses(ballots: Sequence[frozenset[int]], size: int) -> set[frozenset[int]]:
    """The rule as told: purses fill person by person, and every tie is followed."""
    states: set[tuple[frozenset[int], tuple[Fraction, ...]]] = {(frozenset(), (Fraction(0),) * len(ballots))}
    for _ in range(size):
        after = set()
        for bought, purses in states:
            waits = {
                item: (1 - sum(purses[at] for at in fans)) / Fraction(len(fans))
                for item in set(range(6)) - bought
                if (fans := [at for at, ballot in enumerate(ballots) if item in ballot])
            }
            for item in (item for item, wait in waits.items() if wait == min(waits.values())):
                left = tuple(
                    Fraction(0) if item in ballot else purses[at] + waits[item] for at, ballot in enumerate(ballots)
                )
                after.add((bought | {item}, left))
        states = after or states
    return {bought for bought, _ in states}


def test_the_hand_example_gives_the_third_place_to_the_minority() -> None:
    planes = pack(matrix(SEVEN_AND_THREE))

    prefixes = phragmen(planes, size=4)

    assert [len(prefix.lists) for prefix in prefixes] == [4, 6, 12, 8]
    assert all(len(one & {4, 5}) == 1 for one in prefixes[2].lists)
    assert prefixes[3].tied == {0, 1, 2, 3, 4, 5}


def test_a_neutral_key_settles_ties_and_nothing_else() -> None:
    planes = pack(matrix(SEVEN_AND_THREE))

    prefixes = phragmen(planes, size=4, key=(3, 2, 1, 0, 0, 1))

    assert [sorted(prefix.chosen) for prefix in prefixes] == [[3], [2, 3], [2, 3, 4], [1, 2, 3, 4]]
    assert all(not prefix.tied for prefix in prefixes)


def test_the_audit_finds_whom_approval_order_forgets() -> None:
    planes = pack(matrix(SEVEN_AND_THREE))

    assert audit(planes, [0, 1, 2, 3], ballots=10) == (Neglect(4, 1, 3), Neglect(5, 1, 3))
    assert audit(planes, [0, 1, 2, 4], ballots=10) == audit(planes, [0, 1, 2], ballots=10) == ()


def test_the_audit_names_the_largest_part_owed() -> None:
    planes = pack(matrix([{0, 1}] * 4, items=3))

    assert audit(planes, [2, 1], ballots=4) == (Neglect(0, 2, 4),)


def test_nothing_chosen_neglects_nobody() -> None:
    assert audit(pack(matrix(SEVEN_AND_THREE)), [], ballots=10) == ()
    assert audit(pack(np.zeros((0, 3), dtype=bool)), [1], ballots=0) == ()


def test_every_prefix_is_audited_as_it_would_be_alone() -> None:
    planes, order = pack(matrix(SEVEN_AND_THREE)), (1, 0, 3, 2, 5)

    found = audits(planes, order, ballots=10)

    assert found == tuple(audit(planes, order[:size], ballots=10) for size in range(1, 6))
    assert found[3] == (Neglect(4, 1, 3), Neglect(5, 1, 3))
    assert found[4] == ()


def test_a_wish_of_enough_people_is_owed_its_part() -> None:
    assert [part(owed, size=4, ballots=10) for owed in (1, 2, 3, 4)] == [3, 5, 8, 10]


def test_the_time_of_each_place_is_told_as_in_the_hand_example() -> None:
    prefixes = phragmen(pack(matrix(SEVEN_AND_THREE)), size=4, key=(0, 1, 2, 3, 4, 5))

    assert [prefix.times for prefix in prefixes] == [
        (Fraction(1, 7),), (Fraction(2, 7),), (Fraction(1, 3),), (Fraction(3, 7),),
    ]  # fmt: skip


def test_ties_that_fall_apart_tell_each_time() -> None:
    ballots: list[set[int]] = [{0, 1}, {0, 2}, {1, 2}, {3}, {3}]

    times = [prefix.times for prefix in phragmen(pack(matrix(ballots, items=4)), size=3)]

    assert times == [(Fraction(1, 2),), (Fraction(1, 2),), (Fraction(3, 4),)]


def test_items_share_the_places_that_ties_leave_them() -> None:
    prefixes = phragmen(pack(matrix(SEVEN_AND_THREE)), size=5)

    assert places(prefixes) == {0: (1, 5), 1: (1, 5), 2: (1, 5), 3: (1, 5), 4: (3, None), 5: (3, None)}


def test_a_settled_list_gives_each_item_one_place() -> None:
    prefixes = phragmen(pack(matrix(SEVEN_AND_THREE)), size=4, key=(3, 2, 1, 0, 0, 1))

    assert places(prefixes) == {3: (1, 1), 2: (2, 2), 4: (3, 3), 1: (4, 4)}
    assert places(()) == {}


def test_seven_and_three_give_all_the_lists_of_abcvoting() -> None:
    three = [[0, 1, 4], [0, 1, 5], [0, 2, 4], [0, 2, 5], [0, 3, 4], [0, 3, 5]]
    three += [[1, 2, 4], [1, 2, 5], [1, 3, 4], [1, 3, 5], [2, 3, 4], [2, 3, 5]]
    four = [[0, 1, 2, 4], [0, 1, 2, 5], [0, 1, 3, 4], [0, 1, 3, 5]]
    four += [[0, 2, 3, 4], [0, 2, 3, 5], [1, 2, 3, 4], [1, 2, 3, 5]]

    assert lists(SEVEN_AND_THREE, 5) == [
        [[0], [1], [2], [3]],
        [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]],
        three,
        four,
        [[0, 1, 2, 3, 4], [0, 1, 2, 3, 5]],
    ]


def test_random_approvals_give_the_lists_of_abcvoting() -> None:
    ballots = [{4}, {0, 2, 7}, {1, 5}, {1, 3, 4}, {0, 1, 3, 4, 6}, {3, 6, 7}, {1, 2, 3}, {2, 3}]
    ballots += [{3, 4, 6}, {1, 2, 3, 4}, {3, 4, 5}, {0, 2, 5, 6}, {0, 1, 2, 6}, {3, 4, 7}, {0, 2}]

    assert lists(ballots, 8, items=8) == [
        [[3]],
        [[2, 3]],
        [[2, 3, 4]],
        [[1, 2, 3, 4]],
        [[1, 2, 3, 4, 6]],
        [[0, 1, 2, 3, 4, 6]],
        [[0, 1, 2, 3, 4, 5, 6]],
        [[0, 1, 2, 3, 4, 5, 6, 7]],
    ]


def test_an_explicit_tie_is_kept_as_a_tie() -> None:
    ballots: list[set[int]] = [{0, 1}, {0, 2}, {1, 2}, {3}, {3}]

    assert lists(ballots, 3, items=4) == [
        [[0], [1], [2], [3]],
        [[0, 3], [1, 3], [2, 3]],
        [[0, 1, 3], [0, 2, 3], [1, 2, 3]],
    ]


def test_what_nobody_approves_is_never_chosen() -> None:
    assert len(phragmen(pack(matrix([{1}, {1}])), size=3)) == 1
    assert phragmen(pack(matrix([set(), set()])), size=3) == ()


def test_too_many_equal_lists_end_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proportional, "MANY", 5)

    prefixes = phragmen(pack(matrix([{0, 1, 2, 3, 4, 5}] * 3)), size=4)

    assert [prefix.size for prefix in prefixes] == [1]
    assert prefixes[0].tied == frozenset(range(6))


@given(ballots_of_six, st.integers(1, 4))
def test_the_list_is_that_of_purses_filled_person_by_person(ballots: list[frozenset[int]], size: int) -> None:
    prefixes = phragmen(pack(matrix(ballots)), size=size)

    expected = by_purses(ballots, size)

    assert set(prefixes[-1].lists if prefixes else [frozenset()]) == expected


@given(ballots_of_six, st.randoms())
def test_the_order_of_ballots_and_names_of_items_change_nothing(ballots: list[frozenset[int]], random: Random) -> None:
    shuffled = list(ballots)
    random.shuffle(shuffled)
    renamed = [frozenset(5 - item for item in ballot) for ballot in shuffled]

    before, after = lists(ballots, 3), lists(renamed, 3)

    assert after == [sorted(sorted(5 - item for item in one) for one in prefix) for prefix in before]


@given(st.lists(st.integers(1, 30), min_size=2, max_size=4))
def test_on_separate_parties_it_is_the_divisor_method_of_dhondt(sizes: list[int]) -> None:
    seats = 3
    ballots = [
        frozenset(range(party * seats, party * seats + seats))
        for party, people in enumerate(sizes)
        for _ in range(people)
    ]
    quotients = sorted(
        (-Fraction(people, turn + 1), party) for party, people in enumerate(sizes) for turn in range(seats)
    )
    untied = quotients[seats - 1][0] != quotients[seats][0]

    last = phragmen(pack(matrix(ballots, seats * len(sizes))), size=seats)[-1]
    won = {tuple(sum(item // seats == party for item in one) for party in range(len(sizes))) for one in last.lists}

    expected = tuple(sum(party == other for _, other in quotients[:seats]) for party in range(len(sizes)))
    assert expected in won
    assert len(won) == 1 or not untied


@given(ballots_of_six)
def test_more_than_one_word_of_ballots_counts_the_same(ballots: list[frozenset[int]]) -> None:
    assert lists(ballots * 20, 3) == lists(ballots, 3)


def test_equally_right_lists_stand_in_the_order_of_their_items() -> None:
    lists = [[3, 1], [2], [0, 5], [0, 4], [1, 2]]

    assert [sorted(one) for one in Prefix.of(1, lists).lists] == [[0, 4], [0, 5], [1, 2], [1, 3], [2]]


def test_ballots_are_packed_into_as_many_words_as_they_fill_and_one_at_least() -> None:
    words = [pack(np.ones((ballots, 2), dtype=bool)).shape for ballots in (0, 1, 64, 65)]

    assert words == [(2, 1), (2, 1), (2, 1), (2, 2)]


def test_one_person_is_a_part_where_there_are_as_many_places_as_people() -> None:
    planes = pack(np.array([[False, False, True], [True, False, False]]))

    assert audit(planes, [0, 1], ballots=2) == (Neglect(2, 1, 1),)
