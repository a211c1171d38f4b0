"""The community's protocol: principles, criteria, and the posture it takes towards each kind of actor.

A proposal says which criteria it serves or strains and whom it would have us deal with; what contradicts a posture is
stopped, with the reason. Actors are kinds (a company, an institution), never a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from deliberation.domain.talk import Talk, read_talk, write_talk
from surveys.domain.questionnaire import read_rows, read_words

Words = Mapping[str, str]
Key = TypeVar("Key")
Value = TypeVar("Value")


class Posture(StrEnum):
    """How the community has agreed to stand towards a kind of actor."""

    NO_DIALOGUE = "no_dialogue"
    DEMAND_DUTY = "demand_duty"
    INFORM_ONLY = "inform_only"
    COOPERATE = "cooperate"
    OBSERVE = "observe"


class Contact(StrEnum):
    """What a proposal would have us do with a kind of actor."""

    MEET = "meet"
    DEMAND = "demand"
    INFORM = "inform"
    WORK_WITH = "work_with"
    WATCH = "watch"


class Relation(StrEnum):
    """Whom safety ties us to: what protects one of us may endanger them."""

    HOUSEHOLD = "household"
    FRIENDS = "friends"
    NEIGHBOURS = "neighbours"
    WORKMATES = "workmates"


class Effect(StrEnum):
    """What a proposal would do to those people."""

    PROTECTS = "protects"
    ENDANGERS = "endangers"
    BOTH = "both"
    NEITHER = "neither"


class Missing(StrEnum):
    """What a proposal still has to say before a round."""

    TEXT = "text"
    THREATS = "threats"
    CRITERIA = "criteria"
    REACH = "reach"
    EFFORT = "effort"
    REVIEW = "review"


ALLOWED: Mapping[Posture, frozenset[Contact]] = {
    Posture.NO_DIALOGUE: frozenset({Contact.WATCH}),
    Posture.DEMAND_DUTY: frozenset({Contact.MEET, Contact.DEMAND, Contact.INFORM, Contact.WATCH}),
    Posture.INFORM_ONLY: frozenset({Contact.INFORM, Contact.WATCH}),
    Posture.COOPERATE: frozenset(Contact),
    Posture.OBSERVE: frozenset({Contact.WATCH}),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One principle people can hold a proposal against."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Actor:
    """A kind of actor and the posture agreed towards it."""

    id: str
    words: Words
    posture: Posture


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version of the protocol; version 0 is empty, before the first was adopted."""

    version: int = 0
    principles: Words = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a proposal says of itself. `serves` and `strains` are criteria; `contacts` are by kind of actor.

    `measure` is the measure it would put to work; `emergency` lets one person on duty start it for some days once it is
    adopted; `protocol` is the text of a new protocol it would adopt; `replaces` is a decision it would amend;
    `internal`: it is decided among ourselves, nobody from outside is present and nothing of it goes to allies;
    `made_from` are the proposals, or the call, whose texts were merged into it or which it was split from.
    """

    text: Words = field(default_factory=dict)
    facts: Words = field(default_factory=dict)
    measure: str = ""
    emergency: bool = False
    internal: bool = False
    protocol: Protocol | None = None
    replaces: str = ""
    threats: frozenset[str] = frozenset()
    serves: frozenset[str] = frozenset()
    strains: frozenset[str] = frozenset()
    reach: Mapping[Relation, Effect] = field(default_factory=dict)
    protects: Words = field(default_factory=dict)
    endangers: Words = field(default_factory=dict)
    effort: Words = field(default_factory=dict)
    review: date | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    made_from: frozenset[str] = frozenset()
    talk: Talk = field(default_factory=Talk)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contact that a posture rules out, and the posture that does."""

    actor: str
    contact: Contact
    posture: Posture


def conflicts(proposal: Draft, protocol: Protocol) -> tuple[Conflict, ...]:
    """Return every contact of the proposal that a posture rules out, by actor.

    An actor the protocol says nothing of rules nothing out. A conflict stops the proposal: only another round, on the
    posture itself, can open the way.
    """
    postures = {actor.id: actor.posture for actor in protocol.actors}
    return tuple(
        Conflict(actor, contact, postures[actor])
        for actor, contact in sorted(proposal.contacts.items())
        if actor in postures and contact not in ALLOWED[postures[actor]]
    )


def out_of(texts: Mapping[str, Draft]) -> Draft:
    """Return where a text made out of others begins: several are merged, one is split, and it says which.

    It names all their threats, criteria and contacts that agree. What only one text can say (words, review, measure)
    is taken over from one text alone, and left empty when there are several.
    """
    drafts = tuple(texts.values())
    alone = drafts[0] if len(drafts) == 1 else Draft()
    return replace(
        alone,
        internal=any(one.internal for one in drafts),
        threats=frozenset().union(*(one.threats for one in drafts)),
        serves=frozenset().union(*(one.serves for one in drafts)),
        strains=frozenset().union(*(one.strains for one in drafts)),
        contacts=_agreed([one.contacts for one in drafts]),
        reach=_agreed([one.reach for one in drafts]),
        made_from=frozenset(texts),
        talk=Talk(),
    )


