"""Opening a survey: what several freeze together, and what they are refused."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from nacl.public import SealedBox
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from commons import clock, log, quorum
from commons.clock import Clock
from commons.db import session, transaction
from commons.quorum import Refused
from surveys.actions.burning import burn_open_boxes
from surveys.actions.drafting import discard
from surveys.domain.questionnaire import fingerprint
from surveys.domain.sealing import combine, public_of
from surveys.models import KeyShare, SurveyRow
from surveys.queries import State, survey, surveys
from tests.surveys.boxes import SIX, START, asked, lived, rows
from tests.surveys.hall import Hall, hall, shipped


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as still:
        yield still


@pytest.fixture
def place(either: Flask, time: Clock) -> Hall:
    return hall(k=2)


def test_opening_freezes_questions_terms_and_cards(place: Hall) -> None:
    place.cards(12)
    opened = place.open(asked(), terms={"level": 2})

    assert opened.state is State.OPEN
    assert opened.fingerprint == fingerprint(opened.definition, log.canonical({"level": 2}))
    assert (opened.number, opened.questionnaire, opened.opens) == (1, asked(), START.date())
    entry = log.entries(place.assembly, kind="surveys.open")[-1].payload
    assert {name: entry[name] for name in ("cards", "closes", "fingerprint", "holders", "number", "until")} == {
        "cards": 12,
        "closes": "2026-05-11",
        "fingerprint": opened.fingerprint.hex(),
        "holders": [1, 2, 3],
        "number": 1,
        "until": "2026-05-25",
    }
    assert entry["box"] == opened.box_key.hex()


@pytest.mark.parametrize(
    "change", ["definition = 'x'", "terms = '{}'", "kind = 'x'", "slug = 'x'", "number = 9", "box_key = fingerprint"]
)
def test_the_database_refuses_to_change_what_is_frozen(place: Hall, change: str) -> None:
    place.cards()
    place.open(asked())

    with pytest.raises(DatabaseError, match="frozen"):
        session.execute(text(f"UPDATE survey SET {change}"))  # noqa: S608  # our own words
    session.rollback()


def test_a_draft_changed_after_it_was_proposed_is_not_opened(place: Hall) -> None:
    place.cards()
    slug = place.draft(asked())
    act = quorum.propose(place.assembly, "surveys.open", {"survey": slug})
    quorum.approve(place.assembly, act, place.keys[0])
    _reword_draft(slug)

    with pytest.raises(Refused, match="changed_since"):
        quorum.approve(place.assembly, act, place.keys[1])


@transaction
def _reword_draft(slug: str) -> None:
    row = session.scalars(select(SurveyRow).where(SurveyRow.slug == slug)).one()
    row.terms = log.canonical({"level": 4})


def test_the_key_is_shared_out_and_kept_nowhere(place: Hall) -> None:
    place.cards()
    opened = place.open(asked())
    held = session.scalars(select(KeyShare).where(KeyShare.survey == opened.id).order_by(KeyShare.from_slot)).all()
    shares = {
        one.from_slot: SealedBox(keys.sealing).decrypt(one.share) for one, keys in zip(held, place.keys, strict=True)
    }

    assert public_of(combine(shares, opened.fingerprint)) == opened.box_key
    assert all(json.loads(share)["needs"] == 2 for share in shares.values())
    assert all(one.from_slot == one.to_slot for one in held)


def test_a_survey_that_is_not_ready_is_not_opened(place: Hall, time: Clock) -> None:
    ready = place.draft(asked())
    refused = {
        "no_cards": ready,
        "not_a_draft": "nowhere",
        "unknown_kind": place.draft(asked(), kind="horoscope"),
        "unfinished": place.draft(shipped("short-baseline"), kind="baseline"),
    }
    for why, slug in refused.items():
        with pytest.raises(Refused, match=why):
            place.act("surveys.open", survey=slug)
    place.cards()
    time.move(days=8)
    with pytest.raises(Refused, match="closes_in_the_past"):
        place.act("surveys.open", survey=ready)


def test_nothing_is_asked_of_nobody(place: Hall) -> None:
    empty = replace(asked(), sections=(replace(asked().sections[0], questions=()),))
    place.cards()

    with pytest.raises(Refused, match="unfinished"):
        place.open(empty)


def test_a_season_serves_twelve_surveys(place: Hall) -> None:
    place.cards()
    for number in range(1, 13):
        assert place.open(asked()).number == number

    with pytest.raises(Refused, match="cards_used_up"):
        place.open(asked())

    place.cards()
    assert place.open(asked()).number == 1


@pytest.mark.parametrize("size", [0, 20_001, "12", None])
def test_a_card_set_has_a_size(place: Hall, size: object) -> None:
    with pytest.raises(Refused, match="card_set_size"):
        place.act("surveys.cards", size=size)


def test_a_draft_may_be_thrown_away_and_an_open_survey_not(place: Hall) -> None:
    place.cards()
    opened, slug = place.open(asked()), place.draft(asked())

    discard(place.assembly, slug)
    discard(place.assembly, opened.slug)

    assert [one.slug for one in surveys(place.assembly)] == [opened.slug]
    assert place.draft(asked()) != opened.slug


def test_a_slug_in_use_is_never_given_again(place: Hall) -> None:
    first, second = (place.draft(asked()) for _ in range(2))
    discard(place.assembly, first)

    assert place.draft(asked()) != second
    assert survey(place.assembly, first) is None


def test_the_boxes_of_a_circle_that_is_gone_are_burnt(place: Hall) -> None:
    box, _ = lived(place, SIX)
    kept = place.draft(asked())

    assert burn_open_boxes(place.assembly) == (box.slug,)

    assert rows(KeyShare, box) == 0
    assert {one.slug: one.state for one in surveys(place.assembly)} == {box.slug: State.BURNT, kept: State.DRAFT}
