"""The tables of the room. Facilitators are slots with keys; nothing here names a person, an author or an hour."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from commons.db import Base, Key


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
