"""An alarm waits for nobody: one writes it down afterwards, it ends by itself, its sheet hangs beside the plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from commons import clock, log, upkeep
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import living
from deliberation.domain.rounds import Stage
from deliberation.queries import decided
from tests.deliberation.gathering import WALK, Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
REFUGE = replace(WALK, text={"en": "Refuge homes"}, facts={"en": "Three rings of the bell"}, emergency=True)


def kept(here: Gathering, slug: str) -> decided.Decision:
    return next(one for one in decided.decisions(here.assembly) if one.slug == slug)


def test_what_began_by_the_bell_is_written_down_days_afterwards_and_ends_counted_from_the_bell(
    river: Gathering, time: clock.Clock
) -> None:
    agreed = river.adopt(REFUGE)
    bell = clock.today(river.assembly) + timedelta(days=1)
    time.move(days=3)

    started = living.start_emergency(river.assembly, agreed, 3, bell)

    found = kept(river, started)
    assert (found.day, found.until, found.stage) == (bell, bell + timedelta(days=3), Stage.IN_FORCE)
    assert log.entries(river.assembly)[-1].payload["began"] == bell.isoformat()


def test_one_that_is_over_when_it_is_written_down_is_over(river: Gathering, time: clock.Clock) -> None:
    agreed, bell = river.adopt(REFUGE), clock.today(river.assembly)
    time.move(days=6)

    started = living.start_emergency(river.assembly, agreed, 3, bell)

    assert kept(river, started).stage is Stage.WITHDRAWN


@pytest.mark.parametrize("days", [-8, -1, 1])
def test_it_began_in_the_last_week_and_not_before_it_was_agreed_on(
    river: Gathering, time: clock.Clock, days: int
) -> None:
    agreed = river.adopt(REFUGE)
    time.move(days=0 if days > -8 else 20)

    with pytest.raises(Refused, match="began_lately"):
        living.start_emergency(river.assembly, agreed, 3, clock.today(river.assembly) + timedelta(days=days))


def test_two_do_not_run_at_once_whenever_they_began(river: Gathering, time: clock.Clock) -> None:
    agreed, bell = river.adopt(REFUGE), clock.today(river.assembly)
    living.start_emergency(river.assembly, agreed, 5)
    time.move(days=6)

    with pytest.raises(Refused, match="running_already"):
        living.start_emergency(river.assembly, agreed, 3, bell + timedelta(days=5))


def test_upkeep_writes_down_once_that_it_ended(river: Gathering, time: clock.Clock) -> None:
    started = living.start_emergency(river.assembly, river.adopt(REFUGE), 3)
    upkeep.run()
    assert kept(river, started).stage is Stage.IN_FORCE
    time.move(days=4)

    upkeep.run()
    upkeep.run()

    ended = log.entries(river.assembly, kind="emergency.ended")
    assert [line.payload["decision"] for line in ended] == [started]
    assert kept(river, started).stage is Stage.WITHDRAWN


def test_no_review_keeps_an_emergency_in_force(river: Gathering, time: clock.Clock) -> None:
    started = living.start_emergency(river.assembly, river.adopt(REFUGE), 3)
    time.move(days=4)

    with pytest.raises(Refused, match="not_in_force"):
        river.act("deliberation.review", decision=started, ending="confirmed", review="2026-08-01", heard=river.heard())


def test_one_writes_it_down_on_the_page_and_members_read_it(app: Flask, river: Gathering, sits: Sits) -> None:
    river.adopt(REFUGE)
    visitor = sits(river)
    today = clock.today(river.assembly)

    wrong = visitor.send(
        visitor.visit("/en/river/circle/decisions"), {"days": "3", "began": str(today - timedelta(days=2))}, "start"
    )
    visitor.submit(visitor.visit("/en/river/circle/decisions"), "start", days="4", began=str(today))

    member = Visitor(app).reads(load(river.assembly.id)).visit("/en/river/decisions")
    assert "not before it was agreed on" in wrong.text
    assert "An emergency measure runs Refuge homes" in member.text
    assert date(2026, 3, 24) == kept(river, "decision-2").until


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("sheet", ["plan/sheet", "plan/sheet?form=emergency"])
def test_the_emergency_sheet_is_printed_with_the_plan_and_alone(
    app: Flask, river: Gathering, tag: str, sheet: str
) -> None:
    member = Visitor(app, tag).reads(load(river.assembly.id))
    before = member.visit(f"/{tag}/river/{sheet}")
    river.adopt(REFUGE)
    river.adopt(WALK)

    page = member.visit(f"/{tag}/river/{sheet}")

    assert before.all("table", class_="marks") == []
    assert len(page.all("table", class_="marks")) == 1
    assert "Three rings of the bell" in page.text
    assert len(page.all("ol")[-1].findall("li")) == 4
