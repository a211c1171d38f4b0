"""Proposals, rounds and verdicts in words."""

from commons.i18n import gettext, ngettext, pick
from deliberation.actions.deciding import SPOKEN
from deliberation.domain.betrayal import Betrayal, Certainty, Known
from deliberation.domain.presets import Preset
from deliberation.domain.rounds import Stage
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.phrases.numbers import spans
from deliberation.queries import catalogue


def stage(found: Stage) -> str:
    """Name where a proposal stands."""
    words = {
        Stage.DRAFT: gettext("being written"),
        Stage.UNDERSTANDING: gettext("being explained"),
        Stage.CAUCUS: gettext("talked over in smaller circles"),
        Stage.AMENDMENT: gettext("being amended"),
        Stage.ROUND: gettext("in a round"),
        Stage.RATIFICATION: gettext("waits for the assembly to ratify"),
        Stage.ADOPTED: gettext("adopted"),
        Stage.WITH_RESERVATIONS: gettext("adopted with reservations"),
        Stage.NOT_ADOPTED: gettext("not adopted"),
        Stage.RETURNED: gettext("returned to be amended"),
        Stage.NO_AGREEMENT: gettext("no agreement"),
        Stage.IN_FORCE: gettext("in force"),
        Stage.REVIEW_DUE: gettext("due for review"),
        Stage.CONFIRMED: gettext("confirmed"),
        Stage.AMENDED: gettext("replaced by a new text"),
        Stage.WITHDRAWN: gettext("withdrawn"),
    }
    return words[found]


def outcome(found: Outcome) -> str:
    """Name what a round gave."""
    words = {
        Outcome.ADOPTED: gettext("adopted"),
        Outcome.WITH_RESERVATIONS: gettext("adopted with reservations"),
        Outcome.NOT_ADOPTED: gettext("not adopted"),
        Outcome.RETURNED: gettext("returned to be amended"),
        Outcome.NO_AGREEMENT: gettext("no agreement"),
    }
    return words[found]


def reason(found: Reason) -> str:
    """Say why a round gave what it gave, without a number."""
    words = {
        Reason.TOO_FEW: gettext("Too few people took part for the rule to decide."),
        Reason.BLOCKED: gettext("It was blocked, more than the rule allows."),
        Reason.OPPOSED: gettext("More people disagree than the rule allows."),
        Reason.TOO_MANY_RESERVED: gettext("More people have reservations or stand aside than the rule allows."),
        Reason.TALK_MORE: gettext("More people want to talk it over than the rule allows."),
        Reason.REFUSED: gettext("Those against are as many as the rule asks of those for."),
        Reason.TOO_LITTLE_AGREEMENT: gettext("Fewer people agree than the rule asks."),
        Reason.AGREED: gettext("Enough people agree under the rule."),
    }
    return words[found]


def said(verdict: Verdict | None) -> tuple[str, str]:
    """Return an outcome and its reason in words; nothing for a round burnt unread."""
    return ("", "") if verdict is None else (outcome(verdict.outcome), reason(verdict.reason))


def speakable() -> tuple[tuple[str, str], ...]:
    """Return what a round held aloud may give, as the value of a form and a sentence."""
    pairs = [(one, why) for one in Outcome for why in Reason if why in SPOKEN[one]]
    return tuple(
        (f"{one} {why}", gettext("%(outcome)s: %(reason)s", outcome=outcome(one), reason=reason(why)))
        for one, why in pairs
    )


def stages(rule: Preset | None) -> tuple[str, ...]:
    """Return the stages of the assembly's rule in words; none before it chose one, or when there is a single one."""
    card = next((one for one in catalogue.rules() if rule and one.code == rule.name), None)
    return tuple(pick(one).text for one in card.stages) if card and len(card.stages) > 1 else ()


def betrayals(found: Betrayal) -> tuple[str, ...]:
    """Say everything a verdict alone could make certain; nothing when it betrays nothing."""
    return tuple(_certainty(one, found.infiltrators) for one in found.certain)


def _certainty(found: Certainty, infiltrators: int) -> str:
    known = {
        Known.ALL_SUPPORT: gettext("everybody else who answered supports it fully"),
        Known.ALL_AGREE: gettext("everybody else who answered agrees"),
        Known.ALL_OPPOSE: gettext("everybody else who answered is against"),
        Known.NOBODY_AGREES: gettext("nobody else agrees"),
        Known.NOBODY_OPPOSES: gettext("nobody else is against"),
        Known.NOBODY_RESERVES: gettext("nobody else has a reservation or stands aside"),
        Known.NOBODY_BLOCKS: gettext("nobody else blocks it"),
    }
    return ngettext(
        "With %(ballots)s ballots in the box, the verdict “%(verdict)s” could tell one person that %(known)s.",
        "With %(ballots)s ballots in the box, the verdict “%(verdict)s” could tell %(num)s people acting together that "
        "%(known)s.",
        infiltrators,
        ballots=spans(found.ballots),
        verdict=outcome(found.verdict.outcome),
        known=known[found.known],
    )
