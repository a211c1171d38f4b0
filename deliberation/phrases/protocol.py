"""The protocol, and what a proposal still lacks or contradicts, in words."""

from commons.i18n import gettext, pick
from deliberation.domain.protocol import (
    Conflict,
    Contact,
    Draft,
    Effect,
    Missing,
    Posture,
    Protocol,
    Relation,
)


def posture(found: Posture) -> str:
    """Name the stance of the community towards a kind of actor."""
    words = {
        Posture.NO_DIALOGUE: gettext("no dialogue"),
        Posture.DEMAND_DUTY: gettext("demand that they do their duty"),
        Posture.INFORM_ONLY: gettext("inform them only"),
        Posture.COOPERATE: gettext("work together"),
        Posture.OBSERVE: gettext("watch them"),
    }
    return words[found]


def contact(found: Contact) -> str:
    """Name what a proposal would have us do with a kind of actor."""
    words = {
        Contact.MEET: gettext("meet them"),
        Contact.DEMAND: gettext("demand something of them"),
        Contact.INFORM: gettext("inform them"),
        Contact.WORK_WITH: gettext("work with them"),
        Contact.WATCH: gettext("watch them"),
    }
    return words[found]


def relation(found: Relation) -> str:
    """Name those to whom safety ties us."""
    words = {
        Relation.HOUSEHOLD: gettext("Our households"),
        Relation.FRIENDS: gettext("Our friends"),
        Relation.NEIGHBOURS: gettext("Our neighbours"),
        Relation.WORKMATES: gettext("Our workmates"),
    }
    return words[found]


def effect(found: Effect) -> str:
    """Say what a proposal would do to some people."""
    words = {
        Effect.PROTECTS: gettext("it protects them too"),
        Effect.ENDANGERS: gettext("it could endanger them"),
        Effect.BOTH: gettext("it protects them, and could endanger them"),
        Effect.NEITHER: gettext("it changes nothing for them"),
    }
    return words[found]


def reach(draft: Draft) -> list[tuple[str, str]]:
    """Return what a proposal would do to each of those to whom safety ties us, as far as it says so."""
    return [(relation(one), effect(draft.reach[one])) for one in Relation if one in draft.reach]


def missing(found: Missing) -> str:
    """Say what a proposal has yet to say before a round."""
    words = {
        Missing.TEXT: gettext("Write what is proposed."),
        Missing.THREATS: gettext("Choose the threats it acts on."),
        Missing.CRITERIA: gettext("Say which of our principles it serves or strains."),
        Missing.REACH: gettext("Say what it does to households, friends, neighbours and workmates."),
        Missing.EFFORT: gettext("Say which group carries the effort."),
        Missing.REVIEW: gettext("Say when it is looked at again."),
    }
    return words[found]


def conflict(found: Conflict, protocol: Protocol) -> str:
    """Say why the protocol stops a proposal, and what could open the way."""
    actors = {actor.id: pick(actor.words).text for actor in protocol.actors}
    return gettext(
        "%(actor)s: what is proposed is to %(contact)s. Our protocol says: %(posture)s. Only a round on the protocol "
        "itself can change that.",
        contact=contact(found.contact),
        actor=actors.get(found.actor, found.actor),
        posture=posture(found.posture),
    )


def contacts(draft: Draft, protocol: Protocol) -> list[tuple[str, str]]:
    """Return each kind of actor a proposal deals with, and what it would have us do."""
    named = {actor.id: pick(actor.words).text for actor in protocol.actors}
    return [(named.get(actor, actor), contact(how)) for actor, how in sorted(draft.contacts.items())]
