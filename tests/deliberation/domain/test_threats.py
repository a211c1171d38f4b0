"""What threats give from twenty ballots on: an order with a reserve, places, doubts; capacity and nearness stand by."""

from collections.abc import Mapping, Sequence

import pytest

from deliberation.domain.hearing import hear
from deliberation.domain.risk import MILDER, STRICTER
from deliberation.domain.threats import judge
from surveys.domain.questionnaire import Kind, Question, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale

NAMES = ("fire", "flood")
VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),))
DANGERS = Section("dangers", {}, (scale("C1", 3), scale("C2"), scale("C3"), scale("C4"), scale("C7")), repeat="threats")
NEAR = Section("near", {}, (scale("D1"),))
SHORT = Section("dangers", {}, (scale("C2"), scale("C3")), repeat="threats")


def judged(
    people: Sequence[Given], terms: Mapping[str, object] | None = None, section: Section = DANGERS
) -> dict[str, object]:
    lists = {"voices": choices("river", "hill"), "threats": choices(*NAMES)}
    asked = questionnaire([VOICE, section, NEAR], "A2", **lists)
    tally, ballots = box(asked, people)
    said = {"infiltrators": 2, **(terms or {})}
    return judge(hear(said, tally, ballots), NAMES, said)


def says(fire: tuple[int, int] = (1, 1), flood: tuple[int, int] = (1, 1), **more: int) -> Given:
    pairs = {"C2.fire": fire[0], "C3.fire": fire[1], "C2.flood": flood[0], "C3.flood": flood[1]}
    return {**pairs, **{key.replace("_", "."): value for key, value in more.items()}}


GRAVE, HALF = (5, 5), (2, 5)


def test_below_twenty_ballots_only_tiers_are_told() -> None:
    assert judged([says(GRAVE)] * 19).keys() == {"tier", "tier_reason"}


def test_a_threat_stands_firmly_above_another_whatever_the_table() -> None:
    told = judged([says(GRAVE)] * 10 + [says()] * 10)

    assert told["order"] == [["fire"], ["flood"]]
    assert told["above"] == {"fire": [], "flood": ["fire"]}
    assert told["above_any"] == {"fire": [], "flood": ["fire"]}


def test_what_one_ballot_could_swap_stands_on_one_line() -> None:
    told = judged([says(GRAVE)] * 2 + [says(GRAVE, GRAVE)] * 8 + [says()] * 10)

    assert told["order"] == [["fire", "flood"]]
    assert told["above"] == {"fire": [], "flood": []}


def test_the_table_decides_who_is_alarmed_and_another_one_would_say_otherwise() -> None:
    people = [says(HALF)] * 9 + [says((1, 1), GRAVE)] * 5 + [says((3, 3))] * 6

    milder, stricter = ({"table": one, "declared": 20} for one in (MILDER, STRICTER))
    assert judged(people, milder)["above"] == {"fire": [], "flood": ["fire"]}
    assert judged(people, stricter)["above"] == {"fire": [], "flood": []}
    assert judged(people, milder)["above_any"] == {"fire": [], "flood": []}


def test_of_a_sample_less_is_firm_than_of_everybody() -> None:
    people = [says(GRAVE)] * 6 + [says((1, 1), GRAVE)] * 2 + [says()] * 12

    assert judged(people, {"declared": 20})["above"] == {"fire": [], "flood": ["fire"]}
    assert judged(people, {"declared": 2000})["above"] == {"fire": [], "flood": []}
    assert judged(people, {"declared": 2000})["order"] == [["fire"], ["flood"]]
    assert judged(people)["above"] == {"fire": [], "flood": []}


def test_threats_that_too_few_answered_together_are_not_told_apart() -> None:
    one = [{"C2.fire": 5, "C3.fire": 5}] * 10
    other = [{"C2.flood": 1, "C3.flood": 1}] * 10

    told = judged(one + other)

    assert told["above"] == {"fire": [], "flood": []}
    assert told["order"] == [["fire", "flood"]]


def test_a_threat_too_few_answered_is_in_no_order() -> None:
    told = judged([{"C2.fire": 5, "C3.fire": 5}] * 20)

    assert told["order"] == [["fire"]]


def test_the_second_order_heeds_the_voice_that_finds_it_gravest() -> None:
    river = [says((1, 1), GRAVE, A2=1)] * 12
    hill = [says(GRAVE, (1, 1), A2=2)] * 8 + [says(A2=2)] * 20

    told = judged(river + hill)

    assert told["order_by_voice"] == [["flood"], ["fire"]]
    assert told["order"] == [["flood"], ["fire"]]


def test_shares_of_voices_one_ballot_could_swap_stand_on_one_line() -> None:
    people = [says(GRAVE, GRAVE, A2=1)] * 10 + [says(GRAVE, A2=2)] * 10

    assert judged(people)["order_by_voice"] == [["fire", "flood"]]
    assert judged(people)["order"] == [["fire"], ["flood"]]


@pytest.mark.parametrize(
    ("signs", "worry", "doubt"),
    [(2, 1, {"fire": "unrecognised"}), (1, 5, {"fire": "to_clarify"}), (2, 5, {}), (1, 1, {})],
)
def test_signs_without_worry_and_worry_without_signs_are_questions(
    signs: int, worry: int, doubt: Mapping[str, str]
) -> None:
    people = [says(C1_fire=signs, C4_fire=worry, C1_flood=2, C4_flood=5)] * 20

    assert judged(people)["doubt"] == doubt


