"""What the round before gave stands before the questions of the next one: on the page, on paper, and read aloud."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, i18n
from deliberation.actions import asking, proposals
from deliberation.actions.proposals import How
from deliberation.domain.rounds import BEFORE
from deliberation.phrases import before
from surveys import door
from surveys.domain.questionnaire import Questionnaire
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
TITLE = {"en": "In the round before", "fr": "Au tour précédent", "es": "En la ronda anterior"}

FIRST = {"en": "Full support", "fr": "Plein soutien", "es": "Apoyo total"}


@pytest.fixture
def blocked(river: Gathering, time: clock.Clock) -> str:
    """A proposal that was blocked in a sealed round, and answered since."""
    slug = river.propose()
    river.held(time, slug, [6, *[1] * 7])
    river.act("deliberation.go_on", proposal=slug)
    proposals.reply(river.assembly, slug, "block", How.ANSWERED, {"en": "We talked at length."})
    return slug


def asked_again(river: Gathering, sits: Sits, *slugs: str) -> Questionnaire:
    """Put proposals to their next round through the page of the circle; return what it asks."""
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/proposals")
    visitor.submit(page, "round", proposals=list(slugs), closes=river.closes().isoformat())
    found = door.survey(river.assembly, "round-2")
    assert found is not None
    return found.questionnaire


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_members_read_what_the_round_before_gave_on_every_page_of_the_next(
    app: Flask, river: Gathering, sits: Sits, blocked: str, tag: str
) -> None:
    asked_again(river, sits, blocked)
    river.act("surveys.open", survey="round-2")
    reader = Visitor(app, tag).reads(river.assembly)

    for path in ("answer/round-2", "paper/round-2?part=form", "paper/round-2?part=script"):
        page = reader.visit(f"/{tag}/river/{path}")
        assert TITLE[tag] in page.text, path
        assert "We talked at length." in page.text, path
        assert page.text.index(TITLE[tag]) < page.text.index(FIRST[tag]), path


def test_it_says_outcome_band_and_reasons_and_never_a_count(river: Gathering, sits: Sits, blocked: str) -> None:
    first, *_ = asked_again(river, sits, blocked).sections

    assert first.intro["en"] == (
        "It was: returned to be amended. It was blocked, more than the rule allows. "
        "Most of us supported it, fully or with a reservation."
    )
    assert [one.text["en"] for one in first.questions] == [
        "At least one person blocks it. Answered: “We talked at length.”"
    ]
    said = " ".join(text for words in (first.intro, *(one.text for one in first.questions)) for text in words.values())
    assert re.findall(r"\d", said) == []


def test_it_is_frozen_with_the_questions(river: Gathering, sits: Sits, blocked: str) -> None:
    frozen = asked_again(river, sits, blocked)

    proposals.reply(river.assembly, blocked, "block", How.RECORDED, {"en": "Said otherwise."})

    found = door.survey(river.assembly, "round-2")
    assert found is not None
    assert found.questionnaire == frozen


def test_a_first_round_has_nothing_before_it(app: Flask, river: Gathering) -> None:
    shipped = door.shipped("round")

    with app.test_request_context():
        assert before.after(shipped, river.assembly, [river.propose(), "proposal-9"]) == shipped


def test_of_several_boxes_each_tells_of_its_own_proposal(app: Flask, river: Gathering, blocked: str) -> None:
    other = river.propose()
    river.aloud(other, "returned", "talk_more")
    river.act("deliberation.go_on", proposal=other)
    with app.test_request_context():
        instrument = before.after(door.shipped("round"), river.assembly, [blocked, other])

    boxes = asking.draft_rounds(river.assembly, instrument, [blocked, other], closes=river.closes())

    told = [door.survey(river.assembly, box) for box in boxes]
    assert [
        [one.id for one in box.questionnaire.sections if one.id.startswith(BEFORE)] for box in told if box is not None
    ] == [[f"{BEFORE}{blocked}"], [f"{BEFORE}{other}"]]


def test_another_language_is_spoken_for_a_while_only(app: Flask) -> None:
    with app.test_request_context():
        with i18n.within("fr"):
            assert i18n.current().tag == "fr"
        assert i18n.current().tag == "en"
