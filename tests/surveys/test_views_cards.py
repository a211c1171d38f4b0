"""Cards: proposed by number, printed once; spares given and left-over ones shown together, for all to compare."""

import re
from dataclasses import replace

import pytest
from flask import Flask, g
from sqlalchemy import update

from commons import access, quorum
from commons.clock import Clock
from commons.db import session
from surveys.actions.answering import hand_in
from surveys.actions.cards import recognised
from surveys.domain.cards import Code, show
from surveys.forms.cards import words_of
from surveys.models import CardSet
from surveys.views import sheets
from tests.surveys.hall import Hall, shipped
from tests.visitor import Visitor


def test_left_over_cards_are_shown_and_voided_together(facilitator: Visitor, place: Hall) -> None:
    codes = place.cards()
    page = facilitator.visit("/en/casa/circle/cards")

    assert "One of these is not the number of a card" in facilitator.submit(page, "/void", codes="12345").text
    assert "One of these is not the number of a card" in facilitator.submit(page, "/void", codes="").text
    assert "not all cards of one season" in facilitator.submit(page, "/void", codes="0" * 25).text
    act = facilitator.submit(page, "/void", codes=f"{show(codes[0])}\n\n{codes[1]}\n")
    assert "Show 2 left-over cards, and void them" in act.text
    assert codes[0] not in act.text


def test_cards_are_proposed_by_number(facilitator: Visitor, place: Hall) -> None:
    act = facilitator.submit(
        facilitator.visit("/en/casa/circle/cards"), "Propose", size="16", spares="2", square="word"
    )

    assert "Print 16 cards" in act.text
    assert "Spares among them 2" in act.text
    (waiting,) = quorum.waiting(place.assembly)
    assert waiting.params == {"size": 16, "spares": 2, "square": "word"}
    assert "How they are printed On one sheet." in act.text


@pytest.mark.parametrize("size", ["", "2", "many", "2001", "-5", "1" * 400])
def test_a_number_of_cards_that_cannot_be_is_asked_again(facilitator: Visitor, size: str) -> None:
    again = facilitator.submit(facilitator.visit("/en/casa/circle/cards"), "Propose", size=size)

    assert "Choose a number between 3 and 2000." in again.text


@pytest.mark.parametrize("spares", ["16", "-1", "some", "2001", "99999999"])
def test_a_number_of_spares_that_cannot_be_is_asked_again(facilitator: Visitor, spares: str) -> None:
    again = facilitator.submit(facilitator.visit("/en/casa/circle/cards"), "Propose", size="16", spares=spares)

    assert "Choose fewer spares than cards" in again.text
    assert [one.get("value") for one in again.all("input", name="size")] == ["16"]


def test_what_the_square_holds_is_one_of_three(facilitator: Visitor) -> None:
    again = facilitator.submit(facilitator.visit("/en/casa/circle/cards"), "Propose", size="16", square="passphrase")

    assert "Choose what the square on the cards holds." in again.text


@pytest.mark.parametrize(
    "typed", ["bada", "bada " * 8, "hello world", "12345 bada", "ba", "bad", "\u0431\u0430" * 16, "ba" * 300]
)
def test_words_that_say_no_card_are_refused(facilitator: Visitor, place: Hall, typed: str) -> None:
    place.cards()

    again = facilitator.submit(facilitator.visit("/en/casa/circle/cards"), "/void", codes=typed)

    assert "One of these is not the number of a card" in again.text


def test_cards_printed_in_words_are_answered_with_words(app: Flask, facilitator: Visitor, place: Hall) -> None:
    page = facilitator.visit("/en/casa/circle/cards")
    assert "printed in digits only" in facilitator.submit(page, "Propose", size="12", words="yes", second="2").text
    assert "On one sheet, in digits and in words." in facilitator.submit(page, "Propose", size="12", words="yes").text
    drawn = place.act("surveys.cards", size=12, words=True).result
    assert isinstance(drawn, tuple)
    words = words_of(drawn[0])
    act = quorum.propose(place.assembly, "surveys.cards", {"size": 12, "words": True})
    with app.test_request_context("/en/casa/"):
        g.tag, g.assembly, g.actor = "en", place.again(), None
        found = quorum.act(place.assembly, act)
        assert found is not None
        sheet = str(sheets.printed(found, drawn))
    assert words in sheet
    survey = place.open(shipped("practice"))

    members = Visitor(app).reads(place.again())
    form = members.visit(f"/en/casa/answer/{survey.slug}")
    assert "25 digits, or the eight words." in form.text
    assert not any(one.get("inputmode") for one in form.all("input", name="card"))
    said = {"X1": "1", "consent": "yes", "card": words.upper().replace(" ", "-")}
    review = members.send(form, said, "answers", button="review")
    assert "It is in the box" in members.send(review, {}, "", button="send").text


