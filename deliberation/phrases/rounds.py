"""Proposals, rounds and verdicts in words."""

from commons.i18n import gettext, ngettext, pick
from deliberation.actions.deciding import SPOKEN
from deliberation.domain.betrayal import Betrayal, Certainty, Known
from deliberation.domain.presets import Preset
from deliberation.domain.rounds import Stage
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.phrases.numbers import spans
from deliberation.queries import catalogue
from surveys.domain.agreement import Consensus

TENTH = 10


def stage(found: Stage, number: int = 1) -> str:
    """Name where a proposal stands, or several of them."""
    given = {Stage(one.value): words for one, words in _given(number).items()}
    words = {
        Stage.DRAFT: gettext("being written"),
        Stage.UNDERSTANDING: gettext("being explained"),
        Stage.CAUCUS: ngettext("talked over in talking circles", "talked over in talking circles", number),
        Stage.AMENDMENT: gettext("being amended"),
        Stage.ROUND: gettext("in a round"),
        Stage.RATIFICATION: ngettext("waits for the assembly to ratify", "wait for the assembly to ratify", number),
        Stage.IN_FORCE: gettext("in force"),
        Stage.REVIEW_DUE: gettext("due for review"),
        Stage.CONFIRMED: ngettext("confirmed", "confirmed", number),
        Stage.AMENDED: ngettext("replaced by a new text", "replaced by new texts", number),
        Stage.WITHDRAWN: ngettext("withdrawn", "withdrawn", number),
    }
    return (given | words)[found]


def outcome(found: Outcome, number: int = 1) -> str:
    """Name what a round gave, for one proposal or for several."""
    return _given(number)[found]


def _given(number: int) -> dict[Outcome, str]:
    return {
        Outcome.ADOPTED: ngettext("adopted", "adopted", number),
        Outcome.WITH_RESERVATIONS: ngettext("adopted with reservations", "adopted with reservations", number),
        Outcome.NOT_ADOPTED: ngettext("not adopted", "not adopted", number),
        Outcome.RETURNED: ngettext("returned to be amended", "returned to be amended", number),
        Outcome.NO_AGREEMENT: gettext("no agreement"),
    }


def reason(found: Reason) -> str:
    """Say why a round gave what it gave, without a number."""
    words = {
        Reason.TOO_FEW: gettext("Too few people took part for the rule to decide."),
        Reason.VOICE_ABSENT: gettext("Too few people of one of our voices took part for the rule to decide."),
        Reason.BLOCKED: gettext("It was blocked, more than the rule allows."),
        Reason.OPPOSED: gettext("More people disagree than the rule allows."),
        Reason.TOO_MANY_RESERVED: gettext("More people have reservations or stand aside than the rule allows."),
        Reason.TALK_MORE: gettext("More people want to talk it over than the rule allows."),
        Reason.HARMFUL: gettext(
            "Enough people, of all of us or of one of our voices, say that it would harm some of us."
        ),
        Reason.REFUSED: gettext("Those against are as many as the rule asks of those for."),
        Reason.TOO_LITTLE_AGREEMENT: gettext("Fewer people agree than the rule asks."),
        Reason.AGREED: gettext("Enough people agree under the rule."),
        Reason.PARTS_MISSING: gettext("Too few assemblies of our federation have answered."),
        Reason.PART_REFUSED: gettext("An assembly of our federation refused, and one refusal stops it."),
        Reason.TOO_FEW_PARTS: gettext("Fewer assemblies of our federation adopted it than we agreed on."),
        Reason.ENOUGH_PARTS: gettext("Enough assemblies of our federation adopted it."),
    }
    return words[found]


def state(found: str) -> str:
    """Say how far people agree, whatever the rule: three quarters for and a fifth against at most, or the reverse."""
    words = {
        Consensus.FEW: gettext("Fewer than half of us took a stance: it says nothing of all of us."),
        Consensus.AGREED: gettext("We agree widely, and one person more or less would not change it."),
        Consensus.MAYBE_AGREED: gettext("We agree widely, but one person could change it."),
        Consensus.REFUSED: gettext("We refuse it widely, and one person more or less would not change it."),
        Consensus.MAYBE_REFUSED: gettext("We refuse it widely, but one person could change it."),
        Consensus.DIVIDED: gettext("We are divided: a third or more on each side."),
        Consensus.OPEN: gettext("We neither agree widely, nor refuse it widely, nor are we in two camps."),
    }
    return words[Consensus(found)] if found in set(Consensus) else ""


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
    if rule is None or len(rule.stages) == 1:
        return ()
    card = next((one for one in catalogue.rules() if one.code == rule.name), None)
    return tuple(pick(one).text for one in card.stages) if card else tuple(own_stage(one.name) for one in rule.stages)


