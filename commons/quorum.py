"""Acts: sensitive steps that several facilitators take together. Nothing sensitive has another entrance.

A room declares a kind of act. One facilitator proposes it; others approve by signing its id, which is the hash of
everything it says; when enough have signed (and its delay has passed) the action that carries it out runs once.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.public import PrivateKey
from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, Text, event, select, update
from sqlalchemy.orm import Mapped, mapped_column

from commons import clock, log
from commons.assembly import Assembly, load
from commons.db import Base, Key, freeze, session, transaction

LASTS = timedelta(days=14)
FEWEST = 2


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The act cannot be taken; `code` says why, for a phrase beside the button."""

    def __init__(self, code: str) -> None:
        """Keep the reason's code."""
        super().__init__(code)
        self.code = code


class Needs(StrEnum):
    """How many facilitators an act takes."""

    K = "k"
    K_PLUS_ONE = "k+1"


class State(StrEnum):
    """Where an act stands. `agreed` waits for its delay."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Slot:
    """A facilitator's place in the circle: keys, and whether its term runs."""

    slot: int
    verify_key: bytes
    sealing_key: bytes
    active: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """What a passphrase opens, for the length of one request."""

    slot: int
    signing: SigningKey
    sealing: PrivateKey


@dataclass(frozen=True, slots=True)
class Act:
    """A proposed act, as its approvers see it. `joined` are the slots that signed, never shown on a page."""

    assembly: Assembly
    id: str
    kind: str
    params: Mapping[str, object]
    touches: Mapping[str, str]
    expires: date
    state: State
    needed: int
    joined: frozenset[int]
    due: date | None

    @property
    def ready(self) -> bool:
        """Whether enough have signed."""
        return len(self.joined) >= self.needed


@dataclass(frozen=True, slots=True)
class Carried:
    """What carrying out an act left: facts for the log, and a result only the last approver's page sees."""

    facts: Mapping[str, object] = field(default_factory=dict)
    result: object = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act that a room declares.

    `touches` returns hashes of what the act touches and raises `Refused` when the moment is wrong; it runs at the
    proposal and again before the act is carried out, and both must agree. `join` runs inside the transaction of each
    approval, `prepare` outside any transaction once enough have signed, `carry_out` inside the one that ends the act.
    `concerned` are the slots that may not sign it. `late` lets a slot whose term has ended sign.
    """

    name: str
    needs: Needs
    carry_out: Callable[[Act, object], Carried]
    touches: Callable[[Assembly, Mapping[str, object]], Mapping[str, str]] = lambda _assembly, _params: {}
    join: Callable[[Act, Keys], None] | None = None
    prepare: Callable[[Act, Keys], object] | None = None
    concerned: Callable[[Mapping[str, object]], frozenset[int]] = lambda _params: frozenset()
    delay_days: int = 0
    late: bool = False


class ActRow(Base):
    """A proposed act. Its id is the hash of all it says; `params` holds what the hash covers."""

    __tablename__ = "act"
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[str]
    params: Mapped[str] = mapped_column(Text)
    expires: Mapped[date]
    state: Mapped[str]


class Approval(Base):
    """One slot's signature under one act."""

    __tablename__ = "approval"
    __table_args__ = (ForeignKeyConstraint(["assembly", "act"], ["act.assembly", "act.id"]),)
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    act: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))


for _trigger in freeze("act", columns=("assembly", "id", "kind", "params", "expires"), delete=False):
    event.listen(ActRow.__table__, "after_create", _trigger)

_kinds: dict[str, Kind] = {}
_circles: list[Callable[[Assembly], tuple[Slot, ...]]] = []


def declare(kind: Kind) -> None:
    """Make a kind of act known. Declaring the same name again replaces it."""
    _kinds[kind.name] = kind


def kinds() -> Mapping[str, Kind]:
    """Return every declared kind by name."""
    return dict(_kinds)


