"""Minutes: the log between two days, printed, with the words of its head on the last of them."""

import re

import pytest
from flask import Flask

from commons import clock, log
from commons.assembly import load
from tests.deliberation.gathering import Gathering
from tests.visitor import Visitor, said

HERE = "/{}/river/log/minutes"


@pytest.fixture
def reader(app: Flask, here: Gathering) -> Visitor:
    return Visitor(app).reads(load(here.assembly.id))


def test_they_hold_the_days_asked_for_in_order_with_the_words_of_the_last(
    reader: Visitor, here: Gathering, time: clock.Clock
) -> None:
    before = log.spoken_head(here.assembly)
    time.move(days=2)
    here.adopt()
    time.move(days=2)
    log.append(here.assembly, "locked", {})

    page = reader.visit(f"{HERE.format('en')}?since=2026-03-03&until=2026-03-03")

    assert next(said(one) for one in page.all("h2")) == "Tuesday, March 3, 2026"
    numbers = [int(one) for one in re.findall(r"entry (\d+)", page.text)]
    lines = log.entries(here.assembly)
    assert numbers == [line.seq + 1 for line in lines if line.day.isoformat() == "2026-03-03"]
    assert log.spoken_at([line for line in lines if line.kind != "locked"]) in page.text
    assert before in reader.visit(f"{HERE.format('en')}?since=2026-03-01&until=2026-03-02").text
    assert "One facilitator locked the circle." not in page.text


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_without_days_they_are_of_the_last_month_and_have_room_for_marks(app: Flask, here: Gathering, tag: str) -> None:
    page = Visitor(app, tag).reads(load(here.assembly.id)).visit(HERE.format(tag))

    assert log.spoken_head(here.assembly) in page.text
    assert len(page.all("table", class_="marks")[0].findall(".//tr")) == 4
    assert [one.get("value") for one in page.all("input", type="date")] == ["2026-01-30", "2026-03-01"]


def test_days_on_which_nothing_was_done_say_so(reader: Visitor) -> None:
    page = reader.visit(f"{HERE.format('en')}?since=2025-01-01&until=2025-01-31")

    assert "Nothing was done together in these days." in page.text
    assert log.spoken_at([]) in page.text


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        ("", "2026-03-01", "Choose a day."),
        ("2026-03-01", "soon", "Choose a day."),
        ("2026-03-02", "2026-03-01", "Give a first day and a last day, in this order."),
    ],
)
def test_days_that_do_not_fit_are_asked_again(reader: Visitor, since: str, until: str, sentence: str) -> None:
    page = reader.visit(f"{HERE.format('en')}?since={since}&until={until}")

    assert sentence in page.text
    assert not page.all("table", class_="marks")


def test_the_log_tells_how_it_is_checked_and_what_to_save(reader: Visitor) -> None:
    page = reader.visit("/en/river/log")

    assert "python3 verify_log.py log.json" in page.text
    assert "python3 verify_log.py old.json log.json" in page.text
    assert {"/en/river/log.json", "/en/river/results.json", "/en/river/log/minutes"} <= set(page.links())
