"""Whose turn is next: a lot anybody can check, and what the log says of turns.

A seed is sealed into the log first (its SHA-256); then the hall says numbers aloud; both together give each number of
the bag a ticket, and the lowest tickets are drawn. Neither who keeps the machine nor who speaks can steer it alone
(commit and reveal: Blum 1981). Numbers come out of a bag: nobody here knows whose they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate

WAYS = ("lot", "willing", "duty")
DRAWN = frozenset({"lot", "willing"})
FEWEST_SAID, MOST_SAID = 10, 60
FEWEST_NUMBERS, MOST_NUMBERS = 2, 500
TURN, LOT, DRAW, ADMIT = "deliberation.turn", "deliberation.lot", "deliberation.draw", "deliberation.admit"


class Unheard(ValueError):
    """What was typed is not ten to sixty digits."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot: sealed, and drawn once `seed` is known. `order` holds every number, the first one drawn first."""

    id: str
    numbers: int
    places: int
    seal: str
    said: str = ""
    seed: str = ""
    order: tuple[int, ...] = ()

    @property
    def drawn(self) -> tuple[int, ...]:
        """The numbers that take a place."""
        return self.order[: self.places]


@dataclass(frozen=True, slots=True)
class Turns:
    """How the next turn comes ("" until the assembly chose), every lot so far, and how many may be admitted now."""

    way: str = ""
    lots: tuple[Lot, ...] = ()
    open_places: int = 0

    @property
    def waiting(self) -> Lot | None:
        """The lot that is sealed and not yet drawn. A newer one puts an older one aside."""
        return self.lots[-1] if self.lots and not self.lots[-1].order else None


def heard(typed: str) -> str:
    """Return the digits that were said, whatever stands between them and however they are written."""
    digits = "".join(str(int(letter)) for letter in typed if letter.isdecimal())
    if not FEWEST_SAID <= len(digits) <= MOST_SAID:
        raise Unheard
    return digits


def seal(seed: bytes) -> str:
    """Return what is written down before the draw: nothing of the seed, and no other seed gives the same."""
    return sha256(seed).hexdigest()


def tickets(seed: bytes, said: str, numbers: int) -> Mapping[int, str]:
    """Return the ticket of each number from 1: SHA-256 of the mix and the number in digits.

    The mix is SHA-256 of a byte 2, the seed, and the digits said.
    """
    mix = sha256(b"\x02" + seed + said.encode()).digest()
    return {number: sha256(mix + str(number).encode()).hexdigest() for number in range(1, numbers + 1)}


def order(seed: bytes, said: str, numbers: int) -> tuple[int, ...]:
    """Return every number, the lowest ticket first."""
    given = tickets(seed, said, numbers)
    return tuple(sorted(given, key=lambda number: given[number]))


def mixed(drawn: Iterable[int], voices: Sequence[int], size: int) -> tuple[tuple[int, ...], ...]:
    """Return small groups of about `size` in which the voices are mixed, each in the order drawn.

    Numbers run on from voice to voice: with `voices` of 5 and 3, the second has 6 to 8. Each voice is dealt out like
    cards, one after the other, so groups differ by one person at most, in all and in each voice. The first of a group
    speaks for it; at the next item the next does.
    """
    total, order = sum(voices), list(drawn)
    groups: list[list[int]] = [[] for _ in range(max(1, total // size))]
    ends = list(accumulate(voices))
    dealt = [one for first, last in zip([0, *ends], ends, strict=False) for one in order if first < one <= last]
    for at, one in enumerate(dealt):
        groups[at % len(groups)].append(one)
    return tuple(tuple(sorted(group, key=order.index)) for group in groups)


def told(entries: Iterable[tuple[str, Mapping[str, object]]]) -> Turns:
    """Return what a log says of turns, from its kinds and payloads in order."""
    turns = Turns()
    for kind, facts in entries:
        turns = _after(turns, kind, facts)
    return turns


def _after(turns: Turns, kind: str, facts: Mapping[str, object]) -> Turns:
    if kind == TURN:
        return replace(turns, way=str(facts["way"]))
    if kind == LOT:
        lot = Lot(str(facts["act"]), _whole(facts["numbers"]), _whole(facts["places"]), str(facts["seal"]))
        return replace(turns, lots=(*turns.lots, lot))
    if kind == DRAW:
        return _drawn(turns, facts)
    if kind == ADMIT:
        return replace(turns, open_places=max(0, turns.open_places - 1))
    return turns


def _drawn(turns: Turns, facts: Mapping[str, object]) -> Turns:
    *before, lot = turns.lots
    said, seed = str(facts["said"]), str(facts["seed"])
    drawn = replace(lot, said=said, seed=seed, order=order(bytes.fromhex(seed), said, lot.numbers))
    return replace(turns, lots=(*before, drawn), open_places=lot.places)


def _whole(value: object) -> int:
    return int(str(value))
