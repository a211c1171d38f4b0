"""A round's judge says a verdict for each proposal, what was raised, and nothing where too few answered."""

from collections.abc import Mapping

import pytest

from deliberation.domain import rounds
from deliberation.domain.presets import Malformed
from surveys.domain.questionnaire import Kind, Question, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale

STANCES = Section(
    "proposals",
    {},
    (
        scale("S1", 6),
        Question("S2", Kind.MULTIPLE, {}, choices_from="criteria"),
        Question("S3", Kind.TEXT, {}, choices("help1", "help2")),
    ),
    repeat="proposals",
)
ROUND = questionnaire([STANCES], proposals=choices("P1", "P2"), criteria=choices("alone", "fair"))
RULE = {
    "id": "vote",
    "quorum": {"at_least": "1/2"},
    "base": "answered",
    "agreeing": [1, 2],
    "agreement": {"at_least": "3/4"},
    "noted": {"more_than": "0"},
    "limits": [{"stances": [6], "at_most": "0", "reason": "blocked"}],
}
TERMS = {"rule": RULE, "declared": 12, "infiltrators": 2}


def stance(first: int, second: int = 0, **ticked: frozenset[int]) -> Given:
    return {"S1.P1": first, "S1.P2": second, **{f"{key}.P1": those for key, those in ticked.items()}}


def test_a_round_gives_a_verdict_for_each_proposal_and_what_is_present() -> None:
    people = [stance(1, 1)] * 7 + [stance(2, 6, S2=frozenset({2}), S3=frozenset({1}))]

    judged = rounds.judge(ROUND, TERMS, *box(ROUND, people))

    assert judged == {
        "outcome": {"P1": "adopted_with_reservations", "P2": "returned"},
        "reason": {"P1": "agreed", "P2": "blocked"},
        "block": {"P1": False, "P2": True},
        "reasons": {"P1": ["fair", "help1"], "P2": []},
    }


def test_a_proposal_too_few_took_a_stance_on_gets_no_verdict() -> None:
    people = [stance(1, 1)] * 6 + [stance(1)] * 4

    judged = rounds.judge(ROUND, TERMS, *box(ROUND, people))

    assert (judged["outcome"], judged["reason"]) == (
        {"P1": "adopted", "P2": "returned"},
        {"P1": "agreed", "P2": "too_few"},
    )


def test_the_automatic_state_is_said_from_twenty_ballots_on() -> None:
    people = [stance(1, 5)] * 8 + [stance(2, 5)] * 8 + [stance(5, 1)] * 2 + [stance(5, 2)] * 2

    judged = rounds.judge(ROUND, TERMS, *box(ROUND, people))

    assert judged["state"] == {"P1": "maybe_agreed", "P2": "maybe_refused"}


def test_a_round_that_asks_no_reasons_has_none() -> None:
    asked = questionnaire([Section("proposals", {}, (scale("S1", 6),), repeat="proposals")], proposals=choices("P1"))

    assert rounds.judge(asked, TERMS, *box(asked, [{"S1.P1": 1}] * 8))["reasons"] == {"P1": []}


@pytest.mark.parametrize("terms", [{}, {**TERMS, "rule": "R1"}, {**TERMS, "declared": "all"}])
def test_a_round_without_a_rule_is_not_judged(terms: Mapping[str, object]) -> None:
    with pytest.raises(Malformed, match="has a rule"):
        rounds.judge(ROUND, terms, *box(ROUND, [stance(1)] * 8))


def test_a_verdict_needs_seven_answers_where_two_are_assumed_against_all() -> None:
    judged = [rounds.judge(ROUND, TERMS, *box(ROUND, [stance(1, 1)] * many))["reason"] for many in (7, 6)]

    assert judged == [{"P1": "agreed", "P2": "agreed"}, {"P1": "too_few", "P2": "too_few"}]
