"""The circle: who may act now, with which keys, and how a place changes hands. A place is a slot, never a person."""

from collections.abc import Mapping
from datetime import date, timedelta

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import delete, func, select

from commons import access, clock, log, quorum
from commons.assembly import Assembly
from commons.db import session, transaction
from commons.quorum import Act, Carried, Keys, Kind, Needs, NotUnlocked, Refused, Slot
from commons.security import Limiter, passphrase_key, passphrase_matches, unwrap
from deliberation.actions import turns
from deliberation.actions.founding import MOST
from deliberation.actions.places import SALT, SEED, Place, place, seat
from deliberation.models import Facilitator

NEVER = date.min
ENDED = date.min + timedelta(days=1)  # ended by act: no clock that is set back brings it to life again
TERM = timedelta(days=365)
DELAY = 3
LOCKED, UNLOCK = "locked", "deliberation.unlock"
SITTING_DOWN, SIGNING = b"sitting down", b"signing"
_tries = Limiter(burst=5, per_second=1 / 15)


class SignInRefused(NotUnlocked):
    """The slot or the passphrase is not right. The same for every reason why."""


class TooManyTries(NotUnlocked):
    """This slot was tried too often: wait a minute."""


def sign_in(assembly: Assembly, slot: int, passphrase: str) -> str:
    """Begin a sitting and return its token. Raises `SignInRefused` or `TooManyTries`.

    A duress passphrase locks the circle and is refused like a wrong one.
    """
    row = known(assembly, slot, passphrase, SITTING_DOWN)
    if row is None:
        raise SignInRefused
    return access.sit_down(assembly, slot)


def unlock(assembly: Assembly, slot: int, passphrase: str) -> Keys:
    """Return the keys a passphrase opens, for one request. Raises `SignInRefused` or `TooManyTries`."""
    row = known(assembly, slot, passphrase, SIGNING)
    if row is None:
        raise SignInRefused
    try:
        seed = unwrap(SEED, row.seed[SALT:], key=passphrase_key(passphrase, row.seed[:SALT]))
    except CryptoError:
        raise SignInRefused from None
    signing = SigningKey(seed)
    return Keys(slot, signing, signing.to_curve25519_private_key())


def tried(assembly: Assembly, slot: int, door: bytes) -> Facilitator | None:
    """Return an admitted slot's row for one more try at its words, or None. Raises `TooManyTries`.

    Tries are counted apart at each door: guessing at the first, which members reach, never keeps a circle from signing.
    """
    if not _tries.allows(assembly.id, str(slot).encode(), door):
        raise TooManyTries
    row = session.get(Facilitator, (assembly.id, slot))
    return None if row is None or row.term == NEVER else row


def known(assembly: Assembly, slot: int, passphrase: str, door: bytes) -> Facilitator | None:
    """Return the slot's row when the passphrase is its own. Both hashes are always tried, so time tells nothing."""
    row = tried(assembly, slot, door)
    if row is None:
        return None
    right, under_duress = (passphrase_matches(held, passphrase) for held in (row.passphrase, row.second))
    if under_duress:
        lock(assembly)
    return row if right else None


def slots(assembly: Assembly) -> tuple[Slot, ...]:
    """Return the places of the circle, by number; a place whose term has ended is not active.

    A term that had ended when something was logged stays ended, whatever the clock says since.
    """
    mine = (Facilitator.assembly == assembly.id) & (Facilitator.term != NEVER)
    rows = session.scalars(select(Facilitator).where(mine).order_by(Facilitator.slot))
    today = log.today(assembly)
    return tuple(Slot(row.slot, row.public_key, _sealing_key(row.public_key), active=today <= row.term) for row in rows)


def _sealing_key(public_key: bytes) -> bytes:
    return bytes(VerifyKey(public_key).to_curve25519_public_key())


def may_sit(assembly: Assembly, slot: int) -> bool:
    """Tell whether a slot still exists; one whose term has ended may sit, to hand over its shares."""
    return any(one.slot == slot for one in slots(assembly))


