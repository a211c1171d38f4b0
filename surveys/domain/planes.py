"""Ordered answers of many people in bulk: one bit a person for each level reached, and the integers counted from them.

Whatever is counted here adds up: parts of a box are counted apart and summed, so neither the order of people nor the
way they were shared out can matter. No person is ever looked at alone, and nothing here may leave an opening.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, permutations

import numpy as np
from numpy.typing import NDArray

from surveys.domain.proportional import WORD

Planes = NDArray[np.uint64]
Column = NDArray[np.uint8]
Counts = NDArray[np.int64]
AT_ONCE = 1 << 17
"""Words combined in one go: what stays in the fast memory of an ordinary processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Bulk:
    """Answers of `people` to several items of the same scale; no answer has no bit.

    `planes[k - 1, i]` holds one bit a person: set when item i was answered at level k or above. So an answer takes as
    many bits as there are levels, whatever else is known of nobody.
    """

    people: int
    planes: Planes

    @property
    def levels(self) -> int:
        """Return how many levels the scale has."""
        return len(self.planes)

    @property
    def items(self) -> int:
        """Return how many items were asked."""
        return int(self.planes.shape[1])

    def at_least(self, level: int) -> Planes:
        """Return the people, item by item, who answered at `level` (1 is the lowest) or above; nobody above the top."""
        return self.planes[level - 1] if level <= self.levels else np.zeros_like(self.planes[0])

    def exactly(self, level: int) -> Planes:
        """Return the people, item by item, who answered at `level`."""
        return self.at_least(level) & ~self.at_least(level + 1)


def bulk(columns: Sequence[Column] | Column, *, levels: int) -> Bulk:
    """Return the bulk form of one column an item; 0, "don't know" and all else outside 1..`levels` are no answer."""
    people = len(columns[0]) if len(columns) else 0
    planes = np.zeros((levels, len(columns), -(-max(people, 1) // WORD)), np.uint64)
    octets = planes.view(np.uint8)[:, :, : -(-people // 8)]
    for item, column in enumerate(columns):
        level = column * (column <= levels)
        for step in range(levels):
            octets[step, item] = np.packbits(level > step)
    return Bulk(people, planes)


def count(planes: Planes) -> Counts:
    """Count the bits along the words of any planes."""
    return np.asarray(np.bitwise_count(planes).sum(axis=-1, dtype=np.uint32), np.int64)


def counts(answers: Bulk, among: Planes | None = None) -> Counts:
    """Return items by levels: how many chose each level; only `among` the people of one plane where one is given."""
    reached = count(answers.planes if among is None else answers.planes & among)
    above = np.vstack((reached[1:], np.zeros_like(reached[:1])))
    return np.ascontiguousarray((reached - above).T)


def joint(one: Bulk, other: Bulk) -> Counts:
    """Return items by (levels + 1) by (levels + 1): how many gave each pair of answers to an item of each, 0 for none.

    The items stand side by side: the i-th of `one` with the i-th of `other`, asked of the same people.
    """
    both = np.zeros((one.items, one.levels + 2, other.levels + 2), np.int64)
    both[:, 0, 0] = one.people
    both[:, 1:-1, 0], both[:, 0, 1:-1] = count(one.planes).T, count(other.planes).T
    for level in range(1, one.levels + 1):
        both[:, level, 1:-1] = count(one.at_least(level) & other.planes).T
    rows = both[:, :-1] - both[:, 1:]
    return rows[:, :, :-1] - rows[:, :, 1:]


def paired(answers: Bulk, level: int) -> tuple[Counts, Counts]:
    """Return E and D, items by items: E[i, j] put both at `level` or above; D[i, j] put i there and answered j.

    Of those who answered both, D[i, j] - E[i, j] put i there and not j; the margin of i over j is D[i, j] - D[j, i].
    """
    high = answers.at_least(level)
    return _crossed(high, high), _crossed(high, answers.at_least(1))


def above(answers: Bulk) -> Counts:
    """Return P, items by items: P[i, j] people answered both, and put i at a higher level than j."""
    found = np.zeros((answers.items, answers.items), np.int64)
    for level in range(1, answers.levels):
        found += _crossed(answers.at_least(level + 1), answers.exactly(level))
    return found


def ties(answers: Bulk) -> int:
    """Return the sum, over people and over levels, of t^3 - t for the t items a person put at one level.

    It is what ties take from the agreement of rankings (Kendall, 1948). The t of all people are counted side by side,
    in binary: t^3 is a sum over triples of its digits.
    """
    digits = _digits(np.array([answers.exactly(level) for level in range(1, answers.levels + 1)]))
    triples = combinations_with_replacement(enumerate(digits), 3)
    return sum(_met(triple) for triple in triples) - sum(int(count(one).sum()) << at for at, one in enumerate(digits))


def _crossed(rows: Planes, columns: Planes) -> Counts:
    """Return how many people each row and each column have in common, a few rows at a time."""
    step = max(1, AT_ONCE // max(1, columns.size))
    parts = [count(rows[at : at + step, np.newaxis] & columns) for at in range(0, len(rows), step)]
    return np.concatenate(parts) if parts else np.zeros((0, 0), np.int64)


def _digits(planes: Planes) -> list[Planes]:
    """Add up the items of each level, person by person; return the planes of the sums' binary digits, lowest first."""
    digits: list[Planes] = []
    for item in range(planes.shape[1]):
        carry = planes[:, item]
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        if carry.any():
            digits.append(carry)
    return digits


def _met(triple: tuple[tuple[int, Planes], ...]) -> int:
    """Return what three digits, each with its place, add to the sum of cubes, in all the orders they can stand in."""
    (one, first), (two, second), (three, third) = triple
    orders = len(set(permutations((one, two, three))))
    return (orders * int(count(first & second & third).sum())) << (one + two + three)
