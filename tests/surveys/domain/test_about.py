"""Indices from rounded figures: near those of the exact counts, and intervals that hold the exact ones."""

from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.about import indices, weights, within
from surveys.domain.agreement import van_der_eijk, wilson
from surveys.domain.disclosure import Band
from surveys.domain.dispersion import leik
from surveys.domain.doubt import Asked, Cell, Shown, Voice, bands, levels_open, opened, percents, place

LOW, HIGH = Cell(Shown.LOW), Cell(Shown.HIGH)


def part(percent: int) -> Cell:
    return Cell(Shown.PERCENT, percent)


def test_what_is_left_of_a_hundred_goes_to_the_tails() -> None:
    assert weights([part(50), part(30), LOW, LOW]) == (100, 60, 20, 20)
    assert weights([HIGH, LOW, LOW]) == (100, 0, 0)
    assert weights([part(60), part(50), LOW]) == (60, 50, 0)


def test_no_share_told_gives_no_index() -> None:
    assert indices([]) is None


def test_all_alike_and_two_camps_stand_at_the_ends() -> None:
    assert indices([HIGH, LOW, LOW, LOW, LOW]) == (1.0, 0.0, 1.0)
    assert indices([part(50), LOW, LOW, LOW, part(50)]) == (-1.0, 1.0, 0.0)


@given(st.integers(20, 400), st.integers(0, 400), st.integers(1, 4))
def test_the_interval_of_a_band_holds_that_of_the_exact_share(answers: int, yes: int, infiltrators: int) -> None:
    assume(yes <= answers)
    scale = bands(answers, infiltrators)

    low, high = within(Band(scale[place(scale, yes)].cell.shown.value))

    exact = wilson(yes, answers)
    assert low / 100 <= exact[0] + 1e-9
    assert exact[1] - 1e-9 <= high / 100


@pytest.mark.parametrize("tilt", range(1, 8))
@pytest.mark.parametrize("answers", [40, 90, 300])
def test_indices_lie_near_those_of_the_exact_counts(answers: int, tilt: int) -> None:
    shares = [1 + (at * tilt) % 5 for at in range(5)]
    counts = [answers * one // sum(shares) for one in shares]
    counts[0] += answers - sum(counts)
    yes = Voice(answers, (scale := bands(answers, 2))[place(scale, sum(counts[3:]))])
    rule = partial(levels_open, Asked(yes, 2, frozenset({3, 4})))

    found = indices([one.cell for one in opened(counts, [percents(answers, 2)] * 5, rule)])

    assert found is not None
    assert abs(found[0] - float(van_der_eijk(counts) or 0)) <= 0.2
    assert abs(found[1] - float(leik(counts) or 0)) <= 0.2
