"""Two rounds are compared by bands, or by histograms; only linked studies know who moved where."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.stability import (
    bowker,
    chi_squared_tail,
    mcnemar,
    net_change,
    signed_ranks,
    steady,
    stuart_maxwell,
    unchanged,
)
from tests.surveys.domain import golden

histograms = st.lists(st.integers(0, 9), min_size=5, max_size=5)
tables = st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=3, max_size=3)


@pytest.mark.parametrize(("before", "after"), list(product(["few", "some", "most"], repeat=2)))
def test_a_band_may_move_by_one_step(before: str, after: str) -> None:
    far = {before, after} == {"few", "most"}

    assert steady({"a": "some", "b": before}, {"a": "some", "b": after}) is not far


def test_all_three_bands_may_stand_in_one_release() -> None:
    bands = {"a": "few", "b": "some", "c": "most"}

    assert steady(bands, bands)


def test_nothing_is_steady_where_a_band_is_withheld_or_the_questions_differ() -> None:
    assert not steady({"a": "some"}, {"a": "withheld"})
    assert not steady({"a": "withheld"}, {"a": "some"})
    assert not steady({"a": "some"}, {"b": "some"})


@given(histograms, histograms)
def test_net_change_is_half_of_all_differences(before: list[int], after: list[int]) -> None:
    assume(sum(before) and sum(after))

    found = net_change(before, after)

    pairs = zip(before, after, strict=True)
    assert found == sum(abs(Fraction(one, sum(before)) - Fraction(two, sum(after))) for one, two in pairs) / 2
    assert found == net_change(after, before)
    assert 0 <= (found or 0) <= 1


def test_net_change_compares_shares_of_rounds_of_any_size() -> None:
    assert net_change([2, 2, 0], [1, 1, 0]) == 0
    assert net_change([4, 0, 0], [3, 1, 0]) == Fraction(1, 4)
    assert net_change([0, 0, 0], [1, 1, 0]) is None
    assert net_change([1, 1, 0], [0, 0, 0]) is None


@given(histograms, st.integers(0, 4), st.integers(0, 4))
def test_one_changed_ballot_changes_one_part_at_most(counts: list[int], off: int, on: int) -> None:
    assume(counts[off])
    changed = [*counts]
    changed[off] -= 1
    changed[on] += 1

    assert (net_change(counts, changed) or 0) <= Fraction(1, sum(counts))


def test_moves_give_the_numbers_of_statsmodels() -> None:
    paired, sides = bowker(golden.MOVES), stuart_maxwell(golden.MOVES)

    assert unchanged(golden.MOVES) == Fraction(23, 40)
    assert float(paired[0]) == pytest.approx(golden.BOWKER, abs=1e-9)
    assert chi_squared_tail(*paired) == pytest.approx(golden.BOWKER_P, abs=1e-9)
    assert sides is not None
    assert float(sides[0]) == pytest.approx(golden.STUART_MAXWELL, abs=1e-9)
    assert chi_squared_tail(*sides) == pytest.approx(golden.STUART_MAXWELL_P, abs=1e-9)
    assert (paired[1], sides[1]) == (10, 4)


def test_the_exact_test_of_two_sides_is_that_of_statsmodels() -> None:
    assert mcnemar(*golden.MCNEMAR) == Fraction(golden.MCNEMAR_P)
    assert mcnemar(9, 3) == mcnemar(3, 9)
    assert mcnemar(0, 0) == mcnemar(4, 4) == 1


def test_signed_ranks_are_those_of_scipy() -> None:
    found = signed_ranks(linked(golden.BEFORE, golden.AFTER))

    assert found is not None
    assert found[0] == golden.WILCOXON
    assert found[1] == pytest.approx(golden.WILCOXON_P, abs=1e-9)
    assert signed_ranks([[2, 0], [0, 3]]) is None


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12))
def test_signed_ranks_are_those_of_people_in_line(people: list[tuple[int, int]]) -> None:
    steps = [after - before for before, after in people]
    ranks = [Fraction(sum(2 * (abs(o) < abs(s)) + (abs(o) == abs(s)) for o in steps) + 1, 2) for s in steps]
    up, down = (sum(rank for rank, step in zip(ranks, steps, strict=True) if step * way > 0) for way in (1, -1))

    found = signed_ranks(linked(*zip(*people, strict=True)))

    assert (found is None) == (not any(steps))
    if found:
        assert found[0] == min(up, down)
        assert 0 < found[1] <= 1
        assert (found[1] == 1) == (up == down)


def linked(before: Sequence[int], after: Sequence[int]) -> list[list[int]]:
    """How many people went from each of five levels to each."""
    pairs = list(zip(before, after, strict=True))
    return [[pairs.count((one, other)) for other in range(1, 6)] for one in range(1, 6)]


@given(tables)
def test_both_tests_of_moves_are_the_same_from_either_side(moves: list[list[int]]) -> None:
    back = [list(column) for column in zip(*moves, strict=True)]
    turned = [row[::-1] for row in moves[::-1]]

    assert bowker(moves) == bowker(back) == bowker(turned)
    assert stuart_maxwell(moves) == stuart_maxwell(back) == stuart_maxwell(turned)


@given(st.integers(0, 9), st.integers(0, 9))
def test_between_two_levels_both_tests_are_mcnemars(there: int, back: int) -> None:
    assume(there + back)
    moves = [[5, there], [back, 7]]

    assert bowker(moves) == stuart_maxwell(moves) == (Fraction((there - back) ** 2, there + back), 1)


def test_levels_nobody_left_or_reached_are_left_out() -> None:
    moves = [[5, 0, 3], [0, 4, 0], [1, 0, 2]]

    assert stuart_maxwell(moves) == (Fraction(1), 1)
    assert stuart_maxwell([[3, 0], [0, 2]]) == (Fraction(0), 0)
    assert bowker([[3, 0], [0, 2]]) == (Fraction(0), 1)
    assert unchanged([[0, 0], [0, 0]]) is None


def test_moves_within_two_parts_of_the_scale_settle_nothing() -> None:
    moves = [[1, 2, 0, 0], [1, 1, 0, 0], [0, 0, 1, 2], [0, 0, 3, 1]]

    assert stuart_maxwell(moves) is None


@pytest.mark.parametrize(
    ("value", "freedom", "tail"),
    [
        (Fraction(384145882, 10**8), 1, 0.05),
        (Fraction(599146455, 10**8), 2, 0.05),
        (Fraction(781472790, 10**8), 3, 0.05),
        (Fraction(45493642, 10**8), 1, 0.5),
        (Fraction(0), 3, 1),
        (Fraction(0), 0, 1),
    ],
)
def test_the_tail_is_that_of_the_printed_tables(value: Fraction, freedom: int, tail: float) -> None:
    assert chi_squared_tail(value, freedom) == pytest.approx(tail, abs=1e-8)


def test_the_tail_of_the_friedman_test_is_that_of_scipy() -> None:
    assert chi_squared_tail(Fraction(golden.FRIEDMAN), 4) == pytest.approx(golden.FRIEDMAN_P, abs=1e-12)
