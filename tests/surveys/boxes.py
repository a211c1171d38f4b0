"""Boxes with answers in them, for the tests of what becomes of a box."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from commons import quorum
from commons.db import session
from surveys.actions import answering
from surveys.domain.cards import Code
from surveys.domain.logic import Answers, Written
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from surveys.models import Ballot, KeyShare, ReleaseRow, WrittenText
from surveys.queries import Survey
from surveys.queries import survey as find
from tests.surveys.hall import Hall, choices, words

START = datetime(2026, 5, 4, 15, tzinfo=UTC)
Held = type[Ballot] | type[KeyShare] | type[ReleaseRow] | type[WrittenText]


def asked() -> Questionnaire:
    """One scale and one text."""
    steps = Question("B1", Kind.SCALE, words("Safe?"), choices("one", "two", "three", "four", "five"))
    missing = Question("H2", Kind.TEXT, words("What is missing?"), length=60)
    return Questionnaire(
        "q", 1, words("q"), {}, words("I know."), 1, ("en",), (Section("A", words("a"), (steps, missing)),)
    )


def lived(place: Hall, given: list[Answers]) -> tuple[Survey, tuple[Code, ...]]:
    """A box with these answers in it. Call it with the clock stopped at START; the box ends 7 days later."""
    codes = place.cards(max(12, len(given)))
    survey = place.open(asked())
    for code, answers in zip(codes, given, strict=False):
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, code, answers)
    return survey, codes


def rows(table: Held, survey: Survey) -> int:
    mine = (table.assembly == survey.assembly.id) & (table.survey == survey.id)
    return session.scalar(select(func.count()).select_from(table).where(mine)) or 0


def state(survey: Survey) -> str:
    found = find(survey.assembly, survey.slug)
    assert found is not None
    return found.state


SIX: list[Answers] = [{"B1": 5}] * 4 + [{"B1": 1, "H2": Written(text="a bridge")}, {"B1": 2}]


def proposed(place: Hall, survey: Survey) -> str:
    return quorum.propose(place.assembly, "surveys.count", {"survey": survey.slug})
