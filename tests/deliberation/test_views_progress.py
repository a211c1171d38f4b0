"""How far a decision has come is written by one alone, with a day and no name; it shows, and changes nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from commons import clock, log
from commons.quorum import Refused
from deliberation.actions import circle, living
from deliberation.domain.lived import Progress
from deliberation.queries import decided, lived
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_living import REFUGE
from tests.visitor import Page, Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
SAID = {"en": "Under way, as of", "fr": "En cours, au", "es": "En marcha, al"}


def noted(river: Gathering, sits: Sits, slug: str, how: str, day: date) -> Page:
    """Write down how far a decision has come, on the page of the circle."""
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/decisions")
    return visitor.submit(page, f"{slug}/progress", progress=how, since=day.isoformat())


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_progress_shows_in_the_plan_read_aloud_on_its_sheet_and_beside_the_decision(
    river: Gathering, sits: Sits, visitor: Visitor, time: clock.Clock, tag: str
) -> None:
    slug, day = river.adopt(), clock.today(river.assembly)

    noted(river, sits, slug, "begun", day)
    noted(river, sits, slug, "under_way", day)

    reader = Visitor(visitor.client.application, tag).reads(river.assembly)
    for path in ("plan", "plan/aloud", "plan/sheet", "decisions"):
        assert SAID[tag] in reader.visit(f"/{tag}/river/{path}").text, path
    assert SAID[tag] not in reader.visit(f"/{tag}/river/plan/aloud?radio=1").text
    assert lived.progress(river.assembly) == {slug: ((Progress.BEGUN, day), (Progress.UNDER_WAY, day))}


def test_it_is_in_the_log_with_its_day_and_nobody_and_changes_nothing_else(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    slug = river.adopt()
    before, day = decided.decisions(river.assembly), clock.today(river.assembly)
    time.move(days=2)

    noted(river, sits, slug, "done", day)

    *_, last = log.entries(river.assembly)
    assert (last.kind, last.payload) == ("progress", {"decision": slug, "progress": "done", "on": day.isoformat()})
    assert decided.decisions(river.assembly) == before
    assert (
        "How far “Walk the boundary together” has come was written down."
        in sits(river).reads(river.assembly).visit("/en/river/log").text
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"progress": "begun", "since": "2020-01-01"}, "Choose a day since it was decided, and not after today."),
        ({"progress": "begun", "since": "2090-01-01"}, "Choose a day since it was decided, and not after today."),
        ({"progress": "", "since": ""}, "Choose one of these."),
    ],
)
def test_what_does_not_fit_is_asked_again(river: Gathering, sits: Sits, fields: dict[str, str], sentence: str) -> None:
    slug = river.adopt()
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/decisions"), fields, f"{slug}/progress")

    assert sentence in page.text
    assert lived.progress(river.assembly) == {}


@pytest.mark.parametrize(
    ("decision", "how", "code"),
    [("agreed", "finished", "no_such_answer"), ("running", "begun", "not_in_force"), ("gone", "begun", "not_in_force")],
)
def test_only_what_is_in_force_can_have_come_somewhere(
    river: Gathering, time: clock.Clock, decision: str, how: str, code: str
) -> None:
    agreed, gone = river.adopt(REFUGE), river.adopt()
    running = living.start_emergency(river.assembly, agreed, 3)
    river.adopt(replace(REFUGE, replaces=gone, emergency=False))
    slug = {"agreed": agreed, "running": running, "gone": gone}[decision]

    with pytest.raises(Refused, match=code):
        living.note_progress(river.assembly, slug, how, clock.today(river.assembly))


def test_a_locked_circle_writes_down_no_progress(river: Gathering, time: clock.Clock) -> None:
    slug = river.adopt()
    circle.lock(river.assembly)

    with pytest.raises(Refused, match="locked"):
        living.note_progress(river.assembly, slug, "done", clock.today(river.assembly))
