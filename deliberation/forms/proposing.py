"""What a proposal says of itself, how an objection was met, what was said aloud: as typed by one of the circle."""

from collections.abc import Mapping
from dataclasses import replace

from wtforms import BooleanField, SelectField, StringField

from deliberation.actions.proposals import How
from deliberation.domain.protocol import Contact, Draft, Effect, Protocol, Relation
from deliberation.domain.rounds import BLOCK, HARM
from deliberation.domain.talk import Side
from deliberation.forms.fields import Day, Each, Several, WordsField
from deliberation.forms.nameless import Nameless, nobody, unnamed
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking


class ProposalForm(Nameless):
    """The text of a proposal and what it has to say before a round. Only the text is needed at once."""

    text = WordsField(validators=[Needed(asking.text), unnamed])
    facts = WordsField(validators=[unnamed])
    threats = Several()
    measure = StringField()
    serves = Several()
    strains = Several()
    reach = Each()
    protects = WordsField(validators=[nobody])
    endangers = WordsField(validators=[nobody])
    effort = WordsField(validators=[nobody])
    contact = Each()
    review = Day()
    replaces = StringField()
    emergency = BooleanField()
    internal = BooleanField()
    made_from = Several()

    def draft(self, before: Draft) -> Draft:
        """What was typed, with whatever of the text before is not asked here."""
        return replace(
            before,
            text=self.text.data,
            facts=self.facts.data,
            threats=frozenset(self.threats.data),
            measure=str(self.measure.data or ""),
            serves=frozenset(self.serves.data) - frozenset(self.strains.data),
            strains=frozenset(self.strains.data),
            reach=_reach(self.reach.data),
            protects=self.protects.data,
            endangers=self.endangers.data,
            effort=self.effort.data,
            contacts=_contacts(self.contact.data),
            review=self.review.data,
            replaces=str(self.replaces.data or ""),
            emergency=bool(self.emergency.data),
            internal=bool(self.internal.data),
            made_from=before.made_from | frozenset(self.made_from.data),
        )


def _reach(given: Mapping[str, str]) -> Mapping[Relation, Effect]:
    whom, how = {one.value: one for one in Relation}, {one.value: one for one in Effect}
    return {whom[one]: how[effect] for one, effect in given.items() if one in whom and effect in how}


def _contacts(given: Mapping[str, str]) -> Mapping[str, Contact]:
    known = {one.value: one for one in Contact}
    return {actor: known[how] for actor, how in given.items() if how in known}


def filled(draft: Draft) -> ProposalForm:
    """Return the form of a proposal as it stands."""
    return ProposalForm(
        data={
            "text": draft.text,
            "facts": draft.facts,
            "threats": sorted(draft.threats),
            "measure": draft.measure,
            "serves": sorted(draft.serves),
            "strains": sorted(draft.strains),
            "reach": {whom.value: effect.value for whom, effect in draft.reach.items()},
            "protects": draft.protects,
            "endangers": draft.endangers,
            "effort": draft.effort,
            "contact": {actor: how.value for actor, how in draft.contacts.items()},
            "review": draft.review,
            "replaces": draft.replaces,
            "emergency": draft.emergency,
            "internal": draft.internal,
            "made_from": sorted(draft.made_from),
        }
    )


class RoundForm(Sheet):
    """The proposals to put to one round, or to one each; under which stage of the rule, rated or not, until when."""

    proposals = Several(validators=[Needed(asking.proposals)])
    closes = Day(validators=[Needed(asking.day)])
    stage = SelectField(choices=[("0", "0"), ("1", "1")], default="0", validate_choice=False)
    way = StringField()
    rated = BooleanField()

    @property
    def step(self) -> int:
        """The stage of the rule, from 0."""
        return int(self.stage.data) if str(self.stage.data).isdecimal() else -1


class Heard(Sheet):
    """The words of the log that were read aloud in the assembly."""

    heard = StringField(validators=[Needed(asking.heard)])


class Spoken(Heard):
    """What a round held aloud gave, with its reason and what was raised. Never a count."""

    verdict = StringField(validators=[Needed(asking.verdict)])
    raised = Several()
    quorum = BooleanField()

    def params(self, slug: str, protocol: Protocol) -> Mapping[str, object]:
        """What the act signs."""
        outcome, _, reason = str(self.verdict.data).partition(" ")
        known = {one.id for one in protocol.criteria} | {BLOCK, HARM}
        return {
            "proposal": slug,
            "outcome": outcome,
            "reason": reason,
            "quorum": bool(self.quorum.data),
            "raised": sorted(known & set(self.raised.data)),
            "heard": str(self.heard.data),
        }


class ReplyForm(Nameless):
    """How something raised was met, and in which words."""

    raised = StringField(validators=[Needed(asking.raised)])
    how = SelectField(choices=[(one.value, one.value) for one in How], validate_choice=False)
    words = WordsField(validators=[Needed(asking.reply), unnamed])

    @property
    def met(self) -> How:
        """How it was met; recorded when nothing known was chosen."""
        return How(self.how.data) if self.how.data in set(How) else How.RECORDED


class Said(Nameless):
    """A question, an answer or a reason, in words."""

    words = WordsField(name="said-words", validators=[Needed(asking.said), unnamed])
    side = SelectField(choices=[(one.value, one.value) for one in Side], validate_choice=False)

    @property
    def speaks_for(self) -> Side:
        """What the reason speaks for; that it depends when nothing known was chosen."""
        return Side(self.side.data) if self.side.data in set(Side) else Side.DEPENDS


class Caucus(Nameless):
    """What one of our talking circles said, in its own words."""

    words = WordsField(name="caucus-words", validators=[Needed(asking.statement), unnamed])
