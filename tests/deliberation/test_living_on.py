"""The plan lives on: what changed, what was won for now, what comes, who carries what, and nobody left to keep it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from commons import allies, clock, log, quorum
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import around, living, proposals, records, widening
from deliberation.actions.around import Asked
from deliberation.actions.proposals import How
from deliberation.domain.ahead import Kind
from deliberation.domain.lived import Change, Turn
from deliberation.queries import ahead, changes, decided, lived, settled
from tests.deliberation.gathering import WALK, Gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_living import REFUGE, answered, asked
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
PLAN, DECISIONS, CIRCLE = "/{}/river/plan", "/{}/river/decisions", "/{}/river/circle/decisions"
OF_THE_PLAN = (
    "plan", "plan/sheet", "plan/sheet?form=pocket", "plan/sheet?form=emergency", "plan/aloud", "plan/aloud?radio=1",
    "plan/links", "plan/digest", "calendar", "decisions",
)  # fmt: skip
LEFT = {
    "en": "Nobody’s term in the circle runs any more",
    "fr": "Plus aucun mandat du cercle n’est en cours",
    "es": "Ya no corre ningún turno del círculo",
}


def kept(river: Gathering, slug: str, **more: object) -> None:
    """Confirm a decision at its review, with what else the assembly answered."""
    said = {"ending": "confirmed", "review": "2027-03-01", "heard": river.heard()}
    river.act("deliberation.review", **{"decision": slug, **said, **more})


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_two_years_later_every_page_of_the_plan_opens_with_the_reading_word_and_says_so(
    river: Gathering, visitor: Visitor, time: clock.Clock, tag: str
) -> None:
    river.adopt()
    time.move(days=730)
    reader = Visitor(visitor.client.application, tag).reads(river.assembly)

    for page in OF_THE_PLAN:
        assert LEFT[tag] in reader.visit(f"/{tag}/river/{page}").text, page


def test_while_a_term_runs_no_page_says_that_nobody_is_left(river: Gathering, visitor: Visitor) -> None:
    visitor.reads(river.assembly)

    for page in OF_THE_PLAN:
        assert LEFT["en"] not in visitor.visit(f"/en/river/{page}").text, page


def test_a_year_later_the_plan_opens_with_what_nobody_looked_at(
    river: Gathering, visitor: Visitor, time: clock.Clock
) -> None:
    never, seen = river.adopt(), river.adopt(replace(WALK, text={"en": "Guard the spring"}))
    time.move(days=95)
    kept(river, seen, review="2026-09-01")
    time.move(days=200)

    plan = decided.plan(river.assembly)
    page = visitor.reads(river.assembly).visit(PLAN.format("en"))

    assert {one.decision.id for one in plan.overdue} == {never, seen}
    assert [one.decision.id for one in plan.unconfirmed] == [never]
    assert page.text.count("Nobody has looked at it since it was decided.") == 1
    assert "Nothing changed." in page.text


def test_what_changed_lately_is_told_by_day_and_by_nobody(river: Gathering, time: clock.Clock) -> None:
    first, refuge = river.adopt(), river.adopt(REFUGE)
    time.move(days=80)
    second = river.adopt(replace(WALK, replaces=first, review=date(2026, 8, 1)))
    river.act("deliberation.won", decision=second, won="delayed", again="2026-09-01", heard=river.heard())
    started = living.start_emergency(river.assembly, refuge, 3)
    day = clock.today(river.assembly)
    time.move(days=4)

    found = changes.changes(river.assembly)

    assert found[0] == Change(date(2026, 6, 11), Turn.RAN_OUT, started)
    assert {one.turn for one in found if one.day == day} == {Turn.ADOPTED, Turn.AMENDED, Turn.STARTED, Turn.WON}
    assert Change(day, Turn.AMENDED, first) in found
    assert [one.turn for one in found if one.day < day] == [Turn.ADOPTED, Turn.ADOPTED]


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_plan_says_what_changed_and_which_danger_rose(
    river: Gathering, visitor: Visitor, time: clock.Clock, tag: str
) -> None:
    slug = river.adopt()
    asked(river, time, [answered(1, 1)] * 8)
    asked(river, time, [answered(5, 5)] * 8)
    kept(river, slug)

    assert [(one.turn, one.about) for one in changes.changes(river.assembly)] == [
        (Turn.ROSE, "T12"),
        (Turn.CONFIRMED, slug),
        (Turn.ADOPTED, slug),
    ]
    assert decided.plan(river.assembly).overdue == ()
    page = Visitor(visitor.client.application, tag).reads(river.assembly).visit(PLAN.format(tag))
    assert len(page.all("dd")) >= 3


def test_incidents_that_rise_reopen_what_was_decided_before(river: Gathering, time: clock.Clock) -> None:
    slug = river.adopt()
    with pytest.raises(Refused, match="not_due"):
        kept(river, slug)
    time.move(days=14)
    for _ in range(3):
        around.record_incident(river.assembly, "T12", "2026-04", {})

    (entry,) = decided.plan(river.assembly).overdue
    assert (entry.decision.id, entry.reopened) == (slug, True)
    kept(river, slug)
    assert decided.plan(river.assembly).overdue == ()


def test_the_plan_leads_from_a_danger_to_what_happened_and_to_its_decision(river: Gathering, visitor: Visitor) -> None:
    slug = river.adopt(replace(WALK, measure="M07"))
    around.record_incident(river.assembly, "T12", "2026-03", {})

    page = visitor.reads(river.assembly).visit(PLAN.format("en"))

    assert "It happened once in the last twelve months." in page.text
    assert "Measure:" in page.text
    assert f"/en/river/decisions#{slug}" in page.links()
    assert "/en/river/around" in page.links()
    assert "everyone in turn" in page.text


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"won": "delayed"}, "no_check_date"),
        ({"won": "delayed", "again": "2026-03-20"}, "no_check_date"),
        ({"won": "everything", "again": "2026-09-01"}, "nothing_won"),
        ({"again": "2026-09-01"}, "nothing_won"),
        ({"won": "delayed", "again": "2026-09-01", "decision": "decision-9"}, "no_such_decision"),
        ({"won": "delayed", "again": "2026-09-01", "heard": "nothing"}, "words_not_in_the_log"),
    ],
)
def test_nothing_is_won_without_a_day_it_is_checked_again(
    river: Gathering, params: dict[str, object], code: str
) -> None:
    slug = river.adopt()

    with pytest.raises(Refused, match=code):
        river.act("deliberation.won", **({"decision": slug, "heard": river.heard()} | params))
    assert lived.outcomes(river.assembly) == {}


def test_an_emergency_that_runs_wins_nothing(river: Gathering) -> None:
    started = living.start_emergency(river.assembly, river.adopt(REFUGE), 3)

    with pytest.raises(Refused, match="not_in_force"):
        river.act("deliberation.won", decision=started, won="safer", again="2026-09-01", heard=river.heard())


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_what_was_won_is_proposed_on_a_page_shown_beside_its_decision_and_can_be_lost(
    river: Gathering, sits: Sits, time: clock.Clock, tag: str
) -> None:
    slug = river.adopt()
    facilitator = sits(river, tag=tag)
    page = facilitator.visit(CIRCLE.format(tag))

    act = facilitator.submit(page, "/won", won="stopped", again="2026-09-01", heard=river.heard())
    assert "/circle/acts/" in act.path
    river.act("deliberation.won", decision=slug, won="stopped", again="2026-04-20", heard=river.heard())
    time.move(days=40)
    late = facilitator.reads(river.assembly).visit(PLAN.format(tag))
    assert late.all("div", id="to-check")

    river.act("deliberation.won", decision=slug, won="lost", heard=river.heard())

    assert not facilitator.visit(PLAN.format(tag)).all("div", id="to-check")
    assert len(facilitator.visit(DECISIONS.format(tag)).all("dd")) >= 3
    assert log.entries(river.assembly)[-1].payload["won"] == "lost"


def test_a_page_that_is_wrong_about_what_was_won_keeps_what_was_typed(river: Gathering, sits: Sits) -> None:
    river.adopt()
    facilitator = sits(river)

    page = facilitator.submit(facilitator.visit(CIRCLE.format("en")), "/won", won="safer", again="", heard="one two")

    assert "choose the day it is checked again" in page.text
    assert [one.get("value") for one in page.all("input", checked="")] != []
    assert [one.get("value") for one in page.all("input", name="heard")] == ["one two"]
    empty = facilitator.submit(page, "/won", won="", heard="one two")
    assert "Choose what was won" in empty.text


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_a_review_asks_what_changed_and_whether_it_made_us_fairer_and_stronger(
    river: Gathering, sits: Sits, time: clock.Clock, tag: str
) -> None:
    slug = river.adopt()
    asked(river, time, [answered(1, 1)] * 8)
    time.move(days=95)
    facilitator = sits(river, tag=tag)
    page = facilitator.visit(CIRCLE.format(tag))
    silent = facilitator.submit(page, "/review", ending="confirmed", heard=river.heard())
    assert "/acts/" not in silent.path
    said = {"changed": "around", "fairer": "unknown", "stronger": "yes"}

    act = facilitator.submit(page, "/review", ending="confirmed", heard=river.heard(), **said)
    kept(river, slug, **said)

    assert len(act.all("dt")) >= 7
    assert lived.reviews(river.assembly)[slug][0].said == said
    shown = facilitator.reads(river.assembly).visit(DECISIONS.format(tag))
    assert len(shown.all("h3")) >= 1


def test_answers_nobody_may_choose_are_refused(river: Gathering, time: clock.Clock) -> None:
    slug = river.adopt()
    time.move(days=95)

    with pytest.raises(Refused, match="no_such_answer"):
        kept(river, slug, fairer="perhaps")


def test_what_was_raised_and_recorded_stays_beside_the_decision(river: Gathering, visitor: Visitor) -> None:
    slug = river.propose()
    river.aloud(slug, "returned", "blocked", raised=["block"])
    river.act("deliberation.go_on", proposal=slug, heard=river.heard())
    proposals.reply(river.assembly, slug, "block", How.RECORDED, {"en": "The path frightens some of us."})
    river.aloud(slug, "adopted_with_reservations", raised=["block"])
    river.ratify(slug)

    page = visitor.reads(river.assembly).visit(DECISIONS.format("en"))

    assert page.text.count("At least one person blocks it.") == 1
    assert "The path frightens some of us." in page.text


def test_what_nobody_answered_in_the_last_round_stays_beside_it_too(river: Gathering, visitor: Visitor) -> None:
    slug = river.propose()
    river.aloud(slug, "adopted_with_reservations", raised=["block"])
    river.ratify(slug)

    page = visitor.reads(river.assembly).visit(DECISIONS.format("en"))

    assert "Raised against it, and kept beside it At least one person blocks it." in page.text


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
    assert "Protect the wells" in page.text
    for secret in ("women of the hill", "Refuge homes", "Courts"):
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
