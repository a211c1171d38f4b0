"""When the machine fails: nobody is told that something was kept when it was not, and nothing typed stays anywhere."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app import create_app
from commons import clock, db
from commons.settings import Settings, here
from surveys import door
from surveys.domain.cards import Code, show
from tests.attacks.standing import Standing, held, token
from tests.attacks.test_forensics import found
from tests.deliberation.gathering import DAYS
from tests.visitor import Visitor, parsed, said

TRY_AGAIN = "Go back and try again in a minute."
CANARY = "canary-sings-at-dawn"


def files(folder: Path) -> bytes:
    """Everything on the disk of the instance."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def hand_in(member: Visitor, house: Standing, code: Code) -> TestResponse:
    """Send one card with its answers, as the page would."""
    data = {"consent": "yes", "card": code, "step": "send", "X": CANARY}
    return member.client.post(f"/en/river/answer/{house.named['survey']}", data=data)


def ballots() -> int:
    return len(held()["ballot"])


def hindered(monkeypatch: pytest.MonkeyPatch, *pragmas: str) -> None:
    """Open every connection from now on with these pragmas too, and without patience."""
    db.session.remove()
    db.db.engine.dispose()
    monkeypatch.setattr(db, "PRAGMAS", (*db.PRAGMAS, "busy_timeout=50", *pragmas))


def locked(_monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Let another program hold the database, as a careless backup does."""
    other = sqlite3.connect(here().settings.instance / "palabre.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Give the database not one page more than it has, as a full disk does."""
    hindered(monkeypatch, "max_page_count=1")
    return lambda: hindered(monkeypatch, "max_page_count=1000000")


def read_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Let the database be read and not written."""
    hindered(monkeypatch, "query_only=ON")
    return lambda: hindered(monkeypatch, "query_only=OFF")


@pytest.mark.parametrize("hinder", [locked, full, read_only])
def test_what_could_not_be_kept_is_not_thanked_for_and_leaves_no_trace(
    house: Standing,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hinder: Callable[[pytest.MonkeyPatch], Callable[[], object]],
) -> None:
    caplog.set_level(logging.DEBUG)
    member, cards, thanked = house.member(), iter(house.river.cards), 0
    hindered(monkeypatch)

    relieve = hinder(monkeypatch)
    answers = []
    for code in cards:  # a full disk still has room for some
        answers.append((code, hand_in(member, house, code)))
        if answers[-1][1].status_code != 303:
            break
        thanked += 1
    relieve()

    code, answer = answers[-1]
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert TRY_AGAIN in said(parsed("", answer.text))
    assert code not in answer.text
    assert ballots() == thanked
    db.session.remove()
    assert found([code, show(code), CANARY], files(here().settings.instance)) == set()
    assert [one for one in (code, show(code), CANARY) if one in caplog.text] == []
    assert hand_in(member, house, code).status_code == 303
    assert ballots() == thanked + 1


def test_the_disk_was_really_full(house: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without room some hand-ins are kept, then none."""
    member = house.member()
    full(monkeypatch)

    told = [hand_in(member, house, code).status_code for code in house.river.cards]

    assert 503 in told
    assert set(told) <= {303, 503}


@pytest.mark.parametrize("path", ["/en/river/", "/en/river/circle/", "/en/nowhere/plan"])
def test_a_database_that_is_away_is_said_so(tmp_path: Path, path: str) -> None:
    away = create_app(Settings(instance=tmp_path, database="postgresql+psycopg://nobody@127.0.0.1:9/none"))

    answer = away.test_client().get(path)

    assert answer.status_code == 503
    assert TRY_AGAIN in said(parsed(path, answer.text))
    assert "nobody" not in answer.text


def test_a_view_that_fails_says_nothing_of_what_it_held(house: Standing, caplog: pytest.LogCaptureFixture) -> None:
    """Every view runs to its end, then fails with what was typed in its hands."""
    caplog.set_level(logging.DEBUG)
    one = house.facilitator().reads(house.river.assembly)
    typed = {"words-en": CANARY, "form_token": token(one)}
    for name, view in house.app.view_functions.items():
        house.app.view_functions[name] = failing(view)

    pages = set()
    for rule, path in (pair for pair in house.addresses() if pair[0].endpoint != "static"):
        for verb in {"GET", "POST"} & (rule.methods or set()):
            answer = one.client.open(path, method=verb, data=typed if verb == "POST" else None)
            assert answer.status_code == 500, path
            pages.add(answer.text.split("<body", 1)[1])

    assert len(pages) == 1
    assert CANARY not in pages.pop()
    assert CANARY not in caplog.text
    assert "RuntimeError at failing" in caplog.text


def failing(view: Callable[..., object]) -> Callable[..., ResponseReturnValue]:
    def fails(**values: str) -> ResponseReturnValue:
        with suppress(HTTPException):
            view(**values)
        raise RuntimeError(CANARY)

    return fails


@pytest.fixture
def counted(house: Standing, time: clock.Clock) -> Standing:
    """Return the house after its box was answered and has ended."""
    asked = door.survey(house.river.assembly, house.named["survey"])
    assert asked is not None
    house.river.answer(asked.slug, asked.questionnaire, [{} for _ in range(12)])
    time.move(days=DAYS + 1)
    return house


@pytest.mark.parametrize("back", [{"hours": -1}, {"days": -1}, {"days": -DAYS}, {"days": 1}, {"days": 400}])
def test_a_counted_box_never_opens_again_whatever_the_clock_says(
    counted: Standing, time: clock.Clock, back: dict[str, float]
) -> None:
    counted.river.act("surveys.count", survey=counted.named["survey"])
    unused, member = counted.river.cards[20], counted.member()

    time.move(**back)

    assert hand_in(member, counted, unused).status_code == 200  # a thanks would be a 303
    assert ballots() == 0


def test_a_box_that_began_to_be_opened_takes_nothing_when_the_clock_goes_back(
    counted: Standing, time: clock.Clock
) -> None:
    counted.river.sign("surveys.count", {"survey": counted.named["survey"]}, 1)
    unused, member = counted.river.cards[20], counted.member()

    time.move(days=-3)

    assert hand_in(member, counted, unused).status_code == 200
    assert ballots() == 12


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Paris", "2026-03-29T21:59", "2026-03-29T22:01"),
        ("Europe/Paris", "2026-10-25T22:59", "2026-10-25T23:01"),
        ("America/Guatemala", "2026-03-30T05:59", "2026-03-30T06:01"),
        ("Pacific/Kiritimati", "2026-03-29T09:59", "2026-03-29T10:01"),
    ],
)
def test_a_day_ends_at_midnight_where_the_assembly_lives(house: Standing, zone: str, before: str, after: str) -> None:
    """Also on the two days of the year that are an hour shorter or longer."""
    place, days = replace(house.river.assembly, timezone=zone), []
    for moment in (before, after):
        with clock.stopped(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
            days.append(clock.today(place))

    assert days[1] - days[0] == timedelta(days=1)
