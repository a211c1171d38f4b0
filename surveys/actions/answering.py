"""Handing in: one card, one sealed ballot. Nothing written here tells whose, when, or after whom."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite

from commons import clock
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.security import unwrap
from surveys.actions.cards import PURPOSE
from surveys.actions.refusals import AlreadyAnswered, CardRefused, SurveyNotOpen
from surveys.domain import cards, sealing
from surveys.domain.cards import Code
from surveys.domain.logic import Answers, accepted
from surveys.domain.questionnaire import Questionnaire
from surveys.models import Ballot, CardSet, Credential, SurveyRow

NULLIFIER = "nullifier"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Box:
    """What a hand-in needs to know of an open survey."""

    id: bytes
    fingerprint: bytes
    box_key: bytes
    nullifier_key: bytes
    card_set: bytes
    set_key: bytes
    number: int


def hand_in(assembly: Assembly, slug: str, questionnaire: Questionnaire, code: Code, answers: Answers) -> None:
    """Put one sealed ballot in the box.

    Raises `SurveyNotOpen`, `CardRefused`, `AlreadyAnswered`, or `Unfit` for answers that do not fit: nothing is spent.
    The ballot is sealed before the write lock is taken, so that many may hand in together.
    """
    box = _open_box(assembly, slug)
    witness = cards.witness(code, box.number)
    plain = sealing.encode(questionnaire, box.fingerprint, witness, accepted(questionnaire, answers))
    _put(assembly, box, code, sealing.seal(plain, box.box_key))


def _open_box(assembly: Assembly, slug: str) -> _Box:
    joined = (CardSet.assembly == SurveyRow.assembly) & (CardSet.id == SurveyRow.card_set)
    query = select(SurveyRow, CardSet.key).join(CardSet, joined)
    found = session.execute(query.where(SurveyRow.assembly == assembly.id, SurveyRow.slug == slug)).first()
    if found is None or not _accepts(found[0].state, found[0].closes, assembly):
        raise SurveyNotOpen
    row, set_key = found
    return _Box(
        row.id,
        _there(row.fingerprint),
        _there(row.box_key),
        unwrap(NULLIFIER, _there(row.nullifier_key)),
        _there(row.card_set),
        unwrap(PURPOSE, set_key),
        _there(row.number),
    )


def _there(value: T | None) -> T:
    """Return what an open survey always has."""
    if value is None:
        raise SurveyNotOpen
    return value


def _accepts(state: str, closes: date, assembly: Assembly) -> bool:
    return state == "open" and clock.today(assembly) <= closes


@transaction
def _put(assembly: Assembly, box: _Box, code: Code, ciphertext: bytes) -> None:
    known = exists().where(
        Credential.assembly == assembly.id,
        Credential.card_set == box.card_set,
        Credential.verifier == cards.verifier(box.set_key, code),
    )
    mine = (SurveyRow.assembly == assembly.id) & (SurveyRow.id == box.id)
    state, closes, may = session.execute(
        select(SurveyRow.state, SurveyRow.closes, known).where(mine).with_for_update(read=True, of=SurveyRow)
    ).one()
    if not _accepts(state, closes, assembly):
        raise SurveyNotOpen
    if not may:
        raise CardRefused
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Ballot).values(
        assembly=assembly.id,
        survey=box.id,
        id=new_id(),
        nullifier=cards.nullifier(box.nullifier_key, code),
        ciphertext=ciphertext,
    )
    if not session.execute(row.on_conflict_do_nothing()).rowcount:  # type: ignore[attr-defined]
        raise AlreadyAnswered
