"""Both rooms speak the same closed words: what a judge may say is exactly what disclosure lets out."""

from deliberation.domain.hearing import Why
from deliberation.domain.measures import Eligible
from deliberation.domain.priorities import Advice
from deliberation.domain.risk import Tier
from deliberation.domain.rules import OF_PARTS, Outcome, Reason
from deliberation.domain.threats import Doubt
from surveys.domain import closed
from surveys.domain.agreement import Consensus


def words(*choices: object) -> set[str]:
    return {str(choice) for choice in choices}


def test_every_word_of_the_judges_may_leave_and_no_other() -> None:
    assert words(*Outcome) == closed.OUTCOMES
    assert words(*Reason) - words(*OF_PARTS) == closed.REASONS
    assert words(*Tier) == closed.TIERS
    assert words(*Eligible) == closed.ELIGIBILITY
    assert words(*Doubt) == closed.DOUBTS
    assert words(*Advice) == closed.ADVICE
    assert words(*Consensus) == closed.STATES
    spoken = {Why.SAID_BY_A_CIRCLE}  # said aloud by a circle too small for a box, never by a judge
    assert words(*(set(Why) - spoken)) == closed.TIER_REASONS | closed.MEASURE_REASONS
