"""Who is around an assembly: kinds of actors by influence and attitude. Never a private person.

The grid of influence and attitude is that of stakeholder analysis (Mendelow 1981), as protection manuals use it:
allies, adversaries, undecided. Nothing is computed from it.
"""

import re
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


class Doubt(StrEnum):
    """Whether what was typed looks like somebody's name."""

    NONE = ""
    MAYBE = "maybe"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class ActorCard:
    """One kind of actor: what it wants and what it can do, in words; its influence and its attitude."""

    words: Words
    category: Category
    influence: int
    attitude: int
    intention: Words = field(default_factory=dict)
    capability: Words = field(default_factory=dict)


_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|dr|don|doña|dona|sr|sra|srta|señor|señora|mme|mlle|monsieur|madame|ing|lic|prof|col|cap|capitán|"
    r"capitaine|captain|gen|sgt|padre|father|père|pastor|hermano|hermana)\b\.?\s+(?-i:[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:the|of|and|le|la|les|des?|du|el|los|las|del|y|et|company|compan\w+|mine|mining|ministry|police|army|bank|"
    r"entreprise|ministère|mairie|armée|banque|empresa|ministerio|alcaldía|policía|ejército|banco|union|radio|tv|"
    r"church|église|iglesia|fund\w*|group\w*|grup\w*|inc|ltd|sa|corp)\b",
    re.IGNORECASE,
)


def doubt(text: str) -> Doubt:
    """Tell whether a text looks like a person's name: a title before a name is one, two bare capitalised words may be.

    Scripts without capital letters are never doubted: people read what they write, a machine only reminds them.
    """
    if _TITLE.search(text):
        return Doubt.PERSON
    words = text.split()
    capital = [word for word in words if word[:1].isupper() and word[1:].islower()]
    bare = len(words) in {2, 3, 4} and len(capital) == len(words)
    return Doubt.MAYBE if bare and not _THING.search(text) else Doubt.NONE


def doubted(*texts: Words) -> Doubt:
    """Return the strongest doubt about some texts in any language."""
    found = {doubt(text) for words in texts for text in words.values()}
    return next((one for one in (Doubt.PERSON, Doubt.MAYBE) if one in found), Doubt.NONE)


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
