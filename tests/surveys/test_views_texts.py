"""What people wrote, from the box to common words: read by two, said otherwise, signed by several, then erased."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock, quorum
from commons.clock import Clock
from surveys.actions.answering import hand_in
from surveys.domain.logic import Written
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from tests.surveys.hall import Hall, choices, hall, words
from tests.visitor import Page, Visitor

OPENED = datetime(2026, 10, 1, 12, tzinfo=UTC)
TEXTS = "/en/casa/circle/surveys/practice-1/texts"


@pytest.fixture
def stopped() -> Iterator[Clock]:
    with clock.stopped(OPENED) as still:
        yield still


def asked() -> Questionnaire:
    question = Question("N1", Kind.TEXT, words("What is missing?"), choices("water", "land"))
    title = words("A test")
    return Questionnaire("test", 1, title, title, title, 1, ("en", "fr", "es"), (Section("only", title, (question,)),))


@pytest.fixture
def place(app: Flask, stopped: Clock) -> Hall:
    """A circle of two, both of whom read; seven people answered, three of them in writing."""
    made = hall(circle=2)
    codes = made.cards()
    slug = made.open(asked()).slug
    for number, code in enumerate(codes[:7]):
        text = f"the well of my aunt {number}" if number < 3 else ""
        hand_in(made.assembly, slug, asked(), code, {"N1": Written(frozenset({1}), text)})
    stopped.move(days=8)
    made.count(slug)
    return made


@pytest.fixture
def facilitator(two: Visitor) -> Visitor:
    return two


def read(facilitator: Visitor) -> Page:
    return facilitator.submit(facilitator.visit(TEXTS), "passphrase", passphrase="open 1")


def test_texts_open_with_a_passphrase_only(facilitator: Visitor) -> None:
    closed = facilitator.visit(TEXTS)
    refused = facilitator.submit(closed, "passphrase", passphrase="wrong")

    assert "my aunt" not in closed.text + refused.text
    assert "That passphrase does not open your place." in refused.text
    assert "the well of my aunt 1" in read(facilitator).text


def test_common_words_are_proposed_signed_and_published(app: Flask, facilitator: Visitor, place: Hall) -> None:
    said = {"passphrase": "open 1", "N1": "A well is dry.\n\n  Water is far. "}

    act = facilitator.send(read(facilitator), said, "passphrase", button="N1")

    assert "Publish in other words what people wrote" in act.text
    assert "A well is dry." in read(facilitator).text
    (waiting,) = quorum.waiting(place.assembly)
    for keys in place.keys:
        quorum.approve(place.assembly, waiting.id, keys)
    results = Visitor(app).reads(place.again()).visit("/en/casa/results/practice-1")
    assert "What people wrote, in other words" in results.text
    assert "A well is dry." in results.text
    assert "Water is far." in results.text
    assert "my aunt" not in results.text + read(facilitator).text


def test_what_names_somebody_is_left_out_by_several_and_everybody_reads_that(
    app: Flask, facilitator: Visitor, place: Hall
) -> None:
    said = {"passphrase": "open 1", "N1": "", "left_out": "N1"}

    act = facilitator.send(read(facilitator), said, "passphrase", button="N1")

    assert "Left out Something that names somebody." in act.text
    (waiting,) = quorum.waiting(place.assembly)
    for keys in place.keys:
        quorum.approve(place.assembly, waiting.id, keys)
    results = Visitor(app, "es").reads(place.again()).visit("/es/casa/results/practice-1")
    assert "Varias personas del círculo dejaron fuera algo que se escribió aquí" in results.text


def test_no_words_cannot_be_proposed(facilitator: Visitor) -> None:
    again = facilitator.send(read(facilitator), {"passphrase": "open 1", "N1": "  \n"}, "passphrase", button="N1")

    assert "Write something, one line for each thing said" in again.text
    assert "#N1" in again.links()


def test_a_withdrawn_result_shows_no_figure(app: Flask, place: Hall, stopped: Clock) -> None:
    act = quorum.propose(place.assembly, "surveys.withdraw", {"survey": "practice-1", "reason": "danger"})
    for keys in place.keys:
        quorum.approve(place.assembly, act, keys)
    stopped.move(days=30)
    quorum.carry_out_due(place.assembly)

    page = Visitor(app).reads(place.again()).visit("/en/casa/results/practice-1")

    assert "The reason: Keeping it here had become a danger." in page.text
    assert page.all("table") == []


def test_a_note_stands_above_the_figures(app: Flask, place: Hall, stopped: Clock) -> None:
    act = quorum.propose(place.assembly, "surveys.note", {"survey": "practice-1", "reason": "unequal_access"})
    for keys in place.keys:
        quorum.approve(place.assembly, act, keys)
    stopped.move(days=30)
    quorum.carry_out_due(place.assembly)

    page = Visitor(app).reads(place.again()).visit("/en/casa/results/practice-1")

    assert "Read this result with care. The reason: Not everybody could answer." in page.text
    assert page.all("table")


def test_common_words_that_may_name_somebody_are_asked_about(facilitator: Visitor, place: Hall) -> None:
    said = {"passphrase": "open 1", "N1": "A well is dry.\nMaria Lopez"}

    asked = facilitator.send(read(facilitator), said, "passphrase", button="N1")
    waiting = quorum.waiting(place.assembly)
    act = facilitator.send(asked, {**said, "sure": "y"}, "passphrase", button="N1")

    assert "This looks like somebody’s name." in asked.text
    assert "Maria Lopez" in asked.text
    assert waiting == ()
    assert "Publish in other words what people wrote" in act.text
