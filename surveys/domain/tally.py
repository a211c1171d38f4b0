"""Counting an opened box: exact integers that add up in any order, and the columns judges look at.

Nothing here is ever stored or shown: what may leave the opening passes through `disclosure`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from surveys.domain.logic import DONT_KNOW
from surveys.domain.questionnaire import Kind, Questionnaire
from surveys.domain.sealing import BITS, FINGERPRINT, HEAD, NO_WITNESS, SIZE, WITNESS, Field, Plain, layout, text_of

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
    wrote: Mapping[str, Picked]
    voices: Column

    def level(self, key: str) -> Column:
        """Return each ballot's level of a scale or single choice: 0 skipped, DONT_KNOW, else the position."""
        return self.levels[key]

    def picked(self, key: str) -> Picked:
        """Return ballots by choices: whether each ticked each choice of a set, or each ready reason."""
        return self.sets[key]

    def reasoned(self, key: str) -> Picked:
        """Return whether each ballot ticked a ready reason or wrote something."""
        return self.wrote[key]

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
        sets={one.item.key: _bits(plain, one)[:, 1:] for one in fields if one.masked},
        wrote={one.item.key: _said(plain, one) for one in fields if one.item.question.kind is Kind.TEXT},
        voices=np.where(named == DONT_KNOW, NO_VOICE, named).astype(np.uint8),
    )


def _bits(plain: Plain, one: Field) -> Picked:
    mask = np.ascontiguousarray(plain[:, one.at : one.at + one.size])
    bits = np.unpackbits(mask, axis=1, bitorder="little", count=one.size * BITS)
    return bits[:, : len(one.item.question.choices) + 1].astype(np.bool_)


def _said(plain: Plain, one: Field) -> Picked:
    written = plain[:, one.text_at : one.text_at + SIZE].any(axis=1)
    return np.logical_or(written, _bits(plain, one).any(axis=1))


def joined(parts: Iterable[Ballots]) -> Ballots:
    """Return the columns of several parts of one box as one. Raises ValueError when there is no part."""
    every = tuple(parts)
    first = every[0]
    return Ballots(
        size=sum(part.size for part in every),
        levels={key: np.concatenate([part.levels[key] for part in every]) for key in first.levels},
        sets={key: np.concatenate([part.sets[key] for part in every]) for key in first.sets},
        wrote={key: np.concatenate([part.wrote[key] for part in every]) for key in first.wrote},
        voices=np.concatenate([part.voices for part in every]),
    )


def count(questionnaire: Questionnaire, plain: Plain) -> Tally:
    """Return the tally of opened ballots; of none, a tally of zeros."""
    columns = ballots(questionnaire, plain)
    witnesses = np.ascontiguousarray(plain[:, FINGERPRINT:HEAD]).view(f">u{WITNESS}").ravel()
    known = tuple(sorted(int(one) for one in witnesses if one != NO_WITNESS))
    unsure = _unsure(questionnaire, plain)
    whole = _counted(questionnaire, columns, unsure, np.ones(len(plain), np.bool_))
    groups = (
        {place: columns.voices == place for place in range(_voices(questionnaire) + 1)}
        if _voices(questionnaire)
        else {}
    )
    apart = {place: _counted(questionnaire, columns, unsure, rows) for place, rows in groups.items()}
    return Tally(whole.ballots, known, whole.counts, whole.chosen, whole.dont_know, whole.answered, apart)


def _voices(questionnaire: Questionnaire) -> int:
    asked = questionnaire.by_key.get(questionnaire.voice)
    return len(asked.question.choices) if asked else 0


def _unsure(questionnaire: Questionnaire, plain: Plain) -> Mapping[str, Picked]:
    fields = layout(questionnaire)
    return {one.item.key: _bits(plain, one)[:, 0] if one.masked else plain[:, one.at] == DONT_KNOW for one in fields}


def _counted(questionnaire: Questionnaire, columns: Ballots, unsure: Mapping[str, Picked], rows: Picked) -> Tally:
    counts, chosen, answered = {}, {}, {}
    for item in questionnaire.items:
        key = item.key
        if key in columns.levels:
            times = np.bincount(columns.levels[key][rows], minlength=DONT_KNOW + 1)
            counts[key] = _whole(times[1 : len(item.question.choices) + 1])
            answered[key] = sum(counts[key])
        else:
            chosen[key] = _whole(columns.sets[key][rows].sum(axis=0))
            some = columns.wrote.get(key, np.logical_or.reduce(columns.sets[key], axis=1))
            answered[key] = int(some[rows].sum())
    dont_know = {key: int(those[rows].sum()) for key, those in unsure.items()}
    return Tally(int(rows.sum()), (), counts, chosen, dont_know, answered)


def _whole(counts: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(int(one) for one in counts)


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
