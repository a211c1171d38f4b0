"""What several may do with a box and its release besides counting: more days, fewer, burning, notes, voided cards."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from commons import clock, log, quorum
from commons.clock import Clock
from commons.db import session
from commons.quorum import Refused
from surveys.actions import answering
from surveys.actions.cards import recognised
from surveys.actions.closing import end_due, pause
from surveys.actions.refusals import CardRefused, SurveyNotOpen
from surveys.domain.cards import Code
from surveys.models import Ballot, KeyShare, ReleaseRow
from surveys.queries import card_sets, cards_left, release
from surveys.queries import survey as find
from tests.surveys.boxes import SIX, START, asked, lived, rows, state
from tests.surveys.hall import Hall, hall


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as still:
        yield still


@pytest.fixture
def place(either: Flask, time: Clock) -> Hall:
    """A circle of three, two of whom act; three of whom end, burn or withdraw."""
    return hall(k=2)


def agreed(place: Hall, name: str, **params: object) -> None:
    """Have everybody sign an act that needs k + 1."""
    act = quorum.propose(place.assembly, name, params)
    for keys in place.keys:
        quorum.approve(place.assembly, act, keys)


def tomorrow(place: Hall, time: Clock) -> None:
    time.move(days=1)
    quorum.carry_out_due(place.assembly)


def test_a_box_may_be_given_more_days_twice_and_up_to_its_limit(place: Hall, time: Clock) -> None:
    survey, codes = lived(place, SIX)

    for wrong, why in (("2026-05-11", "not_later"), ("2026-06-01", "too_late"), ("soon", "no_day")):
        with pytest.raises(Refused, match=why):
            place.act("surveys.extend", survey=survey.slug, closes=wrong)
    place.act("surveys.extend", survey=survey.slug, closes="2026-05-12")
    time.move(days=9)
    end_due(place.assembly)
    assert state(survey) == "ended"
    place.act("surveys.extend", survey=survey.slug, closes="2026-05-25")
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[7], {"B1": 3})
    with pytest.raises(Refused, match="extended_twice"):
        place.act("surveys.extend", survey=survey.slug, closes="2026-05-24")
    assert [entry.payload["closes"] for entry in log.entries(place.assembly, kind="surveys.extend")] == [
        "2026-05-12", "2026-05-25",
    ]  # fmt: skip


def test_two_extensions_proposed_at_once_are_not_both_carried_out(place: Hall, time: Clock) -> None:
    survey, _ = lived(place, SIX)
    first, second = (
        quorum.propose(place.assembly, "surveys.extend", {"survey": survey.slug, "closes": day})
        for day in ("2026-05-13", "2026-05-14")
    )
    for keys in place.keys[:2]:
        quorum.approve(place.assembly, first, keys)
    quorum.approve(place.assembly, second, place.keys[0])

    with pytest.raises(Refused, match="changed_since"):
        quorum.approve(place.assembly, second, place.keys[1])


def test_a_box_extended_meanwhile_is_not_closed_by_a_share(place: Hall, time: Clock) -> None:
    survey, _ = lived(place, SIX)
    time.move(days=8)
    count = quorum.propose(place.assembly, "surveys.count", {"survey": survey.slug})
    place.act("surveys.extend", survey=survey.slug, closes="2026-05-20")

    with pytest.raises(Refused, match="still_open"):
        quorum.approve(place.assembly, count, place.keys[0])

    assert (state(survey), rows(KeyShare, survey)) == ("open", 3)


def test_ending_a_box_early_takes_one_more_and_a_day(place: Hall, time: Clock) -> None:
    survey, codes = lived(place, SIX)

    agreed(place, "surveys.close", survey=survey.slug)
    assert state(survey) == "open"
    tomorrow(place, time)

    assert state(survey) == "ended"
    with pytest.raises(SurveyNotOpen):
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[7], {"B1": 3})
    with pytest.raises(Refused, match="no_box"):
        agreed(place, "surveys.close", survey=survey.slug)
    place.count(survey.slug)
    assert state(survey) == "counted"


def test_a_burnt_box_is_gone_unread(place: Hall, time: Clock) -> None:
    survey, _ = lived(place, SIX)
    with pytest.raises(Refused, match="still_open"):
        agreed(place, "surveys.burn", survey=survey.slug)
    time.move(days=8)

    agreed(place, "surveys.burn", survey=survey.slug)
    tomorrow(place, time)

    assert (state(survey), rows(Ballot, survey), rows(KeyShare, survey)) == ("burnt", 0, 0)
    assert release(place.assembly, survey.slug) is None
    assert log.entries(place.assembly, kind="surveys.burn")[-1].payload["survey"] == survey.slug
    for again in ("surveys.burn", "surveys.extend", "surveys.count"):
        with pytest.raises(Refused):
            agreed(place, again, survey=survey.slug, closes="2026-06-01")


def test_one_facilitator_may_pause_a_box_once(place: Hall, time: Clock) -> None:
    survey, codes = lived(place, SIX)

    pause(place.assembly, survey.slug, 2)

    resting = find(place.assembly, survey.slug)
    assert resting is not None
    assert (resting.paused, resting.open, resting.over) == (True, False, False)
    assert resting.closes == survey.closes + timedelta(days=2)
    with pytest.raises(SurveyNotOpen):
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[7], {"B1": 3})
    with pytest.raises(Refused, match="paused_before"):
        pause(place.assembly, survey.slug, 2)
    time.move(days=2)
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[7], {"B1": 3})
    pause(place.assembly, survey.slug, 1)
    time.move(days=30)
    with pytest.raises(Refused, match="no_box"):
        pause(place.assembly, survey.slug, 3)
    with pytest.raises(Refused, match="no_box"):
        pause(place.assembly, "nowhere", 3)


def counted(place: Hall, time: Clock) -> str:
    survey, _ = lived(place, SIX)
    time.move(days=8)
    place.count(survey.slug)
    return survey.slug


def test_a_release_may_be_withdrawn_or_noted_and_its_figures_stay(place: Hall, time: Clock) -> None:
    slug = counted(place, time)
    before = release(place.assembly, slug)
    assert before is not None

    agreed(place, "surveys.note", survey=slug, reason="unequal_access")
    tomorrow(place, time)
    agreed(place, "surveys.withdraw", survey=slug, reason="pressure_on_members")
    assert release(place.assembly, slug) is not None
    tomorrow(place, time)

    after = release(place.assembly, slug)
    assert after is not None
    assert (after.data, after.sha256, after.withdrawn) == (before.data, before.sha256, True)
    assert [(note["note"], note["reason"]) for note in after.notes] == [
        ("care", "unequal_access"), ("withdrawn", "pressure_on_members"),
    ]  # fmt: skip
    assert list(session_pages()) == [1, 2, 3]
    for name, reason, why in (
        ("surveys.withdraw", "danger", "withdrawn_before"),
        ("surveys.note", "because I say so", "no_reason"),
    ):
        with pytest.raises(Refused, match=why):
            agreed(place, name, survey=slug, reason=reason)


def session_pages() -> Iterator[int]:
    yield from session.scalars(select(ReleaseRow.number).order_by(ReleaseRow.number))


def test_what_was_not_released_cannot_be_withdrawn(place: Hall, time: Clock) -> None:
    survey, _ = lived(place, SIX)

    for slug in (survey.slug, "nowhere"):
        with pytest.raises(Refused, match="no_release"):
            agreed(place, "surveys.withdraw", survey=slug, reason="danger")


def test_voided_cards_are_not_recognised_and_no_act_holds_a_code(place: Hall, time: Clock) -> None:
    codes = place.cards(12)
    params = recognised(place.assembly, codes[:2])
    assert not any(code in json.dumps(dict(params)) for code in codes)

    place.act("surveys.void", **params)

    (kept,) = card_sets(place.assembly)
    assert (kept.size, cards_left(place.assembly, kept.id)) == (12, 10)
    assert log.entries(place.assembly, kind="surveys.void")[-1].payload["voided"] == 2
    survey = place.open(asked())
    for wrong, why in ((codes[:1], "no_such_card"), ([Code("0" * 25)], "no_such_card"), ([], "no_such_card")):
        with pytest.raises(Refused, match=why):
            recognised(place.assembly, wrong)
    with pytest.raises(CardRefused):
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[0], {"B1": 3})
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[2], {"B1": 3})


def test_without_cards_none_can_be_voided(place: Hall, time: Clock) -> None:
    with pytest.raises(Refused, match="no_cards"):
        recognised(place.assembly, [])
