"""What was frozen with a round is what decides it, and a round that lacks some of it is not judged."""

from collections.abc import Sequence

import pytest

from deliberation.domain import rounds
from deliberation.domain.presets import Malformed
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire
from tests.deliberation.domain.test_round_judged import RULE, STANCES

VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices("river", "hill")),))
TERMS = {"rule": RULE, "declared": 12, "infiltrators": 2}
OF_CARDS = {**TERMS, "rule": {**RULE, "called": "cards"}}
OF_VOICES = {**TERMS, "rule": {**RULE, "voices": {"at_least": "1/2"}}, "voices": {"river": 8, "hill": 8}}


def asked(*, voice: bool = False) -> Questionnaire:
    sections = [VOICE, STANCES] if voice else [STANCES]
    lists = {"proposals": choices("P1"), "criteria": choices("alone", "fair")}
    return questionnaire(sections, voice="A2" if voice else "", **lists)


def reason(terms: dict[str, object], people: Sequence[Given], *, voice: bool = False) -> object:
    about = asked(voice=voice)
    return rounds.judge(about, terms, *box(about, people))["reason"]


def test_a_quorum_of_the_cards_is_taken_of_those_that_were_drawn() -> None:
    assert reason({**OF_CARDS, "cards": 16}, [{"S1.P1": 1}] * 8) == {"P1": "agreed"}
    assert reason({**OF_CARDS, "cards": 17}, [{"S1.P1": 1}] * 8) == {"P1": "too_few"}


def test_a_quorum_of_each_voice_is_taken_of_its_declared_members() -> None:
    river, hill, none = {"S1.P1": 1, "A2": 1}, {"S1.P1": 1, "A2": 2}, {"S1.P1": 1}

    assert reason(OF_VOICES, [river] * 4 + [hill] * 4, voice=True) == {"P1": "agreed"}
    assert reason(OF_VOICES, [river] * 5 + [hill] * 3 + [none] * 4, voice=True) == {"P1": "voice_absent"}


def test_a_second_block_ends_it_for_the_one_that_was_blocked_before() -> None:
    people = [{"S1.P1": 1}] * 7 + [{"S1.P1": 6}]

    about = asked()
    again = rounds.judge(about, {**TERMS, "blocked": ["P1"]}, *box(about, people))
    other = rounds.judge(about, {**TERMS, "blocked": ["P2"]}, *box(about, people))

    assert (again["outcome"], other["outcome"]) == ({"P1": "no_agreement"}, {"P1": "returned"})
    assert again["reason"] == other["reason"] == {"P1": "blocked"}


@pytest.mark.parametrize(
    ("terms", "voice"),
    [
        (OF_CARDS, False),
        ({**OF_CARDS, "cards": 0}, False),
        (OF_VOICES, False),
        ({**OF_VOICES, "voices": {"river": 8}}, True),
        ({**OF_VOICES, "voices": "all"}, True),
    ],
)
def test_a_round_without_what_its_rule_needs_is_not_judged(terms: dict[str, object], *, voice: bool) -> None:
    with pytest.raises(Malformed, match="quorum of"):
        reason(terms, [{"S1.P1": 1}] * 8, voice=voice)
