"""Orders out of rankings, scales, best-worst tasks and points; golden numbers are pref_voting's (1.18.2)."""

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain import ranking
from surveys.domain.ranking import (
    Levels,
    Margins,
    RankedPairs,
    best_worst,
    borda,
    bradley_terry,
    copeland,
    cycles,
    from_rankings,
    layers,
    margins,
    minimax,
    points_medians,
    ranked_pairs,
    schulze,
    split_cycle,
    tiers,
)
from tests.surveys.domain import golden

# pairwise: nine people, four items, with a circle of majorities
NINE = np.array(
    [
        [5, 3, 1, 2], [1, 5, 3, 2], [2, 1, 5, 3], [5, 4, 1, 1], [1, 5, 4, 2], [3, 1, 5, 3], [4, 4, 2, 5], [2, 5, 3, 3],
        [5, 1, 4, 2],
    ]
)  # fmt: skip
answers = (
    st.integers(1, 4)
    .flatmap(
        lambda items: st.lists(st.lists(st.integers(0, 5), min_size=items, max_size=items), min_size=1, max_size=9)
    )
    .map(np.array)
)


def sets(*levels: set[int]) -> tuple[frozenset[int], ...]:
    return tuple(map(frozenset, levels))


def by_hand(levels: Levels) -> list[list[int]]:
    """Margins counted person by person."""
    items = range(levels.shape[1])
    both = [(row, one, other) for row in levels.tolist() for one in items for other in items if row[one] and row[other]]
    table = [[0 for _ in items] for _ in items]
    for row, one, other in both:
        table[one][other] += (row[one] > row[other]) - (row[one] < row[other])
    return table


def test_the_golden_case_gives_the_numbers_of_pref_voting() -> None:
    counted = margins(NINE)

    assert counted.dtype == np.int64
    assert counted.tolist() == [[0, 2, -1, -2], [-2, 0, 3, 1], [1, -3, 0, 3], [2, -1, -3, 0]]
    assert borda(counted) == (-1, 2, 1, -2)
    assert tiers(copeland(counted))[0] == {1, 2}
    assert tiers(minimax(counted))[0] == {0, 1}
    assert schulze(counted) == sets({0, 1}, {2}, {3})
    assert ranked_pairs(counted) == RankedPairs(frozenset({0, 1}), sets({0, 1}, {2}, {3}), ways=2)
    assert split_cycle(counted)[0] == {0, 1}


def test_our_margins_settle_the_run_off_of_star_as_in_pref_voting() -> None:
    """STAR adds codes up, so it is no rule of ours: the two highest sums, ties in every way, then our margin."""
    counted, sums = margins(NINE), NINE.sum(axis=0).tolist()
    finals = [pair for pair in permutations(range(4), 2) if [sums[one] for one in pair] == sorted(sums)[:-3:-1]]

    assert {one if counted[one, other] > 0 else other for one, other in finals} == {0, 1}


def test_a_circle_of_majorities_is_shown() -> None:
    paper_scissors_stone = from_rankings([(0, 1, 2, 3), (1, 2, 0, 3), (2, 0, 1, 3)], 4)

    counted = margins(paper_scissors_stone)

    assert cycles(counted) == sets({0, 1, 2}, {3})
    assert schulze(counted) == sets({0, 1, 2}, {3})
    assert ranked_pairs(counted) == RankedPairs(frozenset({0, 1, 2}), sets({0, 1, 2}, {3}), ways=3)


def test_without_a_circle_every_rule_gives_the_same_order() -> None:
    counted = margins(from_rankings([(2, 0, 1), (2, 1, 0), (0, 2, 1)], 3))

    line = sets({2}, {0}, {1})

    assert cycles(counted) == schulze(counted) == tiers(borda(counted)) == tiers(copeland(counted)) == line
    assert ranked_pairs(counted) == RankedPairs(frozenset({2}), line, ways=1)


