"""Card sets: drawn once, printed once, and from then on only recognised."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Act, Carried, Refused
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
    session.execute(update(CardSet).where(_current(assembly)).values(state="retired"))
    row = CardSet(assembly=assembly.id, id=key, size=size, key=wrap(PURPOSE, set_key), state="current")
    session.add(row)
    session.flush()
    verifiers = sorted(cards.verifier(set_key, code) for code in codes)
    rows = [{"assembly": assembly.id, "card_set": key, "verifier": verifier} for verifier in verifiers]
    session.execute(insert(Credential), rows)
    return codes


def recognised(assembly: Assembly, codes: Iterable[Code]) -> Mapping[str, object]:
    """Return the params of the act that voids these cards of the set in use: never a code, only what recognises it.

    Raises `Refused` when none of them is one of the set's.
    """
    row = session.scalars(select(CardSet).where(_current(assembly))).first()
    if row is None:
        raise Refused("no_cards")
    set_key = unwrap(PURPOSE, row.key)
    typed = {cards.verifier(set_key, code) for code in codes}
    params = {"cards": sorted(one.hex() for one in typed), "set": row.id.hex()}
    void_touches(assembly, params)
    return params


def void_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Touch nothing but cards that exist. Raises `Refused` when one does not, or none is named."""
    wanted = _credentials(assembly, params)
    if not params["cards"] or session.scalar(select(func.count()).where(wanted)) != len(_listed(params["cards"])):
        raise Refused("no_such_card")
    return {}


def void(act: Act, _prepared: object) -> Carried:
    """Delete what recognises these cards: drawn by nobody, or given in for paper."""
    gone = session.scalars(
        delete(Credential).where(_credentials(act.assembly, act.params)).returning(Credential.verifier)
    )
    return Carried({"voided": len(gone.all())})


def _credentials(assembly: Assembly, params: Mapping[str, object]) -> ColumnElement[bool]:
    mine = (Credential.assembly == assembly.id) & (Credential.card_set == bytes.fromhex(str(params["set"])))
    return mine & Credential.verifier.in_([bytes.fromhex(str(one)) for one in _listed(params["cards"])])


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _current(assembly: Assembly) -> ColumnElement[bool]:
    return (CardSet.assembly == assembly.id) & (CardSet.state == "current")
