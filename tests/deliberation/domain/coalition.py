"""A coalition that reads everything released of a box and knows its own rows: every box it cannot rule out, tried."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from surveys.domain.logic import Answers
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.sealing import encode, width
from surveys.domain.tally import Ballots, Tally, ballots, count

Box = tuple[int, ...]
"""How many people are of each kind."""
Told = Callable[[Tally, Ballots], Hashable]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to answer everything; `more` are things that are true of who does, and that nobody may learn either."""

    answers: Answers
    more: Mapping[str, object] = field(default_factory=dict)

    def truths(self) -> dict[str, object]:
        """What is true of somebody of this kind; of a set, of each choice by itself."""
        said: dict[str, object] = dict(self.more)
        for key, answer in self.answers.items():
            if isinstance(answer, frozenset):
                said |= {f"{key}.{choice}": choice in answer for choice in range(1, 4)}
            else:
                said[key] = answer
        return said


def boxes(people: int, kinds: int) -> Iterator[Box]:
    """Yield every box of so many people of these kinds."""
    for chosen in combinations_with_replacement(range(kinds), people):
        yield tuple(chosen.count(kind) for kind in range(kinds))


def opened(asked: Questionnaire, kinds: Sequence[Kind], box: Box) -> tuple[Tally, Ballots]:
    """Return what an opening sees of a box."""
    people = [kinds[kind].answers for kind, times in enumerate(box) for _ in range(times)]
    plain = b"".join(encode(asked, bytes(32), at, one) for at, one in enumerate(people))
    seen = np.frombuffer(plain, np.uint8).reshape(len(people), width(asked))
    return count(asked, seen), ballots(asked, seen)


def learned(
    asked: Questionnaire, kinds: Sequence[Kind], people: int, infiltrators: int, told: Told
) -> set[tuple[str, object]]:
    """Return every truth that some coalition can be certain to hold for nobody else, or for everybody else."""
    groups: dict[Hashable, list[Box]] = defaultdict(list)
    for box in boxes(people, len(kinds)):
        groups[told(*opened(asked, kinds, box))].append(box)
    truths = [kind.truths() for kind in kinds]
    owns = list(boxes(infiltrators, len(kinds)))
    return {one for alike in groups.values() for own in owns for one in _certain(np.array(alike), own, truths)}


def _certain(held: NDArray[np.int64], own: Box, truths: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, object]]:
    mine = np.array(own)
    fits = (held >= mine).all(axis=1)
    here: list[bool] = list(np.any(held[fits] > mine, axis=0))
    for key in sorted(truths[0]):
        values = {one[key] for one in truths}
        possible = {one[key] for one, some in zip(truths, here, strict=True) if some}
        if possible and possible != values:
            yield from ((key, value) for value in values - possible)
