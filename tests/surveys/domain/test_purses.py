"""Purses: who saves since when, whatever the unit; what is alike from here on is one."""

from dataclasses import dataclass

import numpy as np

from surveys.domain.purses import Purses, rounds
from tests.surveys.domain.approvals import packed

EVERYBODY = packed([{0}, {0}], 1)


@dataclass(frozen=True)
class Way:
    """A way that forks into its two next numbers until it is 3."""

    number: int

    def key(self) -> tuple[object, ...]:
        return (self.number,)

    def next(self) -> "list[Way]":
        return [Way(self.number + 1), Way(min(self.number + 2, 3))] if self.number < 3 else []


def test_the_same_times_in_another_unit_are_the_same_and_other_times_are_not() -> None:
    halves, wholes = Purses((0, 1), (-2,), EVERYBODY, 2), Purses((1, 0), (-1,), EVERYBODY)

    assert halves.key() == wholes.key()
    assert halves.key() != Purses((0, 1), (-1,), EVERYBODY, 2).key()


def test_people_who_save_since_the_same_time_are_one_group() -> None:
    planes = packed([{0}, {1}, set()], 2)
    start = Purses((), (-1,), packed([{0}, {0}, {0}], 1))

    after = start.emptied(0, planes[0], (0, 1)).emptied(1, planes[1], (0, 1))

    assert after.since == (0, -1)
    assert np.array_equal(after.groups, packed([{0}, {0}, {1}], 2))


def test_ways_alike_are_one_and_one_that_ended_stays() -> None:
    found = [[way.number for way in ways] for ways in rounds(Way(0), Way.next, 9)]

    assert found == [[1, 2], [2, 3], [3]]


def test_as_many_ways_as_may_be_are_followed_and_more_end_it() -> None:
    assert len(list(rounds(Way(0), Way.next, 2))) == 3
    assert len(list(rounds(Way(0), Way.next, 1))) == 1
