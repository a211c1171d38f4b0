import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.disclosure import ROWS, Band, Figure, Row, TooFew, band, disclose, highest, least, near, row
from surveys.domain.doubt import Cell, Shown, percents, place
from surveys.domain.logic import DONT_KNOW, Answers, Written, accepted
from surveys.domain.questionnaire import Condition, Kind, Questionnaire
from surveys.domain.release import Release, read, write
from surveys.domain.sealing import encode, width
from surveys.domain.tally import Tally, count
from tests.surveys.domain.asked import MEASURES, VOICES, answers, asking, choices, everything, question

STANCE = question("S1", offered=choices("1", "2", "3", "4", "5", "6"), cut=(1, 2))
FEW, SOME, MOST = (Cell(one) for one in (Shown.FEW, Shown.SOME, Shown.MOST))
LOW, HIGH = Cell(Shown.LOW), Cell(Shown.HIGH)


def percent(rounded: int) -> Cell:
    return Cell(Shown.PERCENT, rounded)


def tally(asked: Questionnaire, given_: Sequence[Answers]) -> Tally:
    plain = b"".join(encode(asked, bytes(32), place, one) for place, one in enumerate(given_))
    return count(asked, np.frombuffer(plain, np.uint8).reshape(len(given_), width(asked)))


def told(asked: Questionnaire, given_: Sequence[Answers], infiltrators: int = 2) -> dict[str, Figure]:
    return {one.item: one for one in disclose(asked, tally(asked, given_), infiltrators)}


def stances(*counts: int) -> list[Answers]:
    return [{"S1": level} for level, times in enumerate(counts, start=1) for _ in range(times)]


@pytest.mark.parametrize(
    ("answered", "infiltrators", "ballots", "expected"),
    [
        (6, 2, 40, Row.WITHHELD),
        (7, 2, 40, Row.BANDS),
        (19, 2, 40, Row.BANDS),
        (20, 2, 40, Row.PERCENT),
        (20, 2, 19, Row.BANDS),
        (10, 4, 40, Row.WITHHELD),
        (5, 1, 5, Row.BANDS),
    ],
)
def test_a_question_has_the_row_of_its_answers_and_never_above_its_survey(
    answered: int, infiltrators: int, ballots: int, expected: Row
) -> None:
    assert row(answered, infiltrators, ballots) is expected
    assert least(infiltrators) == 2 * infiltrators + 3


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


def test_a_band_is_never_told_below_the_floor() -> None:
    assert [band(yes, ballots=7, infiltrators=2) for yes in range(8)] == [Band.FEW] * 4 + [Band.MOST] * 4
    assert band(5, ballots=12, infiltrators=2) is Band.SOME
    with pytest.raises(TooFew):
        band(3, ballots=6, infiltrators=2)


def test_below_the_floor_nothing_is_shown() -> None:
    assert told(asking(STANCE), stances(6)) == {"S1": Figure("S1", Row.WITHHELD)}


def test_below_twenty_only_the_band_of_the_cut_is_shown() -> None:
    assert told(asking(STANCE), stances(5, 4, 0, 1, 1, 1)) == {
        "S1": Figure("S1", Row.BANDS, cut=(1, 2), band=Band.MOST)
    }


def test_below_twenty_a_single_choice_without_a_cut_is_withheld() -> None:
    asked = asking(question("Q", Kind.SINGLE), question("R", Kind.SINGLE, cut=(1, 1)))

    shown = told(asked, [{"Q": 1, "R": 2}] * 12)

    assert shown == {
        "Q": Figure("Q", Row.WITHHELD),
        "R": Figure("R", Row.BANDS, cut=(1, 1), band=Band.FEW),
    }


def test_from_twenty_on_levels_are_shown_in_tens_with_the_median_they_imply() -> None:
    assert told(asking(STANCE), stances(16, 12, 4, 4, 2, 2))["S1"] == Figure(
        "S1",
        Row.PERCENT,
        cut=(1, 2),
        band=Band.MOST,
        choices={"1": percent(40), "2": percent(30), "3": percent(10), "4": percent(10), "5": LOW, "6": LOW},
        median=(2, 2),
    )


def test_a_choice_without_order_has_no_median_and_may_have_no_cut() -> None:
    asked = asking(question("Q", Kind.SINGLE, choices("a", "b")))

    assert told(asked, [{"Q": 1}] * 12 + [{"Q": 2}] * 12)["Q"] == Figure(
        "Q", Row.PERCENT, choices={"a": percent(50), "b": percent(50)}
    )


