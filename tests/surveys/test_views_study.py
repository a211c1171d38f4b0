"""What those who study agreement find in the results: things asked alike, and the box before."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import allies, clock, quorum
from commons.clock import Clock
from surveys.actions.answering import hand_in
from surveys.domain.logic import Answers
from tests.surveys.hall import Hall, hall, shipped
from tests.visitor import Page, Visitor, said

CALM: Answers = {"P1": 4, "P2": 2, "P3": 1, "P4": 5, "P5": 2, "P6": 1}
TENSE: Answers = {"P1": 1, "P2": 5, "P3": 3, "P4": 5, "P5": 4, "P6": 3}


@pytest.fixture
def stopped() -> Iterator[Clock]:
    with clock.stopped(datetime(2026, 10, 1, 12, tzinfo=UTC)) as still:
        yield still


@pytest.fixture
def place(app: Flask, stopped: Clock) -> Hall:
    return hall()


def asked(place: Hall, stopped: Clock, calm: int, tense: int) -> None:
    """Ask a pulse of so many people and count it."""
    codes, questions = place.cards(calm + tense), shipped("pulse")
    slug = place.open(questions, "pulse").slug
    for at, code in enumerate(codes):
        hand_in(place.assembly, slug, questions, code, CALM if at < calm else TENSE)
    stopped.move(days=8)
    place.count(slug)


def study(page: Page, part: str) -> str:
    """What stands under one heading of that part of the results; "" where it is not there."""
    found = page.all("h3", id=part)
    return said(page.all("details", id="study")[0]).partition(said(found[0]))[2] if found else ""


def seen(app: Flask, place: Hall, slug: str, tag: str = "en") -> Page:
    return Visitor(app, tag).reads(place.again()).visit(f"/{tag}/casa/results/{slug}")


@pytest.mark.parametrize(
    ("tag", "words"), [("en", "Alpha over 2 of these: about 0"), ("fr", "sur 2 d’entre"), ("es", "sobre 2 de estas")]
)
def test_two_questions_with_the_same_steps_have_one_alpha(
    app: Flask, place: Hall, stopped: Clock, tag: str, words: str
) -> None:
    asked(place, stopped, 20, 20)

    told = study(seen(app, place, "pulse-1", tag), "together")

    assert words in told
    assert "Krippendorff, 2004" in told


def test_below_forty_ballots_no_alpha_is_told(app: Flask, place: Hall, stopped: Clock) -> None:
    asked(place, stopped, 19, 20)

    assert study(seen(app, place, "pulse-1"), "together") == ""


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "About 80 in 100 answers changed, at the least."),
        ("fr", "Environ 80 réponses sur 100 ont changé"),
        ("es", "Cambiaron unas 80 de cada 100 respuestas"),
    ],
)
def test_a_second_wave_says_how_many_answers_changed_at_the_least(
    app: Flask, place: Hall, stopped: Clock, tag: str, words: str
) -> None:
    asked(place, stopped, 36, 4)
    asked(place, stopped, 4, 36)

    page = seen(app, place, "pulse-2", tag)

    assert words in study(page, "since")
    assert "2026" in said(page.all("h3", id="since")[0])
    assert study(seen(app, place, "pulse-1", tag), "since") == ""


def test_where_one_of_two_waves_is_small_bands_alone_are_held_against_each_other(
    app: Flask, place: Hall, stopped: Clock
) -> None:
    asked(place, stopped, 36, 4)
    asked(place, stopped, 4, 26)

    told = study(seen(app, place, "pulse-2"), "since")

    assert "Shown by a band both times: 6." in told
    assert "In the same band: 1. One band away: 0. Two bands away: 5." in told
    assert "in 100 answers changed" not in told


def test_a_withdrawn_result_is_held_against_nothing(app: Flask, place: Hall, stopped: Clock) -> None:
    asked(place, stopped, 6, 6)
    asked(place, stopped, 6, 6)
    assert study(seen(app, place, "pulse-2"), "since") != ""

    act = quorum.propose(place.assembly, "surveys.withdraw", {"survey": "pulse-1", "reason": "danger"})
    for keys in place.keys:
        quorum.approve(place.assembly, act, keys)
    stopped.move(days=4)
    quorum.carry_out_due(place.assembly)

    assert study(seen(app, place, "pulse-2"), "since") == ""


def test_other_questions_of_a_kind_are_no_wave(app: Flask, place: Hall, stopped: Clock) -> None:
    asked(place, stopped, 6, 6)
    codes, questions = place.cards(12), shipped("practice")
    slug = place.open(questions, "pulse").slug
    for code in codes:
        hand_in(place.assembly, slug, questions, code, {"X1": 1, "X2": 5, "X3": frozenset({1})})
    stopped.move(days=8)
    place.count(slug)

    assert study(seen(app, place, slug), "since") == ""


def test_allies_who_may_read_one_result_learn_nothing_of_the_one_before(
    app: Flask, place: Hall, stopped: Clock
) -> None:
    asked(place, stopped, 36, 4)
    asked(place, stopped, 4, 36)
    assert study(seen(app, place, "pulse-2"), "since") != ""
    allies.register(lambda _: {"results:pulse-2": "ab" * 32})
    name, value = allies.cookie(place.assembly, "ab" * 32)
    visitor = Visitor(app)
    visitor.client.set_cookie(name, value)

    page = visitor.visit("/en/casa/results/pulse-2")

    assert "40 ballots were counted." in page.text
    assert study(page, "together") != ""
    assert study(page, "since") == ""
