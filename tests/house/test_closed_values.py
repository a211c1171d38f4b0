"""The words judges may say are those the room that judges has, and no others: each side keeps its own list."""

from deliberation.domain import hearing, measures, priorities, risk, rules, threats
from surveys.domain import closed


def test_the_gate_and_the_judges_speak_the_same_words() -> None:
    aloud = {str(hearing.Why.SAID_BY_A_CIRCLE)}  # a statement of a circle: no judge says it
    reasons = {str(one) for one in hearing.Why} - aloud

    assert {str(one) for one in rules.Outcome} == closed.OUTCOMES
    assert {str(one) for one in rules.Reason} - {str(one) for one in rules.OF_PARTS} == closed.REASONS
    assert {str(one) for one in risk.Tier} == closed.TIERS
    assert {str(one) for one in measures.Eligible} == closed.ELIGIBILITY
    assert {str(one) for one in threats.Doubt} == closed.DOUBTS
    assert {str(one) for one in priorities.Advice} == closed.ADVICE
    assert reasons == closed.TIER_REASONS | closed.MEASURE_REASONS
