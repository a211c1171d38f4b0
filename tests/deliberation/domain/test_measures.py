"""Which beginnings of the sequence are held against EJR+: those that are told."""

from collections.abc import Sequence

import numpy as np
import pytest

from deliberation.domain.hearing import Box
from deliberation.domain.measures import choice
from surveys.domain.tally import Ballots, Picked

FEWER = (8, 3, 3, 6, 0)
MORE = (12, 6, 5, 9, 5)


def starved(many: int, all_of_them: int, but_the_first: int, but_two: int, apart: int) -> Picked:
    """Four people wish for the first two things and for one of the next two each; the others for the `many` after.

    Whatever the four share is bought so late that the others buy all `many` first (after Brill et al., 2017). The first
    `apart` of the others each leave out one thing more, so that few things tie.
    """
    rest = range(2, 2 + many)
    wishes = [{0, 1, 2}] * 2 + [{0, 1, 3}] * 2
    wishes += [set(rest)] * all_of_them + [set(rest[1:])] * but_the_first + [set(rest[2:])] * but_two
    wishes[4 : 4 + apart] = [wish - {place} for place, wish in enumerate(wishes[4 : 4 + apart], start=4)]
    return np.array([[thing in wish for thing in range(2 + many)] for wish in wishes], dtype=np.bool_)


def proportional(wishes: Picked, places: int) -> object:
    people, things = wishes.shape
    everyone = np.ones(people, dtype=np.bool_)
    box = Box(Ballots(people, {}, {}, np.zeros(people, dtype=np.uint8)), (everyone,), 5, 1)
    return choice(box, wishes, dict.fromkeys(map(str, range(things))), places)["proportional"]


@pytest.mark.parametrize(("case", "told"), [(FEWER, True), (MORE, False)], ids=["16 ballots", "24 ballots"])
def test_a_beginning_that_leaves_people_short_counts_only_where_it_is_told(case: Sequence[int], *, told: bool) -> None:
    wishes, places = starved(*case), case[0]

    assert proportional(wishes, places) is False, "the whole set leaves the four short"
    assert proportional(wishes, places + 1) is told, "one more place mends the whole set, and not its beginning"
