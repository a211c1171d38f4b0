"""Opened boxes for the tests of judges, written as the answers people gave."""

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.domain.questionnaire import Choice, Kind, Question, Questionnaire, Section
from surveys.domain.tally import Ballots, Tally

Given = Mapping[str, int | frozenset[int]]


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, {"en": name}) for name in names)


def questionnaire(sections: Sequence[Section], voice: str = "", **lists: tuple[Choice, ...]) -> Questionnaire:
    return Questionnaire("test", 1, {}, {}, {}, 1, ("en",), tuple(sections), lists, voice)


def scale(key: str, steps: int = 5) -> Question:
    return Question(key, Kind.SCALE, {"en": key}, choices(*(str(step) for step in range(1, steps + 1))))


def box(asked: Questionnaire, given: Sequence[Given]) -> tuple[Tally, Ballots]:
    """The tally and the columns of some ballots: levels as numbers, sets as positions from 1."""
    sets, levels = {}, {}
    for item in asked.items:
        many = len(item.question.choices)
        answers = [one.get(item.key) for one in given]
        if item.question.kind in (Kind.MULTIPLE, Kind.APPROVAL, Kind.TEXT):
            ticked = [one if isinstance(one, frozenset) else frozenset() for one in answers]
            sets[item.key] = np.array([[place in one for place in range(1, many + 1)] for one in ticked], dtype=bool)
        else:
            levels[item.key] = np.array([one if isinstance(one, int) else 0 for one in answers], dtype=np.uint8)
    nobody = np.zeros(len(given), dtype=np.uint8)
    ballots = Ballots(len(given), levels, sets, levels.get(asked.voice, nobody))
    counts = {
        item.key: tuple(int((levels[item.key] == level).sum()) for level in range(1, len(item.question.choices) + 1))
        for item in asked.items
        if item.key in levels
    }
    chosen = {key: tuple(int(times) for times in ticked.sum(axis=0)) for key, ticked in sets.items()}
    answered = {key: sum(times) for key, times in counts.items()}
    empty = Tally(0, (), {}, {}, {}, {})
    voices = dict.fromkeys(range(int(ballots.voices.max(initial=0)) + 1), empty) if asked.voice else {}
    return Tally(len(given), (), counts, chosen, {}, answered, voices), ballots
