"""What the log tells of one season's cards: spares fixed and given, and the numbers of cards nobody ever drew.

It holds witness numbers of left-over cards only. A card somebody holds is told of nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.domain.cards import SURVEYS, Code, show_witness, witness

DRAWN, SPARED, VOIDED = "surveys.cards", "surveys.spare", "surveys.void"
Numbers = Mapping[int, frozenset[str]]
"""Witness numbers as they are printed, by the number of the survey in its season."""


@dataclass(frozen=True, slots=True)
class Season:
    """One card set as the log tells it. `left` are the numbers of its left-over cards, `voided` how many those are."""

    spares: int
    given: int
    voided: int
    left: Numbers
    halves: bool
    words: bool

    def among(self, number: int, counted: Iterable[str]) -> int:
        """Return how many left-over cards appear among the numbers counted in one survey: none should."""
        return len(self.left.get(number, frozenset()) & frozenset(counted))


def season(card_set: str, told: Iterable[tuple[str, Mapping[str, object]]]) -> Season:
    """Return what the log says of a card set, named in hexadecimal, from its (kind, payload) pairs in any order."""
    mine = [(kind, payload) for kind, payload in told if payload.get("set") == card_set]
    left: defaultdict[int, set[str]] = defaultdict(set)
    for number, shown in (pair for _, payload in mine for pair in _listed(payload.get("witnesses"))):
        left[number].update(shown)
    drawn = [payload for kind, payload in mine if kind == DRAWN]
    return Season(
        spares=sum(_whole(payload.get("spares")) for payload in drawn),
        given=sum(kind == SPARED for kind, _ in mine),
        voided=sum(_whole(payload.get("voided")) for kind, payload in mine if kind == VOIDED),
        left={number: frozenset(shown) for number, shown in left.items()},
        halves=any("second" in payload for payload in drawn),
        words=any(payload.get("words") is True for payload in drawn),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _listed(value: object) -> Iterable[tuple[int, list[str]]]:
    return [(int(number), list(shown)) for number, shown in value.items()] if isinstance(value, Mapping) else []


def numbers(codes: Iterable[Code], key: bytes = b"") -> Mapping[str, list[str]]:
    """Return the witness numbers of some cards, survey by survey, each list sorted: none tells which card it is of."""
    every = tuple(codes)
    return {str(at): sorted(show_witness(witness(code, at, key)) for code in every) for at in range(1, SURVEYS + 1)}
