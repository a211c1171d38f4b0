"""The sealed ballot: one plaintext of fixed width per survey, one box that only several shares open.

A plaintext is the survey's fingerprint, the witness, then for each item one byte (scale, single choice) or a bitmask
(sets and ready reasons, bit 0 for "don't know"), then the texts in a tail of fixed width. No field says who or when.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

import numpy as np
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from numpy.typing import NDArray
from shamir_mnemonic import combine_mnemonics, generate_mnemonics

from surveys.domain.logic import DONT_KNOW, Answer, Answers, Written, placed
from surveys.domain.questionnaire import SETS, Item, Kind, Questionnaire

Plain = NDArray[np.uint8]
"""Opened ballots: one row each, as wide as the questionnaire's layout."""

FINGERPRINT = 32
WITNESS = 4
HEAD = FINGERPRINT + WITNESS
NO_WITNESS = 0xFFFFFFFF
MASKED = SETS | {Kind.TEXT}
SIZE = 2
BYTES_A_LETTER = 4
BITS = 8
DONT_KNOW_BIT = 0


class Tampered(Exception):
    """Ballots that do not belong in this box: unreadable, sealed for another survey, or copied. `count` says how many.

    Nothing is counted then: a box is opened whole or not at all.
    """

    def __init__(self, count: int) -> None:
        """Keep how many."""
        super().__init__(f"{count} ballots do not belong in this box")
        self.count = count


@dataclass(frozen=True, slots=True)
class Field:
    """Where one item's bytes stand: its level or mask, and its text (of size 0 but for text questions)."""

    item: Item
    at: int
    size: int
    text_at: int
    text_size: int

    @property
    def masked(self) -> bool:
        """Whether the answer is kept as a bitmask."""
        return self.item.question.kind in MASKED


@dataclass(frozen=True, slots=True)
class Box:
    """A survey's X25519 key pair. The private half is split at once and forgotten."""

    public: bytes
    secret: bytes


