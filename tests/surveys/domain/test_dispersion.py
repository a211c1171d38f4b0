"""Indices of spread give the numbers of the programs of the field, and keep to their ends."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.agreement import lower_median, share, van_der_eijk
from surveys.domain.dispersion import blair_lacy, divided_by_thirds, ipras, leik, tastle_wierman
from tests.surveys.domain.golden import IPRAS, ORDINAL, Ordinal

histograms = st.lists(st.integers(0, 9), min_size=5, max_size=5)
NOBODY = [0, 0, 0, 0, 0]


def some(found: Fraction | float | None) -> Fraction:
    """What was found, where it is known to be there."""
    assert found is not None
    return Fraction(found)


@pytest.mark.parametrize("case", ORDINAL)
def test_the_numbers_are_those_of_agrmt(case: Ordinal) -> None:
    found = [index(case.counts) for index in (van_der_eijk, tastle_wierman, leik, blair_lacy)]

    expected = [case.van_der_eijk, case.tastle_wierman, case.leik, case.blair_lacy]
    assert [float(some(one)) for one in found] == pytest.approx(expected, abs=1e-12)


@given(histograms)
def test_every_index_stays_between_its_ends(counts: list[int]) -> None:
    assume(sum(counts))
    one_level = sum(map(bool, counts)) == 1

    spread, concentration, agreement = some(leik(counts)), some(blair_lacy(counts)), some(tastle_wierman(counts))

    assert 0 <= spread <= 1
    assert 0 <= concentration <= 1
    assert -1e-12 <= agreement <= 1 + 1e-12
    assert (spread == 0) == (concentration == 1) == one_level


@given(histograms)
def test_the_scale_may_be_turned_round(counts: list[int]) -> None:
    turned = counts[::-1]

    assert leik(turned) == leik(counts)
    assert blair_lacy(turned) == blair_lacy(counts)
    assert divided_by_thirds(turned) == divided_by_thirds(counts)


def test_two_halves_at_the_ends_are_as_far_apart_as_can_be() -> None:
    halves = [10, 0, 0, 0, 10]

    assert [some(leik(halves)), some(blair_lacy(halves))] == [1, 0]
    assert some(tastle_wierman(halves)) == pytest.approx(0)
    assert some(tastle_wierman([2, 2])) == pytest.approx(0)


@given(histograms, st.integers(0, 3), st.sampled_from([leik, blair_lacy]))
def test_one_changed_ballot_moves_an_index_a_little(
    counts: list[int], level: int, index: Callable[[Sequence[int]], Fraction | None]
) -> None:
    assume(counts[level])
    changed = [*counts]
    changed[level] -= 1
    changed[4] += 1

    assert abs(some(index(changed)) - some(index(counts))) <= Fraction(4, sum(counts))


def test_nothing_is_said_where_nobody_answered_or_there_is_one_level() -> None:
    assert [index(NOBODY) for index in (leik, blair_lacy, tastle_wierman)] == [None] * 3
    assert [index([3]) for index in (leik, blair_lacy, tastle_wierman)] == [None] * 3
    assert ipras([0] * 9) is None
    assert not divided_by_thirds(NOBODY)


def test_the_panel_of_a_published_table_does_not_disagree() -> None:
    spread = ipras(IPRAS)

    assert spread is not None
    assert [some(lower_median(IPRAS)), spread.low, spread.high, spread.between] == [7, 7, 8, 1]
    assert spread.allowed == Fraction(61, 10)
    assert not spread.divided


def test_a_panel_on_both_sides_disagrees() -> None:
    spread = ipras([0, 4, 0, 0, 2, 0, 0, 4, 0])

    assert spread is not None
    assert [spread.low, spread.high, spread.allowed] == [2, 8, Fraction(47, 20)]
    assert spread.divided


def test_the_percentiles_of_eleven_people_are_the_fourth_and_the_eighth_in_line() -> None:
    spread = ipras([1, 1, 1, 1, 2, 1, 1, 2, 1])

    assert spread is not None
    assert [spread.low, spread.high, spread.allowed] == [4, 7, Fraction(31, 10)]


def test_each_rule_knows_its_own_scale_only() -> None:
    with pytest.raises(ValueError, match="nine levels"):
        ipras(NOBODY)
    with pytest.raises(ValueError, match="five levels"):
        divided_by_thirds([1] * 9)


@pytest.mark.parametrize(
    ("counts", "divided"),
    [
        ([2, 2, 4, 2, 2], True),
        ([2, 1, 5, 2, 2], False),
        ([4, 0, 4, 0, 4], True),
        ([0, 0, 0, 6, 6], False),
    ],
)
def test_a_third_on_each_side_divides(counts: Sequence[int], *, divided: bool) -> None:
    assert divided_by_thirds(counts) is divided


@given(histograms, st.integers(1, 5), st.integers(0, 3), st.integers(1, 9))
def test_answers_that_rise_never_lower_a_share(counts: list[int], cut: int, level: int, moved: int) -> None:
    """First-order dominance."""
    assume(sum(counts))
    raised = [*counts]
    raised[level] -= min(moved, counts[level])
    raised[level + 1] += min(moved, counts[level])

    assert some(share(raised, cut)) >= some(share(counts, cut))
    assert some(lower_median(raised)) >= some(lower_median(counts))


@given(histograms, st.integers(1, 5), st.integers(0, 4), st.integers(0, 4))
def test_one_changed_ballot_moves_a_share_by_one_part_at_most(counts: list[int], cut: int, off: int, on: int) -> None:
    assume(counts[off])
    changed = [*counts]
    changed[off] -= 1
    changed[on] += 1

    assert abs(some(share(changed, cut)) - some(share(counts, cut))) <= Fraction(1, sum(counts))
