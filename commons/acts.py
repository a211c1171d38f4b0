"""What an act is: its kinds, its signatures, its tables. How several carry one out stands in `quorum`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from commons.assembly import Assembly
from commons.db import Base, Key, freeze


class Refused(Exception):
    """The act cannot be taken; `code` says why, for a phrase beside the button."""

    def __init__(self, code: str) -> None:
        """Keep the reason's code."""
        super().__init__(code)
        self.code = code


class NotUnlocked(Exception):
    """A passphrase did not open the keys of a place in the circle, or was tried too often."""


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
    The assembly may choose a longer delay, up to `longest_days`, where there are any.
    """

    name: str
    needs: Needs
    carry_out: Callable[[Act, object], Carried]
    touches: Callable[[Assembly, Mapping[str, object]], Mapping[str, str]] = lambda _assembly, _params: {}
    join: Callable[[Act, Keys], None] | None = None
    prepare: Callable[[Act, Keys], object] | None = None
    concerned: Callable[[Mapping[str, object]], frozenset[int]] = lambda _params: frozenset()
    delay_days: int = 0
    longest_days: int = 0
    late: bool = False

    def delay(self, params: Mapping[str, object]) -> int:
        """Return how many days an act waits: the kind's, or as many as its `days` ask where that may be more."""
        asked = params.get("days")
        more = asked if isinstance(asked, int) and self.longest_days else 0
        return max(self.delay_days, min(more, self.longest_days))


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


freeze("act", columns=("assembly", "id", "kind", "params", "expires"), delete=False)
