"""A series: several pulses opened ahead by one act, each a box of its own."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.clock import Clock
from commons.db import session
from commons.quorum import Refused
from surveys.actions import answering, offers, series
from surveys.actions.closing import pause
from surveys.actions.refusals import SurveyNotOpen
from surveys.models import KeyShare
from surveys.queries import State, Survey, surveys
from tests.surveys.boxes import START, asked, rows
from tests.surveys.hall import Hall, hall

SPANS = [["2026-05-04", "2026-05-06"], ["2026-05-18", "2026-05-20"], ["2026-06-01", "2026-06-03"]]


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as still:
        yield still


@pytest.fixture
def place(either: Flask, time: Clock) -> Hall:
    return hall(k=2)


@pytest.fixture
def kept_free() -> Iterator[None]:
    offers.keep_free(lambda _assembly: ((date(2026, 5, 18), date(2026, 5, 19)),))
    yield
    offers.keep_free(lambda _assembly: ())


def opened(place: Hall, spans: list[list[str]] = SPANS) -> list[Survey]:
    place.act("surveys.series", survey=place.draft(asked(), "pulse", {"level": 1}), days=spans)
    return sorted(surveys(place.assembly), key=lambda one: one.closes)


def test_one_act_of_k_opens_each_pulse_with_its_dates_its_key_and_its_number(place: Hall) -> None:
    place.cards()

    boxes = opened(place)

    days = [[str(one.opens), one.closes.isoformat()] for one in boxes]
    assert days == SPANS
    assert [one.number for one in boxes] == [1, 2, 3]
    assert [one.slug for one in boxes] == ["pulse-1", "pulse-2", "pulse-3"]
    assert len({one.box_key for one in boxes}) == len({one.fingerprint for one in boxes}) == len(SPANS)
    assert [rows(KeyShare, one) for one in boxes] == [len(place.keys)] * len(SPANS)
    assert {one.definition for one in boxes} == {boxes[0].definition}


def test_a_box_takes_cards_from_its_first_day_only(place: Hall, time: Clock) -> None:
    codes = place.cards()
    first, second, _ = opened(place)

    assert (first.open, second.open, second.waits, second.paused) == (True, False, True, False)
    with pytest.raises(SurveyNotOpen):
        answering.hand_in(place.assembly, second.slug, second.questionnaire, codes[0], {"B1": 1})
    time.move(days=14)
    answering.hand_in(place.assembly, second.slug, second.questionnaire, codes[0], {"B1": 1})
    assert (second.open, second.waits) == (True, False)


def test_each_is_counted_alone_and_the_others_go_on(place: Hall, time: Clock) -> None:
    codes = place.cards()
    first, *_ = opened(place)
    for code in codes[:6]:
        answering.hand_in(place.assembly, first.slug, first.questionnaire, code, {"B1": 5})
    time.move(days=4)

    place.count(first.slug)

    states = [one.state for one in sorted(surveys(place.assembly), key=lambda one: one.closes)]
    assert states == [State.COUNTED, State.OPEN, State.OPEN]
    assert log.entries(place.assembly, kind="surveys.count")[-1].payload["survey"] == "pulse-1"


def test_more_days_end_early_and_no_pause_before_the_first_day(place: Hall, time: Clock) -> None:
    place.cards()
    first, second, third = opened(place)
    time.move(days=4)

    place.act("surveys.extend", survey=first.slug, closes="2026-05-16")
    with pytest.raises(Refused, match="too_late"):
        place.act("surveys.extend", survey=second.slug, closes="2026-07-01")
    with pytest.raises(Refused, match="no_box"):
        pause(place.assembly, third.slug, 1)
    act = quorum.propose(place.assembly, "surveys.close", {"survey": third.slug})
    for keys in place.keys:
        quorum.approve(place.assembly, act, keys)
    time.move(days=1)
    quorum.carry_out_due(place.assembly)

    assert [one.state for one in surveys(place.assembly) if one.slug == third.slug] == [State.ENDED]


def test_a_series_is_refused_beyond_what_the_cards_still_serve(place: Hall) -> None:
    place.cards()
    many = [[f"2026-{month:02d}-01", f"2026-{month:02d}-05"] for month in range(6, 13)]
    opened(place, many)

    with pytest.raises(Refused, match="cards_used_up"):
        opened(place, [[first.replace("2026", "2027"), last.replace("2026", "2027")] for first, last in many])

    assert len(opened(place, SPANS)) == len(many) + 1 + len(SPANS)


@pytest.mark.parametrize(
    ("spans", "why"),
    [
        (SPANS[:1], "two_to_twelve"),
        ([], "two_to_twelve"),
        ("soon", "two_to_twelve"),
        ([["2026-05-04", "2026-05-06"], ["2026-05-06", "2026-05-08"]], "dates_overlap"),
        ([["2026-05-03", "2026-05-06"], ["2026-05-07", "2026-05-08"]], "dates_overlap"),
        ([["2026-05-06", "2026-05-05"], ["2026-05-07", "2026-05-08"]], "dates_overlap"),
        ([["2026-05-06", "2026-05-07"], ["2029-05-07", "2029-05-08"]], "too_far_ahead"),
        ([["2026-05-06", "tomorrow"], ["2026-05-07", "2026-05-08"]], "no_day"),
        ([["2026-05-06"], ["2026-05-07", "2026-05-08"]], "no_day"),
        ([[1, 2], ["2026-05-07", "2026-05-08"]], "no_day"),
    ],
)
def test_dates_that_cannot_be_are_refused(place: Hall, spans: list[list[str]], why: str) -> None:
    place.cards()

    with pytest.raises(Refused, match=why):
        opened(place, spans)

    assert session.query(KeyShare).count() == 0


def test_only_a_pulse_is_repeated(place: Hall) -> None:
    place.cards()

    with pytest.raises(Refused, match="only_a_pulse"):
        place.act("surveys.series", survey=place.draft(asked()), days=SPANS)


def test_days_kept_free_are_honoured(place: Hall, kept_free: None) -> None:
    place.cards()

    with pytest.raises(Refused, match="quiet_days"):
        opened(place)
    moved = series.dates(place.assembly, date(2026, 5, 4), number=3, every=14, lasts=3)

    assert [first.isoformat() for first, _ in moved] == ["2026-05-04", "2026-05-20", "2026-06-01"]
    assert [(last - first).days for first, last in moved] == [2, 2, 2]