def _agreed(said: Sequence[Mapping[Key, Value]]) -> Mapping[Key, Value]:
    """Return what nobody says otherwise."""
    every = {(key, value) for one in said for key, value in one.items()}
    return {key: value for key, value in every if sum(key == other for other, _ in every) == 1}


def missing(proposal: Draft, protocol: Protocol) -> tuple[Missing, ...]:
    """Return what the proposal has yet to say before it can go to a round, in the order a form asks it.

    Criteria are asked only once a protocol has some.
    """
    known = {criterion.id for criterion in protocol.criteria}
    said = {
        Missing.TEXT: _some(proposal.text),
        Missing.THREATS: bool(proposal.threats) or proposal.protocol is not None,
        Missing.CRITERIA: not known or bool(known & (proposal.serves | proposal.strains)),
        Missing.REACH: set(proposal.reach) == set(Relation),
        Missing.EFFORT: _some(proposal.effort),
        Missing.REVIEW: proposal.review is not None,
    }
    return tuple(part for part, done in said.items() if not done)


def read_protocol(data: Mapping[str, object], version: int) -> Protocol:
    """Read a protocol from data as `write_protocol` leaves it. Raises ValueError on a posture that does not exist."""
    return Protocol(
        version,
        read_words(data.get("principles")),
        tuple(Criterion(str(one["id"]), read_words(one["words"])) for one in read_rows(data.get("criteria"))),
        tuple(
            Actor(str(one["id"]), read_words(one["words"]), Posture(str(one["posture"])))
            for one in read_rows(data.get("actors"))
        ),
    )


def write_protocol(protocol: Protocol) -> dict[str, object]:
    """Return the data of a protocol, without its version."""
    return {
        "principles": dict(protocol.principles),
        "criteria": [{"id": one.id, "words": dict(one.words)} for one in protocol.criteria],
        "actors": [{"id": one.id, "words": dict(one.words), "posture": one.posture.value} for one in protocol.actors],
    }


def read_draft(data: Mapping[str, object]) -> Draft:
    """Read what a proposal says of itself as `write_draft` leaves it. Raises ValueError on an unknown word."""
    review, protocol = data.get("review"), data.get("protocol")
    return Draft(
        text=read_words(data.get("text")),
        facts=read_words(data.get("facts")),
        protects=read_words(data.get("protects")),
        endangers=read_words(data.get("endangers")),
        effort=read_words(data.get("effort")),
        threats=frozenset(_texts(data.get("threats"))),
        serves=frozenset(_texts(data.get("serves"))),
        strains=frozenset(_texts(data.get("strains"))),
        measure=str(data.get("measure", "")),
        replaces=str(data.get("replaces", "")),
        emergency=data.get("emergency") is True,
        internal=data.get("internal") is True,
        protocol=read_protocol(protocol, 0) if isinstance(protocol, Mapping) else None,
        review=date.fromisoformat(review) if isinstance(review, str) else None,
        contacts={actor: Contact(one) for actor, one in read_words(data.get("contacts")).items()},
        reach={Relation(whom): Effect(one) for whom, one in read_words(data.get("reach")).items()},
        made_from=frozenset(_texts(data.get("made_from"))),
        talk=read_talk(data.get("talk")),
    )


def text_alone(content: Mapping[str, object]) -> dict[str, object]:
    """Return the data of a proposal without what was said about it: what acts sign, and the log speaks of."""
    return {name: value for name, value in content.items() if name != "talk"}


def write_draft(draft: Draft) -> dict[str, object]:
    """Return the data of a proposal, the same for equal proposals."""
    return {
        "text": dict(draft.text),
        "facts": dict(draft.facts),
        "protects": dict(draft.protects),
        "endangers": dict(draft.endangers),
        "effort": dict(draft.effort),
        "threats": sorted(draft.threats),
        "serves": sorted(draft.serves),
        "strains": sorted(draft.strains),
        "measure": draft.measure,
        "replaces": draft.replaces,
        "emergency": draft.emergency,
        **({"internal": True} if draft.internal else {}),
        "protocol": None if draft.protocol is None else write_protocol(draft.protocol),
        "review": None if draft.review is None else draft.review.isoformat(),
        "contacts": {actor: contact.value for actor, contact in sorted(draft.contacts.items())},
        "reach": {whom.value: effect.value for whom, effect in sorted(draft.reach.items())},
        "made_from": sorted(draft.made_from),
        "talk": write_talk(draft.talk),
    }


def _texts(data: object) -> list[str]:
    """Read a list of codes."""
    return [str(one) for one in data] if isinstance(data, list) else []


def _some(words: Words) -> bool:
    """Tell whether anything is said in any language."""
    return any(text.strip() for text in words.values())
