"""The tables of the room. Facilitators are slots with keys; nothing here names a person, an author or an hour."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from commons.db import JSON, Base, Key, Words, freeze


class Facilitator(Base):
    """A place in the circle. The seed of its keys is wrapped under its passphrase; the term ends by itself."""

    __tablename__ = "facilitator"
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    passphrase: Mapped[bytes]
    second: Mapped[bytes]
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    seed: Mapped[bytes]
    term: Mapped[date]


class CollectiveRow(Base):
    """What an assembly has agreed about itself. `rule` and `priority` are empty until it chooses them.

    `profile` is {"kind", "mission": words, "context": words, "needs": words}; `terms` {term: {tag: its own word}};
    `path` {"order": steps, "skipped": steps}. Each is empty until it is said.
    """

    __tablename__ = "collective"
    __table_args__ = (
        CheckConstraint("alert BETWEEN 1 AND 4", name="alert"),
        CheckConstraint("members >= 0", name="members"),
    )
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    rule: Mapped[dict[str, object] | None] = mapped_column(JSON)
    priority: Mapped[str]
    voices: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    members: Mapped[int]
    quiet: Mapped[list[list[str]]] = mapped_column(JSON)
    alert: Mapped[int]
    steps: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    profile: Mapped[dict[str, object]] = mapped_column(JSON, server_default="{}")
    terms: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, server_default="{}")
    path: Mapped[dict[str, list[str]]] = mapped_column(JSON, server_default="{}")


class Wording(Base):
    """Words that an act will put in force, kept apart because an act holds none: it signs their digest."""

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("assembly", "digest"),)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[str] = mapped_column(Text)
    day: Mapped[date]


class ThreatRow(Base):
    """A threat the assembly watches, or has stopped watching.

    `signs` is {tag: what announces it}; and where the assembly wrote one, "cause": {tag: the root cause behind it}.
    """

    __tablename__ = "threat"
    __table_args__ = (UniqueConstraint("assembly", "code"),)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    code: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(Words)
    signs: Mapped[dict[str, object]] = mapped_column(JSON)
    domain: Mapped[str]
    watched: Mapped[bool]


class MeasureRow(Base):
    """A measure the assembly may put to work; `content` is its card, as in the catalogue."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("assembly", "code"),)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    code: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(Words)
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    offered: Mapped[bool]


class ProtocolRow(Base):
    """One adopted version of the protocol; written by a ratification only, and never changed."""

    __tablename__ = "protocol"
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    day: Mapped[date]


class ProposalRow(Base):
    """A proposal, its present text and where it stands; `survey` is the box of its present round."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("assembly", "slug"),
        CheckConstraint("rounds BETWEEN 0 AND 3", name="rounds"),
        CheckConstraint("stage <> 'ratification' OR (rounds > 0 AND outcome <> '')", name="ratification"),
    )
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    slug: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    stage: Mapped[str]
    rounds: Mapped[int]
    outcome: Mapped[str]
    reason: Mapped[str]
    short: Mapped[bool]
    survey: Mapped[str]


class ProposalText(Base):
    """A text a proposal had before it was amended. Versions are kept, authors are not."""

    __tablename__ = "proposal_text"
    __table_args__ = (ForeignKeyConstraint(["assembly", "proposal"], ["proposal.assembly", "proposal.id"]),)
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    proposal: Mapped[bytes] = mapped_column(Key, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, object]] = mapped_column(JSON)


class RoundRow(Base):
    """A closed round on one proposal: its verdict and what was present in it. `survey` is empty when taken aloud."""

    __tablename__ = "proposal_round"
    __table_args__ = (ForeignKeyConstraint(["assembly", "proposal"], ["proposal.assembly", "proposal.id"]),)
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    proposal: Mapped[bytes] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    survey: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    raised: Mapped[list[str]] = mapped_column(JSON)
    day: Mapped[date]


class Reply(Base):
    """How a reservation or a block was met before the next round: answered, merged into the text, or recorded."""

    __tablename__ = "reply"
    __table_args__ = (
        ForeignKeyConstraint(["assembly", "proposal"], ["proposal.assembly", "proposal.id"]),
        CheckConstraint("how IN ('answered','merged','recorded')", name="how"),
    )
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    proposal: Mapped[bytes] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    raised: Mapped[str] = mapped_column(primary_key=True)
    how: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(Words)


class DecisionRow(Base):
    """What the assembly ratified, or an emergency measure of those it agreed on beforehand, which ends by itself."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("assembly", "slug"),
        ForeignKeyConstraint(["assembly", "proposal"], ["proposal.assembly", "proposal.id"]),
        CheckConstraint("state IN ('in_force','confirmed','amended','withdrawn')", name="state"),
    )
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    slug: Mapped[str]
    proposal: Mapped[bytes] = mapped_column(Key)
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    outcome: Mapped[str]
    aloud: Mapped[bool]
    day: Mapped[date]
    review: Mapped[date]
    until: Mapped[date | None]
    state: Mapped[str]


class Statement(Base):
    """What one of our talking circles, too small for a box, said aloud of a threat or a proposal. Never which one."""

    __tablename__ = "statement"
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    about: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(Words)
    day: Mapped[date]


class ActorRow(Base):
    """A kind of actor around the assembly: a company, an office, a church. Never a private person, never a name."""

    __tablename__ = "actor"
    __table_args__ = (UniqueConstraint("assembly", "code"),)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    code: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(Words)
    content: Mapped[dict[str, object]] = mapped_column(JSON)


class DemandRow(Base):
    """A duty that an institution was asked to do: since when, until when, and what it answered."""

    __tablename__ = "demand"
    __table_args__ = (
        UniqueConstraint("assembly", "slug"),
        CheckConstraint("state IN ('waiting','answered','closed')", name="state"),
        CheckConstraint("state <> 'answered' OR answered IS NOT NULL", name="answered"),
    )
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    slug: Mapped[str]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    made: Mapped[date]
    due: Mapped[date]
    answered: Mapped[date | None]
    answer: Mapped[dict[str, str]] = mapped_column(Words)
    state: Mapped[str]


class IncidentRow(Base):
    """Something that happened: its threat, its sign and its month, "2026-11". No day, no place, nobody."""

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("length(month) = 7", name="month"),)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    threat: Mapped[str]
    sign: Mapped[dict[str, object]] = mapped_column(JSON)
    month: Mapped[str]


class PartRow(Base):
    """What one assembly of a federation decided apart, as it was received. It never decides for the whole."""

    __tablename__ = "part"
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    about: Mapped[str]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    day: Mapped[date]


DECIDED_ONCE = ("assembly", "id", "slug", "proposal", "content", "outcome", "aloud", "day", "until")
freeze("protocol")
freeze("proposal_text")
freeze("proposal_round")
freeze("decision", columns=DECIDED_ONCE)
freeze("statement")
freeze("part", delete=False)
