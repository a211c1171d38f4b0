"""Kinds of actors around an assembly, written down by any one facilitator and seen by every member."""

from sqlalchemy import select

from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.domain.actors import ActorCard, write_actor
from deliberation.models import ActorRow
from surveys.domain.names import Doubt, doubted

MOST = 60


@transaction
def keep_actor(assembly: Assembly, card: ActorCard, code: str = "", *, sure: bool = False) -> str:
    """Keep a kind of actor, new or changed, and return its code.

    Raises `Refused` without words, for what looks like a person's name ("a_person"; "maybe_a_person" unless `sure`),
    and beyond sixty of them.
    """
    circle.guard(assembly, "actor")
    if not any(text.strip() for text in card.words.values()):
        raise Refused("no_words")
    found = doubted(card.words, card.intention, card.capability)
    if found is Doubt.PERSON:
        raise Refused("a_person")
    if found is Doubt.MAYBE and not sure:
        raise Refused("maybe_a_person")
    row = _find(assembly, code) if code else ActorRow(assembly=assembly.id, id=new_id(), code=_free(assembly))
    row.words, row.content = dict(card.words), write_actor(card)
    session.add(row)
    return row.code


@transaction
def forget_actor(assembly: Assembly, code: str) -> None:
    """Forget a kind of actor; stances of the protocol stay. Raises `Refused` when it is not kept."""
    circle.guard(assembly, "actor")
    session.delete(_find(assembly, code))


def _find(assembly: Assembly, code: str) -> ActorRow:
    mine = select(ActorRow).where(ActorRow.assembly == assembly.id, ActorRow.code == code)
    row = session.scalars(mine).first()
    if row is None:
        raise Refused("not_kept")
    return row


def _free(assembly: Assembly) -> str:
    codes = set(session.scalars(select(ActorRow.code).where(ActorRow.assembly == assembly.id)))
    if len(codes) >= MOST:
        raise Refused("too_many_actors")
    return next(code for number in range(1, MOST + 1) if (code := f"actor-{number}") not in codes)
