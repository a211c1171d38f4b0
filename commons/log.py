"""The log: a chain of what several decided together. No name, no free prose, nothing finer than a day.

Each entry's hash is SHA-256(0x01 ‖ previous hash ‖ canonical JSON), so that changing one changes all that follow.
The assembly's paper, on which the head is written down as words, is its witness.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import ForeignKey, LargeBinary, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from commons import clock
from commons.assembly import Assembly, AssemblyRow
from commons.db import Base, Key, freeze, session, transaction
from commons.security import spoken

FIRST = bytes(32)
HEAD_WORDS = 8


class Entry(Base):
    """One entry of an assembly's log."""

    __tablename__ = "log"
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    day: Mapped[date]
    kind: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


freeze("log")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is read."""

    seq: int
    previous: str
    day: date
    kind: str
    payload: Mapping[str, object]
    hash: str


def canonical(value: object) -> str:
    """Return the one JSON text of `value`: composed characters (NFC), keys sorted as they then are, no spaces."""
    text = _sorted(value)
    composed = unicodedata.normalize("NFC", text)
    return text if composed == text else _sorted(json.loads(composed))


def hashed(value: object) -> str:
    """Return the hash under which the log speaks of something it does not hold: SHA-256 of its canonical JSON."""
    return sha256(canonical(value).encode()).hexdigest()


def _sorted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def chained(previous: bytes, line: Mapping[str, object]) -> bytes:
    """Return the hash of an entry that follows `previous`."""
    return sha256(b"\x01" + previous + canonical(line).encode()).digest()


@transaction
def append(assembly: Assembly, kind: str, payload: Mapping[str, object]) -> str:
    """Add an entry at the end of the chain and return its hash. Two writers queue on the assembly's row."""
    session.execute(select(AssemblyRow.id).where(AssemblyRow.id == assembly.id).with_for_update())
    last = _last(assembly)
    seq, previous = (last.seq + 1, last.hash) if last else (0, FIRST)
    day = clock.today(assembly)
    line = {"assembly": assembly.id.hex(), "day": day.isoformat(), "kind": kind, "payload": payload, "seq": seq}
    entry = Entry(
        assembly=assembly.id,
        seq=seq,
        previous=previous,
        day=day,
        kind=kind,
        payload=canonical(payload),
        hash=chained(previous, line),
    )
    session.add(entry)
    session.flush()
    return entry.hash.hex()


def _last(assembly: Assembly) -> Entry | None:
    query = select(Entry).where(Entry.assembly == assembly.id).order_by(Entry.seq.desc()).limit(1)
    return session.scalars(query).first()


def head(assembly: Assembly) -> str:
    """Return the hash of the last entry, in hexadecimal; zeros for an empty log."""
    last = _last(assembly)
    return (last.hash if last else FIRST).hex()


def today(assembly: Assembly) -> date:
    """Return the day it is, or the latest one the log has seen: a clock that is set back undoes nothing."""
    latest = session.scalar(select(func.max(Entry.day)).where(Entry.assembly == assembly.id))
    return max(clock.today(assembly), latest or date.min)


def spoken_head(assembly: Assembly) -> str:
    """Return the head as eight words to read aloud and write down."""
    return spoken(bytes.fromhex(head(assembly)), HEAD_WORDS)


def spoken_at(lines: Sequence[Line]) -> str:
    """Return the head after these lines, which begin with the first, as the words it had that day."""
    return spoken(bytes.fromhex(lines[-1].hash) if lines else FIRST, HEAD_WORDS)


def entries(assembly: Assembly, *, kind: str | None = None) -> tuple[Line, ...]:
    """Return the log from its first entry, or only the entries of one kind."""
    query = select(Entry).where(Entry.assembly == assembly.id).order_by(Entry.seq)
    if kind is not None:
        query = query.where(Entry.kind == kind)
    return tuple(_line(row) for row in session.scalars(query))


def _line(row: Entry) -> Line:
    return Line(row.seq, row.previous.hex(), row.day, row.kind, json.loads(row.payload), row.hash.hex())


def exported(assembly: Assembly) -> str:
    """Return the whole log as JSON, the form the stand-alone verifier reads."""
    lines = [
        {
            "assembly": assembly.id.hex(),
            "day": line.day.isoformat(),
            "hash": line.hash,
            "kind": line.kind,
            "payload": line.payload,
            "previous": line.previous,
            "seq": line.seq,
        }
        for line in entries(assembly)
    ]
    return canonical(lines)
