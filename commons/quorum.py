"""Acts: sensitive steps that several facilitators take together. Nothing sensitive has another entrance.

A room declares a kind of act. One facilitator proposes it; others approve by signing its id, which is the hash of
everything it says; when enough have signed (and its delay has passed) the action that carries it out runs once.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from sqlalchemy import select, update

from commons import clock, log
from commons.acts import Act, ActRow, Approval, Carried, Keys, Kind, Needs, NotUnlocked, Refused, Slot, State
from commons.assembly import Assembly, load
from commons.db import session, transaction

__all__ = ["Act", "Carried", "Keys", "Kind", "Needs", "NotUnlocked", "Refused", "Slot", "State"]

LASTS = timedelta(days=14)
FEWEST = 2
TEXT = "text"
"""Under which an act keeps the hash of the text it is about."""

_kinds: dict[str, Kind] = {}
_circles: list[Callable[[Assembly], tuple[Slot, ...]]] = []
_unlocks: list[Callable[[Assembly, int, str], Keys]] = []
_guards: list[Callable[[Assembly, str], None]] = []


def declare(kind: Kind) -> None:
    """Make a kind of act known. Declaring the same name again replaces it."""
    _kinds[kind.name] = kind


def kinds() -> Mapping[str, Kind]:
    """Return every declared kind by name."""
    return dict(_kinds)


def register_circle(
    slots_of: Callable[[Assembly], tuple[Slot, ...]], guard: Callable[[Assembly, str], None] | None = None
) -> None:
    """Let the room that knows people say which slots an assembly has, and when (by `Refused`) none may sign."""
    _circles[:], _guards[:] = [slots_of], [guard] if guard else []


def register_unlock(opened: Callable[[Assembly, int, str], Keys]) -> None:
    """Let the room that knows people say how a passphrase opens the keys of a place, or raise `NotUnlocked`."""
    _unlocks[:] = [opened]


def unlock(assembly: Assembly, slot: int, passphrase: str) -> Keys:
    """Return the keys a passphrase opens, for the length of one request. Raises `NotUnlocked`."""
    for opened in _unlocks:
        return opened(assembly, slot, passphrase)
    raise NotUnlocked


def slots(assembly: Assembly) -> tuple[Slot, ...]:
    """Return the slots of an assembly, by number."""
    return _circles[0](assembly) if _circles else ()


def needed(assembly: Assembly, kind: Kind, params: Mapping[str, object]) -> int:
    """Return how many must sign: k, or k + 1 unless fewer are not concerned; never under two."""
    if kind.needs is Needs.K:
        return assembly.k
    free = [slot for slot in slots(assembly) if slot.active and slot.slot not in kind.concerned(params)]
    return max(FEWEST, min(assembly.k + 1, len(free)))


@transaction
def propose(assembly: Assembly, name: str, params: Mapping[str, object]) -> str:
    """Put an act before the circle and return its id. Raises `Refused`.

    While the same act waits for signatures and touches the same, it is that one: what several sign is never spread
    over proposals none of which has enough.
    """
    kind, expires = _kinds[name], clock.today(assembly) + LASTS
    touched = kind.touches(assembly, params)
    before = _same(assembly, name, log.canonical([params, touched]))
    if before is not None:
        return before.hex()
    said = {"head": log.head(assembly), "params": params, "touches": touched}
    whole = said | {"expires": expires.isoformat(), "kind": name}
    key = sha256(log.canonical(whole).encode()).digest()
    if session.get(ActRow, (assembly.id, key)) is None:
        row = ActRow(
            assembly=assembly.id, id=key, kind=name, params=log.canonical(said), expires=expires, state=State.PROPOSED
        )
        session.add(row)
    return key.hex()


def _same(assembly: Assembly, name: str, asked: str) -> bytes | None:
    """Return the act that waits for signatures already and says the same, or None; the one that lasts longest."""
    mine = (ActRow.assembly == assembly.id) & (ActRow.kind == name) & (ActRow.state == State.PROPOSED)
    lasting = mine & (ActRow.expires >= clock.today(assembly))
    for row in session.scalars(select(ActRow).where(lasting).order_by(ActRow.expires.desc(), ActRow.id)):
        said = json.loads(row.params)
        if log.canonical([said["params"], said["touches"]]) == asked:
            return row.id
    return None


def approve(assembly: Assembly, act_id: str, keys: Keys) -> Carried | None:
    """Sign an act; carry it out when enough have. None while it waits. Raises `Refused`, with nothing changed.

    Signing twice counts once; signing again an act that has enough signatures finishes what a crash interrupted.
    """
    signed = _sign(assembly, act_id, keys)
    kind = _kinds[signed.kind]
    if not signed.ready:
        return None
    if kind.delay_days:
        _agree(assembly, act_id)
        return None
    prepared = kind.prepare(signed, keys) if kind.prepare else None
    return _finish(assembly, act_id, prepared)


@transaction
def _sign(assembly: Assembly, act_id: str, keys: Keys) -> Act:
    pending = _pending(assembly, act_id)
    kind = _kinds[pending.kind]
    for guard in _guards:
        guard(assembly, kind.name)
    if keys.slot not in _may_sign(assembly, kind, pending.params):
        raise Refused("not_yours_to_sign")
    if keys.slot not in pending.joined:
        signature = keys.signing.sign(bytes.fromhex(act_id)).signature
        row = Approval(assembly=assembly.id, act=bytes.fromhex(act_id), slot=keys.slot, signature=signature)
        session.merge(row)  # one that does not hold, slipped in under this place, must not keep it from signing
        session.flush()
        if kind.join:
            kind.join(pending, keys)
    return _pending(assembly, act_id)


@transaction
def _agree(assembly: Assembly, act_id: str) -> None:
    pending = _pending(assembly, act_id)
    if pending.state is State.PROPOSED:
        due = clock.today(assembly) + timedelta(days=_kinds[pending.kind].delay(pending.params))
        log.append(assembly, "act.agreed", {"act": act_id, "due": due.isoformat(), "kind": pending.kind})
        _move(assembly, act_id, State.AGREED)


@transaction
def _finish(assembly: Assembly, act_id: str, prepared: object) -> Carried:
    _pending(assembly, act_id)
    assembly = load(assembly.id)  # another act may have changed it since, in the same upkeep
    pending = _pending(assembly, act_id)
    kind = _kinds[pending.kind]
    if not pending.ready:
        raise Refused("not_enough")
    if kind.touches(assembly, pending.params) != pending.touches:
        raise Refused("changed_since")
    done = kind.carry_out(pending, prepared)
    _move(assembly, act_id, State.DONE)
    log.append(load(assembly.id), kind.name, {"act": act_id, "signed": len(pending.joined), **done.facts})
    return done


def _move(assembly: Assembly, act_id: str, state: State) -> None:
    row = (ActRow.assembly == assembly.id) & (ActRow.id == bytes.fromhex(act_id))
    session.execute(update(ActRow).where(row).values(state=state))


def _may_sign(assembly: Assembly, kind: Kind, params: Mapping[str, object]) -> frozenset[int]:
    concerned = kind.concerned(params)
    free = (slot for slot in slots(assembly) if slot.active or kind.late)
    return frozenset(slot.slot for slot in free if slot.slot not in concerned)


def _pending(assembly: Assembly, act_id: str) -> Act:
    _row(assembly, act_id, locked=True)
    found = act(assembly, act_id)
    if found is None or found.state in {State.DONE, State.DROPPED}:
        raise Refused("no_such_act")
    if clock.today(assembly) > found.expires and found.state is State.PROPOSED:
        raise Refused("expired")
    return found


def act(assembly: Assembly, act_id: str) -> Act | None:
    """Return one act with the valid signatures under it, or None."""
    row = _row(assembly, act_id)
    return None if row is None or row.kind not in _kinds else _value(assembly, row)


def _row(assembly: Assembly, act_id: str, *, locked: bool = False) -> ActRow | None:
    try:
        key = bytes.fromhex(act_id)
    except ValueError:
        return None
    return session.get(ActRow, (assembly.id, key), populate_existing=True, with_for_update=locked)


def waiting(assembly: Assembly) -> tuple[Act, ...]:
    """Return the acts that wait for signatures or for their delay, soonest to expire first."""
    query = select(ActRow).where(ActRow.assembly == assembly.id, ActRow.state.in_((State.PROPOSED, State.AGREED)))
    rows = session.scalars(query.order_by(ActRow.expires, ActRow.id)).all()
    today = clock.today(assembly)
    acts = (_value(assembly, row) for row in rows if row.kind in _kinds)
    return tuple(found for found in acts if found.state is State.AGREED or found.expires >= today)


def _value(assembly: Assembly, row: ActRow) -> Act:
    kind, said = _kinds[row.kind], json.loads(row.params)
    joined = _valid(assembly, row, _may_sign(assembly, kind, said["params"]))
    due = _due(assembly, row) if row.state == State.AGREED else None
    enough = needed(assembly, kind, said["params"])
    return Act(
        assembly, row.id.hex(), row.kind, said["params"], said["touches"], row.expires, State(row.state), enough,
        joined, due,
    )  # fmt: skip


def _valid(assembly: Assembly, row: ActRow, allowed: frozenset[int]) -> frozenset[int]:
    keys = {slot.slot: slot.verify_key for slot in slots(assembly) if slot.slot in allowed}
    query = select(Approval).where(Approval.assembly == assembly.id, Approval.act == row.id)
    signed = session.scalars(query).all()
    return frozenset(one.slot for one in signed if one.slot in keys and _signed(keys[one.slot], row.id, one))


def _signed(key: bytes, act_id: bytes, approval: Approval) -> bool:
    try:
        VerifyKey(key).verify(act_id, approval.signature)
    except BadSignatureError:
        return False
    return True


def _due(assembly: Assembly, row: ActRow) -> date | None:
    agreed = log.entries(assembly, kind="act.agreed")
    return next((date.fromisoformat(str(e.payload["due"])) for e in agreed if e.payload["act"] == row.id.hex()), None)


def hindered(found: Act) -> str:
    """Return the code of what would refuse an act that waits, as things stand; "" when nothing would.

    Where something it touches is another one by now, that is "changed_since", or "amended_since" when it is its text.
    """
    if found.state not in {State.PROPOSED, State.AGREED}:
        return ""
    try:
        now = _kinds[found.kind].touches(found.assembly, found.params)
    except Refused as refused:
        return refused.code
    if now == found.touches:
        return ""
    return "amended_since" if now.get(TEXT) != found.touches.get(TEXT) else "changed_since"


def carry_out_due(assembly: Assembly) -> None:
    """Carry out agreed acts whose delay has passed; drop those the moment refuses. While none may sign, they wait."""
    for found in waiting(assembly):
        if _is_due(found) and not _held(assembly, found.kind):
            try:
                _finish(assembly, found.id, None)
            except Refused:
                drop(assembly, found.id)


def _is_due(found: Act) -> bool:
    return found.state is State.AGREED and found.due is not None and found.due <= clock.today(found.assembly)


def _held(assembly: Assembly, kind: str) -> bool:
    try:
        for guard in _guards:
            guard(assembly, kind)
    except Refused:
        return True
    return False


@transaction
def drop(assembly: Assembly, act_id: str) -> None:
    """Let an act never happen, and have the log say so."""
    _move(assembly, act_id, State.DROPPED)
    log.append(assembly, "act.dropped", {"act": act_id})
