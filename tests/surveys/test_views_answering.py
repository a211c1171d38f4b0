"""Answering as a member does it: one page, a look before sending, and nothing lost when something is wrong."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from commons.clock import Clock
from commons.db import session
from surveys.domain.cards import Code, show
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from surveys.models import Ballot
from tests.surveys.hall import Hall, choices, hall, shipped, words
from tests.visitor import Page, Visitor, said, unshuffled

CONSENT = {"consent": "yes"}


def ballots() -> int:
    return session.scalar(select(func.count()).select_from(Ballot)) or 0


def checked(page: Page, name: str) -> list[str]:
    return sorted(one.get("value", "") for one in page.all("input", name=name) if "checked" in one.attrib)


def sent(member: Visitor, survey: str, code: str, **answers: object) -> Page:
    """Fill the page, look at it, send it."""
    page = member.visit(f"/{member.tag}/casa/answer/{survey}")
    seen = member.send(page, {"card": code, **CONSENT, **answers}, "answers")
    return member.send(seen, {}, "answers", button="send")


def test_answers_go_in_the_box_after_a_look(member: Visitor, cards: tuple[Code, ...]) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    seen = member.send(page, {"X1": "2", "X3": ["1", "4"], "card": show(cards[0]), **CONSENT}, "answers")
    assert "Is this what you want to say?" in seen.text
    assert "Beans" in seen.text
    assert "Music, Games for children" in seen.text
    assert "You skipped one question." in seen.text
    assert ballots() == 0

    done = member.send(seen, {}, "answers", button="send")
    assert done.path == "/en/casa/thanks/practice-1"
    assert "It is in the box" in done.text
    assert "read number 1 in the small list" in done.text
    assert ballots() == 1


@pytest.mark.parametrize(("page", "tab"), [("answer", "Questions"), ("paper", "Questions"), ("results", "Results")])
def test_what_history_keeps_of_a_page_does_not_say_what_was_asked(member: Visitor, page: str, tab: str) -> None:
    seen = member.visit(f"/en/casa/{page}/practice-1")

    assert said(seen.tree.find("head/title")) == f"{tab} · Casa"
    assert said(seen.all("h1")[0]) == "A box to practise"


def test_the_reply_to_a_hand_in_empties_the_back_button(member: Visitor, cards: tuple[Code, ...]) -> None:
    data = {"X1": "1", "card": cards[0], "step": "send", **CONSENT}

    response = member.client.post("/en/casa/answer/practice-1", data=data)

    assert response.status_code == 303
    assert response.headers["Set-Cookie"].startswith("left=1;")
    assert "Max-Age=1;" in response.headers["Set-Cookie"]


def test_change_something_gives_the_filled_page_back(member: Visitor, cards: tuple[Code, ...]) -> None:
    page = member.visit("/en/casa/answer/practice-1")
    seen = member.send(page, {"X1": "2", "X3": ["1", "4"], "card": cards[0], **CONSENT}, "answers")

    back = member.send(seen, {}, "answers", button="change")

    assert (checked(back, "X1"), checked(back, "X3"), checked(back, "consent")) == (["2"], ["1", "4"], ["yes"])
    assert back.all("textarea", name="card")[0].text == cards[0]
    assert "to look at" not in back.text


def test_another_language_keeps_what_was_filled(member: Visitor) -> None:
    page = member.visit("/en/casa/answer/practice-1")
    (button,) = page.all("button", formaction="/es/casa/answer/practice-1")

    data = {"X1": "2", button.get("name", ""): button.get("value", "")}
    response = member.client.post(button.get("formaction", ""), data=data)

    assert "Maíz o frijol" in response.text
    assert 'name="X1" value="2" checked' in response.text


def test_every_wrong_card_gets_the_same_kind_page(app: Flask, member: Visitor, cards: tuple[Code, ...]) -> None:
    other = hall("otra")
    elsewhere = other.cards()[0]
    swapped = cards[0][1] + cards[0][0] + cards[0][2:]
    mistyped = swapped if swapped != cards[0] else "1" + cards[0][1:]
    wrong = {"mistyped": mistyped, "elsewhere": elsewhere, "never drawn": "0" * 25}

    pages = {
        name: member.client.post(
            "/en/casa/answer/practice-1", data={"X1": "2", "card": code, "step": "send", **CONSENT}
        )
        for name, code in wrong.items()
    }

    bodies = {
        unshuffled(page.text.replace(code, "")) for page, code in zip(pages.values(), wrong.values(), strict=True)
    }
    assert {page.status_code for page in pages.values()} == {200}
    assert len(bodies) == 1
    assert "This card cannot be used here." in bodies.pop()
    assert ballots() == 0


def test_a_card_left_empty_is_asked_for_and_any_other_is_told_the_same(member: Visitor) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    empty = member.send(page, {"X1": "2", "card": " \n ", **CONSENT}, "answers")
    short = member.send(page, {"X1": "2", "card": "1", **CONSENT}, "answers")

    assert ("Type the 25 digits of your card." in empty.text, "cannot be used here" in empty.text) == (True, False)
    assert ("Type the 25 digits of your card." in short.text, "cannot be used here" in short.text) == (False, True)
    assert checked(empty, "X1") == ["2"]


def test_a_card_typed_on_two_lines_is_read(member: Visitor, cards: tuple[Code, ...]) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    seen = member.send(page, {"X1": "2", "card": f"{cards[0][:15]}\r\n{cards[0][15:]}", **CONSENT}, "answers")

    assert "to look at" not in seen.text
    assert seen.all("button", value="send") != []


def test_a_wrong_card_loses_nothing(member: Visitor) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"X1": "2", "X3": ["1", "4"], "card": "12345", **CONSENT}, "answers")

    assert "Nothing was sent. Your answers are still here." in again.text
    assert (checked(again, "X1"), checked(again, "X3")) == (["2"], ["1", "4"])
    assert again.all("textarea", name="card")[0].text == "12345"
    assert again.all("textarea", name="card")[0].get("aria-invalid") == "true"


def test_a_card_speaks_once_and_says_so(member: Visitor, cards: tuple[Code, ...]) -> None:
    sent(member, "practice-1", cards[0], X1="1")

    again = sent(member, "practice-1", cards[0], X1="2")

    assert "This card has answered already Answers were already handed in with this card." in again.text
    assert "I am done" in again.text
    assert not again.all("div", id="problems"), "calm: nothing is wrong with what was written"
    assert checked(again, "X1") == ["2"]
    assert ballots() == 1


def test_a_card_typed_in_other_digits_and_groups_is_the_same_card(member: Visitor, cards: tuple[Code, ...]) -> None:
    arabic = show(cards[0]).translate({ord("0") + n: 0x660 + n for n in range(10)}).replace(" ", "-")

    assert sent(member, "practice-1", arabic, X1="1").path.endswith("/thanks/practice-1")


def test_the_consent_is_asked_before_anything_is_sent(member: Visitor, cards: tuple[Code, ...]) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"X1": "1", "card": cards[0]}, "answers")

    assert "Tick this box if you agree" in again.text
    assert "#consent" in again.links()
    assert ballots() == 0


@pytest.mark.parametrize("value", ["4", "0", "-1", "256", "one", "²", "9" * 5000])
def test_an_answer_that_is_not_offered_is_refused_beside_its_question(
    member: Visitor, cards: tuple[Code, ...], value: str
) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"X1": value, "card": cards[0], **CONSENT}, "answers")

    assert "That answer is not offered here. Choose again." in again.text
    assert "#X1" in again.links()


def test_two_answers_to_one_choice_are_refused(member: Visitor, cards: tuple[Code, ...]) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"X1": ["1", "2"], "card": cards[0], **CONSENT}, "answers")

    assert "That answer is not offered here." in again.text


def test_more_choices_than_allowed_are_refused(member: Visitor, cards: tuple[Code, ...]) -> None:
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"X3": ["1", "2", "3"], "card": cards[0], **CONSENT}, "answers")

    assert "2 choices at most." in again.text
    assert checked(again, "X3") == ["1", "2", "3"]


def test_a_required_question_is_asked_again(app: Flask, place: Hall, cards: tuple[Code, ...]) -> None:
    place.open(_asking(Question("N1", Kind.SINGLE, words("Which?"), choices("maize", "beans"), required=True)))
    member = Visitor(app).reads(place.again())
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"card": cards[0], **CONSENT}, "answers")

    assert "This question needs an answer." in again.text
    assert "#N1" in again.links()


def test_a_text_too_long_is_given_back_whole(app: Flask, place: Hall, cards: tuple[Code, ...]) -> None:
    place.open(_asking(Question("N1", Kind.TEXT, words("Say"), choices("water"), length=10)))
    member = Visitor(app).reads(place.again())
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"N1-text": "<b>eleven & more", "card": cards[0], **CONSENT}, "answers")

    assert "Write 10 letters at most." in again.text
    assert "".join(again.all("textarea")[0].itertext()) == "<b>eleven & more"
    assert "#N1-text" in again.links()


def _asking(question: Question) -> Questionnaire:
    title = words("A test")
    section = Section("only", title, (question,))
    return Questionnaire("test", 1, title, title, title, 1, ("en", "fr", "es"), (section,))


def test_a_box_that_ended_takes_nothing_and_loses_nothing(
    member: Visitor, cards: tuple[Code, ...], stopped: Clock
) -> None:
    page = member.visit("/en/casa/answer/practice-1")
    stopped.move(days=8)

    late = member.send(page, {"X1": "2", "card": cards[0], "step": "send", **CONSENT}, "answers")

    assert "This box takes no more answers." in late.text
    assert checked(late, "X1") == ["2"]
    assert "This box takes no more answers." in member.visit("/en/casa/answer/practice-1").text
    assert ballots() == 0


def test_a_draft_is_not_there_yet(member: Visitor, place: Hall) -> None:
    place.draft(shipped("pulse"), "pulse")

    for page in ("answer", "thanks", "results", "paper"):
        member.visit(f"/en/casa/{page}/pulse-1", status=404)
        member.visit(f"/en/casa/{page}/nothing", status=404)
