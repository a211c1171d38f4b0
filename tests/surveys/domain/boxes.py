"""Every box there could be, for the proofs by enumeration: counts, and who the infiltrators may be among them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import product

import numpy as np

from surveys.domain.doubt import Asked, Range, Voice


def ways(people: int, levels: int) -> Iterator[tuple[int, ...]]:
    """Yield every way in which `people` can stand on `levels`."""
    if levels == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in ways(people - first, levels - 1):
            yield first, *rest


def alike(boxes: Iterable[tuple[int, ...]], told: Callable[[tuple[int, ...]], Hashable]) -> list[np.ndarray]:
    """Return the boxes in groups that are told in the same way: all that an outsider can tell apart."""
    groups: dict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for box in boxes:
        groups[told(box)].append(box)
    return [np.array(group) for group in groups.values()]


def betrayed(group: np.ndarray, known: Sequence[tuple[int, ...]], rows: int = 1) -> tuple[int, ...] | None:
    """Return where infiltrators can stand so that they are certain of somebody else, or None.

    A box is `rows` voices of as many levels each. They are certain when, in every box of the group that has them in
    it, nobody else of a voice is on some level, or everybody else of that voice is.
    """
    levels = group.shape[1] // rows
    sizes = np.repeat(group[0].reshape(rows, levels).sum(axis=1), levels)
    for stand in known:
        own = np.array(stand)
        others = group[(group >= own).all(axis=1)] - own
        left = sizes - np.repeat(own.reshape(rows, levels).sum(axis=1), levels)
        if len(others) and ((left > 0) & ((others.max(axis=0) == 0) | (others.min(axis=0) == left))).any():
            return stand
    return None


def fits_everywhere(asked: Asked, levels: Sequence[Range], voices: Sequence[Voice]) -> bool:
    """Tell, by trying every box, whether one person more than the infiltrators fits on every level of every voice."""
    within = [place in asked.cut for place in range(len(levels))]
    every = (
        [row for row in ways(one.answers, len(levels)) if _lies(sum(np.array(row)[within]), one.yes)] for one in voices
    )
    boxes = [
        box
        for box in map(np.array, product(*every))
        if all(map(_lies, box.sum(axis=0), levels)) and _lies(box[:, within].sum(), asked.everyone.yes)
    ]
    wanted = [[min(asked.infiltrators + 1, one.answers)] for one in voices]
    return bool(boxes) and bool((np.array(boxes).max(axis=0) >= wanted).all())


def _lies(count: int, one: Range) -> bool:
    return one.low <= count <= one.high
