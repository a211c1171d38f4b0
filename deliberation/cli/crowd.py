"""People of a demonstration: cards and leanings drawn from a published seed. None of them exists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import shake_256
from random import Random

from commons.assembly import Assembly
from surveys import door
from surveys.domain.cards import Code
from surveys.domain.logic import Answer, Answers, Written, relevant
from surveys.domain.questionnaire import SETS, Item, Kind, Questionnaire

SEED = "under the tree, the first day"
MIDDLE: Mapping[int, Sequence[int]] = {3: (3, 2, 1), 4: (4, 3, 2, 1), 5: (1, 2, 3, 2, 1), 6: (6, 3, 1, 1, 0, 0)}
USUAL_TICK, TEN = 3, 10
Leanings = Mapping[str, Sequence[int]]
"""Weights of each position, by item key ("C2.T12"), question ("C2"), or either for one voice ("C2.T12@3").

Where people may tick as many as they like, a weight is how many of ten tick that choice.
"""


def published(seed: str = SEED) -> Callable[[int], bytes]:
    """Return a source of bytes that anybody can draw again from the seed (SHAKE-256, FIPS 202)."""
    drawn = 0

    def source(size: int) -> bytes:
        nonlocal drawn
        drawn += size
        return shake_256(seed.encode()).digest(drawn)[-size:]

    return source


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a card, and the voice they would name (0 for none)."""

    card: Code
    voice: int


def people(cards: Sequence[Code], voices: Sequence[int]) -> tuple[Person, ...]:
    """Give a card to each: as many people of each voice as `voices` says, in that order."""
    named = [voice for voice, size in enumerate(voices, start=1) for _ in range(size)]
    return tuple(Person(card, voice) for card, voice in zip(cards, named, strict=False))


def hand_in(
    assembly: Assembly, slug: str, crowd: Sequence[Person], leanings: Leanings, random: Random
) -> tuple[Answers, ...]:
    """Let each of the crowd answer an open survey with their own card, through the same door as the page.

    Returns what they answered: the seed is published, so anybody can draw it again; the house itself keeps none of it.
    """
    survey = door.survey(assembly, slug)
    if survey is None:
        raise LookupError(slug)
    drawn = tuple(answered(survey.questionnaire, person, leanings, random) for person in crowd)
    for person, answers in zip(crowd, drawn, strict=True):
        door.hand_in(assembly, slug, survey.questionnaire, person.card, answers)
    return drawn


def answered(questionnaire: Questionnaire, person: Person, leanings: Leanings, random: Random) -> Answers:
    """Return one person's answers: each drawn by its weights, the voice as it is."""
    told: dict[str, Answer] = {}
    for item in questionnaire.items:
        if item.key == questionnaire.voice:
            told[item.key] = person.voice
            continue
        answer = _drawn(item, _weights(item, person, leanings), random)
        if answer is not None:
            told[item.key] = answer
    return relevant(questionnaire, {key: answer for key, answer in told.items() if answer != 0})


def _weights(item: Item, person: Person, leanings: Leanings) -> Sequence[int]:
    names = (f"{item.key}@{person.voice}", item.key, f"{item.question.id}@{person.voice}", item.question.id)
    given = next((leanings[name] for name in names if name in leanings), None)
    size = len(item.question.choices)
    usual = (USUAL_TICK,) * size if _ticked_freely(item) else MIDDLE.get(size, (1,) * size)
    return usual if given is None else given


def _ticked_freely(item: Item) -> bool:
    return item.question.kind is Kind.TEXT or (item.question.kind in SETS and not item.question.maximum)


def _drawn(item: Item, weights: Sequence[int], random: Random) -> Answer | None:
    places = range(1, len(item.question.choices) + 1)
    if not any(weights):
        return None
    if _ticked_freely(item):
        ticked = frozenset(place for place in places if random.random() * TEN < weights[place - 1])
        text = item.question.kind is Kind.TEXT
        return (Written(ticked) if text else ticked) if ticked else None
    if item.question.kind not in SETS:
        return random.choices(places, weights)[0]
    liked = sorted(places, key=lambda place: -(weights[place - 1] * random.random()))
    return frozenset(place for place in liked[: item.question.maximum] if weights[place - 1])
