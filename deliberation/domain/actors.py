"""Who is around an assembly: kinds of actors by influence and attitude. Never a private person.

The grid of influence and attitude is that of stakeholder analysis (Mendelow 1981), as protection manuals use it:
allies, adversaries, undecided. Nothing is computed from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.domain.questionnaire import read_words

Words = Mapping[str, str]
INFLUENCE = range(5, 0, -1)
"""From 5, decides over us, down to 1, hardly any."""
ATTITUDE = range(-2, 3)
"""From -2, against us, over 0, undecided, to 2, with us."""


class Category(StrEnum):
    """What kind of actor it is."""

    INSTITUTION = "institution"
    COMPANY = "company"
    FORCES = "forces"
    ARMED_GROUP = "armed_group"
    MEDIA = "media"
    COMMUNITY = "community"
    ORGANISATION = "organisation"
    BELIEF = "belief"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class ActorCard:
    """One kind of actor: what it wants and what it can do, in words; its influence and its attitude."""

    words: Words
    category: Category
    influence: int
    attitude: int
    intention: Words = field(default_factory=dict)
    capability: Words = field(default_factory=dict)


def grid(cards: Iterable[ActorCard]) -> tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]:
    """Return, by influence from the highest, the positions (from 1) of the cards in each attitude from the lowest."""
    placed = [(one.influence, one.attitude, at) for at, one in enumerate(cards, start=1)]
    return tuple(
        (row, tuple(tuple(at for high, side, at in placed if (high, side) == (row, column)) for column in ATTITUDE))
        for row in INFLUENCE
    )


def read_actor(words: Words, data: Mapping[str, object]) -> ActorCard:
    """Read an actor as `write_actor` leaves it. Raises ValueError where something is not of its list."""
    influence, attitude = _whole(data.get("influence")), _whole(data.get("attitude"))
    if influence not in INFLUENCE or attitude not in ATTITUDE:
        raise ValueError(influence, attitude)
    notes = (read_words(data.get("intention")), read_words(data.get("capability")))
    return ActorCard(words, Category(str(data.get("category"))), influence, attitude, *notes)


def write_actor(card: ActorCard) -> dict[str, object]:
    """Return the data of an actor, its words apart."""
    return {
        "category": card.category.value,
        "influence": card.influence,
        "attitude": card.attitude,
        "intention": dict(card.intention),
        "capability": dict(card.capability),
    }


def _whole(data: object) -> int:
    return int(str(data))
