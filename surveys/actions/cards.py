"""Card sets: drawn once, printed once, and from then on only recognised."""

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.security import entropy, unwrap, wrap
from surveys.domain import cards
from surveys.domain.cards import Code
from surveys.models import CardSet, Credential

PURPOSE = "card set"
KEY_SIZE = 32


@transaction
def draw(assembly: Assembly, size: int) -> tuple[Code, ...]:
    """Draw a new season's cards and return their codes, to be printed now: they are kept nowhere.

    The set in use before is retired: its open surveys go on, but no new one may use it.
    """
    codes, key, set_key = cards.draw(size, entropy), new_id(), secrets.token_bytes(KEY_SIZE)
    retired = (CardSet.assembly == assembly.id) & (CardSet.state == "current")
    session.execute(update(CardSet).where(retired).values(state="retired"))
    row = CardSet(assembly=assembly.id, id=key, size=size, key=wrap(PURPOSE, set_key), state="current")
    session.add(row)
    session.flush()
    verifiers = sorted(cards.verifier(set_key, code) for code in codes)
    rows = [{"assembly": assembly.id, "card_set": key, "verifier": verifier} for verifier in verifiers]
    session.execute(insert(Credential), rows)
    return codes


@transaction
def void(assembly: Assembly, card_set: bytes, codes: Iterable[Code]) -> int:
    """Void cards that were never drawn, or were given in for paper. Return how many were known."""
    row = session.scalars(select(CardSet).where(CardSet.assembly == assembly.id, CardSet.id == card_set)).one()
    set_key = unwrap(PURPOSE, row.key)
    verifiers = [cards.verifier(set_key, code) for code in codes]
    mine = (Credential.assembly == assembly.id) & (Credential.card_set == card_set)
    gone = session.execute(delete(Credential).where(mine, Credential.verifier.in_(verifiers)))
    return gone.rowcount  # type: ignore[attr-defined, no-any-return]
