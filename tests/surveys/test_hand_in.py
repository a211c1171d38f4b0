"""Handing in: one card, one sealed ballot, and nothing that says whose or when."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from commons import clock
from commons.db import session
from surveys.actions import answering
from surveys.actions.closing import end_due
from surveys.actions.refusals import AlreadyAnswered, CardRefused, SurveyNotOpen
from surveys.domain import cards
from surveys.domain.cards import Code
from surveys.domain.logic import Answers, Unfit
from surveys.models import Ballot
from surveys.queries import Survey
from tests.surveys.hall import Hall, hall, shipped

START = datetime(2026, 5, 4, 15, tzinfo=UTC)
MAIZE: Answers = {"X1": 1}


def hand_in(survey: Survey, code: Code, answers: Answers = MAIZE) -> None:
    answering.hand_in(survey.assembly, survey.slug, survey.questionnaire, code, answers)


def held(survey: Survey) -> int:
    mine = (Ballot.assembly == survey.assembly.id) & (Ballot.survey == survey.id)
    return session.scalar(select(func.count()).select_from(Ballot).where(mine)) or 0


def opened(place: Hall, size: int = 12) -> tuple[Survey, tuple[Code, ...]]:
    codes = place.cards(size)
    return place.open(shipped("practice")), codes


def test_a_card_speaks_once(either: Flask) -> None:
    survey, codes = opened(hall())

    hand_in(survey, codes[0])

    with pytest.raises(AlreadyAnswered):
        hand_in(survey, codes[0], {"X1": 2})
    hand_in(survey, codes[1])
    assert held(survey) == 2


def test_forty_threads_with_one_card_leave_one_ballot(either: Flask) -> None:
    survey, codes = opened(hall())

    def speak(_turn: int) -> str:
        with either.app_context():
            try:
                hand_in(survey, codes[0])
            except AlreadyAnswered:
                return "already"
            return "done"

    with ThreadPoolExecutor(40) as threads:
        said = list(threads.map(speak, range(40)))

    assert sorted(said) == ["already"] * 39 + ["done"]
    assert held(survey) == 1


def test_every_wrong_card_is_refused_alike(either: Flask) -> None:
    place, other = hall(), hall("otra")
    foreign = other.cards()
    survey, _codes = opened(place)
    retired = hall("vieja")
    old = retired.cards()
    retired.cards()
    later = retired.open(shipped("practice"))

    for box, code in ((survey, foreign[0]), (survey, Code("0" * 25)), (later, old[0])):
        with pytest.raises(CardRefused) as refused:
            hand_in(box, code)
        assert str(refused.value) == ""
        assert held(box) == 0


def test_a_box_takes_nothing_before_or_after_its_days(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        codes = place.cards()
        draft = place.draft(shipped("practice"))
        survey = place.open(shipped("practice"))
        with pytest.raises(SurveyNotOpen):
            answering.hand_in(place.assembly, draft, survey.questionnaire, codes[0], MAIZE)
        with pytest.raises(SurveyNotOpen):
            answering.hand_in(place.assembly, "nowhere", survey.questionnaire, codes[0], MAIZE)
        time.move(days=7)
        hand_in(survey, codes[0])
        time.move(days=1)
        with pytest.raises(SurveyNotOpen):
            hand_in(survey, codes[1])
        end_due(place.assembly)
        time.move(days=-5)
        with pytest.raises(SurveyNotOpen):
            hand_in(survey, codes[1])
    assert held(survey) == 1


def test_answers_that_do_not_fit_spend_nothing(either: Flask) -> None:
    survey, codes = opened(hall())

    with pytest.raises(Unfit):
        hand_in(survey, codes[0], {"X1": 9})

    hand_in(survey, codes[0])
    assert held(survey) == 1


def test_a_card_serves_each_survey_of_its_season_and_leaves_no_trace_between_them(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    second = place.open(shipped("practice"))

    hand_in(survey, codes[0])
    hand_in(second, codes[0])

    first, other = session.scalars(select(Ballot)).all()
    assert {first.nullifier, first.ciphertext, first.id}.isdisjoint({other.nullifier, other.ciphertext, other.id})
    assert (survey.number, second.number) == (1, 2)
    assert cards.witness(codes[0], 1) != cards.witness(codes[0], 2)


def test_a_hand_in_asks_the_database_six_times_at_most(
    either: Flask, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    survey, codes = opened(hall())

    with queries() as seen:
        hand_in(survey, codes[0])

    assert len(seen) <= 6
    writing = [one for one in seen if not one.lstrip().upper().startswith("SELECT")]
    assert [one.split()[:3] for one in writing] == [["INSERT", "INTO", "ballot"]]


def test_the_order_of_the_rows_is_not_the_order_of_the_people(either: Flask) -> None:
    survey, codes = opened(hall(), 60)
    seen: list[bytes] = []
    for code in codes:
        hand_in(survey, code)
        rows = set(session.scalars(text("SELECT id FROM ballot"))) - set(seen)
        seen.append(rows.pop())

    kept = list(session.scalars(text("SELECT id FROM ballot ORDER BY id")))

    assert sorted(kept) == sorted(seen)
    pairs = [(a, b) for a in range(60) for b in range(a)]
    agreeing = sum((kept.index(seen[a]) > kept.index(seen[b])) for a, b in pairs)
    assert abs(2 * agreeing / len(pairs) - 1) < 0.4, "Kendall's tau between arriving and being kept"


def test_hand_ins_that_race_the_end_are_in_the_box_or_refused(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, codes = opened(place, 30)

        def speak(code: Code) -> bool:
            with either.app_context():
                try:
                    hand_in(survey, code)
                except SurveyNotOpen:
                    return False
                return True

        with ThreadPoolExecutor(8) as threads:
            arriving = [threads.submit(speak, code) for code in codes]
            time.move(days=9)
            with either.app_context():
                end_due(place.assembly)
            accepted = sum(one.result() for one in arriving)
        assert held(survey) == accepted
