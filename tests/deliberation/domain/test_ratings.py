"""What a round asks beside stances: harm that enough people of any group see sends a text back, and tells no more."""

from itertools import combinations_with_replacement, product

import pytest

from deliberation.domain import rounds
from deliberation.domain.rules import Outcome, Reason, Verdict
from surveys.domain.questionnaire import Kind, Question, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale
from tests.deliberation.domain.test_round_judged import RULE

HARM = Question("S6", Kind.SINGLE, {}, choices("yes", "no"), cut=(1, 1))
ASKED = questionnaire(
    [
        Section("voices", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),)),
        Section("proposals", {}, (scale("S1", 6),), repeat="proposals"),
        Section("ratings", {}, (scale("S4"), scale("S5"), HARM), repeat="proposals"),
    ],
    voice="A2",
    voices=choices("river", "hill"),
    proposals=choices("P1"),
)
TERMS = {"rule": RULE, "declared": 40, "infiltrators": 2, "priority": "each_voice"}
RIVER, HILL = 1, 2
YES, NO, SKIPPED = 1, 2, 0


def people(voice: int, number: int, harm: int = NO, stance: int = 1) -> list[Given]:
    return [{"A2": voice, "S1.P1": stance, "S6.P1": harm}] * number


def verdict(given: list[Given], **terms: object) -> tuple[object, object]:
    judged = rounds.judge(ASKED, {**TERMS, **terms}, *box(ASKED, given))
    found = rounds.verdict_in(judged, "P1")
    assert found is not None
    return found.outcome.value, found.reason.value


HARMFUL, AGREED = ("returned", "harmful"), ("adopted", "agreed")
CASES = {
    "nobody sees harm": (people(RIVER, 30), AGREED),
    "one in five of everybody": (people(RIVER, 24) + people(HILL, 6, YES), HARMFUL),
    "one in five of one voice alone": (people(RIVER, 30) + people(HILL, 16) + people(HILL, 4, YES), HARMFUL),
    "fewer than one in five": (people(RIVER, 30) + people(HILL, 17) + people(HILL, 4, YES), AGREED),
    "one in five of those who answered": (
        people(RIVER, 30) + people(HILL, 16, SKIPPED) + people(HILL, 5) + people(HILL, 4, YES), AGREED,
    ),
    "three who could be two infiltrators and one more": (
        people(RIVER, 27) + people(HILL, 4) + people(HILL, 3, YES), AGREED,
    ),
    "a voice under K": (people(RIVER, 34) + people(HILL, 2) + people(HILL, 4, YES), AGREED),
}  # fmt: skip


@pytest.mark.parametrize(("given", "said"), CASES.values(), ids=CASES)
def test_harm_said_by_one_in_five_of_any_voice_sends_the_text_back(given: list[Given], said: tuple[str, str]) -> None:
    assert verdict(given) == said


def test_an_assembly_that_hears_itself_as_a_whole_hears_harm_as_a_whole() -> None:
    one_voice = people(RIVER, 30) + people(HILL, 16) + people(HILL, 4, YES)

    assert verdict(one_voice) == HARMFUL
    assert verdict(one_voice, priority="whole") == AGREED


def test_the_guard_only_stops_what_the_rule_would_adopt() -> None:
    harmed = people(HILL, 10, YES)

    assert verdict(harmed + people(RIVER, 10, stance=6)) == ("returned", "blocked")
    assert verdict(harmed + people(RIVER, 10, stance=2)) == HARMFUL
    assert verdict(harmed + people(RIVER, 1)) == ("returned", "too_few")


def test_harm_has_to_be_met_before_another_round() -> None:
    judged = rounds.judge(ASKED, TERMS, *box(ASKED, people(RIVER, 24) + people(HILL, 6, YES)))

    assert rounds.raised_in(judged, "P1") == ["harm"]
    assert rounds.raised_in({**judged, "reason": {"P1": "blocked"}, "block": {"P1": True}}, "P1") == ["block"]


def test_a_text_sent_back_for_harm_cannot_be_adopted_by_ratifying() -> None:
    back = Verdict(Outcome.RETURNED, Reason.HARMFUL)
    way = rounds.Way(rounds.Stage.RATIFICATION, 1, back)

    assert rounds.ratify(way).stage is rounds.Stage.RETURNED


def test_the_guard_tells_no_more_of_stances_than_adopting_does() -> None:
    kinds = [{"A2": RIVER, "S1.P1": stance, "S6.P1": harm} for stance, harm in product((1, 2, 6), (YES, NO))]
    terms = {**TERMS, "declared": 5, "infiltrators": 1}
    told: dict[str, set[tuple[int, ...]]] = {}
    for given in combinations_with_replacement(kinds, 5):
        judged = rounds.judge(ASKED, terms, *box(ASKED, list(given)))
        found = rounds.verdict_in(judged, "P1")
        assert found is not None
        told.setdefault(found.reason.value, set()).add(tuple(sorted(int(one["S1.P1"]) for one in given)))

    assert told["harmful"] == told["agreed"]
