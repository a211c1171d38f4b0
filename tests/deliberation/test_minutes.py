"""Minutes: the log between two days, printed, with the words of its head on the last of them."""

import re
from datetime import date

import pytest
from flask import Flask

from commons import clock, log
from commons.assembly import load
from deliberation.actions import proposals
from deliberation.phrases import log as phrases
from tests.deliberation.gathering import WALK, Gathering, changed
from tests.visitor import Visitor, said

HERE = "/{}/river/log/minutes"
OF = "/{}/river/proposals/{}/minutes"


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

    titles = [said(one) for one in page.all("h2")]
    assert titles[:2] == ["What the assembly decided", "Tuesday, March 3, 2026"]
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


def test_one_decisions_minutes_hold_its_text_what_was_raised_how_it_was_met_and_room_for_marks(
    reader: Visitor, here: Gathering
) -> None:
    slug = here.propose()
    here.aloud(slug, "returned", "harmful", raised=["block", "harm"])
    here.ratify(slug)
    proposals.reply(here.assembly, slug, "harm", proposals.How.MERGED, {"en": "Nobody walks alone."})
    proposals.reply(here.assembly, slug, "block", proposals.How.RECORDED, {"en": "Some would stay at home."})

    page = reader.visit(OF.format("en", slug))

    for words in ("Walk the boundary together", "Round 1", "Nobody walks alone.", "It would harm some of us."):
        assert words in page.text
    dissent = said(page.all("section", id="dissent")[0])
    assert "Some would stay at home." in dissent
    assert "Nobody walks alone." not in dissent
    assert log.spoken_head(here.assembly) in page.text
    assert "No name is needed." in page.text
    assert len(page.all("table", class_="marks")[0].findall(".//tr")) == 4


def test_they_tell_by_the_log_what_was_done_with_this_text_and_no_other(reader: Visitor, here: Gathering) -> None:
    slug, other = here.propose(), here.propose(changed(WALK, "Ring the bell"))
    for one in (slug, other):
        here.aloud(one)
        here.ratify(one)

    page = reader.visit(OF.format("en", slug))

    numbers = {int(one) for one in re.findall(r"entry (\d+)", page.text)}
    mine = {line.seq + 1 for line in log.entries(here.assembly) if line.payload.get("proposal") == slug}
    assert numbers == mine != set()
    assert "Ring the bell" not in page.text
    assert "None was asked to be written down." in page.text


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_a_proposals_page_leads_to_its_minutes_once_a_round_is_closed(app: Flask, here: Gathering, tag: str) -> None:
    visitor, slug = Visitor(app, tag).reads(load(here.assembly.id)), here.propose()
    before = visitor.visit(f"/{tag}/river/proposals/{slug}")
    here.aloud(slug)

    after = visitor.visit(f"/{tag}/river/proposals/{slug}")

    assert OF.format(tag, slug) not in [one.get("href") for one in before.all("a")]
    assert OF.format(tag, slug) in [one.get("href") for one in after.all("a")]
    assert visitor.visit(OF.format(tag, slug)).all("section", id="rounds")


def test_a_draft_nobody_heard_has_no_minutes(reader: Visitor, here: Gathering) -> None:
    slug = proposals.table(here.assembly, WALK)

    assert reader.client.get(OF.format("en", slug)).status_code == 404
    assert reader.client.get(OF.format("en", "proposal-99")).status_code == 404


def test_a_text_in_its_first_talks_has_minutes_without_rounds(reader: Visitor, here: Gathering) -> None:
    page = reader.visit(OF.format("en", here.propose()))

    assert "No round was closed yet." in page.text


def test_a_text_is_quoted_without_the_full_stop_it_ends_with(app: Flask) -> None:
    entry = log.Line(
        1, "", date(2026, 3, 3), "deliberation.ratify", {"proposal": "proposal-1", "outcome": "adopted"}, ""
    )

    with app.test_request_context():
        told = phrases.line(entry, {"proposal-1": "Warn each other."})

    assert told == "The assembly ratified the round on “Warn each other”: adopted."


def test_two_rounds_on_one_text_are_told_apart_by_their_last_day(
    reader: Visitor, here: Gathering, time: clock.Clock
) -> None:
    slug = here.propose()
    here.held(time, slug, [1] * 5 + [6] * 3)
    alone = reader.visit(HERE.format("en")).text
    here.act("deliberation.go_on", proposal=slug)
    proposals.reply(here.assembly, slug, "block", proposals.How.ANSWERED, {"en": "We talked at length."})
    here.held(time, slug, [1] * 8)

    both = reader.visit(HERE.format("en")).text

    assert "The box of “Walk the boundary together” was opened and counted." in alone
    days = re.findall(r"The box of “Walk the boundary together \(until (\w+ \d+, \d+)\)” was opened", both)
    assert len(set(days)) == len(days) == 2
