"""A rehearsal: known ballots, frozen with the box, and a result that is compared with them."""

from collections.abc import Sequence

import pytest
from flask import Flask

from commons.clock import Clock
from commons.quorum import Refused
from surveys import queries
from surveys.actions import rehearsing
from surveys.actions.answering import hand_in
from surveys.domain.logic import Answers, Written
from surveys.queries import Survey
from tests.surveys.hall import Hall, shipped
from tests.visitor import Visitor

MOST_SAY: Answers = {"X1": 1, "X2": 5, "X3": frozenset({1, 2})}
AGREED: tuple[Answers, ...] = (
    *[MOST_SAY] * 4,
    {"X1": 2, "X2": 1, "X3": frozenset({3})},
    {"X1": 255, "X2": 2},
)
RESULT = "/{}/casa/results/practice-1"


def rehearsal(place: Hall, given: Sequence[Answers], agreed: Sequence[Answers] = AGREED) -> Survey:
    """A practice box for which some ballots were agreed, and into which some were handed."""
    codes, slug = place.cards(), place.draft(shipped("practice"))
    for ballot in agreed:
        rehearsing.agree(place.assembly, slug, ballot)
    place.act("surveys.open", survey=slug)
    survey = queries.survey(place.assembly, slug)
    assert survey is not None
    for code, answers in zip(codes, given, strict=False):
        hand_in(place.assembly, slug, survey.questionnaire, code, answers)
    return survey


def compared(place: Hall, survey: Survey, stopped: Clock) -> bool:
    stopped.move(days=8)
    place.count(survey.slug)
    release = queries.release(place.assembly, survey.slug)
    assert release is not None
    ballots = rehearsing.known(survey.terms)
    return rehearsing.as_agreed(survey.questionnaire, ballots, release.data, place.assembly.t)


def test_known_ballots_are_frozen_with_the_box(place: Hall) -> None:
    survey = rehearsal(place, ())

    assert rehearsing.known(survey.terms) == AGREED
    assert rehearsing.known(place.open(shipped("practice")).terms) == ()


def test_a_box_that_holds_what_was_agreed_comes_out_as_agreed(place: Hall, stopped: Clock) -> None:
    assert compared(place, rehearsal(place, AGREED), stopped)


@pytest.mark.parametrize("given", [AGREED[:5], (*AGREED, AGREED[0]), tuple({**dict(one), "X2": 1} for one in AGREED)])
def test_a_ballot_dropped_or_added_and_answers_turned_round_are_noticed(
    place: Hall, stopped: Clock, given: tuple[Answers, ...]
) -> None:
    assert not compared(place, rehearsal(place, given), stopped)


def test_what_bands_hide_of_people_they_hide_of_a_rehearsal_too(place: Hall, stopped: Clock) -> None:
    changed = (*AGREED[:5], {"X1": 255, "X2": 1})

    assert compared(place, rehearsal(place, changed), stopped)


def test_raising_the_infiltrators_later_changes_no_comparison(place: Hall, stopped: Clock) -> None:
    survey = rehearsal(place, AGREED)
    assert compared(place, survey, stopped)
    release = queries.release(place.assembly, survey.slug)
    assert release is not None

    assert rehearsing.as_agreed(survey.questionnaire, AGREED, release.data, 4)


def test_only_a_draft_of_a_practice_takes_known_ballots(place: Hall) -> None:
    survey = rehearsal(place, ())
    for slug in (survey.slug, "nowhere", place.draft(shipped("pulse"), "pulse")):
        with pytest.raises(Refused, match="not_a_draft"):
            rehearsing.agree(place.assembly, slug, {})
    rehearsing.start_over(place.assembly, survey.slug)
    found = queries.survey(place.assembly, survey.slug)
    assert found is not None
    assert rehearsing.known(found.terms) == AGREED


def test_they_are_forty_at_most_and_hold_no_text(place: Hall) -> None:
    slug = place.draft(shipped("practice"))
    with pytest.raises(Refused, match="no_texts_here"):
        rehearsing.agree(place.assembly, slug, {"X1": Written(text="x")})
    for _ in range(rehearsing.MOST):
        rehearsing.agree(place.assembly, slug, {})

    with pytest.raises(Refused, match="many_ballots"):
        rehearsing.agree(place.assembly, slug, {})


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_circle_writes_down_what_the_hall_agreed_on(
    app: Flask, facilitator: Visitor, place: Hall, tag: str
) -> None:
    place.draft(shipped("practice"))
    here = f"/{tag}/casa/circle/surveys/practice-1/rehearsal"
    page = facilitator.visit(here)

    again = facilitator.send(page, {"X1": "1", "X2": "255", "X3": ["1", "3"]}, "known")
    wrong = facilitator.send(again, {"X3": ["1", "2", "3"]}, "known")

    assert len(again.all("ol")[0].findall("li")) == 1
    assert wrong.all("p", id="X3-oops")
    over = facilitator.submit(again, "/over")
    assert over.all("ol") == []


def test_another_survey_has_no_rehearsal(facilitator: Visitor, place: Hall) -> None:
    place.draft(shipped("pulse"), "pulse")

    facilitator.visit("/en/casa/circle/surveys/pulse-1/rehearsal", status=404)


def test_the_fortieth_is_the_last(facilitator: Visitor, place: Hall) -> None:
    slug = place.draft(shipped("practice"))
    for _ in range(rehearsing.MOST):
        rehearsing.agree(place.assembly, slug, {})

    page = facilitator.visit("/en/casa/circle/surveys/practice-1/rehearsal")

    assert "Forty known ballots are the most." in facilitator.submit(page, "known").text


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("right", [True, False])
def test_members_see_what_was_agreed_and_what_came_out(
    app: Flask, place: Hall, stopped: Clock, tag: str, *, right: bool
) -> None:
    survey = rehearsal(place, AGREED if right else AGREED[:5])
    member = Visitor(app, tag).reads(place.again())
    assert len(member.visit(RESULT.format(tag)).all("ol")[0].findall("li")) == len(AGREED)
    stopped.move(days=8)
    place.count(survey.slug)

    page = member.visit(RESULT.format(tag))

    look = "good" if right else "bad"
    assert len(page.all("div", class_=look)) == 1
    assert len(page.all("ol")[0].findall("li")) == len(AGREED)
