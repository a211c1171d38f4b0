"""Acts on proposals and decisions, in words: they write down what the assembly did, never do it in its place."""

from collections.abc import Iterable, Mapping
from datetime import date

from commons.acts import Act
from commons.assembly import Assembly
from commons.i18n import gettext, pick
from commons.pages import Told
from deliberation.actions.records import worded
from deliberation.domain.presets import Preset
from deliberation.domain.protocol import Protocol
from deliberation.domain.rounds import BLOCK, Stage
from deliberation.domain.rules import Outcome, Reason
from deliberation.phrases import lived, rounds, ruling
from deliberation.phrases.numbers import day, listed
from deliberation.queries import decided, proposals, settled
from surveys.domain.questionnaire import Words

Fact = tuple[str, str]


def ratify(act: Act) -> Told:
    """Say that the assembly heard the verdict and made it its own."""
    found = proposals.proposal(act.assembly, str(act.params["proposal"]))
    verdict = found.way.verdict if found else None
    given = () if verdict is None else (
        (gettext("The round gave"), rounds.outcome(verdict.outcome)),
        (gettext("Because"), rounds.reason(verdict.reason)),
    )  # fmt: skip
    return Told(
        gettext("Record that the assembly ratified"),
        (_about(act), *given, _heard(act)),
        (
            gettext(
                "Sign only if the assembly was called for this, heard the log’s words and this verdict, and said yes."
            ),
        ),
    )


def aloud(act: Act) -> Told:
    """Say that a round was held aloud, and what it gave."""
    raised = act.params.get("raised")
    objections = objected(settled.protocol(act.assembly), map(str, raised) if isinstance(raised, list) else ())
    return Told(
        gettext("Record a round held aloud"),
        (
            _about(act),
            (gettext("It gave"), rounds.outcome(Outcome(str(act.params["outcome"])))),
            (gettext("Because"), rounds.reason(Reason(str(act.params["reason"])))),
            (gettext("Raised against it"), listed(objections) or gettext("nothing")),
            _heard(act),
        ),
        (gettext("Write down no count and no name. The assembly still has to ratify it."),),
    )


def go_on(act: Act) -> Told:
    """Say that the assembly takes the text up again: as before, or under the next part of its rule."""
    rule, stage = settled.collective(act.assembly).rule, act.params.get("stage")
    if rule is not None and isinstance(stage, int) and 0 < stage < len(rule.stages):
        return _go_on_to(act, rule, stage)
    effect = gettext("The verdict is not ratified. The text goes back to be amended, and to another round.")
    return Told(gettext("Go on talking"), (_about(act), (gettext("Effect"), effect)))


def _go_on_to(act: Act, rule: Preset, stage: int) -> Told:
    """Say that the assembly, and nobody else, lets a text go on to another part of its rule."""
    return Told(
        gettext("The assembly goes on to another part of our rule"),
        (
            _about(act),
            (gettext("Part"), rounds.stages(rule)[stage]),
            (gettext("We go on to it"), ruling.after(rule.after[stage - 1])),
            _heard(act),
        ),
        (gettext("Sign only if it was so in the assembly: no circle and no facilitator decides this."),),
    )


def take_back(act: Act) -> Told:
    """Say that a proposal is withdrawn."""
    return Told(
        gettext("Withdraw a proposal"), (_about(act), (gettext("Effect"), gettext("Nothing was decided on it.")))
    )


def review(act: Act) -> Told:
    """Say how a decision was looked at again."""
    kept = act.params.get("ending") == Stage.CONFIRMED
    ending = gettext("It stays in force.") if kept else gettext("It is withdrawn.")
    again = ((gettext("Looked at again on"), day(date.fromisoformat(str(act.params["review"])))),) if kept else ()
    text = decision_title(act, str(act.params["decision"]))
    return Told(
        gettext("Record what the assembly decided on looking again"),
        ((gettext("Decision"), text), (gettext("Effect"), ending), *again, *lived.answers(act.params), _heard(act)),
        (gettext("Sign only if the assembly was called for this and said yes."),),
    )


def caucus(act: Act) -> Told:
    """Say what one of our talking circles asks to have heard."""
    words = worded(act.assembly, act.params).get("words")
    return Told(
        gettext("Say what one of our talking circles said"),
        (
            (gettext("About"), about(act.assembly, str(act.params["about"]))),
            (gettext("In its words"), pick(words).text if isinstance(words, Mapping) else ""),
        ),
        (
            gettext(
                "It is shown as said by one of our talking circles, and never by which. "
                "Once in three months about the same thing."
            ),
        ),
    )


def title(text: Words) -> str:
    """Return the text of a proposal or a decision as its title."""
    return pick(text).text


def decision_title(act: Act, slug: str) -> str:
    """Return the text of a decision."""
    return next((title(one.draft.text) for one in decided.decisions(act.assembly) if one.slug == slug), slug)


def about(assembly: Assembly, code: str) -> str:
    """Name the threat or the proposal something is about."""
    named = {one.code: pick(one.words).text for one in settled.threats(assembly)}
    found = proposals.proposal(assembly, code)
    return named.get(code) or (title(found.draft.text) if found else code)


def objected(protocol: Protocol, raised: Iterable[str]) -> list[str]:
    """Name what was raised: principles that suffer, and whether somebody blocks."""
    named = {one.id: pick(one.words).text for one in protocol.criteria}
    return [gettext("at least one person blocks it") if one == BLOCK else named.get(one, one) for one in raised]


def _about(act: Act) -> Fact:
    found = proposals.proposal(act.assembly, str(act.params["proposal"]))
    return gettext("Proposal"), title(found.draft.text) if found else str(act.params["proposal"])


def _heard(act: Act) -> Fact:
    return gettext("Words of the log that were read aloud"), str(act.params.get("heard", ""))