def test_spares_are_given_one_by_one_and_members_see_how_many(facilitator: Visitor, place: Hall) -> None:
    place.act("surveys.cards", size=12, spares=1)
    page = facilitator.visit("/en/casa/circle/cards")
    act = facilitator.submit(page, "/spare")
    assert "Give out one spare card" in act.text

    for keys in place.keys[:2]:
        quorum.approve(place.assembly, act.path.rpartition("/")[2], keys)

    members = Visitor(facilitator.client.application).reads(place.again())
    assert "Spare cards given out so far: 1 of the 1 that were fixed" in members.visit("/en/casa/cards").text
    assert "No spare is left of those fixed beforehand." in facilitator.submit(page, "/spare").text


def test_without_cards_there_is_no_spare_to_give(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    page = facilitator.visit("/en/casa/circle/cards")
    session.execute(update(CardSet).values(state="retired"))
    session.commit()

    assert "There are no cards yet." in facilitator.submit(page, "/spare").text


def test_members_compare_left_over_cards_with_each_result(app: Flask, place: Hall, stopped: Clock) -> None:
    assert "No cards were printed yet." in Visitor(app).reads(place.again()).visit("/en/casa/cards").text
    codes = place.cards()
    survey = place.open(shipped("practice"))
    for code in codes[:7]:
        hand_in(place.assembly, survey.slug, survey.questionnaire, code, {"X1": 1})
    members = Visitor(app).reads(place.again())
    assert "No left-over card has been shown so far." in members.visit("/en/casa/cards").text
    stopped.move(days=8)
    place.count(survey.slug)

    place.act("surveys.void", **recognised(place.assembly, codes[10:]))
    sound = members.visit("/en/casa/cards").text
    place.act("surveys.void", **recognised(place.assembly, codes[6:7]))

    assert "2 left-over cards were shown" in sound
    assert "None of the left-over cards appears among those counted." in sound
    assert "One left-over card appears among those counted." in members.visit("/en/casa/cards").text


def test_the_cards_are_shown_once_to_be_cut(app: Flask, facilitator: Visitor, place: Hall) -> None:
    codes = place.cards(3)

    sheet = _sheet(app, place, codes)

    assert sheet.count('class="cut"') == 3
    assert all(show(code) in sheet for code in codes)
    assert access.reading_word(place.again()) in sheet
    assert "http://localhost/en/casa/" in sheet


def test_an_address_that_no_phone_can_reach_is_told_on_screen_only(
    app: Flask, facilitator: Visitor, place: Hall
) -> None:
    page, sheet = facilitator.visit("/en/casa/circle/cards"), _sheet(app, place, place.cards(3))

    (warning,) = page.all("div", class_="noprint")
    assert "PALABRE_ADDRESS" in "".join(warning.itertext())
    assert "The cards will carry this address: http://localhost/en/casa/" in page.text
    (told,) = re.findall(r'<div class="([^"]*)"><p>[^<]*PALABRE_ADDRESS', sheet)
    assert "noprint" in told.split()


def test_cards_carry_the_address_the_house_was_told(app: Flask, facilitator: Visitor, place: Hall) -> None:
    here = app.extensions["palabre"]
    settings = replace(here.settings, address="https://palabre.example.org")
    app.extensions["palabre"] = replace(here, settings=settings)

    page, sheet = facilitator.visit("/en/casa/circle/cards"), _sheet(app, place, place.cards(3))

    assert "The cards will carry this address: https://palabre.example.org/en/casa/" in page.text
    assert sheet.count("<p>https://palabre.example.org/en/casa/</p>") == 3
    assert "PALABRE_ADDRESS" not in page.text + sheet


def _sheet(app: Flask, place: Hall, codes: tuple[Code, ...]) -> str:
    act = quorum.propose(place.assembly, "surveys.cards", {"size": 3})
    with app.test_request_context("/en/casa/"):
        g.tag, g.assembly, g.actor = "en", place.again(), None
        found = quorum.act(place.assembly, act)
        assert found is not None
        return str(sheets.printed(found, codes))
