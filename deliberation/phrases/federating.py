"""Assemblies that decide together, in words: what they agreed on, what each said, what it gives."""

from fractions import Fraction

from commons.acts import Act
from commons.i18n import gettext, pick
from commons.pages import Told
from commons.quorum import Refused
from deliberation.actions import federating
from deliberation.actions.records import worded
from deliberation.domain import federation
from deliberation.domain.federation import HALF, SHARES, Federation, Part
from deliberation.domain.rules import Outcome
from deliberation.phrases import rounds
from deliberation.phrases.numbers import listed
from deliberation.queries import proposals


def shares() -> list[tuple[str, str]]:
    """Return what may be asked of the assemblies, each with its words."""
    return [(str(one), share(one)) for one in SHARES]


def share(found: Fraction) -> str:
    """Say how many of the assemblies must adopt it."""
    words = {
        HALF: gettext("more than half of all the assemblies"),
        Fraction(2, 3): gettext("two thirds of all the assemblies, or more"),
        Fraction(3, 4): gettext("three quarters of all the assemblies, or more"),
        Fraction(1): gettext("all the assemblies"),
    }
    return words[found]


def rules(agreed: Federation) -> tuple[str, ...]:
    """Say when what the assemblies decide makes a whole, a sentence for each condition."""
    answered = gettext("At least this many assemblies have answered: %(floor)s.", floor=agreed.floor)
    adopted = gettext("Adopted by %(share)s. Whoever has not answered has not adopted.", share=share(agreed.share))
    refused = (
        gettext("None of those that answered refused.")
        if agreed.unanimous
        else gettext("One refusal alone does not stop it.")
    )
    return answered, adopted, refused


def part(found: Part) -> tuple[str, str]:
    """Name what an assembly said, and the look of that name."""
    words = {
        Part.ADOPTED: (rounds.outcome(Outcome.ADOPTED), "good"),
        Part.REFUSED: (gettext("refused"), "bad"),
        Part.MISSING: (gettext("no answer yet"), "wait"),
    }
    return words[found]


def band(found: str) -> str:
    """Say how many supported it there, where that was shown; nothing where it was not."""
    words = {
        "most": gettext("Most of those who answered there support it."),
        "some": gettext("Some of those who answered there support it."),
        "few": gettext("Few of those who answered there support it, or none."),
    }
    return words.get(found, "")


def federate(act: Act) -> Told:
    """Say what agreeing with other assemblies does."""
    said = worded(act.assembly, act.params).get("names")
    names = [str(one) for one in said] if isinstance(said, list) else []
    terms = {name: act.params[name] for name in ("share", "floor", "unanimous")}
    agreed = federation.read_federation({"parts": [federating.name_of(one) for one in names], **terms})
    return Told(
        gettext("Agree with other assemblies on how we decide together"),
        (
            (gettext("The assemblies"), listed(names)),
            *((gettext("Condition"), sentence) for sentence in rules(agreed)),
        ),
        (gettext("Each assembly counts once, however many people it is. What they give together is ratified here."),),
    )


def hand_over(act: Act) -> Told:
    """Say what handing a decision over does."""
    return Told(
        gettext("Hand over what we decided"),
        (
            about(act),
            (
                gettext("What is handed over"),
                gettext("Hashes of the text, what we decided and why, one of three bands, the day, our log’s head."),
            ),
            (gettext("What is not"), gettext("How many we are, how many answered, any name, any reason in words.")),
        ),
        (gettext("What was handed over cannot be taken back."),),
    )


def receive(act: Act) -> Told:
    """Say what receiving a decision does."""
    return Told(
        gettext("Receive what another assembly decided"),
        (about(act), *_received(act)),
        (gettext("Sign only if somebody of theirs whom you know read these words out to you."),),
    )


def _received(act: Act) -> tuple[tuple[str, str], ...]:
    """Say what was decided there; nothing when the document is not kept any more."""
    try:
        answer = federating.document(act.assembly, act.params)
        title = federating.titles(act.assembly).get(str(act.params["part"]), "")
    except Refused:
        return ()
    return (
        (gettext("The assembly"), title),
        (gettext("It calls itself"), answer.title),
        (gettext("It decided"), rounds.outcome(answer.outcome)),
        (gettext("Because"), rounds.reason(answer.reason)),
        (gettext("Its words"), federating.words_of(answer)),
    )


def combine(act: Act) -> Told:
    """Say what the assemblies give together."""
    return Told(
        gettext("Put together what the assemblies decided"),
        (about(act), *_given(act)),
        (gettext("An answer that comes later will not count in this round. Our assembly still has to ratify it."),),
    )


def _given(act: Act) -> tuple[tuple[str, str], ...]:
    """Say the outcome and its reason; nothing once the federation was left."""
    try:
        given = federating.verdict(act.assembly, str(act.params["proposal"]))
    except Refused:
        return ()
    return (gettext("It gives"), rounds.outcome(given.outcome)), (gettext("Because"), rounds.reason(given.reason))


def about(act: Act) -> tuple[str, str]:
    """Name the proposal an act is about."""
    found = proposals.proposal(act.assembly, str(act.params["proposal"]))
    return gettext("Proposal"), pick(found.draft.text).text if found else str(act.params["proposal"])
