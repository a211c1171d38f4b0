"""Rows, waves, tails and voices at every size that a small assembly may have."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.disclosure import ROWS, Figure, Row, disclose, highest, least, near, row
from tests.surveys.domain.asked import asking
from tests.surveys.domain.gate import STANCE, VOICED, stances, tally, told, voiced


@pytest.mark.parametrize("infiltrators", [1, 2, 3, 4])
def test_every_size_has_the_row_of_the_table(infiltrators: int) -> None:
    floor = 2 * infiltrators + 3
    for answered, ballots in ((one, all_) for all_ in range(5, 61) for one in range(all_ + 1)):
        expected = Row.WITHHELD if answered < floor else Row.PERCENT if answered >= 20 else Row.BANDS
        assert row(answered, infiltrators, ballots) is expected
        for most in ROWS:
            assert row(answered, infiltrators, ballots, most) is min(expected, most, key=ROWS.index)


def test_the_later_of_two_waves_has_bands_unless_both_had_forty() -> None:
    assert highest(24, ()) is Row.PERCENT
    assert highest(40, (40, 60)) is Row.PERCENT
    assert highest(39, (60,)) is highest(60, (39, 60)) is Row.BANDS


def test_waves_end_within_ninety_days_of_each_other_whichever_comes_first() -> None:
    first = date(2026, 1, 1)

    assert near(first, first + timedelta(days=90))
    assert near(first + timedelta(days=90), first)
    assert not near(first, first + timedelta(days=91))


@pytest.mark.parametrize("infiltrators", [1, 2, 3, 4])
def test_a_coarser_wave_shows_what_nineteen_answers_would(infiltrators: int) -> None:
    box = tally(VOICED, voiced((1, {5: 12}), (2, {1: 18})))

    (plain_row, shown), (held_row, held) = (
        (one["B1"].row, one["B1"])
        for one in ({f.item: f for f in disclose(VOICED, box, infiltrators, most)} for most in (Row.PERCENT, Row.BANDS))
    )

    assert (plain_row, held_row) == (Row.PERCENT, Row.BANDS)
    assert held == Figure("B1", Row.BANDS, cut=shown.cut, band=shown.band)
    assert {one.row for one in disclose(VOICED, box, infiltrators, Row.WITHHELD)} == {Row.WITHHELD}


@pytest.mark.parametrize("infiltrators", [1, 2, 3, 4])
@pytest.mark.parametrize("people", [5, 7, 9, 11, 19, 20, 33, 60])
def test_through_the_gate_both_tails_of_a_cut_look_alike(people: int, infiltrators: int) -> None:
    if people < least(infiltrators):
        assert told(asking(STANCE), stances(people), infiltrators)["S1"] == Figure("S1", Row.WITHHELD)
        return
    low, high = (
        {repr(told(asking(STANCE), stances(yes, 0, people - yes), infiltrators)["S1"].band) for yes in tail}
        for tail in (range(infiltrators + 2), range(people - infiltrators - 1, people + 1))
    )

    assert (len(low), len(high)) == (1, 1)
    assert low != high


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=3), st.integers(1, 4), st.integers(0, 40))
def test_figures_by_voice_need_both_floors(sizes: list[int], infiltrators: int, yes: int) -> None:
    none, *named = sizes
    groups = [(voice, {5: min(yes, size), 1: size - min(yes, size)}) for voice, size in enumerate((none, *named))]
    everybody = sum(sizes)

    voices = told(VOICED, voiced(*groups), infiltrators).get("B1", Figure("B1", Row.WITHHELD)).voices

    fewest = max(10, least(infiltrators))
    present = [size for at, size in enumerate(sizes) if at or size]
    if not all(fewest <= size <= everybody - 10 for size in present):
        assert voices == {}
