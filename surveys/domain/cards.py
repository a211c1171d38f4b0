"""Cards: a random code drawn from a bag, and what is derived from it. Nobody here knows whose card it is.

The code has 24 random digits (79.7 bits) and a check digit that catches every single wrong digit and every swap of
two neighbours (Damm 2004). Everything derived is an HMAC-SHA256 under its own words, so nothing joins two uses.
"""

import hmac
import unicodedata
from collections.abc import Callable, Iterator
from typing import NewType

Code = NewType("Code", str)

RANDOM_DIGITS = 24
DIGITS = RANDOM_DIGITS + 1
GROUP = 5
HALF = 12
SURVEYS = 12
WITNESS_DIGITS = 6
WITNESSES = 10**WITNESS_DIGITS
MOST_CARDS = 20_000
LONGEST_TYPED = 200
FAIR = 250
BETWEEN = frozenset({"Zs", "Pd", "Cf"})
DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


class Mistyped(ValueError):
    """What was typed is not a code: a digit is missing, wrong, or two are swapped. It never repeats it."""


def parse(typed: str) -> Code:
    """Return the code that was typed, in any decimal digits, with spaces, hyphens or direction marks between them."""
    if len(typed) > LONGEST_TYPED:
        raise Mistyped
    digits = "".join(_digits(typed))
    if len(digits) != DIGITS or _check(digits) != "0":
        raise Mistyped
    return Code(digits)


def _digits(typed: str) -> Iterator[str]:
    for letter in typed:
        digit = unicodedata.decimal(letter, None)
        if digit is not None:
            yield str(digit)
        elif unicodedata.category(letter) not in BETWEEN and not letter.isspace():
            raise Mistyped


def _check(digits: str) -> str:
    """Return Damm's check digit of `digits`; "0" when the last one already is their check."""
    interim = "0"
    for digit in digits:
        interim = DAMM[int(interim)][int(digit)]
    return interim


def with_check(digits: str) -> Code:
    """Return the code of these 24 digits."""
    return Code(digits + _check(digits))


def show(code: Code) -> str:
    """Return the code as it is printed: five groups of five digits."""
    return " ".join(code[start : start + GROUP] for start in range(0, DIGITS, GROUP))


def halves(code: Code) -> tuple[str, str]:
    """Return the two parts of a code as they are printed on two sheets: twelve digits, and thirteen with the check."""
    first, second = code[:HALF], code[HALF:]
    return f"{first[:5]} {first[5:10]} {first[10:]}", f"{second[:3]} {second[3:8]} {second[8:]}"


def draw(size: int, entropy: Callable[[int], bytes], key: bytes = b"") -> tuple[Code, ...]:
    """Return `size` new codes, in the order they were drawn. `key` is the one their witness numbers need, if any.

    Digits are rejection-sampled, so every digit is as likely. A code that would share its witness number with another
    one, for any of the set's surveys, is drawn again. Raises ValueError beyond MOST_CARDS, where that would take long.
    """
    if not 0 < size <= MOST_CARDS:
        raise ValueError("a card set holds between one and twenty thousand cards")
    codes: list[Code] = []
    taken: tuple[set[int], ...] = tuple(set() for _ in range(SURVEYS))
    stream = _fair(entropy)
    while len(codes) < size:
        digits = "".join(next(stream) for _ in range(RANDOM_DIGITS))
        code = with_check(digits)
        seen = [witness(code, number, key) for number in range(1, SURVEYS + 1)]
        if all(one not in used for one, used in zip(seen, taken, strict=True)):
            codes.append(code)
            for one, used in zip(seen, taken, strict=True):
                used.add(one)
    return tuple(codes)


def _fair(entropy: Callable[[int], bytes]) -> Iterator[str]:
    while True:
        yield from (str(byte % 10) for byte in entropy(64) if byte < FAIR)


def verifier(set_key: bytes, code: Code) -> bytes:
    """Return the 32 bytes by which a card set knows its cards without holding a code."""
    return hmac.digest(set_key, b"palabre card\x00" + code.encode(), "sha256")


def nullifier(nullifier_key: bytes, code: Code) -> bytes:
    """Return the 32 bytes that let a card speak once in one survey; meaningless once the survey's key is destroyed."""
    return hmac.digest(nullifier_key, b"palabre nullifier\x00" + code.encode(), "sha256")


def paper(nullifier_key: bytes, act: bytes, place: int) -> bytes:
    """Return the nullifier of a paper ballot: `place`, from 1, among the forms that one act lets in."""
    return hmac.digest(nullifier_key, b"palabre paper\x00" + act + place.to_bytes(4), "sha256")


def witness(code: Code, number: int, key: bytes = b"") -> int:
    """Return the card's witness in survey `number` of its set (1 to 12): below a million, shown as six digits.

    A set printed in halves has a `key` for it: without one, whoever printed one half could try all the other halves
    against the numbers in the results, for half a code has 40 bits only.
    """
    if not 1 <= number <= SURVEYS:
        raise ValueError("a card set serves twelve surveys")
    digest = hmac.digest(code.encode(), b"palabre witness\x00" + bytes([number]) + key, "sha256")
    drawn: int = int.from_bytes(digest) % WITNESSES
    return drawn


def show_witness(number: int) -> str:
    """Return a witness as it is printed: six digits."""
    return f"{number:0{WITNESS_DIGITS}d}"
