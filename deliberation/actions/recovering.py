"""What the holder of a place may do with its words alone: begin again with new ones, choose the one that locks."""

import hmac

from nacl.signing import SigningKey
from sqlalchemy import update

from commons import access, log
from commons.assembly import Assembly
from commons.db import session, transaction
from commons.security import new_passphrase
from deliberation.actions import circle, places
from deliberation.models import Facilitator

RECOVERED = "recovered"


class WordsRefused(Exception):
    """The recovery words are not those of this place. The same for every reason why."""


def recover(assembly: Assembly, slot: int, words: str) -> str:
    """Return a new passphrase for a place whose recovery words were typed: the old one opens nothing any more.

    The keys stay, so its signatures and its shares of open boxes do too. Its sittings end, and the log says that it
    happened, not where. Raises `WordsRefused` or `circle.TooManyTries`, with nothing changed.
    """
    row = circle.tried(assembly, slot, circle.SITTING_DOWN)
    try:
        secret = places.secret_of(words)
    except places.PlaceRefused:
        raise WordsRefused from None
    if row is None or not hmac.compare_digest(row.public_key, _public_key(secret)):
        raise WordsRefused
    passphrase = new_passphrase()
    _renew(assembly, slot, places.place(passphrase, secret))
    return passphrase


def _public_key(secret: bytes) -> bytes:
    return bytes(SigningKey(places.seed_of(secret)).verify_key)


@transaction
def _renew(assembly: Assembly, slot: int, made: places.Place) -> None:
    """Put the new passphrase in place of the old one. The second one stays as it was."""
    mine = (Facilitator.assembly == assembly.id) & (Facilitator.slot == slot)
    session.execute(update(Facilitator).where(mine).values(passphrase=made.passphrase, seed=made.seed))
    access.stand_up(assembly, slot=slot)
    log.append(assembly, RECOVERED, {})


def choose_second(assembly: Assembly, slot: int, passphrase: str, second: str) -> None:
    """Put a second passphrase, which locks the circle, in place of the one before; an empty one is nobody's.

    What is written looks the same either way, and the log is silent. Raises `circle.SignInRefused`,
    `circle.TooManyTries`, or `places.PlaceRefused`.
    """
    row = circle.known(assembly, slot, passphrase, circle.SITTING_DOWN)
    if row is None:
        raise circle.SignInRefused
    _keep_second(assembly, slot, places.second_of(row.passphrase, second))


@transaction
def _keep_second(assembly: Assembly, slot: int, hashed: bytes) -> None:
    mine = (Facilitator.assembly == assembly.id) & (Facilitator.slot == slot)
    session.execute(update(Facilitator).where(mine).values(second=hashed))
