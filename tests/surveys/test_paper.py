"""Paper enters the same box: one ballot for each card given in, never one more, and nothing there tells it apart."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select

from commons import clock, log
from commons.db import session
from commons.quorum import Refused
from surveys.actions import answering, paper
from surveys.actions.refusals import CardRefused
from surveys.domain.cards import Code
from surveys.domain.logic import Answers, Unfit
from surveys.models import Ballot
from surveys.queries import Survey, release
from tests.surveys.boxes import START
from tests.surveys.hall import Hall, hall, shipped

MAIZE: Answers = {"X1": 1}


def opened(place: Hall, size: int = 20) -> tuple[Survey, tuple[Code, ...]]:
    codes = place.cards(size)
    return place.open(shipped("practice")), codes


def let_in(place: Hall, survey: Survey, codes: tuple[Code, ...]) -> None:
    place.act("surveys.paper", **paper.exchanged(place.assembly, survey.slug, codes))


def held(survey: Survey) -> int:
    return session.scalar(select(func.count()).select_from(Ballot).where(Ballot.survey == survey.id)) or 0


def typed(survey: Survey, answers: Answers = MAIZE) -> None:
    one = paper.one_of(survey.assembly, survey.slug)
    paper.take(survey.assembly, survey.slug, [answers], [one])


def test_exactly_as_many_forms_enter_as_cards_were_given_in(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    let_in(place, survey, codes[:6])

    for _ in range(6):
        typed(survey)

    assert held(survey) == 6
    with pytest.raises(Refused, match="no_form_left"):
        paper.one_of(survey.assembly, survey.slug)


def test_paper_and_cards_are_counted_together_and_paper_has_no_witness(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, codes = opened(place)
        let_in(place, survey, codes[:5])
        for code in codes[5:9]:
            answering.hand_in(place.assembly, survey.slug, survey.questionnaire, code, MAIZE)
        for _ in range(5):
            typed(survey)
        time.move(days=8)
        place.count(survey.slug)

    found = release(place.assembly, survey.slug, whole=True)
    assert found is not None
    assert (found.data["ballots"], len(found.data["witnesses"])) == (9, 4)


def test_forms_are_typed_after_the_last_day_until_the_box_is_being_opened(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, codes = opened(place)
        let_in(place, survey, codes[:6])
        for _ in range(4):
            typed(survey)
        time.move(days=8)
        typed(survey)
        with pytest.raises(Refused, match="no_box_for_paper"):
            paper.exchanged(place.assembly, survey.slug, codes[6:12])
        place.count(survey.slug)

    assert paper.free(place.assembly, survey.slug) == ()
    assert paper.free(place.assembly, "nowhere") == ()


def test_a_card_given_in_speaks_no_more_and_what_it_said_gives_way_to_the_paper(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[0], MAIZE)
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[9], MAIZE)
    params = paper.exchanged(place.assembly, survey.slug, codes[:5])
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[1], MAIZE)

    place.act("surveys.paper", **params)

    assert held(survey) == 1, "the card that was not given in"
    with pytest.raises(CardRefused):
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[2], MAIZE)


def test_the_act_holds_no_code_and_the_log_a_number_of_forms_only(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    params = paper.exchanged(place.assembly, survey.slug, codes[:5])
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[0], MAIZE)
    nullifier = session.scalars(select(Ballot.nullifier)).one()

    place.act("surveys.paper", **params)

    (line,) = log.entries(place.assembly, kind="surveys.paper")
    assert {name: said for name, said in line.payload.items() if name not in {"act", "signed"}} == {
        "forms": 5,
        "survey": survey.slug,
    }
    told = json.dumps(dict(params)) + log.exported(place.assembly)
    assert not any(code in told for code in codes)
    assert nullifier.hex() not in told


def test_nothing_in_the_box_tells_paper_from_a_card(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    let_in(place, survey, codes[:5])
    typed(survey)
    answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[9], MAIZE)

    one, other = session.scalars(select(Ballot)).all()

    assert [len(getattr(one, name)) for name in ("id", "nullifier", "ciphertext")] == [
        len(getattr(other, name)) for name in ("id", "nullifier", "ciphertext")
    ]


def test_few_forms_are_read_by_nobody(either: Flask) -> None:
    place = hall(t=1)
    survey, codes = opened(place)

    with pytest.raises(Refused, match="too_few_forms"):
        let_in(place, survey, codes[:4])


@pytest.mark.parametrize("wrong", ["0" * 25, ""])
def test_a_form_needs_a_card_of_this_season(either: Flask, wrong: str) -> None:
    place = hall()
    survey, codes = opened(place)

    with pytest.raises(Refused, match="no_such_card"):
        let_in(place, survey, (*codes[:5], Code(wrong)))


def test_a_form_sent_twice_is_in_the_box_once(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    let_in(place, survey, codes[:5])
    one = paper.one_of(survey.assembly, survey.slug)
    paper.take(survey.assembly, survey.slug, [MAIZE], [one])

    for given, under in (([MAIZE], [one]), ([MAIZE, MAIZE], [paper.one_of(survey.assembly, survey.slug)])):
        with pytest.raises(Refused, match="no_form_left"):
            paper.take(survey.assembly, survey.slug, given, under)
    assert held(survey) == 1


def test_answers_that_do_not_fit_use_no_form_up(either: Flask) -> None:
    place = hall()
    survey, codes = opened(place)
    let_in(place, survey, codes[:5])

    with pytest.raises(Unfit):
        typed(survey, {"X1": 9})
    assert len(paper.free(survey.assembly, survey.slug)) == 5


def test_a_draft_takes_no_paper(app: Flask) -> None:
    place = hall()
    codes = place.cards()

    for slug in (place.draft(shipped("practice")), "nowhere"):
        with pytest.raises(Refused, match="no_box_for_paper"):
            paper.exchanged(place.assembly, slug, codes[:5])
