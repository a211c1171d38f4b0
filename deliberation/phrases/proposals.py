"""A proposal's way and what was raised against it, in words."""

from collections.abc import Mapping

from commons.assembly import Assembly
from commons.i18n import gettext, pick
from deliberation.domain.protocol import Protocol
from deliberation.domain.rounds import BLOCK, DECIDED, ENDED, LIVING, TALKING, Stage, Way
from deliberation.queries.proposals import CAUCUS, Proposal
from surveys import door

PATH = ("explain", "talk", "round", "ratify", "live")


def path(way: Way) -> tuple[tuple[str, str], ...]:
    """Return the five steps of a proposal with "done", "now" or "" each."""
    words = {
        "explain": gettext("Explained"),
        "talk": gettext("Talked over and amended"),
        "round": gettext("Put to a round"),
        "ratify": gettext("Ratified by the assembly"),
        "live": gettext("In force"),
    }
    at = _at(way.stage)
    return tuple(
        (words[step], "done" if place < at else "now" if place == at else "") for place, step in enumerate(PATH)
    )


def _at(stage: Stage) -> int:
    if stage in {Stage.DRAFT, Stage.UNDERSTANDING}:
        return 0
    if stage in TALKING or stage is Stage.RETURNED:
        return 1
    if stage is Stage.ROUND:
        return 2
    return 4 if stage in DECIDED | LIVING | ENDED else 3


def met(how: str) -> str:
    """Say how an objection was met."""
    words = {
        "answered": gettext("Answered"),
        "merged": gettext("Taken into the text"),
        "recorded": gettext("Written down as it stands"),
    }
    return words.get(how, how)


def named(assembly: Assembly, found: Proposal, protocol: Protocol) -> Mapping[str, str]:
    """Name everything that was raised in a proposal's rounds."""
    words = {one.id: pick(one.words).text for one in protocol.criteria}
    for closed in found.rounds:
        words |= _ready(assembly, closed.survey, found.slug)
    return words | {
        BLOCK: gettext("At least one person blocks it."),
        CAUCUS: gettext("One of our circles has said something about it."),
    }


def _ready(assembly: Assembly, survey: str, proposal: str) -> Mapping[str, str]:
    box = door.survey(assembly, survey) if survey else None
    items = box.questionnaire.items if box else ()
    about = (item for item in items if item.subject and item.subject.id == proposal)
    return {choice.id: pick(choice.text).text for item in about for choice in item.question.choices}
