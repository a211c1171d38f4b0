"""What members read: one home, one board, one living plan, the decisions, the proposals, the log, the limits."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock, log
from deliberation.actions import proposals, records, watching
from surveys import door
from surveys.domain.logic import Answer
from tests.deliberation.gathering import WALK, Gathering, changed, gathering, resumed
from tests.visitor import Visitor, said

SPRING = datetime(2026, 3, 20, 12, tzinfo=UTC)
PAGES = (
    "",
    "board",
    "plan",
    "plan/sheet",
    "plan/sheet?form=pocket",
    "plan/sheet?large=1",
    "plan/aloud",
    "plan/links",
    "plan/digest",
    "calendar",
    "decisions",
    "proposals",
    "log",
    "limits",
    "by-hand",
    "by-hand/cards",
)


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    with clock.stopped(SPRING) as stopped:
        yield stopped


@pytest.fixture
def river(app: Flask, time: clock.Clock) -> Gathering:
    return resumed(app)


def decided(river: Gathering, time: clock.Clock, stances: tuple[int, ...] = (1, 1, 1, 1, 1, 1, 1, 2)) -> str:
    """Bring one proposal through a sealed round and its ratification."""
    slug = river.propose()
    river.held(time, slug, stances)
    river.act("deliberation.ratify", proposal=slug, heard=river.heard())
    return slug


def fearing() -> Mapping[str, Answer]:
    """Find eviction likely and grave, the courts neither, and wish for the first measure."""
    return {"C2.T12": 5, "C3.T12": 5, "C2.T04": 1, "C3.T04": 1, "H1": frozenset({1})}


@pytest.mark.parametrize("page", ["", "plan/sheet"])
def test_that_no_alert_level_was_agreed_is_said_once_with_what_to_do(
    river: Gathering, visitor: Visitor, page: str
) -> None:
    told = visitor.reads(river.assembly).visit(f"/en/river/{page}").text

    assert told.count("Not agreed yet. At the next assembly, say what each of us does") == 1
    assert told.count("Not agreed yet.") == 1


def baseline(river: Gathering, time: clock.Clock, people: int = 12) -> str:
    """Hold a baseline in which everybody finds eviction likely and grave."""
    slug = river.baseline()
    asked = river.open(slug)
    river.answer(slug, asked, [fearing()] * people)
    river.count(slug, time)
    return slug


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_an_assembly_that_has_nothing_yet(
    app: Flask, time: clock.Clock, page: str, tag: str
) -> None:
    place = gathering().assembly

    shown = Visitor(app, tag).reads(place).visit(f"/{tag}/river/{page}")

    assert shown.tree.get("lang") == tag


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_an_assembly_that_decided(
    river: Gathering, time: clock.Clock, visitor: Visitor, page: str
) -> None:
    baseline(river, time)
    decided(river, time)

    shown = visitor.reads(river.assembly).visit(f"/en/river/{page}")

    assert "Palabre" not in shown.text


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_read_without_the_reading_word(river: Gathering, visitor: Visitor, page: str) -> None:
    assert "Which words?" in visitor.visit(f"/en/river/{page}").text


def test_home_says_what_is_asked_now_and_until_when(river: Gathering, visitor: Visitor) -> None:
    slug = river.baseline()
    river.open(slug)

    home = visitor.reads(river.assembly).visit("/en/river/")

    assert "You can answer until the end of March 27, 2026." in home.text
    assert "Friday, March 27, 2026 Last day to answer “How are we doing?”." in home.text
    assert f"/en/river/answer/{slug}" in home.links()


def test_rounds_asked_side_by_side_are_told_apart_by_what_they_propose(river: Gathering, visitor: Visitor) -> None:
    alone, together = changed(WALK, "Ring the bell."), [changed(WALK, text) for text in ("Fill the tank.", "Sing.")]
    for asked in ([alone], together):
        river.open(river.round(*(river.propose(draft) for draft in asked)))
    visitor.reads(river.assembly)

    home = visitor.visit("/en/river/")

    told = [said(one) for one in home.all("article")]
    assert sorted("Ring the bell." in one for one in told) == [False, True]
    assert sorted("And one more." in one for one in told) == [False, True]
    assert "Last day to answer “Ring the bell”." in home.text
    assert "Last day to answer “Where do we stand?”." in home.text


def test_home_does_not_promise_to_open_a_box_that_stays_shut(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    slug = river.baseline()
    river.answer(slug, river.open(slug), [{}] * 4)
    time.move(days=8)

    home = visitor.reads(river.assembly).visit("/en/river/")

    assert "Too few came, so its box stays shut. What can be done now" in home.text
    assert f"/en/river/results/{slug}" in home.links()


def test_home_shows_members_an_act_before_it_takes_effect(river: Gathering, visitor: Visitor) -> None:
    river.sign("deliberation.threshold", {"k": 4, "t": 2}, 4)

    home = visitor.reads(river.assembly).visit("/en/river/")

    assert "Change how many are needed" in home.text
    assert "It takes effect on March 23, 2026" in home.text


def test_a_language_nobody_has_read_over_says_so(river: Gathering, visitor: Visitor) -> None:
    visitor.reads(river.assembly)
    told = {tag: visitor.visit(f"/{tag}/river/limits").text for tag in ("en", "fr", "es")}

    assert "Nobody who grew up with this language" not in told["en"]
    assert "n’a encore relu ces pages" in told["fr"]
    assert "ha revisado todavía estas páginas" in told["es"]


def test_board_puts_each_threat_beside_its_concern_and_its_tier(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    baseline(river, time)

    board = visitor.reads(river.assembly).visit("/en/river/board")

    assert "Eviction, land grabbing most most Treat now" in board.text
    assert "At least half of us find it grave and likely." in board.text
    assert "/ 12" in board.text


def test_board_lifts_what_one_of_our_circles_said_aloud(river: Gathering, time: clock.Clock, visitor: Visitor) -> None:
    baseline(river, time)
    dogs = watching.keep_threat(river.assembly, watching.ThreatCard({"en": "Dogs at night"}))
    words = records.word(river.assembly, {"words": {"en": "They follow us."}})
    for about in ("T04", dogs):
        river.act("deliberation.caucus", about=about, wording=words)

    board = visitor.reads(river.assembly).visit("/en/river/board")

    assert "Criminalisation, harassment by the courts few few Treat now" in board.text
    assert "Dogs at night" in board.text


def test_from_twenty_ballots_on_the_order_of_threats_is_shown_and_before_that_none(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    baseline(river, time, people=19)
    few = visitor.reads(river.assembly).visit("/en/river/board").text
    river.draw(40)
    time.move(days=91)
    baseline(river, time, people=24)
    many = visitor.reads(river.assembly).visit("/en/river/board").text

    assert "From the gravest" not in few
    assert many.split("change places. ")[1].startswith("Eviction, land grabbing Criminal")


def test_from_twenty_ballots_on_the_automatic_state_stands_beside_the_verdict(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    river.draw(40)
    slug = river.propose()
    survey = river.held(time, slug, (1,) * 20 + (5,) * 2)

    page = visitor.reads(river.assembly).visit(f"/en/river/results/{survey}")

    assert "Apart from the rule: We agree widely, and one person more or less would not change it." in page.text


def test_board_shows_the_spread_of_a_round_and_its_verdict(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    decided(river, time)

    board = visitor.reads(river.assembly).visit("/en/river/board")

    assert "Walk the boundary together" in board.text
    assert "most support it, fully or with a reservation." in board.text
    assert "adopted with reservations Enough people agree under the rule." in board.text


def test_board_draws_only_on_request_and_only_what_was_released(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    river.draw(40)
    baseline(river, time, people=24)
    visitor.reads(river.assembly)

    plain, drawn = visitor.visit("/en/river/board"), visitor.visit("/en/river/board?charts=1")

    assert not plain.all("script", class_="figure")
    assert len(drawn.all("script", class_="figure")) == 1


def test_plan_puts_each_decision_beside_its_threat(river: Gathering, time: clock.Clock, visitor: Visitor) -> None:
    baseline(river, time)
    decided(river, time)

    plan = visitor.reads(river.assembly).visit("/en/river/plan")

    assert "Walk the boundary together" in plan.text
    assert "Looked at again on June 1, 2026." in plan.text
    assert "Criminalisation, harassment by the courts Watch" in plan.text


def test_plan_says_when_a_decision_has_grown_old(river: Gathering, time: clock.Clock, visitor: Visitor) -> None:
    decided(river, time)
    time.move(days=100)

    plan = visitor.reads(river.assembly).visit("/en/river/plan")

    assert "It was to be looked at again on June 1, 2026." in plan.text


def test_proposal_page_shows_what_was_raised_and_never_by_whom(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    slug = river.propose()
    river.held(time, slug, (1, 1, 1, 1, 1, 1, 1, 6), S3=frozenset({3}))

    shown = visitor.reads(river.assembly).visit(f"/en/river/proposals/{slug}")

    assert "At least one person blocks it." in shown.text
    assert "returned to be amended It was blocked, more than the rule allows." in shown.text


def test_a_draft_nobody_has_heard_is_shown_to_nobody(river: Gathering, visitor: Visitor) -> None:
    slug = proposals.table(river.assembly, WALK)

    visitor.reads(river.assembly).visit(f"/en/river/proposals/{slug}", status=404)


def test_log_page_says_each_act_in_words_and_its_head_aloud(river: Gathering, visitor: Visitor) -> None:
    page = visitor.reads(river.assembly).visit("/en/river/log")

    assert log.spoken_head(river.assembly) in page.text
    assert "30 cards were printed." in page.text
    assert "The assembly was founded." in page.text


def test_results_of_a_round_tell_the_verdict(river: Gathering, time: clock.Clock, visitor: Visitor) -> None:
    slug = river.propose()
    survey = river.held(time, slug, (1,) * 8)

    page = visitor.reads(river.assembly).visit(f"/en/river/results/{survey}")

    assert "Nothing is decided until the assembly has heard this and ratified it." in page.text
    assert door.release(river.assembly, survey) is not None
