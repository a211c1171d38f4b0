"""Opening a survey: several freeze its questions, and its box is made. Its key is shared out and forgotten.

A box may also be opened ahead, with others like it (`series`), or beside others for one plenary (`sitting`).
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from nacl.public import PublicKey, SealedBox
from sqlalchemy import func, insert, select

from commons import clock, db, log, quorum
from commons.assembly import Assembly
from commons.db import session
from commons.quorum import Act, Carried, Refused
from commons.security import wrap
from surveys.actions import judges
from surveys.actions.answering import COUNTS, LAST, NULLIFIER
from surveys.actions.cards import keys_of
from surveys.domain import sealing
from surveys.domain.cards import SURVEYS
from surveys.domain.questionnaire import fingerprint
from surveys.domain.reading import parsed
from surveys.models import CardSet, Credential, KeyShare, SurveyRow

KEY_SIZE = 32
SHORTEST_REPRIEVE = timedelta(days=14)
OPENINGS = ("surveys.open", "surveys.series", "surveys.sitting")


@dataclass(frozen=True, slots=True)
class Season:
    """The card set surveys will use, the number of the first of them in it, and whether its cards are in halves."""

    card_set: bytes
    number: int
    cards: int
    halves: bool


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of what would be frozen. Raises `Refused` when it cannot be opened."""
    row = ready(assembly, str(params["survey"]))
    season(assembly)
    return {"survey": hashed(row)}


def ready(assembly: Assembly, slug: str) -> SurveyRow:
    """Return a draft that may be opened today. Raises `Refused` when it cannot be."""
    row = find(assembly, slug)
    if row is None or row.state != "draft":
        raise Refused("not_a_draft")
    registered = judges.of(row.kind)
    if registered is None:
        raise Refused("unknown_kind")
    questionnaire = parsed(row.definition)
    if questionnaire.blanks or not questionnaire.items:
        raise Refused("unfinished")
    if row.closes < clock.today(assembly):
        raise Refused("closes_in_the_past")
    terms = json.loads(row.terms)
    if terms.pop(COUNTS, "") == LAST and not season(assembly).halves:
        raise Refused("one_sheet")
    registered.ready(assembly, questionnaire, terms)
    return row


def hashed(row: SurveyRow) -> str:
    """Return the hash of all a draft says."""
    said = f"{row.definition}\x00{row.terms}\x00{row.closes.isoformat()}"
    return sha256(said.encode()).hexdigest()


def carry_out(act: Act, _prepared: object) -> Carried:
    """Freeze the survey, make its box, share the key out to the slots on duty, and let cards in."""
    row = found(act.assembly, str(act.params["survey"]))
    return Carried(freeze(act.assembly, row, clock.today(act.assembly)))


def freeze(assembly: Assembly, row: SurveyRow, opens: date) -> Mapping[str, object]:
    """Freeze a draft whose box takes cards from `opens` on, and return what the log says of it."""
    now, box = season(assembly), sealing.new_box()
    row.fingerprint = fingerprint(row.definition, row.terms)
    row.box_key, row.nullifier_key = box.public, wrap(NULLIFIER, secrets.token_bytes(KEY_SIZE))
    row.card_set, row.number = now.card_set, now.number
    row.opens, row.state = opens, "open"
    session.flush()
    for table in ("ballot", "key_share"):
        db.add_part(table, row.id)
    return {
        "survey": row.slug,
        "fingerprint": row.fingerprint.hex(),
        "box": box.public.hex(),
        "cards": now.cards,
        "closes": row.closes.isoformat(),
        "holders": _share_out(assembly, row, box.secret),
        "number": now.number,
        "until": _until(opens, row.closes).isoformat(),
    }


def opened(assembly: Assembly, slug: str) -> Mapping[str, object]:
    """Return what the log says of the opening of a box, whichever act opened it. Raises `Refused` when none did."""
    for line in (line for kind in OPENINGS for line in log.entries(assembly, kind=kind)):
        boxes = line.payload.get("boxes", [line.payload])
        for facts in boxes if isinstance(boxes, list) else []:
            if facts["survey"] == slug:
                return dict(facts)
    raise Refused("no_box")


def _until(opens: date, closes: date) -> date:
    """Return the last day the box may ever be extended to: as long again as it was open, or two weeks."""
    return closes + max(closes - opens, SHORTEST_REPRIEVE)


def _share_out(assembly: Assembly, row: SurveyRow, secret: bytes) -> list[int]:
    circle = {slot.slot: slot for slot in quorum.slots(assembly) if slot.active}
    shares = sealing.split(secret, row.fingerprint or b"", assembly.k, circle)
    rows = [
        {
            "assembly": assembly.id,
            "survey": row.id,
            "from_slot": slot,
            "to_slot": slot,
            "share": SealedBox(PublicKey(circle[slot].sealing_key)).encrypt(share),
        }
        for slot, share in shares.items()
    ]
    session.execute(insert(KeyShare), rows)
    return sorted(circle)


def season(assembly: Assembly, boxes: int = 1) -> Season:
    """Return the cards in use and the next number free. Raises `Refused` when they do not serve so many boxes more."""
    mine = (CardSet.assembly == assembly.id) & (CardSet.state == "current")
    card_set = session.scalars(select(CardSet).where(mine)).first()
    if card_set is None:
        raise Refused("no_cards")
    used = select(func.count()).where(SurveyRow.assembly == assembly.id, SurveyRow.card_set == card_set.id)
    number = (session.scalar(used) or 0) + 1
    if number + boxes - 1 > SURVEYS:
        raise Refused("cards_used_up")
    known = select(func.count()).where(Credential.assembly == assembly.id, Credential.card_set == card_set.id)
    return Season(card_set.id, number, session.scalar(known) or 0, halves=bool(keys_of(card_set.key)[1]))


def find(assembly: Assembly, slug: str, *, locked: bool = False) -> SurveyRow | None:
    """Return a survey's row, locked while the transaction lasts if asked, or None."""
    mine = select(SurveyRow).where(SurveyRow.assembly == assembly.id, SurveyRow.slug == slug)
    return session.scalars(mine.with_for_update() if locked else mine).first()


def found(assembly: Assembly, slug: str) -> SurveyRow:
    """Return a survey's row, locked while the transaction lasts. Raises `Refused` when there is none."""
    row = find(assembly, slug, locked=True)
    if row is None:
        raise Refused("no_such_survey")
    return row
