"""Where an assembly wrote what each measure takes and what it can carry, measures are chosen by equal shares of it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.effort import MOST, Weighed, read_effort
from deliberation.domain.priorities import judge_baseline
from surveys.domain.questionnaire import Section
from tests.deliberation.domain.opened import box
from tests.deliberation.domain.test_priorities import TERMS, WISHES, baseline, wants, wishes

WEIGHED: Mapping[str, object] = {**TERMS, "effort": {"M1": 9, "M2": 3, "M3": 3, "M4": 1}, "carry": 12}


def test_where_effort_is_weighed_the_chosen_are_what_can_be_carried() -> None:
    judged = wishes([wants(1, 2)] * 6 + [wants(3)] * 4, WEIGHED)

    assert (judged["chosen"], judged["tied"]) == (["M2", "M3"], [])
    assert judged["eligibility"] == dict.fromkeys(["M1", "M2", "M3", "M4"], "eligible")
    assert judged["measure_reason"] == {"M1": "beyond", "M2": "carried", "M3": "carried", "M4": "beyond"}
    assert {"sequence", "firm"}.isdisjoint(judged)


@given(st.lists(st.sets(st.integers(1, 4)), min_size=7, max_size=26), st.integers(1, 16))
def test_the_audit_finds_nobody_short_whatever_people_wish_for_and_so_tells_nothing_of_them(
    people: list[set[int]], carry: int
) -> None:
    assert wishes([wants(*one) for one in people], {**WEIGHED, "carry": carry})["proportional"] is True


def test_a_dear_measure_is_taken_up_when_those_who_wish_for_it_hold_its_part() -> None:
    judged = wishes([wants(1)] * 9 + [wants(2)] * 4, {**WEIGHED, "carry": 13})

    assert judged["chosen"] == ["M1", "M2"]


def test_efforts_that_tie_for_what_is_left_stay_a_tie() -> None:
    judged = wishes([wants(2)] * 12 + [wants(3)] * 12, {**WEIGHED, "carry": 3})

    assert (judged["chosen"], judged["tied"]) == ([], ["M2", "M3"])
    assert judged["measure_reason"] == {"M1": "beyond", "M2": "tied", "M3": "tied", "M4": "beyond"}
    assert "sequence" not in judged


def test_of_efforts_that_tie_the_one_that_harms_nobody_is_taken_up() -> None:
    people = [wants(2)] * 8 + [wants(2, harmful=[3])] * 4 + [wants(3)] * 12

    judged = wishes(people, {**WEIGHED, "carry": 3})

    assert (judged["chosen"], judged["tied"]) == (["M2"], [])


def test_the_most_that_may_be_written_is_read_and_no_more() -> None:
    def read(effort: int, carry: int) -> Weighed | None:
        return read_effort({"effort": {"M1": effort}, "carry": carry}, ["M1"])

    assert read(MOST, 100 * MOST) == Weighed((MOST,), 100 * MOST)
    assert read(MOST + 1, 100 * MOST) is None
    assert read(MOST, 100 * MOST + 1) is None


def test_from_twenty_ballots_on_the_steps_of_what_is_taken_up_are_told() -> None:
    judged = wishes([wants(2)] * 14 + [wants(3)] * 8, WEIGHED)

    assert judged["sequence"] == [["M2"], ["M3"]]


def test_seven_who_wish_choose_and_twenty_ballots_tell_the_steps() -> None:
    seven, twenty = wishes([wants(2)] * 7, WEIGHED), wishes([wants(2)] * 7 + [wants()] * 13, WEIGHED)

    assert (seven["chosen"], twenty["chosen"]) == (["M2"], ["M2"])
    assert "sequence" not in seven
    assert twenty["sequence"] == [["M2"]]


def test_a_measure_that_must_be_amended_is_not_weighed_and_too_few_wishes_choose_nothing() -> None:
    harmed = wishes([wants(2, harmful=[3])] * 6 + [wants(3)] * 4, WEIGHED)
    few = wishes([wants(2)] * 6 + [wants()] * 4, WEIGHED)

    assert harmed["chosen"] == ["M2"]
    assert isinstance(harmed["measure_reason"], dict)
    assert harmed["measure_reason"]["M3"] == "harms_many"
    assert (few["chosen"], few["measure_reason"]) == ([], dict.fromkeys(["M1", "M2", "M3", "M4"], "too_few"))


@pytest.mark.parametrize(
    "terms",
    [
        {"carry": 0},
        {"carry": True},
        {"carry": None},
        {"effort": None},
        {"effort": {"M1": 9, "M2": 3, "M3": 3}},
        {"effort": {"M1": 9, "M2": 3, "M3": 3, "M4": 0}},
        {"effort": {"M1": 9, "M2": 3, "M3": 3, "M4": 1000}},
    ],
)
def test_effort_is_weighed_only_where_all_of_it_is_written(terms: Mapping[str, object]) -> None:
    people = [wants(1, 2)] * 6 + [wants(3)] * 4

    assert wishes(people, {**WEIGHED, **terms}) == wishes(people)


def test_where_harm_is_not_asked_nothing_tells_ties_apart() -> None:
    asked = baseline(Section("first", {}, WISHES.questions[:1]))

    judged = judge_baseline(asked, {"infiltrators": 2, "places": 1}, *box(asked, [wants(1)] * 10 + [wants(2)] * 10))

    assert (judged["chosen"], judged["tied"]) == ([], ["M1", "M2"])
