"""Counting: several deposit their shares, the box is opened once, whole, in memory, and only its release is kept.

Nothing read here is written anywhere but through `disclosure`. After a crash the opening starts over: until the
release is committed the ballots are there, and once it is they are gone.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random, SystemRandom

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from sqlalchemy import insert, select

from commons import clock, log, quorum
from commons.assembly import Assembly
from commons.db import new_id, session
from commons.quorum import Act, Carried, Keys, Refused
from surveys.actions import contents, judges, sitting, waves
from surveys.actions.opening import find, found
from surveys.domain import closed, disclosure, release, sealing, tally
from surveys.domain.cards import show_witness
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import parsed
from surveys.models import KeyShare, ReleaseRow, SurveyRow, WrittenText

READERS = 2
_lots: Random = SystemRandom()
_read: dict[bytes, int] = {}
"""By box: how much of it, in per cent, an opening in this process has read. It is never written anywhere."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the opening lets out: the release, and the texts sealed to the two who will say them in other words.

    `earlier` are the waves before it that its release was bounded by.
    """

    release: str
    earlier: tuple[int, ...]
    ballots: int
    texts: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class _Box:
    """A closed box, apart from the database."""

    assembly: Assembly
    id: bytes
    slug: str
    kind: str
    fingerprint: bytes
    definition: str
    terms: str
    earlier: tuple[int, ...]

    @property
    def questionnaire(self) -> Questionnaire:
        """What was asked."""
        return parsed(self.definition)


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fingerprint of the box to be opened. Raises `Refused` before its end, or with fewer than K ballots."""
    row = find(assembly, str(params["survey"]))
    if row is None or row.state not in {"open", "ended", "closed"} or row.fingerprint is None:
        raise Refused("no_box")
    if row.state == "open" and clock.today(assembly) <= row.closes:
        raise Refused("still_open")
    if not sitting.over(row, assembly):
        raise Refused("sitting_goes_on")
    if contents.ballots(row) < assembly.floor:
        raise Refused("too_few_ballots")
    return {"survey": row.fingerprint.hex()}


def join(act: Act, keys: Keys) -> None:
    """Deposit a share: seal it again to every other holder. The first deposit closes the box for ever.

    A slot that has deposited already, for another act that asked the same, has nothing more to give.
    """
    row = found(act.assembly, str(act.params["survey"]))
    if touches(act.assembly, act.params) != act.touches:
        raise Refused("changed_since")
    if _deposited(row, keys.slot):
        return
    share = _own(row, keys)
    circle = {slot.slot: slot for slot in quorum.slots(act.assembly)}
    rows = [
        {
            "assembly": act.assembly.id,
            "survey": row.id,
            "from_slot": keys.slot,
            "to_slot": holder,
            "share": SealedBox(PublicKey(circle[holder].sealing_key)).encrypt(share),
        }
        for holder in _holders(row)
        if holder != keys.slot and holder in circle
    ]
    session.execute(insert(KeyShare), rows)
    if row.state != "closed":
        contents.close(act.assembly, row)


def _deposited(row: SurveyRow, slot: int) -> bool:
    mine = (KeyShare.assembly == row.assembly) & (KeyShare.survey == row.id) & (KeyShare.from_slot == slot)
    given = mine & (KeyShare.to_slot != slot)
    return session.scalars(select(KeyShare.to_slot).where(given)).first() is not None


def _holders(row: SurveyRow) -> list[int]:
    mine = (KeyShare.assembly == row.assembly) & (KeyShare.survey == row.id)
    own = mine & (KeyShare.from_slot == KeyShare.to_slot)
    return list(session.scalars(select(KeyShare.from_slot).where(own).order_by(KeyShare.from_slot)))


def _own(row: SurveyRow, keys: Keys) -> bytes:
    share = _shares(row, keys).get(keys.slot)
    if share is None:
        raise Refused("no_share")
    if not sealing.genuine(share, keys.slot, row.fingerprint or b""):
        raise Refused(f"wrong_share:{keys.slot}")
    return share


def _shares(row: SurveyRow, keys: Keys) -> dict[int, bytes]:
    """Return by slot the shares sealed to this one: its own first, then those the others deposited.

    One that does not open is kept as an empty share, which will be named as wrong.
    """
    mine = (KeyShare.assembly == row.assembly) & (KeyShare.survey == row.id) & (KeyShare.to_slot == keys.slot)
    own_first = select(KeyShare).where(mine).order_by(KeyShare.from_slot != keys.slot, KeyShare.from_slot)
    return {held.from_slot: _share(held.share, keys) for held in session.scalars(own_first)}


def _share(sealed: bytes, keys: Keys) -> bytes:
    try:
        return SealedBox(keys.sealing).decrypt(sealed)
    except CryptoError:
        return b""


