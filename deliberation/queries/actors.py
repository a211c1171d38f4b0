"""Kinds of actors around an assembly, with the stance its protocol takes towards each."""

from dataclasses import dataclass

from sqlalchemy import select

from commons.assembly import Assembly
from commons.db import session
from deliberation.domain.actors import ActorCard, read_actor
from deliberation.domain.protocol import Posture, Protocol, Words
from deliberation.models import ActorRow
from deliberation.queries import settled
from surveys.domain.questionnaire import alike


@dataclass(frozen=True, slots=True)
class Around:
    """A kind of actor the assembly wrote down; `posture` is None where its protocol says nothing of it."""

    code: str
    card: ActorCard
    posture: Posture | None


def actors(assembly: Assembly) -> tuple[Around, ...]:
    """Return every kind of actor the assembly wrote down, the most influential first, then by attitude and code."""
    protocol = settled.protocol(assembly)
    rows = session.scalars(select(ActorRow).where(ActorRow.assembly == assembly.id))
    found = [Around(row.code, read_actor(row.words, row.content), _posture(row.words, protocol)) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.card.influence, one.card.attitude, one.code)))


def actor(assembly: Assembly, code: str) -> Around | None:
    """Return one of them, or None."""
    return next((one for one in actors(assembly) if one.code == code), None)


def _posture(words: Words, protocol: Protocol) -> Posture | None:
    """Return the stance towards an actor the protocol calls the same in some language."""
    called = {(tag, alike(text)) for tag, text in words.items()}
    same = (one for one in protocol.actors if called & {(tag, alike(text)) for tag, text in one.words.items()})
    return next((one.posture for one in same), None)
