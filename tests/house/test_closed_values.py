"""The words judges may say are those the room that judges has, and no others: each side keeps its own list."""

from deliberation.domain import priorities, rules
from surveys.domain import closed


def test_the_gate_and_the_judges_speak_the_same_words() -> None:
    aloud = {str(priorities.Why.SAID_BY_A_CIRCLE)}  # a statement of a circle: no judge says it
    reasons = {str(one) for one in priorities.Why} - aloud

    assert {str(one) for one in rules.Outcome} == closed.OUTCOMES
    assert {str(one) for one in rules.Reason} == closed.REASONS
    assert {str(one) for one in priorities.Tier} == closed.TIERS
    assert {str(one) for one in priorities.Eligible} == closed.ELIGIBILITY
    assert {str(one) for one in priorities.Advice} == closed.ADVICE
    assert reasons == closed.TIER_REASONS | closed.MEASURE_REASONS
