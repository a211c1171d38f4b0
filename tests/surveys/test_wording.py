"""From what people wrote to common words: sealed to those who read, published by several, erased in any case."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text

from commons import clock, log, quorum
from commons.clock import Clock
from commons.db import session
from commons.quorum import Refused
from surveys.actions import wording
from surveys.actions.wording import erase_due, reword
from surveys.domain.logic import Answers, Written
from surveys.models import ReleaseRow, SurveyRow, WrittenText, said_of
from surveys.queries import release, texts
from surveys.queries import survey as find
from tests.surveys.boxes import START, lived, rows
from tests.surveys.hall import Hall, hall

SAID: list[Answers] = [{"B1": 3, "H2": Written(text=f"the well of my aunt {turn}")} for turn in range(3)]
COMMON = [{"en": "Wells are missing.", "fr": "Il manque des puits."}]


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as still:
        yield still


@pytest.fixture
def place(either: Flask, time: Clock) -> Hall:
    """A circle whose box was counted, with three texts in it."""
    made = hall(k=2)
    survey, _ = lived(made, SAID + [{"B1": 4}] * 3)
    time.move(days=8)
    made.count(survey.slug)
    return made


def held(place: Hall) -> int:
    survey = find(place.assembly, "practice-1")
    assert survey is not None
    return rows(WrittenText, survey)


def test_common_words_are_published_beside_the_release_and_the_texts_erased(place: Hall) -> None:
    params = reword(place.assembly, "practice-1", "H2", COMMON)
    assert held(place) == 2 * 3 + 3

    place.act("surveys.wording", **params)

    kept = release(place.assembly, "practice-1")
    assert kept is not None
    assert kept.notes == ({"format": 1, "note": "wording", "question": "H2", "said": COMMON},)
    assert not kept.withdrawn
    assert held(place) == 0


def test_neither_act_nor_log_holds_any_of_the_words(place: Hall) -> None:
    params = reword(place.assembly, "practice-1", "H2", COMMON)
    place.act("surveys.wording", **params)

    kept = [*session.scalars(text("SELECT params FROM act")), *session.scalars(text("SELECT payload FROM log"))]

    assert not any("ells" in one or "puits" in one for one in kept)
    assert log.entries(place.assembly, kind="surveys.wording")[-1].payload["survey"] == "practice-1"


def test_words_wait_sealed_to_everybody_who_may_sign_them(place: Hall) -> None:
    reword(place.assembly, "practice-1", "H2", COMMON)
    survey = find(place.assembly, "practice-1")
    assert survey is not None

    for keys in place.keys:
        waiting = [one.text for one in texts(survey, keys) if one.question == said_of("H2")]
        assert [json.loads(one) for one in waiting] == [COMMON]
    sealed = session.scalars(select(WrittenText.text)).all()
    assert not any(b"Wells" in one or b"aunt" in one for one in sealed)


def test_words_changed_after_a_signature_are_not_published(place: Hall) -> None:
    act = quorum.propose(place.assembly, "surveys.wording", reword(place.assembly, "practice-1", "H2", COMMON))
    quorum.approve(place.assembly, act, place.keys[0])
    other = reword(place.assembly, "practice-1", "H2", [{"en": "Somebody's aunt."}])

    with pytest.raises(Refused, match="other_words"):
        quorum.approve(place.assembly, act, place.keys[1])

    assert session.scalars(select(ReleaseRow.number)).all() == [1]
    place.act("surveys.wording", **other)
    assert session.scalars(select(ReleaseRow.number).order_by(ReleaseRow.number)).all() == [1, 2]


@pytest.mark.parametrize(
    ("slug", "question", "said", "why"),
    [
        ("nowhere", "H2", COMMON, "no_release"),
        ("practice-1", "B1", COMMON, "no_texts"),
        ("practice-1", "H2", [], "no_words"),
        ("practice-1", "H2", [{}], "no_words"),
        ("practice-1", "H2", [{"en": ""}], "no_words"),
        ("practice-1", "H2", [{"en": "x" * 401}], "no_words"),
        ("practice-1", "H2", COMMON * 41, "no_words"),
    ],
)
def test_words_that_cannot_be_kept_are_refused(
    place: Hall, slug: str, question: str, said: list[dict[str, str]], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        reword(place.assembly, slug, question, said)

    assert held(place) == 6


@pytest.mark.parametrize("said", [COMMON, []])
def test_what_names_somebody_is_left_out_and_that_is_said(place: Hall, said: list[dict[str, str]]) -> None:
    params = reword(place.assembly, "practice-1", "H2", said, left_out=True)

    place.act("surveys.wording", **params)

    kept = release(place.assembly, "practice-1")
    assert kept is not None
    assert kept.notes == ({"format": 1, "note": "wording", "question": "H2", "said": said, "left_out": True},)
    assert log.entries(place.assembly, kind="surveys.wording")[-1].payload["left_out"] is True
    assert held(place) == 0


def test_words_nobody_proposed_cannot_be_signed(place: Hall) -> None:
    with pytest.raises(Refused, match="no_words"):
        place.act("surveys.wording", survey="practice-1", question="H2", words="00")


def test_texts_are_erased_after_two_weeks_in_any_case(place: Hall, time: Clock) -> None:
    reword(place.assembly, "practice-1", "H2", COMMON)

    time.move(days=14)
    erase_due(place.assembly)
    assert held(place) == 9
    time.move(days=1)
    erase_due(place.assembly)
    erase_due(place.assembly)

    assert held(place) == 0
    assert [line.payload for line in log.entries(place.assembly, kind="unsaid")] == [{"survey": "practice-1"}]


def test_two_processes_that_erase_at_once_say_so_once(place: Hall, time: Clock) -> None:
    row = session.scalars(select(SurveyRow).where(SurveyRow.slug == "practice-1")).one()
    time.move(days=15)

    for _ in range(2):  # the second had found the texts before the first erased them
        wording._erase(place.assembly, row)

    assert len(log.entries(place.assembly, kind="unsaid")) == 1
