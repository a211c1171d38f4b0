"""A house that may only be read: its pages open, and no transaction ever begins in it."""

from dataclasses import replace

import pytest
from click import ClickException
from flask import Flask
from sqlalchemy import text

from commons import access, clock, db, upkeep
from commons.cli import ready
from commons.settings import DATABASE, ReadOnly, from_environment, here
from tests.attacks.standing import held
from tests.surveys.hall import Hall, hall, shipped
from tests.visitor import Visitor


@pytest.fixture
def place(app: Flask) -> Hall:
    return hall()


def shut(app: Flask) -> None:
    """Let the house be read and nothing else."""
    app.extensions["palabre"] = replace(here(), settings=replace(here().settings, read_only=True))


def test_pages_open_and_what_is_sent_is_not_kept(app: Flask, place: Hall) -> None:
    cards = place.cards()
    place.open(shipped("practice"))
    member = Visitor(app).reads(place.again())
    page = member.visit("/en/casa/answer/practice-1")
    seen = member.send(page, {"X1": "2", "card": cards[0], "consent": "yes"}, "answers")
    before = held()

    shut(app)
    member.visit("/en/casa/board")
    told = member.send(seen, {}, "answers", button="send", status=503)

    assert "Nothing can be sent just now" in told.text
    assert "your card still works" in told.text
    assert "Retry-After" not in told.response.headers
    assert held() == before


def test_a_reading_word_still_opens_and_a_sitting_is_not_prolonged(app: Flask, place: Hall) -> None:
    access.register_actor(lambda _assembly, _slot: True)
    seat = Visitor(app)
    began = clock.now() - 2 * access.REFRESH
    with clock.stopped(began):
        seat.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))

    shut(app)

    assert Visitor(app).reads(place.assembly).visit("/en/casa/board").status == 200
    seat.visit("/en/casa/circle/surveys")
    seat.visit("/en/casa/circle/surveys/new/practice")


def test_no_act_and_no_upkeep_writes(either: Flask) -> None:
    place = hall()
    place.cards()
    before = held()

    shut(either)
    with pytest.raises(ReadOnly):
        place.act("surveys.cards", size=12)
    with pytest.raises(ReadOnly):
        place.draft(shipped("practice"))
    upkeep.run()

    assert held() == before


def test_its_start_writes_nothing_and_takes_no_other_schema(app: Flask) -> None:
    hall()
    file = here().settings.instance / DATABASE
    before = file.read_bytes()

    shut(app)
    ready()
    assert file.read_bytes() == before

    with db.db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(ClickException, match="made by another version"):
        ready()


def test_the_operator_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not from_environment().read_only
    monkeypatch.setenv("PALABRE_READ_ONLY", "1")

    assert from_environment().read_only
