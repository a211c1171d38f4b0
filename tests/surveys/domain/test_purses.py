"""Purses: who saves since when, whatever the unit; what is alike from here on is one."""

import numpy as np

from surveys.domain.purses import Purses
from tests.surveys.domain.approvals import packed

EVERYBODY = packed([{0}, {0}], 1)


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
