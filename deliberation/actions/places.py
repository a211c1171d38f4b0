"""A place's keys and the paper that goes with them: a passphrase opens them, recovery words make them again.

Everything comes from one secret that only the paper keeps. Here stand two hashes, a public key and a wrapped seed.
"""

import json
import secrets
from dataclasses import asdict, dataclass

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from commons.assembly import Assembly
from commons.security import (
    expand,
    hash_passphrase,
    new_passphrase,
    passphrase_key,
    passphrase_matches,
    spoken_as,
    unwrap,
    wrap,
)
from deliberation.models import Facilitator

SECRET, SALT = 16, 16
SEED = "seed"
SHORTEST_PASSPHRASE = 20
RECOVERY_WORDS = 20
PLENTY = 4  # letters that tell each recovery word from all the others
_beginnings = {word[:PLENTY]: word for word in WORDLIST}


class PlaceRefused(Exception):
    """A place cannot be made of these words; `code` says why."""

    def __init__(self, code: str) -> None:
        """Keep the reason's code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """What is kept of a place: nothing of it opens anything without the words on its paper."""

    passphrase: bytes
    second: bytes
    public_key: bytes
    seed: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """The words a person keeps, shown once: six to sign with, twenty to begin again from when those are lost."""

    passphrase: str
    recovery: str
    sealed: bytes
    """The secret under the passphrase: it goes with the form until the person has typed their words."""


def new_paper() -> Paper:
    """Return the paper of a new place."""
    passphrase, secret = new_passphrase(), secrets.token_bytes(SECRET)
    return Paper(passphrase, recovery_words(secret), _closed(secret, passphrase))


def recovery_words(secret: bytes) -> str:
    """Say a secret as twenty words with a checksum (SLIP-39, one share of one)."""
    ((words,),) = generate_mnemonics(1, [(1, 1)], secret, iteration_exponent=0)
    return words


def secret_of(words: str) -> bytes:
    """Return the secret that recovery words say; four letters of each are enough. Raises `PlaceRefused`."""
    said = " ".join(_beginnings.get(word[:PLENTY], word) for word in spoken_as(words).split())
    try:
        secret = combine_mnemonics([said])
    except MnemonicError:
        raise PlaceRefused("recovery") from None
    if len(secret) != SECRET:
        raise PlaceRefused("recovery")
    return secret


def accept(sealed: bytes, passphrase: str, second: str = "") -> Place:
    """Return the place whose holder typed the words of its paper. Raises `PlaceRefused`."""
    try:
        return place(passphrase, unwrap(SEED, sealed[SALT:], key=passphrase_key(passphrase, sealed[:SALT])), second)
    except (CryptoError, ValueError):
        raise PlaceRefused("typed") from None


def place(passphrase: str, secret: bytes = b"", second: str = "") -> Place:
    """Make a place, from a new secret unless one is given. Raises `PlaceRefused` for words that are no passphrase."""
    if len(spoken_as(passphrase)) < SHORTEST_PASSPHRASE:
        raise PlaceRefused("too_short")
    hashed, seed = hash_passphrase(passphrase), seed_of(secret or secrets.token_bytes(SECRET))
    return Place(hashed, second_of(hashed, second), bytes(SigningKey(seed).verify_key), _closed(seed, passphrase))


def second_of(hashed: bytes, second: str) -> bytes:
    """Return the hash of a second passphrase, or of one nobody knows: the two cannot be told apart.

    A chosen one is as long as the first: a short one could be found by trying, and would tell that it was chosen.
    """
    if second and len(spoken_as(second)) < SHORTEST_PASSPHRASE:
        raise PlaceRefused("second_too_short")
    if passphrase_matches(hashed, second):
        raise PlaceRefused("second_the_same")
    return hash_passphrase(second or new_passphrase() + secrets.token_hex(SECRET))


def seed_of(secret: bytes) -> bytes:
    """Return the seed of a place's keys."""
    return expand(secret, "place")


def _closed(secret: bytes, passphrase: str) -> bytes:
    salt = secrets.token_bytes(SALT)
    return salt + wrap(SEED, secret, key=passphrase_key(passphrase, salt))


def seat(assembly: Assembly, slot: int, kept: Place) -> Facilitator:
    """Return a new slot's row. Its term is still to be set."""
    return Facilitator(assembly=assembly.id, slot=slot, **asdict(kept))


def packed(kept: Place) -> str:
    """Return a place as a form carries it until the sitting ends: nobody but this machine can read or change it."""
    said = json.dumps({name: value.hex() for name, value in asdict(kept).items()})
    return wrap("founding place", said.encode()).hex()


def unpacked(carried: str) -> Place:
    """Return a place that a form brought back. Raises `PlaceRefused` when it was changed on the way."""
    try:
        said = json.loads(unwrap("founding place", bytes.fromhex(carried)))
    except (CryptoError, ValueError):
        raise PlaceRefused("lost") from None
    return Place(**{name: bytes.fromhex(value) for name, value in said.items()})
