"""A conversation: many short statements weighed at once, without being proposals of the assembly yet.

It asks for one stance on each, under the rule the assembly chose, and says which ones to take up first.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from commons.assembly import Assembly
from commons.db import transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.actions.asking import asking_voices, not_quiet, round_terms, voices
from deliberation.actions.records import collective
from deliberation.domain.measures import PLACES
from deliberation.domain.rounds import STANCE
from surveys import door
from surveys.domain.questionnaire import Choice, Questionnaire, Section

CONVERSATION = "conversation"


@transaction
def draft(
    assembly: Assembly, statements: tuple[Choice, ...], *, closes: date, stage: int = 0, places: int = PLACES
) -> str:
    """Draft a conversation on these statements and return its slug; the voice is asked where the assembly named some.

    Raises `Refused` when the assembly has chosen no rule, `Malformed` when the statements do not make a questionnaire.
    """
    circle.guard(assembly, "draft")
    asked = door.tailored(_instrument(), {"proposals": statements, "voices": voices(assembly)})
    terms = {**_terms(assembly, stage), "places": places}
    return door.draft(assembly, kind=CONVERSATION, questionnaire=asked, terms=terms, closes=closes)


def ready(assembly: Assembly, questionnaire: Questionnaire, terms: Mapping[str, object]) -> None:
    """Raise `Refused` unless a conversation may be opened today as it was drafted."""
    stage = terms.get("stage")
    now = _terms(assembly, stage if isinstance(stage, int) else -1)
    if {**terms, "places": None} != {**now, "places": None}:
        raise Refused("settled_otherwise")
    if questionnaire.lists.get("voices", ()) != voices(assembly):
        raise Refused("settled_otherwise")
    not_quiet(assembly, collective(assembly))


def _terms(assembly: Assembly, stage: int) -> dict[str, object]:
    settled = collective(assembly)
    return {**round_terms(assembly, settled, stage), "priority": settled.priority}


def _instrument() -> Questionnaire:
    """Return a round cut down to its stances, after the question on voices."""
    weighed = door.shipped("round")
    asked = [_only(section, STANCE) for section in weighed.sections]
    sections = tuple(section for section in asked if section.questions)
    return asking_voices(replace(weighed, id=CONVERSATION, sections=sections, lists={}))


def _only(section: Section, question: str) -> Section:
    return replace(section, questions=tuple(one for one in section.questions if one.id == question))
