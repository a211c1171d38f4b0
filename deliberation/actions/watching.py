"""The threats an assembly watches and the measures it may put to work: taken from the catalogue, then its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select

from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.models import MeasureRow, ThreatRow

Words = Mapping[str, str]
Kept = TypeVar("Kept", ThreatRow, MeasureRow)
OWN: Mapping[type, str] = {ThreatRow: "own-threat", MeasureRow: "own-measure"}


@dataclass(frozen=True, slots=True)
class ThreatCard:
    """What is kept of a threat. An empty code asks for a new one."""

    words: Words
    code: str = ""
    signs: Words = field(default_factory=dict)
    domain: str = ""
    cause: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """What is kept of a measure; `content` is the rest of its card, as in the catalogue."""

    words: Words
    code: str = ""
    content: Mapping[str, object] = field(default_factory=dict)


@transaction
def keep_threat(assembly: Assembly, card: ThreatCard, *, watched: bool = True) -> str:
    """Keep a threat, new or changed, and return its code. Raises `Refused` without words."""
    circle.guard(assembly, "watch")
    row = _row(assembly, ThreatRow, card.words, card.code)
    row.signs = {**card.signs, **({"cause": dict(card.cause)} if card.cause else {})}
    row.domain, row.watched = card.domain, watched
    session.add(row)
    return row.code


@transaction
def keep_measure(assembly: Assembly, card: MeasureCard, *, offered: bool = True) -> str:
    """Keep a measure, new or changed, and return its code. Raises `Refused` without words."""
    circle.guard(assembly, "watch")
    row = _row(assembly, MeasureRow, card.words, card.code)
    row.content, row.offered = dict(card.content), offered
    session.add(row)
    return row.code


@transaction
def keep_several(assembly: Assembly, cards: Sequence[ThreatCard | MeasureCard]) -> None:
    """Keep several new threats or measures, or none of them. Raises `Refused` without words."""
    for card in cards:
        if isinstance(card, ThreatCard):
            keep_threat(assembly, card)
        else:
            keep_measure(assembly, card)


@transaction
def stop_watching(assembly: Assembly, code: str) -> None:
    """Stop asking about a threat; what was decided about it stays. Raises `Refused` when it is not kept."""
    circle.guard(assembly, "watch")
    _there(_find(assembly, ThreatRow, code)).watched = False


@transaction
def stop_offering(assembly: Assembly, code: str) -> None:
    """Stop offering a measure; what was decided of it stays. Raises `Refused` when it is not kept."""
    circle.guard(assembly, "watch")
    _there(_find(assembly, MeasureRow, code)).offered = False


def _row(assembly: Assembly, model: type[Kept], words: Words, code: str) -> Kept:
    """Return the row to write in, with its words: the one of this code, or a new one."""
    said = {tag: text.strip() for tag, text in words.items() if text.strip()}
    if not said:
        raise Refused("no_words")
    row = _find(assembly, model, code) if code else None
    if row is None:
        row = model(assembly=assembly.id, id=new_id(), code=code or _free_code(assembly, model))
    row.words = said
    return row


def _find(assembly: Assembly, model: type[Kept], code: str) -> Kept | None:
    return session.scalars(select(model).where(model.assembly == assembly.id, model.code == code)).first()


def _free_code(assembly: Assembly, model: type[Kept]) -> str:
    codes = set(session.scalars(select(model.code).where(model.assembly == assembly.id)))
    return next(code for number in range(1, len(codes) + 2) if (code := f"{OWN[model]}-{number}") not in codes)


def _there(row: Kept | None) -> Kept:
    if row is None:
        raise Refused("not_kept")
    return row
