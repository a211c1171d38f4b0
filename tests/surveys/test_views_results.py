"""What came out of a box, as members see it: by the row of its size, with the numbers that were counted."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock
from commons.clock import Clock
from surveys.actions import judges
from surveys.actions.answering import hand_in
from surveys.domain.cards import Code, show_witness, witness
from surveys.domain.logic import Answers
from surveys.phrases import witnesses
from surveys.views import results
from tests.surveys.hall import Hall, hall, shipped
from tests.visitor import Page, Visitor, said

OPENED = datetime(2026, 10, 1, 12, tzinfo=UTC)
MAIZE: Answers = {"X1": 1, "X2": 5, "X3": frozenset({1, 2})}
BEANS: Answers = {"X1": 2, "X2": 2, "X3": frozenset({3})}


@pytest.fixture
def stopped() -> Iterator[Clock]:
    with clock.stopped(OPENED) as still:
        yield still


@pytest.fixture
def place(app: Flask, stopped: Clock) -> Hall:
    return hall()


def filled(place: Hall, size: int) -> tuple[Code, ...]:
    """Open a practice box and hand in `size` ballots, two in three for maize."""
    codes, asked = place.cards(max(30, size)), shipped("practice")
    slug = place.open(asked).slug
    for number, code in enumerate(codes[:size]):
        hand_in(place.assembly, slug, asked, code, BEANS if number % 3 == 0 else MAIZE)
    return codes


def counted(place: Hall, stopped: Clock, size: int) -> tuple[Code, ...]:
    codes = filled(place, size)
    stopped.move(days=8)
    place.count("practice-1")
    return codes


def seen(app: Flask, place: Hall, tag: str = "en", page: str = "results") -> Page:
    return Visitor(app, tag).reads(place.again()).visit(f"/{tag}/casa/{page}/practice-1")


def numbers(page: Page) -> set[str]:
    return {said(item) for box in page.all("ul", class_="witness") for item in box.iter("li")}


@pytest.mark.parametrize("size", [3, 12])
def test_what_history_keeps_of_results_does_not_say_what_was_asked(
    app: Flask, place: Hall, stopped: Clock, size: int
) -> None:
    filled(place, size)
    stopped.move(days=8)
    if size > place.assembly.floor:
        place.count("practice-1")

    page = seen(app, place)

    assert said(page.tree.find("head/title")) == "Results · Casa"
    assert said(page.all("h1")[0]) == "A box to practise"


def test_twelve_answers_are_shown_in_bands(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, 12)

    page = seen(app, place)

    assert "12 ballots were counted." in page.text
    assert "%" not in page.text
    assert page.all("span", class_="bar") == []
    assert "How many answered “A lot” or “Very much”" in page.text
    assert "most" in page.text


def test_thirty_answers_are_shown_in_rounded_shares(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, 30)

    page = seen(app, place)

    assert "30 ballots were counted." in page.text
    assert "70 %" in page.text
    assert "Shares are rounded to ten per cent." in page.text


@pytest.mark.parametrize("size", [12, 30])
def test_everyone_finds_their_number_and_no_other_card_does(app: Flask, place: Hall, stopped: Clock, size: int) -> None:
    codes = counted(place, stopped, size)

    assert numbers(seen(app, place)) == {show_witness(witness(code, 1)) for code in codes[:size]}


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en", "The numbers that were counted"), ("fr", "Les numéros qui ont été comptés"), ("es", "Los números que")],
)
def test_results_speak_each_language(app: Flask, place: Hall, stopped: Clock, tag: str, words: str) -> None:
    counted(place, stopped, 30)

    assert words in seen(app, place, tag).text


def test_nothing_is_shown_while_a_box_is_open(app: Flask, place: Hall) -> None:
    filled(place, 12)

    page = seen(app, place)

    assert "This box takes answers until the end of October 8, 2026." in page.text
    assert "12" not in page.text.replace("October 12", "")
    assert numbers(page) == set()


def test_a_box_that_ended_says_only_whether_enough_answered(app: Flask, place: Hall, stopped: Clock) -> None:
    filled(place, 12)
    stopped.move(days=8)

    page = seen(app, place)

    assert "Enough answers are in the box." in page.text
    assert "12" not in page.text


def test_too_few_answers_are_left_unread_and_the_page_says_what_next(app: Flask, place: Hall, stopped: Clock) -> None:
    filled(place, 4)
    stopped.move(days=8)

    page = seen(app, place)

    assert "Too few answers are in the box: it stays shut." in page.text
    assert "the assembly may decide aloud" in page.text
    assert "4" not in page.text


def test_closed_values_are_told_by_the_room_that_judged(app: Flask, place: Hall, stopped: Clock) -> None:
    told: list[object] = []

    def tell(_asked: object, _terms: object, closed: object) -> tuple[str, dict[str, object]]:
        told.append(closed)
        return "partials/words.html", {}

    judges.register("practice", lambda *_: {"block": {"X1": False}}, tell=tell)
    counted(place, stopped, 12)

    seen(app, place)

    assert told == [{"block": {"X1": False}}]


def test_a_counted_box_takes_no_answers(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, 12)

    page = seen(app, place, page="answer")

    assert "This box was opened and counted." in page.text
    assert "/en/casa/results/practice-1" in page.links()


def test_the_numbers_of_a_large_box_stand_apart_and_are_all_there(
    app: Flask, place: Hall, stopped: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = counted(place, stopped, 30)
    monkeypatch.setattr(witnesses, "LISTED", 29)

    page, apart = seen(app, place), seen(app, place, page="numbers")

    assert numbers(page) == set()
    assert "/en/casa/numbers/practice-1" in page.links()
    assert numbers(apart) == {show_witness(witness(code, 1)) for code in codes}


def test_many_tables_are_folded_by_subject_and_all_are_there(
    app: Flask, place: Hall, stopped: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(place, stopped, 30)
    whole = seen(app, place)
    monkeypatch.setattr(results, "MANY", 0)

    page = seen(app, place)

    (answers,) = [one for one in page.all("section") if one.get("id") == "answers"]
    folded = [said(table) for part in answers.iter("details") for table in part.iter("table")]
    assert folded == [said(table) for table in whole.all("table")]
    assert [said(one) for one in answers.iter("summary")] == [said(one) for one in answers.iter("h3")]
    assert next(answers.iter("details")).get("open") is not None


def test_before_a_result_the_page_of_numbers_says_where_the_box_stands(app: Flask, place: Hall) -> None:
    filled(place, 12)

    assert "This box takes answers until" in seen(app, place, page="numbers").text


@pytest.mark.parametrize(("tag", "means"), [("en", "two far camps"), ("fr", "deux camps"), ("es", "dos bandos")])
def test_who_studies_agreement_finds_indices_from_forty_ballots_on(
    app: Flask, place: Hall, stopped: Clock, tag: str, means: str
) -> None:
    counted(place, stopped, 40)

    study = said(seen(app, place, tag).all("details", id="study")[0])

    assert means in study
    assert "Leik, 1966" in study
    assert re.search(r"A -?\d[.,]\d, D \d[.,]\d, C \d[.,]\d", study)
    assert "Wilson, 1927" in study


@pytest.mark.parametrize(
    ("tag", "coarse"), [("en", "too coarse"), ("fr", "trop grossiers"), ("es", "demasiado gruesas")]
)
def test_figures_of_fewer_than_forty_ballots_are_too_coarse_for_an_index(
    app: Flask, place: Hall, stopped: Clock, tag: str, coarse: str
) -> None:
    counted(place, stopped, 39)

    study = said(seen(app, place, tag).all("details", id="study")[0])

    assert coarse in study
    assert "Leik" not in study
    assert "Wilson, 1927" in study


def test_of_fewer_answers_the_band_is_all_that_is_said(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, 12)

    study = said(seen(app, place).all("details", id="study")[0])

    assert "its band is all that can be said" in study
    assert "Leik" not in study