def test_a_short_ranking_puts_the_rest_last_and_level() -> None:
    levels = from_rankings([(2, 0), (), (1,)], 4)

    assert levels.dtype == np.int64
    assert levels.tolist() == [[4, 1, 5, 1], [0, 0, 0, 0], [1, 5, 1, 1]]
    assert margins(levels).tolist() == [[0, 0, -1, 1], [0, 0, 0, 1], [1, 0, 0, 1], [-1, -1, -1, 0]]


def test_a_ranking_that_names_an_item_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        from_rankings([(1, 1)], 3)


def test_a_scale_of_unknown_items_says_nothing_of_them() -> None:
    counted = margins(np.array([[5, 0, 1], [0, 0, 4]]))

    assert counted.tolist() == [[0, 0, 1], [0, 0, 0], [-1, 0, 0]]


def test_nothing_to_order_gives_no_tiers() -> None:
    nothing = margins(np.zeros((3, 0), np.int64))

    assert (schulze(nothing), cycles(nothing), tiers(borda(nothing))) == ((), (), ())
    assert ranked_pairs(nothing) == RankedPairs(frozenset(), (), ways=1)


def test_items_above_each_other_in_a_circle_have_no_tiers() -> None:
    circle = np.array([[False, True, False, False], [False, False, True, False], [True] + [False] * 3, [False] * 4])

    with pytest.raises(ValueError, match="circle"):
        layers(circle)


def test_the_worst_margin_is_against_any_other_and_an_item_alone_has_none() -> None:
    assert minimax(margins(np.array([[3], [1]]))) == (0,)
    assert minimax(np.array([[0, -1, 3], [1, 0, 2], [-3, -2, 0]])) == (-1, 1, -3)


def test_too_many_ways_to_settle_ties_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = margins(from_rankings([(0, 1, 2), (1, 2, 0), (2, 0, 1)], 3))
    monkeypatch.setattr(ranking, "MANY", 2)

    assert ranked_pairs(counted) is None


def test_as_many_ways_as_are_followed_are_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    level = np.array([[0, 0, 2, 2], [0, 0, 2, 2], [-2, -2, 0, 2], [-2, -2, -2, 0]])
    circle = margins(from_rankings([(0, 1, 2), (1, 2, 0), (2, 0, 1)], 3))

    told = ranked_pairs(level), ranked_pairs(circle)

    assert all(told)
    monkeypatch.setattr(ranking, "MANY", 1)
    assert ranked_pairs(level) == told[0]
    monkeypatch.setattr(ranking, "MANY", 7)
    assert ranked_pairs(circle) == told[1]
    monkeypatch.setattr(ranking, "MANY", 6)
    assert ranked_pairs(circle) is None, "four ways looked at on the way to the three count too"


@given(answers)
def test_margins_are_those_counted_person_by_person(levels: Levels) -> None:
    assert margins(levels).tolist() == by_hand(levels)


@given(answers, st.randoms(use_true_random=False))
def test_parts_of_a_box_add_up_in_any_order_of_ballots(levels: Levels, random: object) -> None:
    half = len(levels) // 2

    assert (margins(levels[:half]) + margins(levels[half:]) == margins(levels[::-1])).all()


@given(answers)
def test_recoding_the_levels_changes_nothing(levels: Levels) -> None:
    wider = np.array([0, 1, 2, 4, 8, 16])[levels]

    assert (margins(wider) == margins(levels)).all()


@given(answers)
def test_the_reversed_scale_reverses_margins_and_borda(levels: Levels) -> None:
    mirrored = np.where(levels > 0, 6 - levels, 0)

    assert (margins(mirrored) == -margins(levels)).all()
    assert borda(margins(mirrored)) == tuple(-score for score in borda(margins(levels)))


@given(answers)
def test_one_ballot_moves_a_margin_by_two_at_most(levels: Levels) -> None:
    changed = levels.copy()
    changed[0] = np.where(levels[0] > 0, 6 - levels[0], 5)

    assert abs(margins(changed) - margins(levels)).max() <= 2


@given(answers)
def test_renaming_the_items_renames_the_tiers(levels: Levels) -> None:
    last = levels.shape[1] - 1
    here, there = margins(levels), margins(levels[:, ::-1])

    for rule in (schulze, split_cycle, cycles):
        assert rule(there) == tuple(frozenset(last - item for item in tier) for tier in rule(here))


