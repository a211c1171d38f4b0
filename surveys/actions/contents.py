"""What a box holds: closed for ever, hashed as it closes, read in order, found unchanged as it opens, destroyed.

The hash stands in the log. It tells how many ballots there are to nobody who does not have them.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Protocol

from sqlalchemy import func, select, update

from commons import db, log
from commons.assembly import Assembly
from commons.db import session
from surveys.models import Ballot, SurveyRow

CHUNK = 4096
CLOSED = "closed"


class Sealed(Protocol):
    """One ballot as it lies in the box."""

    id: bytes
    ciphertext: bytes


def ballots(row: SurveyRow) -> int:
    """Return how many ballots a box holds."""
    mine = (Ballot.assembly == row.assembly) & (Ballot.survey == row.id)
    return session.scalar(select(func.count()).select_from(Ballot).where(mine)) or 0


def chunks(assembly: bytes, survey: bytes) -> Iterator[Sequence[Sealed]]:
    """Yield the ballots of a box by their random ids, some thousands at a time, so that none of it fills the memory."""
    last, mine = b"", (Ballot.assembly == assembly) & (Ballot.survey == survey)
    query = select(Ballot.id, Ballot.ciphertext).where(mine).order_by(Ballot.id).limit(CHUNK)
    while chunk := session.execute(query.where(Ballot.id > last)).all():
        yield chunk
        last = chunk[-1].id


class Digest:
    """The SHA-256 of all that a box holds, ballot after ballot by their ids; the same whatever the chunks."""

    def __init__(self) -> None:
        """Begin with an empty box."""
        self._hash = sha256()

    def add(self, chunk: Sequence[Sealed]) -> None:
        """Add the ballots that come next."""
        for one in chunk:
            self._hash.update(one.id + one.ciphertext)

    def hex(self) -> str:
        """Return the hash of what was added."""
        return self._hash.hexdigest()


def close(assembly: Assembly, row: SurveyRow) -> None:
    """Let nothing more in, make it impossible to tell whether a card was used, and log the hash of what is there."""
    row.state, row.nullifier_key = CLOSED, None
    mine = (Ballot.assembly == row.assembly) & (Ballot.survey == row.id)
    session.execute(update(Ballot).where(mine).values(nullifier=Ballot.id))
    digest = Digest()
    for chunk in chunks(row.assembly, row.id):
        digest.add(chunk)
    log.append(assembly, CLOSED, {"survey": row.slug, "ballots": digest.hex()})


def unchanged(assembly: Assembly, slug: str, digest: Digest) -> bool:
    """Tell whether what was read of a box is what was there when it closed."""
    said = (line.payload for line in log.entries(assembly, kind=CLOSED))
    return {"survey": slug, "ballots": digest.hex()} in said


def destroy(row: SurveyRow) -> None:
    """Destroy what a box held, and the key that told which cards were used."""
    row.nullifier_key = None
    session.flush()
    db.burn_part("ballot", "survey", row.id)
    db.burn_part("key_share", "survey", row.id)