def own_stage(name: str) -> str:
    """Name a stage of a rule the assembly wrote itself."""
    words = {
        "talk": gettext("Talking until we agree"),
        "second_call": gettext("A second call, after too few came"),
        "vote": gettext("A vote"),
    }
    return words.get(name, name)


def betrayals(found: Betrayal) -> tuple[str, ...]:
    """Say everything a verdict could make certain, the worst it could tell, and for how many ballots that holds."""
    if not found.checked:
        return (gettext("Not checked: what a verdict alone makes certain, with this rule and so few people."),)
    said = tuple(_certainty(one, found.infiltrators) for one in found.certain)
    nothing = () if said else (gettext("The verdict alone makes nothing certain about anybody."),)
    first, last = found.checked[0], found.checked[-1]
    checked = gettext("Checked for every number of ballots from %(least)s to %(most)s.", least=first, most=last)
    return (*said, *nothing, *_worst(found), checked)


def _worst(found: Betrayal) -> tuple[str, ...]:
    """Say how sure a verdict makes of anybody else at the worst, and how sure with the most ballots."""
    tenths = [share // TENTH for share in found.worst]
    most = [number for number, share in zip(found.checked, tenths, strict=True) if share == max(tenths)]
    said = (_sure(max(tenths), tuple(most), found.infiltrators),)
    return said if tenths[-1] == max(tenths) else (*said, _sure(tenths[-1], (found.checked[-1],), found.infiltrators))


def _sure(tenths: int, ballots: tuple[int, ...], infiltrators: int) -> str:
    if tenths == TENTH:
        return ngettext(
            "At the worst, with %(ballots)s ballots, one person could know on which side each of the others who "
            "answered is.",
            "At the worst, with %(ballots)s ballots, %(num)s people acting together could know on which side each of "
            "the others who answered is.",
            infiltrators,
            ballots=spans(ballots),
        )
    return ngettext(
        "At the worst, with %(ballots)s ballots, one person could know that at least %(tenths)s in ten of the others "
        "who answered are on the same side.",
        "At the worst, with %(ballots)s ballots, %(num)s people acting together could know that at least %(tenths)s in "
        "ten of the others who answered are on the same side.",
        infiltrators,
        ballots=spans(ballots),
        tenths=tenths,
    )


def of_voices() -> str:
    """Say what a quorum of each voice tells, however the stances are."""
    return gettext(
        "The result also says whether enough people of each voice took part: of who came it can tell more than the "
        "number of ballots, of stances nothing."
    )


def of_harm() -> str:
    """Say what the guard against harm tells beside a verdict."""
    return gettext(
        "The result also says whether enough people, of all of us or of one voice, see harm in what would else be "
        "adopted. It never says how many, nor which voice."
    )


def exceptions(*, several: bool) -> tuple[str, ...]:
    """Say what a result tells beside its verdicts, however few say it."""
    present = gettext(
        "The result also says whether at least one person blocks, and which reasons somebody ticked. Where it names "
        "none, everybody knows that there is none."
    )
    apart = gettext("Each proposal is judged apart: several in one round tell no more about any one of them.")
    return (present, apart) if several else (present,)


def unchecked(found: Betrayal, most: int) -> tuple[str, ...]:
    """Say what was not looked at: figures beside the verdict, and more ballots than can be worked out."""
    figures = gettext("Not checked: what the figures and the reasons shown beside a verdict add to it.")
    if found.checked and found.checked[-1] < most:
        return figures, gettext("Not checked: more than %(most)s ballots.", most=found.checked[-1])
    return (figures,)


def _certainty(found: Certainty, infiltrators: int) -> str:
    known = {
        Known.ALL_SUPPORT: gettext("everybody else who answered supports it fully"),
        Known.ALL_AGREE: gettext("everybody else who answered agrees"),
        Known.ALL_OPPOSE: gettext("everybody else who answered is against"),
        Known.NOBODY_AGREES: gettext("nobody else agrees"),
        Known.NOBODY_OPPOSES: gettext("nobody else is against"),
        Known.NOBODY_RESERVES: gettext("nobody else has a reservation or stands aside"),
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