def layout(questionnaire: Questionnaire) -> tuple[Field, ...]:
    """Return where each item stands in a plaintext, in the order of the items."""
    items = questionnaire.items
    sizes = [len(item.question.choices) // BITS + 1 if item.question.kind in MASKED else 1 for item in items]
    tails = [SIZE + BYTES_A_LETTER * item.question.length if item.question.kind is Kind.TEXT else 0 for item in items]
    starts = accumulate(sizes, initial=HEAD)
    texts = accumulate(tails, initial=HEAD + sum(sizes))
    return tuple(Field(*parts) for parts in zip(items, starts, sizes, texts, tails, strict=False))


def width(questionnaire: Questionnaire) -> int:
    """Return the bytes of every plaintext of this questionnaire."""
    fields = layout(questionnaire)
    return fields[-1].text_at + fields[-1].text_size if fields else HEAD


def encode(questionnaire: Questionnaire, fingerprint: bytes, witness: int | None, answers: Answers) -> bytes:
    """Return the plaintext of accepted answers (see `logic.accepted`). A paper ballot has no witness.

    Raises ValueError when something does not fit its field: the form and `accepted` refuse it first, in words.
    """
    plain = bytearray(width(questionnaire))
    plain[:FINGERPRINT] = fingerprint
    plain[FINGERPRINT:HEAD] = (NO_WITNESS if witness is None else witness).to_bytes(WITNESS)
    for field in layout(questionnaire):
        if field.item.key in answers:
            _put(plain, field, answers[field.item.key])
    return bytes(plain)


def _put(plain: bytearray, field: Field, answer: Answer) -> None:
    if isinstance(answer, Written):
        said = answer.text.encode()
        if SIZE + len(said) > field.text_size:
            raise ValueError("the text is longer than its field")
        plain[field.text_at : field.text_at + SIZE + len(said)] = len(said).to_bytes(SIZE) + said
        answer = answer.reasons
    if field.masked:
        answer = sum(1 << bit for bit in (answer if isinstance(answer, frozenset) else {DONT_KNOW_BIT}))
    if not isinstance(answer, int):
        raise TypeError("a level is one position")
    plain[field.at : field.at + field.size] = answer.to_bytes(field.size, "little")


def decode(questionnaire: Questionnaire, plain: bytes) -> Answers:
    """Return the answers of one plaintext: what `encode` was given."""
    answers: dict[str, Answer] = {}
    for field in layout(questionnaire):
        answer = _got(plain, field)
        if answer is not None:
            answers[field.item.key] = answer
    return answers


def _got(plain: bytes, field: Field) -> Answer | None:
    held = int.from_bytes(plain[field.at : field.at + field.size], "little")
    if not field.masked:
        return held or None
    chosen = frozenset(place for place, _ in placed(field.item) if held >> place & 1)
    if field.item.question.kind is Kind.TEXT:
        said = text_of(plain[field.text_at : field.text_at + field.text_size])
        return Written(chosen, said) if chosen or said else None
    return DONT_KNOW if held >> DONT_KNOW_BIT & 1 else chosen or None


def text_of(tail: bytes) -> str:
    """Return the text kept in a field of the tail."""
    return tail[SIZE : SIZE + int.from_bytes(tail[:SIZE])].decode()


def new_box() -> Box:
    """Return a new key pair, from the library's own randomness."""
    key = PrivateKey.generate()
    return Box(bytes(key.public_key), bytes(key))


def public_of(secret: bytes) -> bytes:
    """Return the public half of a box's private half."""
    return bytes(PrivateKey(secret).public_key)


def seal(plain: bytes, public: bytes) -> bytes:
    """Return the plaintext in libsodium's sealed box: nobody, not even the sealer, can open it with the public half."""
    return SealedBox(PublicKey(public)).encrypt(plain)


def unseal(sealed: bytes, secret: bytes) -> bytes:
    """Open one sealed box. Raises nacl.exceptions.CryptoError when it is not for this key, or was changed."""
    return SealedBox(PrivateKey(secret)).decrypt(sealed)


def open_all(ciphertexts: Iterable[bytes], secret: bytes, fingerprint: bytes, size: int) -> Plain:
    """Open a whole box, or a part of it: one sorted row of `size` bytes for each ballot.

    Raises `Tampered` when any is unreadable, of another width, of another survey, or the copy of another one.
    """
    sealed, box = tuple(ciphertexts), SealedBox(PrivateKey(secret))
    opened = [_opened(one, box) for one in set(sealed)]
    good = sorted(one for one in opened if len(one) == size and one.startswith(fingerprint))
    if len(good) != len(sealed):
        raise Tampered(len(sealed) - len(good))
    return np.frombuffer(b"".join(good), dtype=np.uint8).reshape(len(good), size)


def _opened(sealed: bytes, box: "SealedBox[PrivateKey]") -> bytes:
    try:
        return box.decrypt(sealed)
    except CryptoError:
        return b""


class WrongShare(Exception):
    """One share is not what was given out when the box was made. `slot` names it; the others can go on without it."""

    def __init__(self, slot: int) -> None:
        """Keep the slot of the odd one."""
        super().__init__(f"the share of slot {slot} is not the one given out")
        self.slot = slot


class TooFewShares(Exception):
    """Fewer shares than the box needs."""


def split(secret: bytes, fingerprint: bytes, k: int, slots: Iterable[int]) -> dict[int, bytes]:
    """Return one share of a box's private half for each slot, any `k` of which open it (Shamir 1979, as SLIP-39).

    A share names its survey and slot, and carries the digests of all shares, so that a wrong one can be named.
    """
    places = sorted(set(slots))
    mnemonics = generate_mnemonics(1, [(k, len(places))], secret, iteration_exponent=0)[0]
    said = dict(zip(places, mnemonics, strict=True))
    digests = {str(slot): sha256(words.encode()).hexdigest() for slot, words in said.items()}
    common = {"survey": fingerprint.hex(), "needs": k, "digests": digests}
    return {slot: json.dumps({**common, "slot": slot, "mnemonic": said[slot]}).encode() for slot in places}


def combine(shares: Mapping[int, bytes], fingerprint: bytes) -> bytes:
    """Return the private half from at least as many shares as it needs, given by the slot each came from.

    What most shares say of all the others decides who is odd; on a tie, the first share does: give the one its own
    holder brought first. Raises `WrongShare` naming the first odd one, `TooFewShares` when the good ones do not reach.
    """
    given = {slot: _share(share) for slot, share in shares.items()}
    if not given:
        raise TooFewShares
    trusted = Counter(share.common for share in given.values()).most_common(1)[0][0]
    for slot, share in given.items():
        if share.common != trusted or share.survey != fingerprint.hex() or not share.genuine(slot):
            raise WrongShare(slot)
    needs = next(iter(given.values())).needs
    if len(given) < needs:
        raise TooFewShares
    return combine_mnemonics([share.mnemonic for share in given.values()][:needs])


def genuine(share: bytes, slot: int, fingerprint: bytes) -> bool:
    """Tell whether a share is, by all it says itself, the one that was given out to a slot for this survey."""
    said = _share(share)
    return said.survey == fingerprint.hex() and said.genuine(slot)


@dataclass(frozen=True, slots=True)
class _Share:
    """A share as it was read: what all of them say alike, and its own words."""

    survey: str
    needs: int
    digests: tuple[tuple[str, str], ...]
    slot: int
    mnemonic: str

    @property
    def common(self) -> tuple[str, int, tuple[tuple[str, str], ...]]:
        """What all the shares of a box say alike."""
        return self.survey, self.needs, self.digests

    def genuine(self, slot: int) -> bool:
        """Tell whether it was given out to `slot`, and is the one whose digest all the others carry."""
        return self.slot == slot and (str(slot), sha256(self.mnemonic.encode()).hexdigest()) in self.digests


def _share(share: bytes) -> _Share:
    """Return a share as it was read; one that cannot be read is nobody's."""
    try:
        said = json.loads(share)
        digests = tuple(sorted((str(slot), str(digest)) for slot, digest in said["digests"].items()))
        return _Share(str(said["survey"]), int(said["needs"]), digests, int(said["slot"]), str(said["mnemonic"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Share("", 0, (), 0, "")
