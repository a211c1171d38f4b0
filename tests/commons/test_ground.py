"""The smaller things of the ground: catalogues, exports, charts, upkeep, commands."""

import gzip
import json
import re
import socket
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from babel.messages.catalog import Message
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from commons import access, charts, clock, db, exports, i18n, log, pages, upkeep
from commons.access import SessionRow
from tests.commons.test_quorum import founded


@pytest.mark.parametrize(
    ("source", "target", "fault"),
    [
        ("Hello %(name)s", "Bonjour %(name)s", ""),
        ("Hello %(name)s", "Bonjour %(nom)s", "placeholder"),
        ("Hello", "Bonjour %(x)s", "placeholder"),
        ("Hello", "<script>x</script>", "markup"),
        ("<b>Hello</b>", "<b>Bonjour</b>", ""),
        ("Hello", "Voir https://evil.example", "address"),
        ("Hello", "Bon\u202ejour", "address"),
        ("Hello", "Bonjour e\u0301", "composition"),
        ("Hello", "Bonjour " * 30, "length"),
    ],
)
def test_an_unsafe_translation_is_named(source: str, target: str, fault: str) -> None:
    assert i18n.fault(Message(source, target)) == fault


def test_a_plural_is_chosen_by_number(app: Flask) -> None:
    with app.test_request_context("/"):
        assert i18n.ngettext("%(num)s card", "%(num)s cards", 1) == "1 card"
        assert i18n.ngettext("%(num)s card", "%(num)s cards", 3) == "3 cards"
        assert i18n.gettext("Hello %(name)s", name="you") == "Hello you"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\uff1d1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert exports.safe(cell) == f"'{cell}"
    assert exports.safe("plain") == "plain"
    assert exports.safe("") == ""
    assert exports.csv_text(["a"], [[cell]]).startswith('"a"\r\n"\'')


def test_charts_are_plain_data_that_cannot_close_their_script() -> None:
    drawn = charts.stacked(["</script><b>"], {"<a>": [charts.Part(40)]}, rtl=True)

    told = json.loads(drawn)
    assert "</script>" not in drawn
    assert told["layout"]["annotations"][0]["text"] == "&lt;/script&gt;&lt;b&gt;"
    assert told["data"][0]["name"] == "&lt;a&gt;"
    assert told["layout"]["xaxis"]["range"] == [100, 0]
    assert "template" not in told["layout"]


def test_a_chart_writes_whole_labels_and_hatches_what_is_not_exact() -> None:
    label = "That the market committee walks home together after dark"
    few, some = charts.Part(4, hatched=True), charts.Part(60)

    told = json.loads(charts.stacked([label, "B"], {"low": [few, some], "high": [some, charts.Part(50)]}))

    assert told["layout"]["annotations"][0]["text"].replace("<br>", " ") == label
    assert [part["marker"]["pattern"]["shape"] for part in told["data"]] == [["/", ""], ["", ""]]
    assert [part["text"] for part in told["data"]] == [["", "60"], ["60", "50"]]
    assert told["layout"]["xaxis"]["range"] == [0, 110]


def test_upkeep_runs_each_job_for_each_assembly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    founded("one"), founded("two")
    monkeypatch.setattr(upkeep, "_jobs", [])
    seen: list[str] = []
    job = lambda assembly: seen.append(assembly.slug)  # noqa: E731 - a job is a callable
    upkeep.register(job)
    upkeep.register(job)

    upkeep.run()

    assert seen == ["one", "two"]


def test_sittings_run_out(app: Flask) -> None:
    assembly = founded("sit")
    with clock.stopped(datetime(2026, 1, 1, tzinfo=UTC)) as time:
        access.sit_down(assembly, 1)
        access.sit_down(assembly, 2)
        access.stand_up(assembly, slot=2)
        time.move(minutes=10)
        access.sweep()
        assert db.session.scalar(select(func.count()).select_from(SessionRow)) == 1

        time.move(minutes=10)
        access.sweep()
        assert db.session.scalar(select(func.count()).select_from(SessionRow)) == 0


def test_a_refused_transaction_leaves_nothing(app: Flask) -> None:
    assembly = founded("rolled")

    @db.transaction
    def fails() -> None:
        log.append(assembly, "tested", {})
        raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert log.entries(assembly) == ()


def test_sqlite_is_opened_with_the_hygiene_anonymity_needs(app: Flask) -> None:
    wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "temp_store": 2, "foreign_keys": 1}

    got = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}

    assert got == wanted


def test_a_database_fault_does_not_say_what_was_typed(app: Flask) -> None:
    founded("double")
    with pytest.raises(DatabaseError) as fault:
        founded("double")
    assert "double" not in str(fault.value)


def test_kept_pages_are_bounded() -> None:
    store, built = pages.Store(most=2), []

    def build(name: str) -> str:
        built.append(name)
        return name

    for name in "abccab":
        store.get((name,), partial(build, name))

    assert built == ["a", "b", "c", "a", "b"]


@pytest.mark.parametrize("page", ["{0}<1>{1}<2>", "<1>{0}<22>{1}", "{0}{1}", "{0}é<1><2>{1}ñ", "<1>"])
def test_a_page_drawn_anew_is_the_same_compressed(app: Flask, page: str) -> None:
    whole, places = page.format("head " * 4000, "tail " * 300), re.compile("<([0-9]+)>")

    def given(word: str, accepted: str) -> bytes:
        def draw(found: re.Match[str]) -> str:
            return f"{found[1]} {word}"

        with app.test_request_context(headers={"Accept-Encoding": accepted}):
            response = pages.kept((page,), lambda: whole, (places, draw))
        small = response.headers.get("Content-Encoding") == "gzip"
        assert small == (accepted == "gzip" and len(whole) > pages.SMALLEST)
        return gzip.decompress(response.data) if small else response.data

    for word in ("bell", "a longer word"):
        wanted = places.sub(rf"\1 {word}", whole).encode()
        assert given(word, "gzip") == given(word, "identity") == wanted


def test_a_taken_port_is_said_with_what_to_do(app: Flask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = app.test_cli_runner().invoke(args=["serve", "--port", str(port)])

    assert answer.exit_code == 1
    assert f"--port {port + 1}" in answer.output


def test_serve_refuses_a_demonstration(app: Flask) -> None:
    log.append(founded("shown"), "founded", {"demonstration": True})

    answer = app.test_cli_runner().invoke(args=["serve", "--port", "0"])

    assert answer.exit_code == 1
    assert "demonstration" in answer.output


def test_upkeep_is_a_command(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["upkeep"]).exit_code == 0


def test_a_stopped_clock_starts_again() -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.stopped(moment) as time:
        time.move(days=1)
        assert clock.now() == moment + timedelta(days=1)
    assert clock.now() > moment + timedelta(days=365)