def test_dont_know_is_no_answer() -> None:
    asked = asking(question("B1", dont_know=True))

    assert told(asked, [{"B1": 5}] * 6 + [{"B1": DONT_KNOW}] * 20)["B1"].row is Row.WITHHELD


def ticks(key: str, *sets: set[int]) -> list[Answers]:
    return [{key: frozenset(one)} for one in sets]


def test_each_choice_of_a_set_is_its_own_yes_or_no() -> None:
    asked = asking(question("H1", Kind.APPROVAL, MEASURES[:4], maximum=3))
    given_ = ticks("H1", *[{1}] * 5, *[{1, 2}] * 4, *[{1, 3}] * 3)

    assert told(asked, given_)["H1"] == Figure(
        "H1", Row.BANDS, choices={"bell": MOST, "walks": FEW, "fund": FEW, "radio": FEW}
    )
    more = told(asked, given_ * 2)["H1"].choices
    assert more == {"bell": HIGH, "walks": percent(30), "fund": percent(30), "radio": LOW}


def test_a_set_of_one_choice_is_withheld() -> None:
    asked = asking(question("H1", Kind.MULTIPLE, MEASURES[:1]))

    assert told(asked, [{"H1": frozenset({1})}] * 12)["H1"].row is Row.WITHHELD


def test_ready_reasons_are_out_of_everybody() -> None:
    asked = asking(question("H2", Kind.TEXT, choices("tired", "afraid")), question("T", Kind.TEXT, ()))
    said: list[Answers] = [{"H2": Written(frozenset({1}), "x"), "T": Written(frozenset(), "y")}]

    shown = told(asked, said + [{}] * 9)

    assert shown["H2"] == Figure("H2", Row.BANDS, choices={"tired": FEW, "afraid": FEW})
    assert shown == told(asked, said * 2 + [{}] * 8)
    assert shown["T"].row is Row.WITHHELD
    assert told(asked, said * 6)["H2"].row is Row.WITHHELD


def voiced(*groups: tuple[int, Mapping[int, int]]) -> list[Answers]:
    """Ballots of groups: (voice, {level: how many})."""
    return [
        ({"A2": voice} if voice else {}) | {"B1": level}
        for voice, counts in groups
        for level, times in counts.items()
        for _ in range(times)
    ]


VOICED = asking(question("A2", Kind.SINGLE, VOICES[:2]), question("B1"), voice="A2")


def test_voices_of_ten_are_shown_by_the_cut_each_by_its_own_row() -> None:
    shown = told(VOICED, voiced((1, {5: 10, 2: 2}), (2, {1: 18, 4: 6})))

    assert shown["B1"].voices == {"women": MOST, "young": percent(30)}
    assert shown["A2"].voices == {}


@pytest.mark.parametrize(
    "groups",
    [
        [(1, {5: 9}), (2, {1: 18})],
        [(1, {5: 30})],
        [(1, {5: 12}), (2, {1: 18}), (0, {1: 1})],
        [(1, {5: 12}), (2, {1: 18}), (0, {1: 9})],
    ],
)
def test_no_voice_is_shown_when_one_or_its_complement_is_small(groups: list[tuple[int, Mapping[int, int]]]) -> None:
    assert told(VOICED, voiced(*groups))["B1"].voices == {}


def test_ten_who_name_no_voice_let_the_others_be_shown() -> None:
    assert told(VOICED, voiced((1, {5: 12}), (2, {1: 18}), (0, {1: 10})))["B1"].voices == {"women": MOST, "young": FEW}


def test_a_voice_needs_the_floor_of_many_infiltrators() -> None:
    assert told(VOICED, voiced((1, {5: 10}), (2, {1: 30})), infiltrators=4)["B1"].voices == {}
    assert told(VOICED, voiced((1, {5: 11}), (2, {1: 30})), infiltrators=4)["B1"].voices != {}


def gated(parent: str) -> Questionnaire:
    """A question asked only of those who answered another one in some way."""
    first = {
        "scale": question("Q"),
        "set": question("Q", Kind.MULTIPLE, choices("4", "5", "6")),
    }[parent]
    return asking(first, question("D", show_if=Condition("Q", ("4", "5"))))


def test_a_question_asked_of_some_is_shown_by_what_its_condition_tells_already() -> None:
    asked = gated("scale")

    assert told(asked, [{"Q": 5, "D": 1}] * 10 + [{"Q": 1}] * 2)["D"].row is Row.BANDS
    assert told(asked, [{"Q": 5, "D": 1}] * 7 + [{"Q": 1}] * 5)["D"].row is Row.WITHHELD
    assert told(asked, [{"Q": 5, "D": 1}] * 7 + [{"Q": 1}] * 1)["D"].row is Row.WITHHELD
    assert told(asked, [{"Q": 4, "D": 1}] * 24 + [{"Q": 1}] * 10)["D"].row is Row.PERCENT
    assert told(asked, [{"Q": 5, "D": 1}] * 12 + [{"Q": 1}] * 20)["D"].row is Row.BANDS