@given(answers)
def test_schulze_and_ranked_pairs_stay_in_the_smith_set(levels: Levels) -> None:
    counted = margins(levels)
    pairs = ranked_pairs(counted)

    assert schulze(counted)[0] <= split_cycle(counted)[0] <= cycles(counted)[0]
    assert pairs is not None
    assert pairs.winners <= cycles(counted)[0]


@given(answers)
def test_the_smith_set_is_the_smallest_that_beats_all_others(levels: Levels) -> None:
    counted, items = margins(levels), range(levels.shape[1])
    beating = [
        set(some)
        for size in range(1, len(items) + 1)
        for some in combinations(items, size)
        if all(counted[one, other] > 0 for one in some for other in set(items) - set(some))
    ]

    assert cycles(counted)[0] == beating[0]


@given(answers)
def test_ranked_pairs_are_those_of_every_order_of_equal_majorities(levels: Levels) -> None:
    counted = margins(levels)
    won = sorted({(one, other) for one, other in np.argwhere(counted > 0).tolist()})
    expected = set()
    for turn in permutations(won) if len(won) <= 5 else ():
        order = sorted(turn, key=lambda pair: -counted[pair])
        kept = set[tuple[int, int]]()
        for one, other in order:
            if (other, one) not in closure(kept):
                kept.add((one, other))
        expected.add(frozenset(closure(kept)))

    pairs = ranked_pairs(counted)

    assert pairs is not None
    assert len(won) > 5 or pairs.ways == len(expected)


def closure(kept: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """All that follows from kept pairs."""
    found = set(kept)
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more
    return found


def test_strengths_are_those_of_choix() -> None:
    found = bradley_terry(np.array(golden.WINS))

    assert found == pytest.approx(golden.BRADLEY_TERRY, abs=1e-6)


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=4, max_size=4).map(np.array))
def test_strengths_expect_as_many_wins_as_there_were(wins: Margins) -> None:
    np.fill_diagonal(wins, 0)
    strengths = bradley_terry(wins)
    assume(strengths is not None)

    power = np.exp(np.array(strengths))
    expected = (wins + wins.T) * power[:, None] / (power[:, None] + power)
    assert expected.sum(axis=1) == pytest.approx(wins.sum(axis=1), rel=1e-6)


def test_who_never_lost_has_no_strength_to_be_told() -> None:
    assert bradley_terry(np.array([[0, 1], [0, 0]])) is None
    assert bradley_terry(np.array([[0]])) == (0,)


def test_of_two_who_met_four_times_the_one_who_won_three_is_three_times_as_strong() -> None:
    assert bradley_terry(np.array([[0, 3], [1, 0]])) == pytest.approx((np.log(3) / 2, -np.log(3) / 2))
    assert bradley_terry(np.array([[0, 1], [1, 0]])) == (0, 0)


def test_best_and_worst_are_counted_over_the_times_shown() -> None:
    tasks = [((0, 1, 2), 0, 2), ((0, 1, 3), 0, 1), ((0, 2, 3), 3, 2)]

    assert best_worst(tasks, 5) == (Fraction(2, 3), Fraction(-1, 2), Fraction(-1), Fraction(1, 2), None)
    assert best_worst([((0, 1), 0, 1)], 2) == (Fraction(1), Fraction(-1))


@pytest.mark.parametrize("task", [((0, 1), 0, 0), ((0, 1), 0, 2), ((0, 1), 2, 0)])
def test_best_and_worst_are_two_of_the_items_shown(task: tuple[tuple[int, ...], int, int]) -> None:
    with pytest.raises(ValueError, match="two of the items shown"):
        best_worst([task], 3)


def test_points_are_read_by_their_lower_median() -> None:
    assert points_medians(np.array([[10, 0, 0], [4, 6, 0], [0, 3, 7], [5, 5, 0]])) == (4, 3, 0)
    assert points_medians(np.array([[1], [2], [3], [4], [5]])) == (3,)
    assert points_medians(np.zeros((0, 2), np.int64)) == (None, None)