def prepare(act: Act, keys: Keys) -> Opened:
    """Open the whole box in memory and return what disclosure lets out. No lock is held, nothing is written."""
    row = find(act.assembly, str(act.params["survey"]))
    if row is None:
        raise Refused("no_such_survey")
    said = (row.slug, row.kind, row.fingerprint or b"", row.definition, row.terms)
    box = _Box(act.assembly, row.id, *said, waves.earlier(row))
    secret, held = _secret(row, keys), contents.ballots(row)
    parts: list[tally.Tally] = []
    columns: list[tally.Ballots] = []
    texts: list[tuple[str, str]] = []
    try:
        for plain in _opened(box, secret):
            parts.append(tally.count(box.questionnaire, plain))
            columns.append(tally.ballots(box.questionnaire, plain))
            texts.extend(tally.texts(box.questionnaire, plain))
            _read[box.id] = 100 * sum(part.ballots for part in parts) // held
    finally:
        _read.pop(box.id, None)
    total = tally.merged(parts)
    if tally.copies(total):
        raise Refused("tampered")
    return Opened(_release(box, total, tally.joined(columns)), box.earlier, total.ballots, _resealed(box, texts))


def progress(survey: bytes) -> int | None:
    """Return how much of a box, in per cent, is read of an opening that runs in this process; None when none runs."""
    return _read.get(survey)


def _secret(row: SurveyRow, keys: Keys) -> bytes:
    """Return the box's key. A wrong share is left out; it is named when the others do not reach."""
    shares, why = _shares(row, keys), "not_enough"
    while shares:
        try:
            return sealing.combine(shares, row.fingerprint or b"")
        except sealing.WrongShare as wrong:
            del shares[wrong.slot]
            why = f"wrong_share:{wrong.slot}"
        except sealing.TooFewShares:
            break
    raise Refused(why)


def _opened(box: _Box, secret: bytes) -> Iterator[sealing.Plain]:
    """Yield opened chunks. Each is read and the database let go at once: a closed box cannot change meanwhile.

    Raises `Refused` when a ballot does not belong, and in the end when the box is not what it was when it closed.
    """
    digest = contents.Digest()
    for chunk in contents.chunks(box.assembly.id, box.id):
        session.rollback()
        digest.add(chunk)
        try:
            sealed = [row.ciphertext for row in chunk]
            yield sealing.open_all(sealed, secret, box.fingerprint, sealing.width(box.questionnaire))
        except sealing.Tampered:
            raise Refused("tampered") from None
    if not contents.unchanged(box.assembly, box.slug, digest):
        raise Refused("box_changed")


def _release(box: _Box, total: tally.Tally, columns: tally.Ballots) -> str:
    registered = judges.of(box.kind)
    if registered is None:
        raise Refused("unknown_kind")
    judged = registered.judge(box.questionnaire, json.loads(box.terms), total, columns)
    own = disclosure.row(total.ballots, box.assembly.t, total.ballots)
    highest = disclosure.highest(total.ballots, box.earlier)
    said = release.Release(
        survey=box.slug,
        kind=box.kind,
        fingerprint=box.fingerprint.hex(),
        ballots=total.ballots,
        row=disclosure.row(total.ballots, box.assembly.t, total.ballots, highest),
        witnesses=tuple(show_witness(one) for one in total.witnesses),
        figures=disclosure.disclose(box.questionnaire, total, box.assembly.t, highest),
        closed=closed.within(closed.closed(judged, own, closed.things(box.questionnaire)), highest),
    )
    return log.canonical(release.write(said))


def _resealed(box: _Box, texts: list[tuple[str, str]]) -> tuple[Mapping[str, object], ...]:
    """Seal each text to two facilitators drawn by lot, in an order that tells nothing."""
    circle = [slot for slot in quorum.slots(box.assembly) if slot.active]
    readers = _lots.sample(circle, min(READERS, len(circle)))
    rows = [
        {
            "assembly": box.assembly.id,
            "id": new_id(),
            "survey": box.id,
            "question": question,
            "slot": reader.slot,
            "text": SealedBox(PublicKey(reader.sealing_key)).encrypt(text.encode()),
        }
        for question, text in texts
        for reader in readers
    ]
    _lots.shuffle(rows)
    return tuple(rows)


def carry_out(act: Act, prepared: object) -> Carried:
    """Keep the release, destroy the box: ballots, shares and all, in one transaction.

    A wave that was released meanwhile may forbid this release: then nothing is kept, and the opening starts over.
    """
    if not isinstance(prepared, Opened):
        raise Refused("not_enough")
    row = found(act.assembly, str(act.params["survey"]))
    waves.hold_back(row)
    if waves.earlier(row) != prepared.earlier:
        raise Refused("changed_since")
    digest = sha256(prepared.release.encode()).digest()
    session.add(ReleaseRow(assembly=row.assembly, survey=row.id, number=1, canonical=prepared.release, sha256=digest))
    if prepared.texts:
        session.execute(insert(WrittenText), [dict(text) for text in prepared.texts])
    contents.destroy(row)
    row.state = "counted"
    return Carried({"survey": row.slug, "ballots": prepared.ballots, "release": digest.hex()}, result=row.slug)
