"""Keys, passphrases and limits: the few places where a library of cryptography is called by the ground."""

import hmac
import os
import re
import secrets
import stat
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from nacl import exceptions, pwhash
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey

from commons import clock
from commons.settings import here

KEY_SIZE = 32
FEWEST_DIFFERENT = 16  # of 32 random bytes, fewer than this are never different
OTHERS = 0o077
SYLLABLES = tuple(consonant + vowel for consonant in "bdfklmnprst" for vowel in "aeiou")
WORDS = len(SYLLABLES) ** 2
PASSPHRASE_WORDS = 6
OPERATIONS = 3
_hashing = threading.Semaphore(2)
_SPOKEN = re.compile("[bdfklmnprst][aeiou]" * 2)


class UnsafeKeyError(RuntimeError):
    """The instance key cannot be trusted: too short, constant, or readable by others."""


def instance_key(path: Path) -> bytes:
    """Return the 32 random bytes of this instance, made at the first start and readable by nobody else."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_SIZE))
    if stat.S_IMODE(path.stat().st_mode) & OTHERS:
        raise UnsafeKeyError(f"{path} can be read by others on this machine. Nobody else may: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) != KEY_SIZE or len(set(key)) < FEWEST_DIFFERENT or (key.isascii() and key.decode().isprintable()):
        message = f"{path} must hold 32 random bytes. Move it away and start again: a new one will be made."
        raise UnsafeKeyError(message)
    return key


def expand(key: bytes, purpose: str) -> bytes:
    """Return one 32-byte key per purpose: HKDF-Expand with SHA-256 (Krawczyk and Eronen 2010, RFC 5869, one block)."""
    return hmac.digest(key, purpose.encode() + b"\x01", "sha256")


def subkey(purpose: str) -> bytes:
    """Return this instance's key for one purpose."""
    return expand(here().key, purpose)


def wrap(purpose: str, secret: bytes, *, key: bytes | None = None) -> bytes:
    """Seal `secret` under the instance's key for `purpose`, or under `key`."""
    return bytes(SecretBox(key or subkey(purpose)).encrypt(secret))


def unwrap(purpose: str, sealed: bytes, *, key: bytes | None = None) -> bytes:
    """Open what `wrap` sealed. Raises nacl.exceptions.CryptoError when it was changed or the key is another."""
    return SecretBox(key or subkey(purpose)).decrypt(sealed)


def signed(purpose: str, message: bytes) -> tuple[str, str]:
    """Sign `message` with this instance's key for `purpose`; return that key to check it with, and the signature."""
    signing = SigningKey(subkey(purpose))
    return signing.verify_key.encode().hex(), signing.sign(message).signature.hex()


def is_signed(key: str, signature: str, message: bytes) -> bool:
    """Tell whether `signature` stands under `message`, by the key it can be checked with; both in hexadecimal."""
    try:
        VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(signature))
    except (ValueError, exceptions.CryptoError):
        return False
    return True


class Entropy:
    """Where randomness that people will hold in their hands comes from: the system's, unless a seed is published."""

    def __init__(self) -> None:
        """Start with the system's generator."""
        self._source: Callable[[int], bytes] = secrets.token_bytes

    def __call__(self, size: int) -> bytes:
        """Return `size` random bytes."""
        return self._source(size)

    @contextmanager
    def seeded(self, source: Callable[[int], bytes]) -> Iterator[None]:
        """Draw cards and passphrases from `source`: only the demonstration and the tests do."""
        before, self._source = self._source, source
        try:
            yield
        finally:
            self._source = before


entropy = Entropy()


def spoken(data: bytes, words: int) -> str:
    """Say `data` as words of two plain syllables that can be read aloud in many languages (11.5 bits a word)."""
    number, said = int.from_bytes(data), []
    for _ in range(words):
        number, word = divmod(number, WORDS)
        said.append(word_of(word))
    return " ".join(said)


def word_of(number: int) -> str:
    """Return the word of two syllables that has this number, below WORDS."""
    first, second = divmod(number, len(SYLLABLES))
    return SYLLABLES[first] + SYLLABLES[second]


def numbers_of(typed: str) -> tuple[int, ...]:
    """Return the numbers of typed words, however they are spaced. Raises ValueError when one is no such word."""
    letters = spoken_as(typed).replace(" ", "")
    places = [SYLLABLES.index(letters[at : at + 2]) for at in range(0, len(letters), 2)]
    pairs = zip(places[::2], places[1::2], strict=True)
    return tuple(first * len(SYLLABLES) + second for first, second in pairs)


def spoken_as(typed: str) -> str:
    """Return typed words as they were said: small letters, one space between, marks and hyphens gone."""
    plain = unicodedata.normalize("NFKC", typed).casefold().replace("-", " ")
    return " ".join("".join(letter for letter in plain if letter.isalnum() or letter.isspace()).split())


def sounds_spoken(typed: str, words: int) -> bool:
    """Tell whether `typed`, as `spoken_as` returns it, could be that many words of `spoken`."""
    said = typed.split(" ")
    return len(said) == words and all(_SPOKEN.fullmatch(word) for word in said)


def new_passphrase() -> str:
    """Return six words (69 bits), easy to copy by hand."""
    return spoken(entropy(KEY_SIZE), PASSPHRASE_WORDS)


def _memory() -> int:
    return here().settings.passphrase_memory * 1024 * 1024


def hash_passphrase(passphrase: str) -> bytes:
    """Return an Argon2id hash (Biryukov et al. 2016); at most two are computed at a time."""
    with _hashing:
        return pwhash.argon2id.str(spoken_as(passphrase).encode(), opslimit=OPERATIONS, memlimit=_memory())


def passphrase_matches(hashed: bytes, passphrase: str) -> bool:
    """Tell whether the passphrase is the one that was hashed."""
    with _hashing:
        try:
            return pwhash.argon2id.verify(hashed, spoken_as(passphrase).encode())
        except exceptions.InvalidkeyError:
            return False


def passphrase_key(passphrase: str, salt: bytes) -> bytes:
    """Return the 32-byte key a passphrase opens, with its 16-byte salt."""
    with _hashing:
        return pwhash.argon2id.kdf(
            KEY_SIZE, spoken_as(passphrase).encode(), salt, opslimit=OPERATIONS, memlimit=_memory()
        )


@dataclass(slots=True)
class Limiter:
    """Token buckets in memory, under keys that die with the process: no address, no name, nothing on disk."""

    burst: int
    per_second: float
    most: int = 10_000
    _buckets: dict[bytes, tuple[float, float]] = field(default_factory=dict)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_SIZE))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, *what: bytes, take: bool = True) -> bool:
        """Take one token from the bucket of `what`, or only look; False when it is empty."""
        name = sha256(self._key + b"\x00".join(what)).digest()
        moment = clock.now().timestamp()
        with self._lock:
            if len(self._buckets) >= self.most:
                self._forget()
            tokens, since = self._buckets.get(name, (float(self.burst), moment))
            tokens = min(float(self.burst), tokens + max(0.0, moment - since) * self.per_second)
            self._buckets[name] = (max(0.0, tokens - take), moment)
        return tokens >= 1

    def _forget(self) -> None:
        """Forget the half that was left alone longest."""
        by_age = sorted(self._buckets.items(), key=lambda one: one[1][1])
        self._buckets = dict(by_age[len(by_age) // 2 + 1 :])
