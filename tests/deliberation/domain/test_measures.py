"""How measures stand, which beginnings of a sequence are held against EJR+, which dangers meet a measure."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deliberation.domain.hearing import Box
from deliberation.domain.measures import FIRST, HARMFUL, Covered, choice, coverage, standing
from surveys.domain.judgement import majority_ranks
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


def box(wishes: Picked, **sets: Picked) -> Box:
    """A box without voices, with one infiltrator."""
    people = len(wishes)
    ballots = Ballots(people, {}, {FIRST: wishes, **sets}, np.zeros(people, dtype=np.uint8))
    return Box(ballots, (np.ones(people, dtype=np.bool_),), 5, 1)


def proportional(wishes: Picked, places: int) -> object:
    things = map(str, range(wishes.shape[1]))
    return choice(box(wishes), wishes, dict.fromkeys(things), places)["proportional"]


@pytest.mark.parametrize(("case", "told"), [(FEWER, True), (MORE, False)], ids=["16 ballots", "24 ballots"])
def test_a_beginning_that_leaves_people_short_counts_only_where_it_is_told(case: Sequence[int], *, told: bool) -> None:
    wishes, places = starved(*case), case[0]

    assert proportional(wishes, places) is False, "the whole set leaves the four short"
    assert proportional(wishes, places + 1) is told, "one more place mends the whole set, and not its beginning"


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=24))
@example([[1, 0, 0]] * 4 + [[2, 2, 0]] * 9 + [[2, 0, 0]] + [[0, 0, 0]] * 6)
def test_a_measure_stands_as_majority_judgement_of_what_each_person_says(people: list[list[int]]) -> None:
    """0 nothing, 1 harm, 2 a wish, 3 both: harm, then neither, then a wish; harm said by one or two is not heard."""
    said = np.array(people)
    harms, wishes = said % 2 == 1, said >= 2
    heard = harms & (harms.sum(axis=0) > 2)
    levels = np.where(heard, 0, np.where(wishes, 2, 1))

    rows = [[int((column == level).sum()) for level in range(3)] for column in levels.T]

    assert standing(box(wishes, **{HARMFUL: harms}), wishes) == majority_ranks(rows)


def test_no_measures_stand_in_no_order() -> None:
    nothing = np.zeros((3, 0), dtype=np.bool_)

    assert standing(box(nothing, **{HARMFUL: nothing}), nothing) == ()
    assert choice(box(nothing), nothing, {}, 2) == {
        "measure_reason": {}, "chosen": [], "tied": [], "proportional": True,
    }  # fmt: skip


def test_each_danger_of_today_meets_a_chosen_measure_a_tied_one_or_none() -> None:
    tiers = {"fire": "now", "flood": "now", "dogs": "now", "calm": "next"}
    answers = {"M1": ("fire",), "M2": ("flood", "fire"), "M3": ("dogs", "calm")}

    assert coverage(tiers, ["M1"], ["M2"], answers) == {
        "dogs": Covered.NONE,
        "fire": Covered.CHOSEN,
        "flood": Covered.TIED,
    }
