"""Bits are counted as people would be, one by one; and parts of a box add up in any order."""

from collections.abc import Sequence
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from surveys.domain import planes
from surveys.domain.logic import DONT_KNOW
from surveys.domain.planes import Bulk, above, bulk, counts, joint, paired, ties
from surveys.domain.proportional import pack

LEVELS, ITEMS = 5, 4
Rows = list[list[int]]

ballots_of_four = st.lists(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 6, DONT_KNOW]), min_size=ITEMS, max_size=ITEMS), max_size=80
)
CYCLE = [
    [5, 3, 1, 2], [1, 5, 3, 2], [2, 1, 5, 3], [5, 4, 1, 1], [1, 5, 4, 2], [3, 1, 5, 3], [4, 4, 2, 5], [2, 5, 3, 3],
    [5, 1, 4, 2],
]  # fmt: skip
"""Golden case "pairwise" (pref_voting 1.18.2): nine people, four items, a majority cycle."""


def columns(rows: Sequence[Sequence[int]]) -> NDArray[np.uint8]:
    return np.array(rows, np.uint8).reshape(len(rows), ITEMS).T


def held(rows: Sequence[Sequence[int]]) -> Bulk:
    return bulk(columns(rows), levels=LEVELS)


def known(rows: Rows) -> Rows:
    """What counts as an answer, 0 for none."""
    return [[level if level <= LEVELS else 0 for level in row] for row in rows]


@given(ballots_of_four)
def test_levels_are_counted_as_one_by_one_would(rows: Rows) -> None:
    expected = [[sum(row[item] == level for row in rows) for level in range(1, LEVELS + 1)] for item in range(ITEMS)]

    assert counts(held(rows)).tolist() == expected


@given(ballots_of_four, st.data())
def test_only_those_asked_for_are_counted(rows: Rows, data: st.DataObject) -> None:
    voice = [data.draw(st.booleans()) for _ in rows]
    among = pack(np.array(voice, np.bool_).reshape(len(rows), 1))

    found = counts(held(rows), among)

    assert found.tolist() == counts(held([row for row, inside in zip(rows, voice, strict=True) if inside])).tolist()


@given(ballots_of_four)
def test_two_items_are_counted_together_with_those_who_left_one_out(rows: Rows) -> None:
    given_ = known(rows)
    one, other = bulk(columns(rows)[:2], levels=LEVELS), bulk(columns(rows)[2:], levels=LEVELS)

    found = joint(one, other)

    expected = np.zeros((2, LEVELS + 1, LEVELS + 1), np.int64)
    for row in given_:
        expected[0, row[0], row[2]] += 1
        expected[1, row[1], row[3]] += 1
    assert found.tolist() == expected.tolist()
    assert found.sum(axis=(1, 2)).tolist() == [len(rows)] * 2


def test_two_scales_of_different_lengths_are_counted_together() -> None:
    one, other = bulk([np.array([1, 2, 2], np.uint8)], levels=2), bulk([np.array([3, 0, 3], np.uint8)], levels=3)

    assert joint(one, other).tolist() == [[[0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 1]]]


@given(ballots_of_four, st.integers(1, LEVELS))
def test_pairs_are_counted_as_one_by_one_would(rows: Rows, level: int) -> None:
    both, answered = paired(held(rows), level)

    pairs = list(product(range(ITEMS), repeat=2))
    given_ = known(rows)
    assert [both[i, j] for i, j in pairs] == [sum(r[i] >= level and r[j] >= level for r in given_) for i, j in pairs]
    assert [answered[i, j] for i, j in pairs] == [sum(r[i] >= level and r[j] > 0 for r in given_) for i, j in pairs]


@given(ballots_of_four)
def test_who_stands_above_whom_is_counted_among_those_who_answered_both(rows: Rows) -> None:
    found = above(held(rows))

    pairs = list(product(range(ITEMS), repeat=2))
    assert [found[i, j] for i, j in pairs] == [sum(r[i] > r[j] > 0 for r in known(rows)) for i, j in pairs]


def test_margins_of_a_majority_cycle_are_those_of_pref_voting() -> None:
    found = above(held(CYCLE))

    margins = found - found.T
    assert margins.tolist() == [[0, 2, -1, -2], [-2, 0, 3, 1], [1, -3, 0, 3], [2, -1, -3, 0]]
    assert margins.sum(axis=1).tolist() == [-1, 2, 1, -2]


def test_the_margin_of_two_dangers_comes_from_the_same_people() -> None:
    """Golden case "paired-margin" (statsmodels 0.15.0): 20 put both high, 9 only the first, 3 only the second."""
    rows = [[5, 4, 0, 0]] * 20 + [[4, 1, 0, 0]] * 9 + [[2, 5, 0, 0]] * 3 + [[1, 1, 0, 0]] * 9

    both, answered = paired(held(rows), 4)

    only_first, only_second = answered[0, 1] - both[0, 1], answered[1, 0] - both[0, 1]
    assert (both[0, 1], only_first, only_second) == (20, 9, 3)
    assert (answered - answered.T)[:2, :2].tolist() == [[0, 6], [-6, 0]]


