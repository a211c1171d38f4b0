"""An opened box as judges hear it: its groups, who is heeded, and the reasons judges give.

Everything here is a truth value per ballot or an exact share; nothing of it leaves an opening.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from surveys.domain.tally import NO_VOICE, Ballots, Tally

EACH_VOICE = "each_voice"
"""The priority rule that heeds each voice apart; an assembly may choose `whole` instead, and must choose one."""

SEQUENCE_FROM = 20
"""Ballots from which an order of things may be told."""

Group = NDArray[np.bool_]
Levels = NDArray[np.uint8]
Terms = Mapping[str, object]


class Why(StrEnum):
    """One reason an item stands where it does; each becomes one plain sentence."""

    GRAVE_FOR_MOST = "grave_for_most"
    GRAVE_FOR_A_VOICE = "grave_for_a_voice"
    GRAVE_FOR_MANY = "grave_for_many"
    GRAVE_FOR_MANY_OF_A_VOICE = "grave_for_many_of_a_voice"
    GRAVE_NOT_LIKELY = "grave_not_likely"
    LIKELY_NOT_GRAVE = "likely_not_grave"
    CALM = "calm"
    TOO_FEW = "too_few"
    SAID_BY_A_CIRCLE = "said_by_a_circle"
    WANTED_BY_MANY = "wanted_by_many"
    PART_OF_A_MINORITY = "part_of_a_minority"
    TIED = "tied"
    WANTED_LESS = "wanted_less"
    CARRIED = "carried"
    BEYOND = "beyond"
    HARMS_MANY = "harms_many"
    HARMS_A_VOICE = "harms_a_voice"


@dataclass(frozen=True, slots=True)
class Box:
    """An opened box with what was frozen about how to read it: its groups, everyone first."""

    ballots: Ballots
    groups: tuple[Group, ...]
    floor: int
    infiltrators: int

    def heeds(self, people: int) -> bool:
        """Whether so many agree that neither the infiltrators nor one person with them decide alone."""
        return people > self.infiltrators + 1


def hear(terms: Terms, tally: Tally, ballots: Ballots) -> Box:
    """Put the box beside its groups: everyone, each voice of at least K, and the smaller ones taken together.

    Small voices are merged all at once, so that no name or order decides which; a union still under K is left out.
    """
    infiltrators = number(terms, "infiltrators", 2)
    floor = 2 * infiltrators + 3
    everyone = np.ones(ballots.size, dtype=np.bool_)
    if terms.get("priority", EACH_VOICE) != EACH_VOICE:
        return Box(ballots, (everyone,), floor, infiltrators)
    voices = [ballots.voice() == voice for voice in sorted(tally.by_voice) if voice != NO_VOICE]
    small = [voice for voice in voices if voice.sum() < floor]
    merged = [np.logical_or.reduce(small)] if small else []
    kept = [group for group in (*voices, *merged) if group.sum() >= floor]
    return Box(ballots, (everyone, *kept), floor, infiltrators)


def heard(box: Box) -> Iterator[tuple[Group, Why]]:
    """Yield each group with the reason that its refusal gives, everyone first."""
    everyone, *voices = box.groups
    yield everyone, Why.HARMS_MANY
    yield from ((voice, Why.HARMS_A_VOICE) for voice in voices)


def given(levels: Levels) -> Group:
    """Say which ballots gave a level: neither skipped nor "don't know"."""
    return np.asarray((levels > 0) & (levels < np.iinfo(np.uint8).max))


def people(group: Group) -> int:
    """Count a group."""
    return int(group.sum())


def share(part: Group, whole: Group) -> Fraction:
    """Return a part of a group; nothing of nobody."""
    return Fraction(people(part), max(1, people(whole)))


def number(terms: Terms, key: str, usual: int) -> int:
    """Return a whole number of the terms."""
    value = terms.get(key)
    return value if isinstance(value, int) else usual
