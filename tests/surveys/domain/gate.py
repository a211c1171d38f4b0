"""Boxes of answers, and what the gate lets out of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.domain.disclosure import Figure, disclose
from surveys.domain.logic import Answers
from surveys.domain.questionnaire import Kind, Questionnaire
from surveys.domain.sealing import encode, width
from surveys.domain.tally import Tally, count
from tests.surveys.domain.asked import VOICES, asking, choices, question

STANCE = question("S1", offered=choices("1", "2", "3", "4", "5", "6"), cut=(1, 2))


def tally(asked: Questionnaire, given_: Sequence[Answers]) -> Tally:
    plain = b"".join(encode(asked, bytes(32), place, one) for place, one in enumerate(given_))
    return count(asked, np.frombuffer(plain, np.uint8).reshape(len(given_), width(asked)))


def told(asked: Questionnaire, given_: Sequence[Answers], infiltrators: int = 2) -> dict[str, Figure]:
    return {one.item: one for one in disclose(asked, tally(asked, given_), infiltrators)}


def stances(*counts: int) -> list[Answers]:
    return [{"S1": level} for level, times in enumerate(counts, start=1) for _ in range(times)]


def voiced(*groups: tuple[int, Mapping[int, int]]) -> list[Answers]:
    """Ballots of groups: (voice, {level: how many})."""
    return [
        ({"A2": voice} if voice else {}) | {"B1": level}
        for voice, counts in groups
        for level, times in counts.items()
        for _ in range(times)
    ]


VOICED = asking(question("A2", Kind.SINGLE, VOICES[:2]), question("B1"), voice="A2")
