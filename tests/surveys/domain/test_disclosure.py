import json
from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.disclosure import Band, Figure, Row, TooFew, band, disclose, least, row
from surveys.domain.doubt import Cell, Shown, percents, place
from surveys.domain.logic import DONT_KNOW, Answers, Written, accepted
from surveys.domain.questionnaire import Condition, Kind, Questionnaire
from surveys.domain.release import Release, read, write
from tests.surveys.domain.asked import MEASURES, answers, asking, choices, everything, question
from tests.surveys.domain.gate import STANCE, VOICED, stances, tally, told, voiced

FEW, SOME, MOST = (Cell(one) for one in (Shown.FEW, Shown.SOME, Shown.MOST))
LOW, HIGH = Cell(Shown.LOW), Cell(Shown.HIGH)


def percent(rounded: int) -> Cell:
    return Cell(Shown.PERCENT, rounded)


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
