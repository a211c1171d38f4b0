"""Around the plan: its calendar, its script, the map of links, and the digest that allies may read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from commons import allies, clock, quorum
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import around, living, records, widening
from deliberation.actions.around import Asked
from deliberation.domain.ahead import Kind
from deliberation.queries import ahead, settled
from tests.deliberation.gathering import WALK, Gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_living import REFUGE, answered, asked
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_calendar_shows_what_comes_and_what_is_late_and_names_no_place(
    river: Gathering, visitor: Visitor, time: clock.Clock, tag: str
) -> None:
    slug = river.adopt()
    river.act("deliberation.won", decision=slug, won="delayed", again="2026-09-01", heard=river.heard())
    day = clock.today(river.assembly)
    around.demand(river.assembly, Asked({"en": "The ministry"}, {"en": "Protect the wells"}, day, date(2026, 4, 1)))
    pulse = river.pulse()
    river.open(pulse)
    reader = Visitor(visitor.client.application, tag).reads(river.assembly)

    page, marked = reader.visit(f"/{tag}/river/calendar"), ahead.marked(river.assembly)
    assert {one.kind for one in marked} == set(Kind)
    assert len(page.all("dt")) == len(marked)
    assert not page.all("div", id="late")
    time.move(days=100)
    assert len(reader.visit(f"/{tag}/river/calendar").all("div", id="late")) == 1


def test_the_calendar_file_tells_days_and_nothing_else(river: Gathering, visitor: Visitor) -> None:
    slug = river.adopt()
    river.act("deliberation.won", decision=slug, won="delayed", again="2026-06-01", heard=river.heard())
    visitor.reads(river.assembly)

    got = visitor.client.get("/en/river/calendar.ics")

    text = got.get_data(as_text=True)
    assert got.mimetype == "text/calendar"
    days = {one.day for one in ahead.marked(river.assembly)}
    assert text.count("SUMMARY:Reminder") == text.count("BEGIN:VEVENT") == len(days)
    assert text.count("DTSTART;VALUE=DATE:20260601") == 1
    for said in ("River", "river", "boundary", "term", river.assembly.id.hex()):
        assert said not in text
    assert visitor.client.get("/en/river/calendar.ics").get_data(as_text=True) == text


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_map_of_links_shows_what_is_decided_and_what_could_be(river: Gathering, visitor: Visitor, tag: str) -> None:
    river.adopt(replace(WALK, measure="M07"))
    river.adopt(replace(WALK, text={"en": "Guard the spring"}))
    reader = Visitor(visitor.client.application, tag).reads(river.assembly)

    page = reader.visit(f"/{tag}/river/plan/links")

    assert page.text.count("●") == 3
    assert "○" in page.text.split("▼", 1)[1]
    assert len(page.all("article")) == 2


def test_the_script_for_the_radio_leaves_out_who_carries_what(river: Gathering, visitor: Visitor) -> None:
    refuge = river.adopt(REFUGE)
    living.start_emergency(river.assembly, refuge, 3)
    visitor.reads(river.assembly)

    whole, radio = (visitor.visit(f"/en/river/plan/aloud{more}").text for more in ("", "?radio=1"))

    assert "Carried by: everyone in turn." in whole
    assert "everyone in turn" not in radio
    assert whole.count("What we do: Refuge homes.") == 2
    assert radio.count("What we do: Refuge homes.") == 1


def test_the_script_says_what_is_bare_and_overdue(river: Gathering, visitor: Visitor, time: clock.Clock) -> None:
    river.adopt(replace(WALK, threats=frozenset({"T99"})))
    asked(river, time, [answered(5, 5)] * 8)
    time.move(days=200)

    text = visitor.reads(river.assembly).visit("/en/river/plan/aloud").text

    assert "One of them is to be looked at again now." in text
    assert "nothing is decided about it: Eviction" in text
    assert "Decided besides" in text


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_allies_read_a_digest_signed_by_the_collective_alone(
    app: Flask, river: Gathering, time: clock.Clock, tag: str
) -> None:
    river.adopt(replace(WALK, effort={"en": "the women of the hill"}))
    river.adopt(REFUGE)
    asked(river, time, [answered(5, 5)] * 8)
    day = clock.today(river.assembly)
    around.demand(river.assembly, Asked({"en": "The ministry"}, {"en": "Protect the wells"}, day, date(2026, 9, 1)))
    around.record_incident(river.assembly, "T12", "2026-03", {})
    river.later(widening.WIDEN, time, what="digest")
    word = shown(river)
    ally = Visitor(app, tag)
    ally.client.post(f"/{tag}/river/plan/digest", data={"reading_word": word})

    page = ally.visit(f"/{tag}/river/plan/digest")

    assert "Walk the boundary together" in page.text
    for secret in ("women of the hill", "Refuge homes", "Courts", "Protect the wells"):
        assert secret not in page.text
    assert not page.all("ul", class_="nav")
    words = page.all("p", class_="digits")[0].text
    river.act("deliberation.caucus", about="T12", wording=told(river))
    assert ally.visit(f"/{tag}/river/plan/digest").all("p", class_="digits")[0].text == words
    assert "River" not in ally.visit(f"/{tag}/river/plan").text


def shown(river: Gathering) -> str:
    """The word of the digest."""
    return allies.word(river.assembly, widening.widened(river.assembly)["digest"])


def told(river: Gathering) -> object:
    return records.word(river.assembly, {"words": {"en": "We are afraid."}})


def test_the_assembly_chooses_a_longer_delay_for_allies(river: Gathering, sits: Sits, time: clock.Clock) -> None:
    facilitator = sits(river)
    page = facilitator.visit("/en/river/circle/allies")

    act = facilitator.submit(page, "widen", what="digest", days="30")

    assert "for 30 days before it happens" in act.text
    with pytest.raises(Refused, match="no_such_delay"):
        river.act(widening.WIDEN, what="digest", days=1)
    assert river.sign(widening.WIDEN, {"what": "digest", "days": 30}, 4) is None
    time.move(days=29)
    quorum.carry_out_due(river.assembly)
    assert widening.widened(load(river.assembly.id)) == {}
    time.move(days=1)
    quorum.carry_out_due(river.assembly)
    assert list(widening.widened(load(river.assembly.id))) == ["digest"]


def test_the_emergency_sheet_is_printed_with_the_plan(river: Gathering, visitor: Visitor) -> None:
    river.adopt(REFUGE)

    page = visitor.reads(river.assembly).visit("/en/river/plan/sheet")

    assert page.all("section", id="emergency")
    assert settled.collective(river.assembly).alert == 1


def test_the_words_under_a_digest_stand_in_the_log(river: Gathering, visitor: Visitor) -> None:
    river.adopt()
    visitor.reads(river.assembly)

    words = visitor.visit("/en/river/plan/digest").all("p", class_="digits")[0].text or ""

    assert len(words.split()) == 8
    assert f"The words of the log then: {words}" in visitor.visit("/en/river/log").text


def test_allies_who_read_the_plan_do_not_read_what_happened_or_changed(
    app: Flask, river: Gathering, time: clock.Clock
) -> None:
    river.adopt(replace(WALK, effort={"en": "the women of the hill"}))
    for text in ("Guard the spring", "Light the path"):
        river.adopt(replace(WALK, text={"en": text}, effort={"en": "the women of the hill"}))
    time.move(days=20)
    for _ in range(3):
        around.record_incident(river.assembly, "T12", "2026-04", {})
    river.later(widening.WIDEN, time, what="plan")
    member = Visitor(app).reads(load(river.assembly.id)).visit("/en/river/plan")
    ally = Visitor(app)
    word = allies.word(river.assembly, widening.widened(river.assembly)["plan"])
    ally.client.post("/en/river/plan", data={"reading_word": word})

    page = ally.visit("/en/river/plan")

    for said in (
        "It happened 3 times",
        "What changed in the last three months",
        "Who carries what",
        "Carried by: the women of the hill.",
        "More than half of what we decided is carried by one group",
        "The danger is rising",
    ):
        assert said in member.text
        assert said not in page.text
    assert "Walk the boundary together" in page.text
    assert "women of the hill" not in ally.visit("/en/river/plan/sheet").text
