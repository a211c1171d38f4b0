"""Rows, waves, tails and voices at every size that a small assembly may have."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.disclosure import ROWS, Figure, Row, disclose, highest, least, near, row
from surveys.domain.doubt import Cell, Shown
from surveys.domain.logic import Answers, Written
from surveys.domain.questionnaire import Condition, Kind
from tests.surveys.domain.asked import VOICES, answers, asking, choices, everything, question
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


def ticking(places: set[int], people: int) -> list[Answers]:
    return [{"Q": frozenset(places)}] * people


def test_two_ticks_may_be_of_the_same_people_two_levels_may_not() -> None:
    ticked = asking(
        question("Q", Kind.MULTIPLE, choices("4", "5", "6")), question("D", show_if=Condition("Q", ("4", "5")))
    )
    scaled = asking(question("Q"), question("D", show_if=Condition("Q", ("4", "5"))))
    ticks: list[Answers] = [{"Q": frozenset({tick}), "D": 1} for tick in (1, 2) for _ in range(14)]

    assert told(ticked, ticks + ticking({3}, 12))["D"].row is Row.BANDS
    assert told(scaled, [{"Q": level, "D": 1} for level in (4, 5) for _ in range(12)] + [{"Q": 1}] * 10)["D"].row is (
        Row.PERCENT
    )


def test_a_set_is_shown_by_the_row_of_those_who_answered_it() -> None:
    asked = asking(question("Q", Kind.MULTIPLE, choices("a", "b")))

    assert [told(asked, ticking({1}, 12) + [{}] * other)["Q"].row for other in (0, 28)] == [Row.BANDS] * 2
    assert told(asked, ticking({1}, 6) + [{}] * 34)["Q"].row is Row.WITHHELD


def test_a_set_asked_of_some_is_shown_by_what_its_condition_tells() -> None:
    asked = asking(question("S"), question("Q", Kind.MULTIPLE, choices("a", "b"), show_if=Condition("S", ("5",))))

    assert told(asked, [{"S": 5, "Q": frozenset({1})}] * 12)["Q"].row is Row.WITHHELD


def test_reasons_asked_of_some_are_still_out_of_everybody() -> None:
    asked = asking(question("S"), question("T", Kind.TEXT, choices("tired"), show_if=Condition("S", ("1",))))
    said: list[Answers] = [{"S": 1, "T": Written(frozenset({1}), "")}]

    assert told(asked, said * 2 + [{"S": 5}] * 10)["T"] == Figure("T", Row.BANDS, choices={"tired": Cell(Shown.FEW)})


@settings(max_examples=10)
@given(st.lists(answers(everything()), min_size=20, max_size=24), st.sampled_from(ROWS))
def test_no_item_is_shown_above_the_highest_row(given_: list[Answers], most: Row) -> None:
    asked = everything()

    assert all(ROWS.index(one.row) <= ROWS.index(most) for one in disclose(asked, tally(asked, given_), 2, most))


def test_reasons_of_a_later_wave_have_bands_too() -> None:
    asked = asking(question("T", Kind.TEXT, choices("tired")))

    (figure,) = disclose(asked, tally(asked, [{"T": Written(frozenset({1}), "")}] * 24), 2, Row.BANDS)

    assert figure.row is Row.BANDS


def test_two_choices_that_account_for_everybody_are_not_both_told() -> None:
    """Of 30 who tick one each, two half and half would tell that nobody else ticked the third."""
    asked = asking(question("Q", Kind.MULTIPLE, choices("a", "b", "c"), maximum=1))

    shown = told(asked, ticking({1}, 15) + ticking({2}, 15))["Q"].choices

    assert shown == {"a": Cell(Shown.PERCENT, 40), "b": Cell(Shown.PERCENT, 50), "c": Cell(Shown.LOW)}


def test_the_median_is_as_wide_as_the_published_ranges() -> None:
    """Half and half, the lower median is the first of two; between ranges it is said to be one or the other."""
    two, three = (asking(question("Q", offered=choices(*names), cut=(1, 1))) for names in ("ab", "abc"))

    assert told(two, [{"Q": 1}] * 10 + [{"Q": 2}] * 10, 1)["Q"].median == (1, 1)
    assert told(three, [{"Q": level} for level, times in ((1, 14), (2, 8), (3, 9)) for _ in range(times)], 1)[
        "Q"
    ].median == (2, 2)


def test_nothing_is_shown_by_voice_without_a_cut_nor_of_the_voices_themselves() -> None:
    asked = asking(
        question("A2", Kind.SINGLE, VOICES[:2], cut=(1, 1)),
        question("B1"),
        question("Q", Kind.SINGLE, choices("a", "b")),
        voice="A2",
    )
    box: list[Answers] = [{"A2": voice, "B1": 5, "Q": 1} for voice in (1, 2) for _ in range(15)]

    shown = told(asked, box)

    assert shown["B1"].voices
    assert shown["A2"].voices == shown["Q"].voices == {}
    assert shown["A2"].row is shown["Q"].row is Row.PERCENT


def test_voices_of_ten_beside_ten_are_shown_and_one_alone_is_not() -> None:
    alone = asking(question("A2", Kind.SINGLE, VOICES[:1]), question("B1"), voice="A2")

    assert told(VOICED, voiced((1, {5: 10}), (2, {1: 10})))["B1"].voices.keys() == {"women", "young"}
    assert told(alone, voiced((1, {5: 30})))["B1"].voices == {}


def test_voices_and_levels_are_told_so_that_together_they_close_nothing() -> None:
    """Four of 22 young people are 20 per cent; beside all the levels and the women, that would close an answer."""
    shown = told(VOICED, voiced((1, {1: 12}), (2, {5: 4, 1: 18})))["B1"].voices

    assert shown == {"women": Cell(Shown.FEW), "young": Cell(Shown.LOW)}


def test_those_who_name_no_voice_may_have_said_anything() -> None:
    shown = told(VOICED, voiced((0, {1: 12}), (1, {1: 12}), (2, {5: 6, 1: 15})), 1)["B1"].voices

    assert shown == {"women": Cell(Shown.FEW), "young": Cell(Shown.PERCENT, 20)}
