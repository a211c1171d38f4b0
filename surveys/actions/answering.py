"""Handing in: one card, one sealed ballot. Nothing written here tells whose, when, or after whom."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from commons import clock
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.security import unwrap
from surveys.actions.cards import keys_of
from surveys.actions.refusals import AlreadyAnswered, CardRefused, SurveyNotOpen
from surveys.domain import cards, sealing
from surveys.domain.cards import Code
from surveys.domain.logic import Answers, accepted
from surveys.domain.questionnaire import Questionnaire
from surveys.models import Ballot, CardSet, Credential, SurveyRow

NULLIFIER = "nullifier"
COUNTS, LAST = "counts", "last"
T = TypeVar("T")


_survey, _set, _card = SurveyRow.__table__.c, CardSet.__table__.c, Credential.__table__.c
_BOX = select(
    _survey.id,
    _survey.fingerprint,
    _survey.box_key,
    _survey.nullifier_key,
    _survey.card_set,
    _survey.number,
    _survey.state,
    _survey.opens,
    _survey.closes,
    _survey.terms,
    _set.key.label("set_key"),
).where(
    _survey.assembly == bindparam("place"),
    _survey.slug == bindparam("slug"),
    _set.assembly == _survey.assembly,
    _set.id == _survey.card_set,
)
_KNOWN = exists().where(
    _card.assembly == bindparam("place"), _card.card_set == bindparam("set"), _card.verifier == bindparam("card")
)
_STANDING = (
    select(_survey.state, _survey.opens, _survey.closes, _KNOWN)
    .where(_survey.assembly == bindparam("place"), _survey.id == bindparam("survey"))
    .with_for_update(read=True, of=SurveyRow.__table__)
)
_ballots = Ballot.metadata.tables[Ballot.__tablename__]
_INSERT = {
    "sqlite": sqlite.insert(_ballots).on_conflict_do_nothing().execution_options(preserve_rowcount=True),
    "postgresql": postgresql.insert(_ballots).on_conflict_do_nothing().execution_options(preserve_rowcount=True),
}
"""Built once: these three statements are all a hand-in asks of the room's tables."""


@dataclass(frozen=True, slots=True)
class _Box:
    """What a hand-in needs to know of an open survey."""

    id: bytes
    fingerprint: bytes
    box_key: bytes
    nullifier_key: bytes
    card_set: bytes
    set_key: bytes
    witness_key: bytes
    number: int
    last_counts: bool


def hand_in(assembly: Assembly, slug: str, questionnaire: Questionnaire, code: Code, answers: Answers) -> None:
    """Put one sealed ballot in the box.

    Raises `SurveyNotOpen`, `CardRefused`, `AlreadyAnswered`, or `Unfit` for answers that do not fit: nothing is spent.
    The ballot is sealed before the write lock is taken, so that many may hand in together.
    """
    box = _open_box(assembly, slug)
    witness = cards.witness(code, box.number, box.witness_key)
    plain = sealing.encode(questionnaire, box.fingerprint, witness, accepted(questionnaire, answers))
    _put(assembly, box, code, sealing.seal(plain, box.box_key))


def _open_box(assembly: Assembly, slug: str) -> _Box:
    row = session.execute(_BOX, {"place": assembly.id, "slug": slug}).first()
    if row is None or not _accepts(row.state, row.opens, row.closes, assembly):
        raise SurveyNotOpen
    return _Box(
        row.id,
        _there(row.fingerprint),
        _there(row.box_key),
        unwrap(NULLIFIER, _there(row.nullifier_key)),
        _there(row.card_set),
        *keys_of(row.set_key),
        _there(row.number),
        last_counts(row.terms),
    )


def last_counts(terms: str) -> bool:
    """Tell whether a card that answers again replaces what it said: frozen with the survey, first counts if unsaid."""
    return bool(json.loads(terms).get(COUNTS) == LAST)


def _there(value: T | None) -> T:
    """Return what an open survey always has."""
    if value is None:
        raise SurveyNotOpen
    return value


def _accepts(state: str, opens: date | None, closes: date, assembly: Assembly) -> bool:
    return state == "open" and opens is not None and opens <= clock.today(assembly) <= closes


@transaction
def _put(assembly: Assembly, box: _Box, code: Code, ciphertext: bytes) -> None:
    shown = {"place": assembly.id, "survey": box.id, "set": box.card_set, "card": cards.verifier(box.set_key, code)}
    state, opens, closes, known = session.execute(_STANDING, shown).one()
    if not _accepts(state, opens, closes, assembly):
        raise SurveyNotOpen
    if not known:
        raise CardRefused
    row = {
        "assembly": assembly.id,
        "survey": box.id,
        "id": new_id(),
        "nullifier": cards.nullifier(box.nullifier_key, code),
        "ciphertext": ciphertext,
    }
    if box.last_counts:
        _replace(row)
    elif not _added(row):
        raise AlreadyAnswered


def _added(row: Mapping[str, object]) -> bool:
    return bool(session.execute(_INSERT[session.get_bind().dialect.name], row).rowcount)  # type: ignore[attr-defined]  # an insert has one


def _replace(row: Mapping[str, object]) -> None:
    """Put the ballot in as a new row. One the card handed in before goes; nothing tells whether there was one.

    Where many may write at once, another hand-in with the same card may come between: then that one goes too.
    """
    said = (Ballot.assembly == row["assembly"]) & (Ballot.survey == row["survey"])
    session.execute(delete(Ballot).where(said & (Ballot.nullifier == row["nullifier"])))
    while not _added(row):
        session.execute(delete(Ballot).where(said & (Ballot.nullifier == row["nullifier"])))
