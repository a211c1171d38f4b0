"""Counting an opened box: exact integers that add up in any order, and the columns judges look at.

Nothing here is ever stored or shown: what may leave the opening passes through `disclosure`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from surveys.domain import planes
from surveys.domain.logic import DONT_KNOW
from surveys.domain.planes import Planes
from surveys.domain.proportional import pack
from surveys.domain.questionnaire import Kind, Questionnaire
from surveys.domain.sealing import FINGERPRINT, HEAD, NO_WITNESS, SIZE, WITNESS, Field, Plain, layout, text_of

NO_VOICE = 0
Column = NDArray[np.uint8]
Picked = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tally:
    """Exact counts of a box, or of a part of it.

    By item key: `counts` holds how many chose each level of a scale or single choice, `chosen` how many ticked each
    choice of a set or each ready reason, both in the order of the choices. `answered` leaves out "don't know", which
    `dont_know` counts. `by_voice` holds a tally for each position of the voice question, 0 for those who named none.
    """

    ballots: int
    witnesses: tuple[int, ...]
    counts: Mapping[str, tuple[int, ...]]
    chosen: Mapping[str, tuple[int, ...]]
    dont_know: Mapping[str, int]
    answered: Mapping[str, int]
    by_voice: "Mapping[int, Tally]" = field(default_factory=dict)

    def within(self, key: str, low: int, high: int) -> int:
        """Return how many chose a level from `low` to `high` of an item."""
        return sum(self.counts[key][low - 1 : high])


@dataclass(frozen=True, slots=True)
class Ballots:
    """The answers of an opened box, one column an item: what a judge may look at, row by row, inside the opening."""

    size: int
    levels: Mapping[str, Column]
    sets: Mapping[str, Picked]
    voices: Column

    def level(self, key: str) -> Column:
        """Return each ballot's level of a scale or single choice: 0 skipped, DONT_KNOW, else the position."""
        return self.levels[key]

    def picked(self, key: str) -> Picked:
        """Return ballots by choices: whether each ticked each choice of a set, or each ready reason."""
        return self.sets[key]

    def voice(self) -> Column:
        """Return each ballot's voice by its position, 0 for none."""
        return self.voices


def ballots(questionnaire: Questionnaire, plain: Plain) -> Ballots:
    """Return the columns of opened ballots."""
    fields = layout(questionnaire)
    levels = {one.item.key: np.ascontiguousarray(plain[:, one.at]) for one in fields if not one.masked}
    named = levels.get(questionnaire.voice, np.zeros(len(plain), np.uint8))
    return Ballots(
        size=len(plain),
        levels=levels,
        sets={one.item.key: _bits(plain, one)[1:].T for one in fields if one.masked},
        voices=np.where(named == DONT_KNOW, NO_VOICE, named).astype(np.uint8),
    )


def _bits(plain: Plain, one: Field) -> Picked:
    """Return bits by ballots: "don't know", then each choice of a set or each ready reason."""
    mask = np.ascontiguousarray(plain[:, one.at : one.at + one.size].T)
    bits = np.unpackbits(mask, axis=0, bitorder="little")
    return bits[: len(one.item.question.choices) + 1].view(np.bool_)


def joined(parts: Iterable[Ballots]) -> Ballots:
    """Return the columns of several parts of one box as one. Raises ValueError when there is no part."""
    every = tuple(parts)
    first = every[0]
    return Ballots(
        size=sum(part.size for part in every),
        levels={key: np.concatenate([part.levels[key] for part in every]) for key in first.levels},
        sets={key: np.concatenate([part.sets[key] for part in every]) for key in first.sets},
        voices=np.concatenate([part.voices for part in every]),
    )