@transaction
def lock(assembly: Assembly) -> None:
    """Stop every act until several unlock; any one facilitator may. Hand-ins go on."""
    if not locked(assembly):
        log.append(assembly, LOCKED, {})
        access.stand_up(assembly)


def locked(assembly: Assembly) -> bool:
    """Tell whether the circle is locked."""
    mine = (log.Entry.assembly == assembly.id) & log.Entry.kind.in_((LOCKED, UNLOCK))
    last = session.scalar(select(log.Entry.kind).where(mine).order_by(log.Entry.seq.desc()).limit(1))
    return last == LOCKED


def guard(assembly: Assembly, kind: str) -> None:
    """Refuse to sign anything while the circle is locked, but unlocking it."""
    if kind != UNLOCK and locked(assembly):
        raise Refused("locked")


@transaction
def stand(assembly: Assembly, newcomer: str | Place) -> int:
    """Keep the keys of somebody who will join, and return the slot: it can do nothing until the circle admits it.

    A newcomer comes with a passphrase, or with the place their paper was already made into.
    """
    last = session.scalar(select(func.max(Facilitator.slot)).where(Facilitator.assembly == assembly.id)) or 0
    row = seat(assembly, last + 1, newcomer if isinstance(newcomer, Place) else place(newcomer))
    row.term = NEVER
    session.add(row)
    return last + 1


def _slot(params: Mapping[str, object]) -> int:
    slot = params.get("slot")
    return slot if isinstance(slot, int) else 0


def _admit_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row = session.get(Facilitator, (assembly.id, _slot(params)))
    if row is None or row.term != NEVER:
        raise Refused("no_candidate")
    turns.may_join(assembly)
    if sum(slot.active for slot in slots(assembly)) >= MOST:
        raise Refused("circle_full")
    if 2 * assembly.k <= sum(slot.active for slot in slots(assembly)) + 1:
        raise Refused("raise_k_first")
    return {"public_key": row.public_key.hex()}


def _admit(act: Act, _prepared: object) -> Carried:
    row = _row(act)
    row.term = clock.today(act.assembly) + TERM
    return Carried({"slot": row.slot, "public_key": row.public_key.hex(), "term": row.term.isoformat()})


def _end_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    ending = _slot(params)
    if not any(slot.slot == ending and slot.active for slot in slots(assembly)):
        raise Refused("no_such_slot")
    return {}


def _end(act: Act, _prepared: object) -> Carried:
    row = _row(act)
    row.term = ENDED
    access.stand_up(act.assembly, slot=row.slot)
    return Carried({"slot": row.slot})


def _row(act: Act) -> Facilitator:
    row = session.get(Facilitator, (act.assembly.id, _slot(act.params)))
    if row is None:
        raise Refused("no_such_slot")
    return row


def _unlock_touches(assembly: Assembly, _params: Mapping[str, object]) -> Mapping[str, str]:
    if not locked(assembly):
        raise Refused("not_locked")
    return {}


@transaction
def forget_candidates(assembly: Assembly) -> None:
    """Upkeep: forget those who stood and whom no act waits for any more."""
    wanted = {_slot(act.params) for act in quorum.waiting(assembly) if act.kind == "deliberation.admit"}
    stale = (Facilitator.assembly == assembly.id) & (Facilitator.term == NEVER) & Facilitator.slot.not_in(wanted)
    session.execute(delete(Facilitator).where(stale))


ACTS = (
    Kind(UNLOCK, Needs.K, lambda _act, _prepared: Carried(), touches=_unlock_touches),
    Kind("deliberation.admit", Needs.K_PLUS_ONE, _admit, touches=_admit_touches, delay_days=DELAY),
    Kind(
        "deliberation.end",
        Needs.K_PLUS_ONE,
        _end,
        touches=_end_touches,
        concerned=lambda params: frozenset({_slot(params)}),
        delay_days=DELAY,
    ),
)