def register_circle(slots_of: Callable[[Assembly], tuple[Slot, ...]]) -> None:
    """Let the room that knows people say which slots an assembly has."""
    _circles[:] = [slots_of]


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
    """Put an act before the circle and return its id. The same act proposed twice is one act. Raises `Refused`."""
    kind = _kinds[name]
    said = {
        "expires": (clock.today(assembly) + LASTS).isoformat(),
        "head": log.head(assembly),
        "kind": name,
        "params": params,
        "touches": kind.touches(assembly, params),
    }
    key = sha256(log.canonical(said).encode()).digest()
    if session.get(ActRow, (assembly.id, key)) is None:
        covered = log.canonical({part: said[part] for part in ("head", "params", "touches")})
        expires = clock.today(assembly) + LASTS
        row = ActRow(
            assembly=assembly.id, id=key, kind=name, params=covered, expires=expires, state=State.PROPOSED
        )
        session.add(row)
    return key.hex()


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
    if keys.slot not in _may_sign(assembly, kind, pending.params):
        raise Refused("not_yours_to_sign")
    if keys.slot not in pending.joined:
        signature = keys.signing.sign(bytes.fromhex(act_id)).signature
        row = Approval(assembly=assembly.id, act=bytes.fromhex(act_id), slot=keys.slot, signature=signature)
        session.add(row)
        session.flush()
        if kind.join:
            kind.join(pending, keys)
    return _pending(assembly, act_id)


@transaction
def _agree(assembly: Assembly, act_id: str) -> None:
    pending = _pending(assembly, act_id)
    if pending.state is State.PROPOSED:
        due = clock.today(assembly) + timedelta(days=_kinds[pending.kind].delay_days)
        log.append(assembly, "act.agreed", {"act": act_id, "due": due.isoformat(), "kind": pending.kind})
        _move(assembly, act_id, State.AGREED)


@transaction
def _finish(assembly: Assembly, act_id: str, prepared: object) -> Carried:
    pending = _pending(assembly, act_id)
    kind = _kinds[pending.kind]
    if not pending.ready:
        raise Refused("not_enough")
    if kind.touches(assembly, pending.params) != pending.touches:
        raise Refused("changed_since")
    done = kind.carry_out(pending, prepared)
    _move(assembly, act_id, State.DONE)
    log.append(load(assembly.id), kind.name, {"act": act_id, "signed": pending.needed, **done.facts})
    return done


def _move(assembly: Assembly, act_id: str, state: State) -> None:
    row = (ActRow.assembly == assembly.id) & (ActRow.id == bytes.fromhex(act_id))
    session.execute(update(ActRow).where(row).values(state=state))


def _may_sign(assembly: Assembly, kind: Kind, params: Mapping[str, object]) -> frozenset[int]:
    concerned = kind.concerned(params)
    free = (slot for slot in slots(assembly) if slot.active or kind.late)
    return frozenset(slot.slot for slot in free if slot.slot not in concerned)


def _pending(assembly: Assembly, act_id: str) -> Act:
    found = act(assembly, act_id)
    if found is None or found.state in {State.DONE, State.DROPPED}:
        raise Refused("no_such_act")
    if clock.today(assembly) > found.expires and found.state is State.PROPOSED:
        raise Refused("expired")
    return found


def act(assembly: Assembly, act_id: str) -> Act | None:
    """Return one act with the valid signatures under it, or None."""
    try:
        key = bytes.fromhex(act_id)
    except ValueError:
        return None
    row = session.get(ActRow, (assembly.id, key), populate_existing=True)
    return None if row is None or row.kind not in _kinds else _value(assembly, row)


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


def carry_out_due(assembly: Assembly) -> None:
    """Carry out the agreed acts whose delay has passed; drop those the moment now refuses."""
    for found in waiting(assembly):
        if found.state is State.AGREED and found.due is not None and found.due <= clock.today(assembly):
            try:
                _finish(assembly, found.id, None)
            except Refused:
                _drop(assembly, found.id)


@transaction
def _drop(assembly: Assembly, act_id: str) -> None:
    _move(assembly, act_id, State.DROPPED)
    log.append(assembly, "act.dropped", {"act": act_id})