def count(questionnaire: Questionnaire, plain: Plain) -> Tally:
    """Return the tally of opened ballots; of none, a tally of zeros."""
    said = {one.item.key: _said(plain, one) for one in layout(questionnaire)}
    witnesses = np.ascontiguousarray(plain[:, FINGERPRINT:HEAD]).view(f">u{WITNESS}").ravel()
    known = tuple(np.sort(witnesses[witnesses != NO_WITNESS]).tolist())
    whole = _counted(questionnaire, said, pack(np.ones((len(plain), 1), np.bool_)))
    apart = {place: _counted(questionnaire, said, who) for place, who in _voices(questionnaire, plain).items()}
    return replace(whole, witnesses=known, by_voice=apart)


def _voices(questionnaire: Questionnaire, plain: Plain) -> Mapping[int, Planes]:
    """Return who named each voice, 0 for none; nothing where no voice is asked."""
    asked = questionnaire.by_key.get(questionnaire.voice)
    if asked is None:
        return {}
    voices = ballots(questionnaire, plain).voices
    return {place: pack((voices == place)[:, np.newaxis]) for place in range(len(asked.question.choices) + 1)}


def _said(plain: Plain, one: Field) -> Planes:
    """Return one bit a person for "don't know", then for each choice of an item, then for having answered it."""
    choices = len(one.item.question.choices)
    if one.masked:
        held = _bits(plain, one)
    else:
        places = np.array((DONT_KNOW, *range(1, choices + 1)), np.uint8)
        held = np.ascontiguousarray(plain[:, one.at]) == places[:, np.newaxis]
    answered = held[1:].any(axis=0)
    if one.item.question.kind is Kind.TEXT:
        answered |= plain[:, one.text_at : one.text_at + SIZE].any(axis=1)
    return pack(np.vstack((held, answered)).T)


def _counted(questionnaire: Questionnaire, said: Mapping[str, Planes], who: Planes) -> Tally:
    """Count what was said by those whose bit is set in the one plane of `who`."""
    told = {key: tuple(planes.count(bits & who).tolist()) for key, bits in said.items()}
    times = {item.key: told[item.key][1:-1] for item in questionnaire.items}
    levels = {field.item.key for field in layout(questionnaire) if not field.masked}
    return Tally(
        ballots=int(planes.count(who)[0]),
        witnesses=(),
        counts={key: some for key, some in times.items() if key in levels},
        chosen={key: some for key, some in times.items() if key not in levels},
        dont_know={key: counts[0] for key, counts in told.items()},
        answered={key: counts[-1] for key, counts in told.items()},
    )


def merge(one: Tally, other: Tally) -> Tally:
    """Return the tally of two parts of one box: associative, commutative, so no order of parts can matter."""
    return Tally(
        ballots=one.ballots + other.ballots,
        witnesses=tuple(sorted(one.witnesses + other.witnesses)),
        counts=_sums(one.counts, other.counts),
        chosen=_sums(one.chosen, other.chosen),
        dont_know={key: times + other.dont_know[key] for key, times in one.dont_know.items()},
        answered={key: times + other.answered[key] for key, times in one.answered.items()},
        by_voice={place: merge(part, other.by_voice[place]) for place, part in one.by_voice.items()},
    )


def _sums(one: Mapping[str, tuple[int, ...]], other: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    return {key: tuple(map(sum, zip(counts, other[key], strict=True))) for key, counts in one.items()}


def merged(parts: Iterable[Tally]) -> Tally:
    """Return the tally of all the parts of one box. Raises TypeError when there is none."""
    return reduce(merge, parts)


def copies(tally: Tally) -> int:
    """Return how many ballots bear a witness that another one bears: each card speaks once, so there must be none."""
    return len(tally.witnesses) - len(set(tally.witnesses))


def texts(questionnaire: Questionnaire, plain: Plain) -> tuple[tuple[str, str], ...]:
    """Return (item key, text) for everything written, detached from its ballot and sorted: the box's order is gone."""
    asked = [one for one in layout(questionnaire) if one.item.question.kind is Kind.TEXT]
    said = (
        (one.item.key, text_of(row[one.text_at : one.text_at + one.text_size].tobytes()))
        for one in asked
        for row in plain
    )
    return tuple(sorted((key, text) for key, text in said if text))