@given(ballots_of_four)
def test_ties_are_counted_as_one_by_one_would(rows: Rows) -> None:
    times = [row.count(level) for row in rows for level in range(1, LEVELS + 1)]

    assert ties(held(rows)) == sum(t**3 - t for t in times)


def test_ties_of_many_items_need_many_digits() -> None:
    answers = bulk([np.full(3, 2, np.uint8)] * 41, levels=2)

    assert ties(answers) == 3 * (41**3 - 41)


@settings(max_examples=20)
@given(ballots_of_four, st.randoms(use_true_random=False))
def test_sixty_four_shards_add_up_to_the_whole_in_any_order(rows: Rows, random: Random) -> None:
    shards = [rows[shard::64] for shard in range(64)]
    random.shuffle(shards)
    parts = [held(shard) for shard in shards]

    def told(answers: Bulk) -> list[NDArray[np.int64]]:
        return [counts(answers), joint(answers, answers), *paired(answers, 4), above(answers), np.array(ties(answers))]

    assert {one.dtype for one in told(held(rows))} == {np.dtype(np.int64)}
    added = [sum(part) for part in zip(*map(told, parts), strict=True)]
    assert [one.tobytes() for one in told(held(rows))] == [np.asarray(one).tobytes() for one in added]


@given(ballots_of_four, st.permutations(range(ITEMS)))
def test_items_may_stand_in_any_order(rows: Rows, order: list[int]) -> None:
    renamed = held([[row[item] for item in order] for row in rows])

    assert counts(renamed).tolist() == counts(held(rows))[order].tolist()
    assert above(renamed).tolist() == above(held(rows))[np.ix_(order, order)].tolist()


@given(st.lists(st.lists(st.integers(0, 5), min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=40), st.data())
def test_one_changed_ballot_moves_a_margin_by_two_and_a_withdrawn_one_by_one(rows: Rows, data: st.DataObject) -> None:
    changed = [data.draw(st.lists(st.integers(0, 5), min_size=ITEMS, max_size=ITEMS)), *rows[1:]]

    def margins(ballots: Rows) -> NDArray[np.int64]:
        found = above(held(ballots))
        return found - found.T

    assert np.abs(margins(changed) - margins(rows)).max() <= 2
    assert np.abs(margins(rows[1:]) - margins(rows)).max() <= 1


@given(st.lists(st.lists(st.integers(1, 5), min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=40), st.data())
def test_a_withdrawal_never_swaps_two_complete_counts(rows: Rows, data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(rows) - 1))

    def alarmed(ballots: Rows) -> NDArray[np.int64]:
        return planes.count(held(ballots).at_least(4))

    before, after = alarmed(rows), alarmed(rows[:gone] + rows[gone + 1 :])
    assert not ((before[:, np.newaxis] > before) & (after[:, np.newaxis] < after)).any()


@given(st.lists(st.lists(st.integers(1, 5), min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=20))
def test_rank_sums_are_borda_and_turned_round_they_change_sign(rows: Rows) -> None:
    found = above(held(rows))
    turned = above(held([[LEVELS + 1 - level for level in row] for row in rows]))

    borda = (found - found.T).sum(axis=1)
    doubled = [
        sum(2 * sum(other < row[item] for other in row) + row.count(row[item]) + 1 for row in rows)
        for item in range(ITEMS)
    ]
    assert doubled == [len(rows) * (ITEMS + 1) + int(score) for score in borda]
    assert turned.tolist() == found.T.tolist()


def test_a_recoding_that_keeps_the_order_changes_no_pair() -> None:
    recoded = [[(1, 2, 4, 7, 9)[level - 1] for level in row] for row in CYCLE]

    assert above(bulk(columns(recoded), levels=9)).tolist() == above(held(CYCLE)).tolist()


def test_without_items_or_people_there_is_nothing_to_count() -> None:
    nobody = held([])
    nothing = bulk([], levels=LEVELS)

    assert (nobody.people, nobody.levels, nobody.items) == (0, LEVELS, ITEMS)
    assert (nothing.people, nothing.levels, nothing.items) == (0, LEVELS, 0)
    assert counts(nobody).sum() == 0
    assert [counts(nothing).shape, above(nothing).shape, joint(nothing, nothing).shape] == [(0, 5), (0, 0), (0, 6, 6)]
    assert [one.shape for one in paired(nothing, 4)] == [(0, 0), (0, 0)]
    assert (ties(nobody), ties(nothing)) == (0, 0)


def test_on_a_scale_of_one_level_all_who_answer_stand_on_it() -> None:
    answers = bulk([np.array([1, 0, 1], np.uint8)], levels=1)

    assert planes.count(answers.exactly(1)).tolist() == [2]
    assert planes.count(answers.at_least(2)).tolist() == [0]


@pytest.mark.parametrize("people", [1, 63, 64, 65, 129])
def test_an_answer_takes_one_bit_a_level(people: int) -> None:
    answers = bulk([np.full(people, 3, np.uint8)] * ITEMS, levels=LEVELS)

    assert answers.planes.nbytes * 8 == LEVELS * ITEMS * -(-people // 64) * 64
    assert planes.count(answers.at_least(3)).tolist() == [people] * ITEMS
    assert planes.count(answers.exactly(LEVELS)).tolist() == [0] * ITEMS