def test_a_question_asked_of_those_who_ticked_is_shown_by_the_largest_tick() -> None:
    asked = gated("set")

    def shown(ticked: int, others: int) -> Row:
        given_ = [{**one, "D": 1} for one in ticks("Q", *[{1}] * ticked)] + ticks("Q", *[{3}] * others)
        return told(asked, given_)["D"].row

    assert shown(10, 4) is Row.BANDS
    assert shown(7, 5) is Row.WITHHELD
    assert shown(5, 0) is Row.WITHHELD


@pytest.mark.parametrize("people", [7, 8, 12, 19, 20, 25, 40])
@pytest.mark.parametrize("infiltrators", [1, 2])
def test_one_or_two_dissenters_leave_the_very_same_release(people: int, infiltrators: int) -> None:
    agreed: list[tuple[Questionnaire, Answers, Answers]] = [
        (asking(STANCE), {"S1": 1}, {"S1": 6}),
        (asking(question("H1", Kind.APPROVAL, MEASURES, maximum=3)), {"H1": frozenset({1})}, {"H1": frozenset({2})}),
        (VOICED, {"A2": 1, "B1": 5}, {"A2": 1, "B1": 1}),
    ]
    for asked, agree, dissent in agreed:
        boxes = [[agree] * (people - odd) + [dissent] * odd for odd in range(3)]
        releases = {json.dumps(plain(asked, box, infiltrators)) for box in boxes}
        assert len(releases) == 1


def plain(asked: Questionnaire, given_: Sequence[Answers], infiltrators: int = 2) -> object:
    box = tally(asked, given_)
    figures = disclose(asked, box, infiltrators)
    shown = row(box.ballots, infiltrators, box.ballots)
    return write(Release("s", "practice", "00", box.ballots, shown, ("012345",), figures, {"advice": "hold"}))


def lower_median(levels: Sequence[int]) -> int:
    return sorted(levels)[(len(levels) - 1) // 2]


@given(st.lists(st.integers(1, 6), min_size=20, max_size=60), st.integers(1, 4))
def test_the_lower_median_lies_where_the_percentages_say(levels: list[int], infiltrators: int) -> None:
    figure = told(asking(STANCE), [{"S1": level} for level in levels], infiltrators)["S1"]

    assert figure.median is not None
    low, high = figure.median
    assert 1 <= low <= high <= 6
    if plainly_rounded(levels, figure, infiltrators):
        assert low <= lower_median(levels) <= high


def plainly_rounded(levels: Sequence[int], figure: Figure, infiltrators: int) -> bool:
    scale = percents(len(levels), infiltrators)
    return all(scale[place(scale, levels.count(level))].cell == figure.choices[str(level)] for level in range(1, 7))


@settings(max_examples=40)
@given(st.lists(answers(everything()), max_size=30), st.randoms(use_true_random=False))
def test_a_release_is_the_same_whatever_the_order_of_the_ballots(given_: list[Answers], random: Random) -> None:
    asked = everything()
    box = [accepted(asked, one) for one in given_]
    shuffled = list(box)
    random.shuffle(shuffled)

    assert plain(asked, box) == plain(asked, shuffled)


@settings(max_examples=40)
@given(st.lists(answers(everything()), min_size=1, max_size=45))
def test_no_exact_count_of_a_question_is_in_a_release(given_: list[Answers]) -> None:
    asked = everything()
    for figure in disclose(asked, tally(asked, [accepted(asked, one) for one in given_]), 2):
        cells = [*figure.choices.values(), *figure.voices.values()]
        assert all(one.percent is None or one.percent in range(10, 100, 10) for one in cells)
        assert figure.row is not Row.WITHHELD or figure == Figure(figure.item, Row.WITHHELD)


def test_a_release_is_read_as_it_was_written() -> None:
    figures = tuple(told(VOICED, voiced((1, {5: 12}), (2, {1: 18}), (0, {1: 10}))).values())
    release = Release("s", "practice", "ab", 40, Row.PERCENT, ("000001",), figures, {"advice": "hold"})

    data = json.loads(json.dumps(write(release)))

    assert read(data) == release
    assert data["format"] == 1
    assert release.figure("B1").voices == {"women": MOST, "young": FEW}
    assert release.figure("unknown") == Figure("unknown", Row.WITHHELD)
