"""What threats give from twenty ballots on: an order with a reserve, places, doubts; capacity and nearness stand by."""

from collections.abc import Mapping, Sequence

import pytest

from deliberation.domain.hearing import hear
from deliberation.domain.measures import Covered, coverage
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


def test_threats_that_too_few_answered_together_are_not_told_apart() -> None:
    one = [{"C2.fire": 5, "C3.fire": 5}] * 10
    other = [{"C2.flood": 1, "C3.flood": 1}] * 10

    assert judged(one + other)["above"] == {"fire": [], "flood": []}


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


def test_too_few_signs_raise_no_question() -> None:
    assert judged([says(C1_fire=2, C4_fire=1)] * 6 + [says()] * 20)["doubt"] == {}


def test_among_so_few_that_infiltrators_could_be_those_who_worry_there_is_no_doubt() -> None:
    assert judged([says(C1_fire=2, C4_fire=1)] * 9 + [says()] * 20)["doubt"] == {}
    assert judged([says(C1_fire=2, C4_fire=1)] * 11 + [says()] * 20)["doubt"] == {"fire": "unrecognised"}


def test_without_a_question_of_worry_there_is_no_doubt() -> None:
    assert judged([says(GRAVE)] * 20, section=SHORT)["doubt"] == {}


@pytest.mark.parametrize("level", [1, 5])
def test_capacity_and_those_near_to_us_stand_beside_and_change_nothing(level: int) -> None:
    people = [says(GRAVE)] * 8 + [says(HALF, GRAVE)] * 12
    beside = [{**one, "C7.fire": level, "D1": level} for one in people]

    assert judged(beside) == judged(people)


def test_each_danger_of_today_meets_a_chosen_measure_a_tied_one_or_none() -> None:
    tiers = {"fire": "now", "flood": "now", "dogs": "now", "calm": "next"}
    answers = {"M1": ("fire",), "M2": ("flood", "fire"), "M3": ("dogs", "calm")}

    assert coverage(tiers, ["M1"], ["M2"], answers) == {
        "dogs": Covered.NONE,
        "fire": Covered.CHOSEN,
        "flood": Covered.TIED,
    }
