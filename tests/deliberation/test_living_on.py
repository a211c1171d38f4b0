"""The plan lives on: what changed, what grew old, which danger rose, and nobody left to keep it."""

from dataclasses import replace
from datetime import date

import pytest

from commons import clock
from commons.quorum import Refused
from deliberation.actions import around, living
from deliberation.domain.lived import Change, Turn
from deliberation.queries import changes, decided
from tests.deliberation.gathering import WALK, Gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_living import REFUGE, answered, asked
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
PLAN = "/{}/river/plan"
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
    sheet = visitor.visit("/en/river/plan/sheet")
    assert sheet.text.index("To look at again now") < sheet.text.index("What we decided")
    assert sheet.text.count("Nobody has looked at it since it was decided.") == 1
    assert "Nothing changed." in page.text
    pocket = visitor.visit("/en/river/plan/sheet?form=pocket")
    assert pocket.text.count("Nobody has looked at it since it was decided.") == 1
    assert "the back of the sheet" in pocket.text


def test_a_pocket_sheet_of_a_plan_where_nothing_is_late_has_no_back(river: Gathering, visitor: Visitor) -> None:
    river.adopt()

    pocket = visitor.reads(river.assembly).visit("/en/river/plan/sheet?form=pocket")

    assert "the back of the sheet" not in pocket.text
    assert "To look at again now" not in pocket.text


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
