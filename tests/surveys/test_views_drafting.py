"""Drafting a survey: what it asks about, and until when."""

from collections.abc import Iterator

import pytest

from surveys import queries
from surveys.actions import offers
from surveys.queries import State
from tests.surveys.hall import Hall, choices, shipped
from tests.visitor import Visitor


@pytest.fixture
def offered() -> Iterator[None]:
    for name in ("threats", "measures", "voices"):
        offers.offer(name, lambda _assembly: choices("river", "hill", "valley"))
    yield
    for name in ("threats", "measures", "voices"):
        offers.offer(name, lambda _assembly: ())


def test_a_draft_asks_about_what_was_chosen(facilitator: Visitor, place: Hall, offered: None) -> None:
    page = facilitator.visit("/en/casa/circle/surveys/new/short-baseline")

    made = facilitator.submit(
        page, "draft", threats=["river", "hill"], measures=["hill", "valley"], voices=["river"], closes="2026-10-09"
    )

    assert made.path == "/en/casa/circle/surveys/baseline-1"
    survey = queries.survey(place.assembly, "baseline-1")
    assert survey is not None
    assert (survey.state, survey.closes.isoformat()) == (State.DRAFT, "2026-10-09")
    assert [item.key for item in survey.questionnaire.items][:5] == ["A2", "B1", "C1.river", "C2.river", "C3.river"]
    assert [choice.id for choice in survey.questionnaire.by_key["H1"].question.choices] == ["hill", "valley"]


def test_without_voices_no_voice_is_asked(facilitator: Visitor, place: Hall, offered: None) -> None:
    page = facilitator.visit("/en/casa/circle/surveys/new/short-baseline")

    facilitator.submit(page, "draft", threats=["river"], measures=["hill"], voices=[])

    survey = queries.survey(place.assembly, "baseline-1")
    assert survey is not None
    assert survey.questionnaire.voice == ""
    assert "A2" not in survey.questionnaire.by_key


def test_the_terms_of_a_kind_are_kept_with_the_draft(facilitator: Visitor, place: Hall) -> None:
    offers.set_terms("practice", lambda _assembly: {"spares": 2})

    facilitator.submit(facilitator.visit("/en/casa/circle/surveys/new/practice"), "draft")

    survey = queries.survey(place.assembly, "practice-1")
    assert survey is not None
    assert survey.terms == {"spares": 2}
    offers.set_terms("practice", lambda _assembly: {})


@pytest.mark.parametrize("closes", ["", "soon", "2026-09-30", "2028-01-01"])
def test_a_last_day_that_cannot_be_is_asked_again(facilitator: Visitor, closes: str) -> None:
    page = facilitator.visit("/en/casa/circle/surveys/new/practice")

    again = facilitator.submit(page, "draft", closes=closes)

    assert "Choose a last day from today on, within a year." in again.text
    assert "#closes" in again.links()


def test_a_draft_about_nothing_is_asked_again(facilitator: Visitor, offered: None) -> None:
    page = facilitator.visit("/en/casa/circle/surveys/new/short-baseline")

    again = facilitator.submit(page, "draft", measures=["hill"])

    assert "Choose one at least." in again.text
    assert "#threats" in again.links()
    assert "#measures" not in again.links()


def test_an_unknown_instrument_is_not_found(facilitator: Visitor) -> None:
    facilitator.visit("/en/casa/circle/surveys/new/round", status=404)
    facilitator.visit("/en/casa/circle/surveys/nothing", status=404)


def test_a_draft_can_be_thrown_away(facilitator: Visitor, place: Hall) -> None:
    place.draft(shipped("practice"))

    page = facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/discard")

    assert "No survey yet." in page.text