@pytest.mark.parametrize(
    ("noticing", "worried", "doubt"),
    [
        (10, 5, {"fire": "unrecognised"}),
        (9, 5, {}),
        (10, 6, {}),
        (5, 10, {"fire": "to_clarify"}),
        (5, 9, {}),
        (6, 10, {}),
    ],
)
def test_half_against_fewer_than_three_in_ten_are_a_question(
    noticing: int, worried: int, doubt: Mapping[str, str]
) -> None:
    people = [says(C1_fire=1 + (at < noticing), C4_fire=1 + 3 * (at < worried)) for at in range(20)]

    assert judged(people)["doubt"] == doubt


def test_one_side_that_too_few_answered_raises_no_question() -> None:
    few = [says(C1_fire=3, C4_fire=5)] * 6

    assert judged(few + [says(C1_fire=1)] * 20)["doubt"] == {}
    assert judged(few + [says(C4_fire=1)] * 20)["doubt"] == {}


def test_seven_who_noticed_signs_are_enough_for_a_question() -> None:
    assert judged([says(C1_fire=2, C4_fire=1)] * 7 + [says(C4_fire=1)] * 20)["doubt"] == {"fire": "unrecognised"}


def test_too_few_signs_raise_no_question() -> None:
    assert judged([says(C1_fire=2, C4_fire=1)] * 6 + [says()] * 20)["doubt"] == {}


def test_among_so_few_that_infiltrators_could_be_those_who_worry_there_is_no_doubt() -> None:
    assert judged([says(C1_fire=2, C4_fire=1)] * 9 + [says()] * 20)["doubt"] == {}
    assert judged([says(C1_fire=2, C4_fire=1)] * 11 + [says()] * 20)["doubt"] == {"fire": "unrecognised"}


def test_without_a_question_of_worry_there_is_no_doubt() -> None:
    signs = Section("dangers", {}, (scale("C1", 3), *SHORT.questions), repeat="threats")

    assert judged([says(GRAVE)] * 20, section=SHORT)["doubt"] == {}
    assert judged([says(GRAVE, C1_fire=2)] * 20, section=signs)["doubt"] == {}


@pytest.mark.parametrize("level", [1, 5])
def test_capacity_and_those_near_to_us_stand_beside_and_change_nothing(level: int) -> None:
    people = [says(GRAVE)] * 8 + [says(HALF, GRAVE)] * 12
    beside = [{**one, "C7.fire": level, "D1": level} for one in people]

    assert judged(beside) == judged(people)


def test_the_fourth_step_is_as_high_as_the_fifth() -> None:
    likely, grave = (5, 1), (1, 5)
    boxes = [
        [says(GRAVE)] * 11 + [says()] * 9,
        [says(GRAVE, grave)] * 4 + [says(likely, GRAVE)] * 8 + [says()] * 8,
        [says(likely, grave)] * 12 + [says()] * 8,
        [says((3, 5), GRAVE)] * 8 + [says((5, 3))] * 8 + [says()] * 4,
    ]

    for people in boxes:
        lower = [{key: min(level, 4) for key, level in one.items() if isinstance(level, int)} for one in people]
        assert judged(lower) == judged(people)


def test_those_who_find_it_likely_and_those_who_find_it_grave_are_not_simply_added_up() -> None:
    """The table puts 16 high, but no more than 13 may be heard beside the two figures of 8: no reserve over 11."""
    people = [says((2, 5), GRAVE)] * 8 + [says((5, 2), GRAVE)] * 3 + [says((5, 2))] * 5 + [says()] * 4

    assert judged(people)["order"] == [["fire", "flood"]]


def test_an_order_is_of_shares_of_those_who_answered() -> None:
    half = [says(GRAVE)] * 8 + [says()] * 2
    told = judged(half + [{"C2.flood": 5, "C3.flood": 5}] * 10)

    assert told["order"] == [["fire"], ["flood"]]


def test_whatever_the_table_only_those_who_answered_about_both_compare() -> None:
    flooded: Given = {"C2.flood": 5, "C3.flood": 5}
    calm: Given = {"C2.fire": 1, "C3.fire": 1}

    told = judged([says(GRAVE)] * 12 + [says()] * 3 + [flooded] * 10 + [calm] * 20)

    assert told["above"] == told["above_any"] == {"fire": [], "flood": ["fire"]}


@pytest.mark.parametrize(
    ("high", "lines"), [(9, [["fire", "flood"]]), (10, [["fire"], ["flood"]])], ids=["two apart", "three apart"]
)
def test_without_voices_one_ballot_of_twenty_moves_a_share_by_a_nineteenth(high: int, lines: list[list[str]]) -> None:
    people = [says(GRAVE, GRAVE)] * 7 + [says(GRAVE)] * (high - 7) + [says()] * (20 - high)

    assert judged(people)["order_by_voice"] == lines


@pytest.mark.parametrize(
    ("river", "fire", "flood", "lines"),
    [(12, 8, 5, [["fire", "flood"]]), (18, 12, 7, [["fire"], ["flood"]])],
    ids=["a quarter", "more than a quarter"],
)
def test_beside_a_voice_of_nine_shares_a_quarter_apart_could_be_swapped(
    river: int, fire: int, flood: int, lines: list[list[str]]
) -> None:
    many = [says(GRAVE, GRAVE, A2=1)] * flood + [says(GRAVE, A2=1)] * (fire - flood) + [says(A2=1)] * (river - fire)

    assert judged(many + [says(A2=2)] * 9)["order_by_voice"] == lines
