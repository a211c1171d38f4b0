"""A sitting: a box for each item of a plenary, ended by the hall, told together or one by one."""

from collections.abc import Iterator

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.clock import Clock
from commons.quorum import Refused
from surveys.actions import answering, sitting
from surveys.models import KeyShare
from surveys.queries import State, Survey, survey
from tests.surveys.boxes import START, asked, rows
from tests.surveys.hall import Hall, hall


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as still:
        yield still


@pytest.fixture
def place(either: Flask, time: Clock) -> Hall:
    return hall(k=2)


def opened(place: Hall, *, together: bool) -> tuple[Survey, ...]:
    """Three boxes of a sitting, with six ballots in each."""
    codes, slugs = place.cards(), [place.draft(asked()) for _ in range(3)]
    place.act("surveys.sitting", surveys=slugs, together=together)
    boxes = tuple(one for slug in slugs if (one := survey(place.assembly, slug)))
    for box in boxes:
        for code in codes[:6]:
            answering.hand_in(place.assembly, box.slug, box.questionnaire, code, {"B1": 5})
    return boxes


def test_one_act_of_k_opens_a_box_for_each_item_today(place: Hall) -> None:
    boxes = opened(place, together=True)

    assert [one.state for one in boxes] == [State.OPEN] * 3
    assert {one.closes for one in boxes} == {START.date()}
    assert len({one.box_key for one in boxes}) == len(boxes)
    assert [rows(KeyShare, one) for one in boxes] == [len(place.keys)] * 3
    assert {one.sitting for one in boxes} == {("practice-1", "practice-2", "practice-3")}


def test_the_agenda_is_frozen_with_the_boxes(place: Hall) -> None:
    place.cards()
    slugs = [place.draft(asked()) for _ in range(2)]

    place.act("surveys.sitting", surveys=slugs, together=True, minutes=[20, 5], before=10)

    for slug in slugs:
        box = survey(place.assembly, slug)
        assert box is not None
        agreed = box.terms["sitting"]
        assert isinstance(agreed, dict)
        assert (agreed["minutes"], agreed["before"], agreed["after"]) == ([20, 5], 10, 0)


@pytest.mark.parametrize(
    "plan",
    [{"minutes": [20]}, {"minutes": [20, 0]}, {"minutes": [20, 241]}, {"minutes": "20"}, {"minutes": [20, True]},
     {"minutes": [20, "5"]}, {"minutes": [20, 5], "before": -1}, {"minutes": [20, 5], "after": 241}],
)  # fmt: skip
def test_an_agenda_without_minutes_for_each_item_is_refused(place: Hall, plan: dict[str, object]) -> None:
    place.cards()
    slugs = [place.draft(asked()) for _ in range(2)]

    with pytest.raises(Refused, match="no_minutes"):
        quorum.propose(place.assembly, "surveys.sitting", {"surveys": slugs, "together": True, **plan})


def test_one_alone_ends_a_box_when_the_hall_has_finished_and_the_log_says_so(place: Hall) -> None:
    first, second, _ = opened(place, together=False)

    sitting.finish(place.assembly, first.slug)

    ended, going_on = (survey(place.assembly, one.slug) for one in (first, second))
    assert ended is not None
    assert going_on is not None
    assert (ended.state, going_on.state) == (State.ENDED, State.OPEN)
    assert log.entries(place.assembly, kind="finished")[-1].payload == {"survey": first.slug}


def test_one_alone_ends_nothing_outside_a_sitting(place: Hall, time: Clock) -> None:
    first, second, _ = opened(place, together=False)
    alone = place.open(asked())
    sitting.finish(place.assembly, first.slug)

    for slug in (alone.slug, first.slug, place.draft(asked()), "nowhere"):
        with pytest.raises(Refused, match="not_in_a_sitting"):
            sitting.finish(place.assembly, slug)
    place.act("surveys.extend", survey=second.slug, closes="2026-05-06")
    time.move(days=1)
    with pytest.raises(Refused, match="not_in_a_sitting"):
        sitting.finish(place.assembly, second.slug)


def test_item_by_item_a_box_is_counted_while_others_go_on(place: Hall) -> None:
    first, *_ = opened(place, together=False)
    sitting.finish(place.assembly, first.slug)

    place.count(first.slug)

    counted = survey(place.assembly, first.slug)
    assert counted is not None
    assert counted.state is State.COUNTED


def test_told_together_no_box_is_opened_before_the_last_has_ended(place: Hall, time: Clock) -> None:
    first, second, third = opened(place, together=True)
    for box in (first, second):
        sitting.finish(place.assembly, box.slug)
    with pytest.raises(Refused, match="sitting_goes_on"):
        place.count(first.slug)

    sitting.finish(place.assembly, third.slug)
    for box in (first, second, third):
        place.count(box.slug)

    assert {one.state for box in (first, second, third) if (one := survey(place.assembly, box.slug))} == {State.COUNTED}


def test_a_day_that_is_over_ends_a_sitting_too(place: Hall, time: Clock) -> None:
    first, *_ = opened(place, together=True)
    time.move(days=1)

    place.count(first.slug)

    counted = survey(place.assembly, first.slug)
    assert counted is not None
    assert counted.state is State.COUNTED


@pytest.mark.parametrize(
    "slugs", [[], ["practice-1", "practice-1"], "practice-1", [f"practice-{n}" for n in range(13)]]
)
def test_a_sitting_has_one_to_twelve_items(place: Hall, slugs: object) -> None:
    place.cards()
    place.draft(asked())

    with pytest.raises(Refused, match="one_to_twelve"):
        place.act("surveys.sitting", surveys=slugs, together=True)


def test_what_is_no_draft_or_needs_more_cards_is_refused(place: Hall) -> None:
    place.cards()
    for _ in range(11):
        place.open(asked())
    slugs = [place.draft(asked()) for _ in range(2)]

    with pytest.raises(Refused, match="cards_used_up"):
        place.act("surveys.sitting", surveys=slugs, together=True)
    with pytest.raises(Refused, match="not_a_draft"):
        place.act("surveys.sitting", surveys=["practice-1"], together=True)
