"""The tables of the room. No time of answering, no order of answering, no link from a card to an answer.

Keys begin with the assembly, so that an engine can shard by it; ballots and shares are partitioned by survey on
PostgreSQL, where a whole partition is dropped once the box is counted.
"""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from commons.db import Base, Key, freeze

STATES = "('draft','open','ended','closed','counted','burnt')"
WRITTEN_ONCE = (
    "assembly",
    "id",
    "slug",
    "kind",
    "definition",
    "terms",
    "fingerprint",
    "box_key",
    "card_set",
    "number",
)


class CardSet(Base):
    """A season's cards: how many, and the wrapped key that recognises them."""

    __tablename__ = "card_set"
    __table_args__ = (CheckConstraint("state IN ('current','retired')", name="state"),)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    size: Mapped[int]
    key: Mapped[bytes]
    state: Mapped[str]


class Credential(Base):
    """What recognises one card. Written once with its whole set, sorted; never updated; deleted when voided."""

    __tablename__ = "credential"
    __table_args__ = (
        ForeignKeyConstraint(["assembly", "card_set"], ["card_set.assembly", "card_set.id"]),
        {"sqlite_with_rowid": False},
    )
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    card_set: Mapped[bytes] = mapped_column(Key, primary_key=True)
    verifier: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class SurveyRow(Base):
    """One survey: a questionnaire and its terms, frozen when it opens, and the public half of its box."""

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("assembly", "slug"),
        UniqueConstraint("assembly", "card_set", "number"),
        ForeignKeyConstraint(["assembly", "card_set"], ["card_set.assembly", "card_set.id"]),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("state = 'draft' OR fingerprint IS NOT NULL", name="frozen"),
    )
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    slug: Mapped[str]
    kind: Mapped[str]
    definition: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    box_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    nullifier_key: Mapped[bytes | None]
    card_set: Mapped[bytes | None] = mapped_column(Key)
    number: Mapped[int | None]
    opens: Mapped[date | None]
    closes: Mapped[date]
    state: Mapped[str]


class Ballot(Base):
    """One sealed ballot: a random key, no row number, no time. All of a survey's have the same size."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("assembly", "survey", "nullifier"),
        ForeignKeyConstraint(["assembly", "survey"], ["survey.assembly", "survey.id"]),
        {"sqlite_with_rowid": False, "postgresql_partition_by": "LIST (survey)"},
    )
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    survey: Mapped[bytes] = mapped_column(Key, primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    nullifier: Mapped[bytes]
    ciphertext: Mapped[bytes]


class KeyShare(Base):
    """The share of a box's key one slot was given, sealed to a slot: itself at first, the others once deposited."""

    __tablename__ = "key_share"
    __table_args__ = (
        ForeignKeyConstraint(["assembly", "survey"], ["survey.assembly", "survey.id"]),
        {"sqlite_with_rowid": False, "postgresql_partition_by": "LIST (survey)"},
    )
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    survey: Mapped[bytes] = mapped_column(Key, primary_key=True)
    from_slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    share: Mapped[bytes]


class WrittenText(Base):
    """A text freed from its ballot, sealed to a facilitator who will say it in other words. Lives 14 days at most."""

    __tablename__ = "written"
    __table_args__ = (
        ForeignKeyConstraint(["assembly", "survey"], ["survey.assembly", "survey.id"]),
        {"sqlite_with_rowid": False},
    )
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    survey: Mapped[bytes] = mapped_column(Key)
    question: Mapped[str]
    slot: Mapped[int]
    text: Mapped[bytes]


def said_of(question: str) -> str:
    """Return the name under which common words for a question's texts wait, sealed to each on duty, to be published.

    No item has such a key.
    """
    return f"{question}:said"


class ReleaseRow(Base):
    """What disclosure let out of a survey. Number 1 holds its figures; later numbers annotate or withdraw it."""

    __tablename__ = "release"
    __table_args__ = (ForeignKeyConstraint(["assembly", "survey"], ["survey.assembly", "survey.id"]),)
    assembly: Mapped[bytes] = mapped_column(Key, primary_key=True)
    survey: Mapped[bytes] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    canonical: Mapped[str] = mapped_column(Text)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))


freeze("survey", columns=WRITTEN_ONCE, when="OLD.state <> 'draft'")
freeze("credential", delete=False)
freeze("ballot", columns=("assembly", "survey", "id", "ciphertext"), delete=False)
freeze("release")
