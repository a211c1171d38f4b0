"""A proposal's way and what was raised against it, in words."""

from collections.abc import Mapping

from commons.assembly import Assembly
from commons.i18n import gettext, ngettext, pick
from deliberation.domain.protocol import Protocol
from deliberation.domain.rounds import BLOCK, DECIDED, ENDED, HARM, HELPS, LIVING, STRAINS, TALKING, Stage, Way
from deliberation.phrases import rounds
from deliberation.queries.proposals import CAUCUS, Proposal, wrote
from surveys import door

PATH = ("explain", "talk", "round", "ratify", "live")
OVER = DECIDED | LIVING | ENDED


def standing(found: Proposal, number: int = 1) -> str:
    """Say where a proposal stands, in a few words: stopped by the protocol, or what its last round still waits for.

    `number` is how many stand there, where a heading speaks of all of them.
    """
    stage, verdict = found.way.stage, found.way.verdict
    if found.conflicts and stage not in OVER:
        return ngettext("stopped by our protocol", "stopped by our protocol", number)
    if stage is Stage.RATIFICATION and verdict and not verdict.adopts:
        outcome = rounds.outcome(verdict.outcome, number)
        return ngettext(
            "%(outcome)s: to be heard by the assembly",
            "%(outcome)s: to be heard by the assembly",
            number,
            outcome=outcome,
        )
    return rounds.stage(stage, number)


def path(way: Way) -> tuple[tuple[str, str], ...]:
    """Return the five steps of a proposal with "done", "now" or "" each; what was not adopted has no fifth."""
    adopted = way.verdict is None or way.verdict.adopts
    words = {
        "explain": gettext("Explained"),
        "talk": gettext("Talked over and amended"),
        "round": gettext("Put to a round"),
        "ratify": gettext("Ratified by the assembly") if adopted else gettext("Heard by the assembly"),
        "live": rounds.stage(way.stage) if way.stage in OVER else gettext("In force"),
    }
    at = len(PATH) if way.stage in OVER else _at(way.stage)
    shown = PATH if adopted or way.stage in OVER else PATH[:-1]
    return tuple(
        (words[step], "done" if place < at else "now" if place == at else "") for place, step in enumerate(shown)
    )


def _at(stage: Stage) -> int:
    if stage in {Stage.DRAFT, Stage.UNDERSTANDING}:
        return 0
    if stage in TALKING or stage is Stage.RETURNED:
        return 1
    return 2 if stage is Stage.ROUND else 3


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
    words = {one.id: strained(pick(one.words).text) for one in protocol.criteria}
    for closed in found.rounds:
        words |= _ready(assembly, closed.survey, found.slug)
        said = wrote(assembly, closed.survey, found.slug)
        words |= {code: helped(pick(text).text) if text else left_out() for code, text in said.items()}
    return words | {
        BLOCK: gettext("At least one person blocks it."),
        HARM: gettext("It would harm some of us."),
        CAUCUS: gettext("One of our talking circles has said something about it."),
    }


def strained(principle: str) -> str:
    """Say that a principle is one that somebody finds strained."""
    return gettext("It would strain: %(principle)s", principle=principle)


def helped(what: str) -> str:
    """Say what would help somebody to agree."""
    return gettext("Asked what would help, somebody answered: “%(what)s”", what=what)


def left_out() -> str:
    """Say that something people wrote is left out, and why."""
    return gettext("Something that people wrote was left out by several of the circle, because it names somebody.")


def _ready(assembly: Assembly, survey: str, proposal: str) -> Mapping[str, str]:
    box = door.survey(assembly, survey) if survey else None
    items = box.questionnaire.items if box else ()
    about = (item for item in items if item.subject and item.subject.id == proposal and item.question.id in SAY)
    return {
        choice.id: SAY[item.question.id](pick(choice.text).text) for item in about for choice in item.question.choices
    }


SAY = {STRAINS: strained, HELPS: helped}
