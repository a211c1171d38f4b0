"""What a round may ask of each proposal beside a stance: would it help, can we do it, would it harm some of us.

Harm that enough people of any group see sends a text back to be amended: a remedy is shared only if every group can
bear it (a minimum over voices, as for measures). Only that word leaves an opening, never how many said so.
"""

from collections.abc import Iterable, Mapping

from deliberation.domain.hearing import Box, heard, people, share
from deliberation.domain.measures import HARM
from deliberation.domain.rules import Outcome, Reason, Verdict
from surveys.domain.questionnaire import Questionnaire

RATINGS = "ratings"
"""The section of the shipped round that asks them, and what the terms of such a round call it."""

HELPFUL, FEASIBLE, HARMS = "S4", "S5", "S6"
YES = 1


def harmful(questionnaire: Questionnaire, box: Box, proposals: Iterable[str]) -> frozenset[str]:
    """Return the proposals that one in five of everybody, or of a voice the box hears, say would harm some of us.

    People of a voice who skipped it, or do not know, see no harm. Whoever says so is heeded only from two people more
    than the infiltrators on. Nothing where the round does not ask.
    """
    asked = (one for one in proposals if f"{HARMS}.{one}" in questionnaire.by_key)
    return frozenset(one for one in asked if _harms(box, f"{HARMS}.{one}"))


def _harms(box: Box, key: str) -> bool:
    """Tell whether enough people of any one group see harm."""
    said = box.ballots.level(key) == YES
    return any(box.heeds(people(said & group)) and share(said & group, group) >= HARM for group, _ in heard(box))


def guarded(verdicts: Mapping[str, Verdict], harms: frozenset[str]) -> dict[str, Verdict]:
    """Send back to be amended what a rule would adopt although it harms; every other verdict stands."""
    back = Verdict(Outcome.RETURNED, Reason.HARMFUL)
    return {one: back if given.adopts and one in harms else given for one, given in verdicts.items()}
