"""Cards: proposed by number, printed once, voided together."""

import re
from dataclasses import replace

import pytest
from flask import Flask, g

from commons import access, quorum
from surveys.domain.cards import Code, show
from surveys.views import cards
from tests.surveys.hall import Hall
from tests.visitor import Visitor


def test_cards_nobody_holds_are_voided_together(facilitator: Visitor, place: Hall) -> None:
    codes = place.cards()
    page = facilitator.visit("/en/casa/circle/cards")

    assert "One of these is not the number of a card" in facilitator.submit(page, "/void", codes="12345").text
    assert "One of these is not the number of a card" in facilitator.submit(page, "/void", codes="").text
    assert "not a card of this season" in facilitator.submit(page, "/void", codes="0" * 25).text
    act = facilitator.submit(page, "/void", codes=f"{show(codes[0])}\n\n{codes[1]}\n")
    assert "Void 2 cards" in act.text
    assert codes[0] not in act.text


def test_cards_are_proposed_by_number(facilitator: Visitor, place: Hall) -> None:
    act = facilitator.submit(facilitator.visit("/en/casa/circle/cards"), "Propose", size="16")

    assert "Print 16 cards" in act.text
    (waiting,) = quorum.waiting(place.assembly)
    assert waiting.params == {"size": 16}


@pytest.mark.parametrize("size", ["", "2", "many", "2001", "-5", "1" * 400])
def test_a_number_of_cards_that_cannot_be_is_asked_again(facilitator: Visitor, size: str) -> None:
    again = facilitator.submit(facilitator.visit("/en/casa/circle/cards"), "Propose", size=size)

    assert "Choose a number between 3 and 2000." in again.text


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
        return str(cards.printed(found, codes))
