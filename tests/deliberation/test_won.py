"""What a decision won is won for now; what a review answered and what was raised stay beside the decision."""

from collections.abc import Callable

import pytest

from commons import clock, log
from commons.quorum import Refused
from deliberation.actions import living, proposals
from deliberation.actions.proposals import How
from deliberation.queries import lived
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_living import REFUGE, answered, asked
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
PLAN, DECISIONS, CIRCLE = "/{}/river/plan", "/{}/river/decisions", "/{}/river/circle/decisions"


def kept(river: Gathering, slug: str, **more: object) -> None:
    """Confirm a decision at its review, with what else the assembly answered."""
    said = {"ending": "confirmed", "review": "2027-03-01", "heard": river.heard()}
    river.act("deliberation.review", **{"decision": slug, **said, **more})


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
