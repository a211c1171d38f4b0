"""One card at the door of a box: however it is typed, however often it is sent, whoever else is knocking."""

import pytest
from werkzeug.test import TestResponse

from commons import log
from surveys.domain.cards import Code, show
from tests.attacks.standing import Standing, held, token
from tests.visitor import Visitor

ZERO = {"arabic": 0x660, "persian": 0x6F0, "devanagari": 0x966, "wide": 0xFF10, "mathematical": 0x1D7CE}
MARKS = {
    "in a row": "{0}{1}{2}{3}{4}",
    "in groups": " {0} {1}  {2} {3} {4} ",
    "with hyphens": "{0}-{1}-{2}-{3}-{4}",
    "with long dashes": "{0}–{1}—{2}‐{3}‑{4}",
    "right to left": "\u200f{0}\u200f {1}\u200e {2}\u061c {3} {4}\u200f",
    "embedded": "\u202b{0} {1} {2} {3} {4}\u202c",
    "with hard spaces": "{0}\u00a0{1}\u2009{2}\u202f{3}\u3000{4}",
    "on two lines": "{0} {1}\r\n{2} {3} {4}",
    "with tabs": "\t{0}\t{1}\t{2}\t{3}\t{4}",
}


def hand_in(visitor: Visitor, house: Standing, typed: str, **more: object) -> TestResponse:
    data = {"consent": "yes", "card": typed, "step": "send", **more}
    return visitor.client.post(f"/en/river/answer/{house.named['survey']}", data=data)


def ballots() -> int:
    return len(held()["ballot"])


@pytest.mark.parametrize("how", MARKS)
def test_a_card_is_the_same_card_with_any_marks_between(house: Standing, how: str) -> None:
    member, typed = house.member(), MARKS[how].format(*show(house.river.cards[0]).split())

    assert hand_in(member, house, typed).status_code == 303
    assert "already handed in" in hand_in(member, house, house.river.cards[0]).text


@pytest.mark.parametrize("digits", ZERO)
def test_a_card_is_the_same_card_in_any_digits(house: Standing, digits: str) -> None:
    typed = show(house.river.cards[0]).translate({ord("0") + n: ZERO[digits] + n for n in range(10)})

    assert hand_in(house.member(), house, typed).status_code == 303


def test_a_hand_in_sent_again_is_one_ballot(house: Standing) -> None:
    """A double click, a reload of what was sent, the same from another phone: one ballot, and it is said kindly."""
    first, other, card = house.member(), house.member(), house.river.cards[0]
    status = hand_in(first, house, card).status_code

    again = [hand_in(who, house, card) for who in (first, first, other)]

    assert status == 303
    assert {one.status_code for one in again} == {200}
    assert all("Answers were already handed in with this card." in one.text for one in again)
    assert ballots() == 1


def misfits(house: Standing) -> dict[str, dict[str, object]]:
    """Return answers no page of this box offers."""
    return {
        "of another survey": {"S1.proposal-1": "1", "P1": "1", "T1.T12": "5", "X3": ["1", "2"]},
        "out of range": {"W1": "250", "W2": "0", "W3": "-1"},
        "beyond a byte": {"W1": "256", "W2": "1e3", "W3": "9" * 30},
        "with a field of ours": {"fingerprint": "00", "witness": "0", "assembly": "hill", "survey": "pulse-9"},
    }


@pytest.mark.parametrize("which", ["of another survey", "out of range", "beyond a byte", "with a field of ours"])
def test_answers_of_elsewhere_never_spend_a_card_wrongly(house: Standing, which: str) -> None:
    """They are refused and the card is still good, or they are not of this form and nothing of them is kept."""
    member, card = house.member(), house.river.cards[0]

    first = hand_in(member, house, card, **misfits(house)[which])

    assert first.status_code in {200, 303}
    assert ballots() == (first.status_code == 303)
    if first.status_code == 200:
        assert hand_in(member, house, card).status_code == 303


def test_a_card_of_another_assembly_looks_like_any_wrong_card(house: Standing) -> None:
    house.other.draw(12)
    member = house.member()
    elsewhere = house.other.cards[0]

    told = [hand_in(member, house, typed).text.replace(typed, "") for typed in (elsewhere, Code("0" * 25), "x" * 99)]

    assert len(set(told)) == 1
    assert ballots() == 0


@pytest.mark.slow
def test_a_thousand_wrong_cards_keep_no_right_one_out(house: Standing) -> None:
    attacker, member, right = house.member(), house.member(), house.river.cards[0]
    for number in range(1000):
        typed = f"{number:025d}" if number % 2 else right[:-1] + str((int(right[-1]) + 1 + number % 9) % 10)
        assert hand_in(attacker, house, typed).status_code == 200

    assert hand_in(member, house, right).status_code == 303
    assert hand_in(attacker, house, house.river.cards[1]).status_code == 303


@pytest.mark.parametrize("act", ["open", "extend", "burn", "count", "withdraw", "note", "discard"])
def test_no_form_of_the_circle_changes_a_box_that_is_open(house: Standing, act: str) -> None:
    """Frozen means frozen: it is not edited, opened twice, thrown away, burnt or read by whoever asks for it."""
    one = house.facilitator()
    given = {"form_token": token(one), "closes": "2036-01-01", "reason": "procedure"}
    before = held()

    answer = one.client.post(f"/en/river/circle/surveys/{house.named['survey']}/{act}", data=given)

    assert answer.status_code in {200, 303}
    with house.app.app_context():
        tried = log.entries(house.river.assembly, kind="tried")
    assert len(tried) == (act == "discard")
    assert {name: rows for name, rows in held().items() if name != "log"} == {
        name: rows for name, rows in before.items() if name != "log"
    }
