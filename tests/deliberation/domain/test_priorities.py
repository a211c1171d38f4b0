"""A danger grave for one voice is everyone's; a remedy is shared only if every voice can bear it."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.priorities import judge_baseline
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale

TERMS: Mapping[str, object] = {"infiltrators": 2, "places": 2}
MEASURES = choices("M1", "M2", "M3", "M4")
THREE = choices("river", "hill", "town")
VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),))
DANGERS = Section("dangers", {}, (scale("C2"), scale("C3")), repeat="threats")
WISHES = Section(
    "first",
    {},
    (
        Question("H1", Kind.APPROVAL, {}, choices_from="measures", maximum=3),
        Question("H3", Kind.MULTIPLE, {}, choices_from="measures"),
    ),
)
PULSE = questionnaire([Section("now", {}, (scale("P6", 4),))])


def baseline(*sections: Section, threats: Sequence[str] = ("T1",)) -> Questionnaire:
    lists = {"voices": THREE, "threats": choices(*threats), "measures": MEASURES}
    return questionnaire(sections, "A2" if VOICE in sections else "", **lists)


def person(likely: int, severe: int, voice: int = 0, threat: str = "T1") -> Given:
    return {f"C2.{threat}": likely, f"C3.{threat}": severe, "A2": voice}


def tier(people: Sequence[Given], terms: Mapping[str, object] = TERMS) -> tuple[object, object]:
    asked = baseline(VOICE, DANGERS)
    judged = judge_baseline(asked, terms, *box(asked, people))
    assert isinstance(judged["tier"], dict)
    assert isinstance(judged["tier_reason"], dict)
    return judged["tier"]["T1"], judged["tier_reason"]["T1"]


def wishes(people: Sequence[Given], terms: Mapping[str, object] = TERMS) -> Mapping[str, object]:
    asked = baseline(VOICE, WISHES)
    return judge_baseline(asked, terms, *box(asked, people))


def wants(*measures: int, harmful: Sequence[int] = (), voice: int = 0) -> Given:
    return {"H1": frozenset(measures), "H3": frozenset(harmful), "A2": voice}


GRAVE, LIKELY, SEVERE, CALM = person(5, 4), person(5, 2), person(1, 5), person(2, 2)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([GRAVE] * 5 + [CALM] * 5, ("now", "grave_for_most")),
        ([GRAVE] * 4 + [CALM] * 6, ("next", "grave_for_many")),
        ([GRAVE] * 2 + [CALM] * 9, ("watch", "calm")),
        ([GRAVE] * 7, ("now", "grave_for_most")),
        ([GRAVE] * 5 + [CALM] * 13, ("next", "grave_for_many")),
        ([SEVERE] * 5 + [CALM] * 5, ("watch", "grave_not_likely")),
        ([LIKELY] * 5 + [CALM] * 5, ("watch", "likely_not_grave")),
        ([SEVERE] * 6 + [CALM] * 4, ("watch", "grave_not_likely")),
        ([LIKELY] * 6 + [CALM] * 4, ("watch", "likely_not_grave")),
        ([GRAVE] * 6 + [{"C2.T1": 5}] * 4, ("unknown", "too_few")),
    ],
)
def test_a_threat_is_placed_by_those_who_find_it_likely_and_severe(
    people: Sequence[Given], expected: tuple[str, str]
) -> None:
    assert tier(people) == expected


def test_a_threat_low_on_average_is_treated_now_when_grave_for_one_voice() -> None:
    river = [person(5, 5, voice=1)] * 5 + [person(1, 1, voice=1)] * 3
    others = [person(1, 1, voice=2)] * 16 + [person(1, 1, voice=3)] * 16

    assert tier(river + others) == ("now", "grave_for_a_voice")
    assert tier(river + others, {**TERMS, "priority": "whole"}) == ("watch", "calm")


def test_many_of_one_voice_bring_a_threat_next() -> None:
    river = [person(5, 5, voice=1)] * 4 + [person(1, 1, voice=1)] * 7

    assert tier(river + [person(1, 1, voice=2)] * 20) == ("next", "grave_for_many_of_a_voice")


def test_the_infiltrators_and_one_more_move_no_threat() -> None:
    assert tier([person(5, 5)] * 3 + [person(1, 1)] * 6) == ("watch", "calm")


def test_a_voice_of_just_the_floor_is_not_added_to_the_smaller_ones() -> None:
    river = [person(5, 5, voice=1)] + [person(1, 1, voice=1)] * 6
    hill = [person(5, 5, voice=2)] * 6

    assert tier(river + hill + [person(1, 1, voice=3)] * 20) == ("watch", "calm")


def test_voices_under_the_floor_are_heard_together() -> None:
    two_small = [person(5, 5, voice=1)] * 4 + [person(5, 5, voice=2)] * 3
    one_small = [person(5, 5, voice=1)] * 6
    others = [person(1, 1, voice=3)] * 20

    assert tier(two_small + others) == ("now", "grave_for_a_voice")
    assert tier(one_small + others) == ("watch", "calm")


def test_a_voice_of_which_too_few_answered_about_a_threat_decides_nothing_of_it() -> None:
    river = [person(5, 5, voice=1)] * 6 + [{"A2": 1}] * 4

    assert tier(river + [person(1, 1, voice=2)] * 20) == ("watch", "calm")


def test_dont_know_is_no_answer() -> None:
    assert tier([GRAVE] * 6 + [person(255, 5)] * 9) == ("unknown", "too_few")


def test_an_order_is_said_from_twenty_ballots_on_with_its_ties() -> None:
    asked = baseline(DANGERS, threats=("T1", "T2", "T3"))
    frightened = {**GRAVE, **person(5, 5, threat="T2"), **person(1, 1, threat="T3")}
    half = {**GRAVE, **person(1, 1, threat="T2"), **person(1, 1, threat="T3")}
    calm = {**CALM, **person(1, 1, threat="T2"), **person(1, 1, threat="T3")}

    twenty = judge_baseline(asked, TERMS, *box(asked, [frightened] * 9 + [half] * 2 + [calm] * 9))
    nineteen = judge_baseline(asked, TERMS, *box(asked, [frightened] * 9 + [half] * 2 + [calm] * 8))

    assert twenty["order"] == [["T1", "T2"], ["T3"]]
    assert "order" not in nineteen


def test_an_order_of_nothing_is_empty() -> None:
    asked = baseline(DANGERS, threats=())

    assert judge_baseline(asked, TERMS, *box(asked, [CALM] * 20))["order"] == []


def test_a_minority_that_holds_together_gets_its_part() -> None:
    judged = wishes([wants(1, 2)] * 14 + [wants(3)] * 8)

    assert (judged["chosen"], judged["tied"]) == (["M3"], ["M1", "M2"])
    assert judged["measure_reason"] == {
        "M1": "tied",
        "M2": "tied",
        "M3": "part_of_a_minority",
        "M4": "wanted_less",
    }
    assert judged["proportional"] is True


def test_what_most_want_is_chosen_for_that() -> None:
    judged = wishes([wants(1, 2)] * 6 + [wants(1)] * 2)

    assert judged["chosen"] == ["M1", "M2"]
    assert judged["measure_reason"] == {
        "M1": "wanted_by_many",
        "M2": "wanted_by_many",
        "M3": "wanted_less",
        "M4": "wanted_less",
    }


def test_a_measure_one_voice_cannot_bear_is_talked_over_first() -> None:
    river = [wants(2, harmful=[1], voice=1)] * 4 + [wants(1, voice=1)] * 5
    others = [wants(1, 2, voice=2)] * 30

    judged = wishes(river + others)

    assert judged["eligibility"] == {"M1": "to_amend", "M2": "eligible", "M3": "eligible", "M4": "eligible"}
    assert judged["chosen"] == ["M2"]
    assert isinstance(judged["measure_reason"], dict)
    assert judged["measure_reason"]["M1"] == "harms_a_voice"


def test_one_in_five_who_find_a_measure_harmful_are_many_enough() -> None:
    judged = wishes([wants(1)] * 16 + [wants(harmful=[1])] * 4)

    assert isinstance(judged["measure_reason"], dict)
    assert judged["measure_reason"]["M1"] == "harms_many"


def test_seven_who_wish_choose() -> None:
    judged = wishes([wants(1)] * 7)

    assert judged["chosen"] == ["M1"]
    assert isinstance(judged["measure_reason"], dict)
    assert judged["measure_reason"]["M1"] == "wanted_by_many"


def test_a_measure_many_find_harmful_is_talked_over_first() -> None:
    judged = wishes([wants(1)] * 9 + [wants(harmful=[1])] * 4)

    assert judged["eligibility"] == {"M1": "to_amend", "M2": "eligible", "M3": "eligible", "M4": "eligible"}
    assert isinstance(judged["measure_reason"], dict)
    assert judged["measure_reason"]["M1"] == "harms_many"


def test_the_infiltrators_and_one_more_stop_no_measure_and_have_none_chosen() -> None:
    judged = wishes([wants(1)] * 5 + [wants(2, harmful=[1])] * 3)

    assert judged["eligibility"] == dict.fromkeys(["M1", "M2", "M3", "M4"], "eligible")
    assert judged["chosen"] == ["M1"]


def test_from_twenty_ballots_on_the_chosen_stand_in_the_order_of_their_places() -> None:
    judged = wishes([wants(1, 2)] * 14 + [wants(2)] * 1 + [wants(3)] * 8, {**TERMS, "places": 3})
    alike = wishes([wants(1, 2)] * 14 + [wants(3)] * 8, {**TERMS, "places": 3})

    assert judged["sequence"] == [["M2"], ["M3"], ["M1"]]
    assert alike["sequence"] == [["M1", "M2", "M3"]], "one of the two comes first, and then M3 before the other"
    assert judged["proportional"] is True


def test_what_ties_for_the_last_places_stands_in_the_last_group() -> None:
    judged = wishes([wants(3)] * 9 + [wants(1)] * 6 + [wants(2)] * 6)

    assert (judged["chosen"], judged["tied"]) == (["M3"], ["M1", "M2"])
    assert judged["sequence"] == [["M3"], ["M1", "M2"]]


def test_of_measures_as_wanted_the_one_that_fewer_say_would_harm_comes_first() -> None:
    few = wishes([wants(1)] * 15 + [wants(2)] * 11 + [wants(2, harmful=[1])] * 4, {**TERMS, "places": 1})
    fewer = wishes([wants(1)] * 15 + [wants(2)] * 12 + [wants(2, harmful=[1])] * 3, {**TERMS, "places": 1})

    assert (few["chosen"], few["tied"]) == (["M2"], [])
    assert (fewer["chosen"], fewer["tied"]) == ([], ["M1", "M2"]), "three can be two infiltrators and one of us"


def test_harm_wins_over_the_wish_of_the_same_person() -> None:
    both = [wants(1, harmful=[1])] * 4

    judged = wishes([wants(1)] * 11 + both + [wants(2)] * 15, {**TERMS, "places": 1})

    assert judged["chosen"] == ["M2"]


def test_below_twenty_ballots_harm_tells_no_tie_apart() -> None:
    terms = {"infiltrators": 1, "places": 1}
    people = [wants(1)] * 8 + [wants(2)] * 5 + [wants(2, harmful=[1])] * 3

    assert wishes([*people, wants(1), wants(2), wants(1), wants(2)], terms)["chosen"] == ["M2"]
    assert wishes(people, terms)["tied"] == ["M1", "M2"]


def test_what_one_ballot_could_push_off_the_list_is_not_firm() -> None:
    clear = wishes([wants(1)] * 10 + [wants(2)] * 8 + [wants(3)] * 5, {**TERMS, "places": 2})
    close = wishes([wants(1)] * 10 + [wants(2)] * 7 + [wants(3)] * 6, {**TERMS, "places": 2})

    assert (clear["chosen"], clear["firm"]) == (["M1", "M2"], ["M1", "M2"])
    assert (close["chosen"], close["firm"]) == (["M1", "M2"], ["M1"])


def test_nothing_is_firm_where_nothing_is_chosen() -> None:
    assert wishes([wants(harmful=[1])] * 20)["firm"] == []


def test_below_twenty_ballots_neither_a_sequence_nor_what_is_firm_is_told() -> None:
    judged = wishes([wants(1, 2)] * 6 + [wants(3)] * 8)

    assert {"sequence", "firm"}.isdisjoint(judged)


def test_too_few_wishes_choose_nothing() -> None:
    judged = wishes([wants(1)] * 6 + [wants(harmful=[2])] * 4)

    assert (judged["chosen"], judged["tied"], judged["proportional"]) == ([], [], True)
    assert judged["measure_reason"] == {"M1": "too_few", "M2": "harms_many", "M3": "too_few", "M4": "too_few"}


def test_without_a_question_of_harm_every_measure_is_open_to_choice() -> None:
    asked = baseline(Section("first", {}, WISHES.questions[:1]))

    judged = judge_baseline(asked, {"infiltrators": "many"}, *box(asked, [wants(1)] * 8))

    assert (judged["chosen"], judged["eligibility"]) == (["M1"], dict.fromkeys(["M1", "M2", "M3", "M4"], "eligible"))


def test_a_baseline_that_asks_neither_says_neither() -> None:
    asked = baseline(Section("now", {}, (scale("B1"),)))

    assert judge_baseline(asked, TERMS, *box(asked, [{"B1": 2}] * 8)) == {"tier": {}, "tier_reason": {}}
    assert judge_baseline(PULSE, TERMS, *box(PULSE, [{"P6": 2}] * 8)) == {"tier": {}, "tier_reason": {}}


@given(st.permutations([GRAVE] * 4 + [CALM] * 5 + [person(5, 5, voice=1)] * 7))
def test_the_order_of_ballots_changes_nothing(people: list[Given]) -> None:
    assert tier(people) == ("now", "grave_for_most")
