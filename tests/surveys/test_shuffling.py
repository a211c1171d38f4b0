"""Answers without an order of their own: shown in another one each time, counted as they were written."""

from collections import Counter

import pytest
from flask import Flask

from commons import clock, log
from commons.clock import Clock
from surveys.actions import drafting
from surveys.domain.cards import Code
from surveys.domain.questionnaire import Choice, Kind, Question, Questionnaire, Section
from surveys.queries import survey
from tests.surveys.boxes import START
from tests.surveys.hall import Hall, choices, hall, shipped, words
from tests.visitor import Page, Visitor, said, unshuffled

LOOKS = 120
CONSENT = {"consent": "yes"}


def asking(*offered: Choice, kind: Kind = Kind.MULTIPLE) -> Questionnaire:
    asked = Question("N1", kind, words("Which?"), offered, shuffled=True)
    section = Section("S", words("Part"), (asked,))
    return Questionnaire(
        "test", 1, words("A test"), words("About"), words("I agree"), 1, ("en", "fr", "es"), (section,)
    )


def shown(page: Page, name: str) -> list[tuple[str, str]]:
    """What stands beside each answer, from the top: its value and its words."""
    labels = [one for one in page.all("label") for field in one.iter("input") if field.get("name") == name]
    return [(field.get("value", ""), said(one)) for one in labels for field in one.iter("input")]


def orders(member: Visitor, path: str, name: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(value for value, _ in shown(member.visit(path), name)) for _ in range(LOOKS))


def test_each_reading_has_an_order_of_its_own_and_no_place_is_favoured(app: Flask, place: Hall) -> None:
    place.cards()
    place.open(asking(*choices("bell", "walk", "radio")))
    member = Visitor(app).reads(place.again())

    seen = orders(member, "/en/casa/answer/practice-1", "N1")

    assert len(seen) == 6  # of 120 readings, one order is never seen once in 3.1 thousand million times
    firsts = Counter(order[0] for order in seen.elements())
    assert min(firsts.values()) > LOOKS // 10


def test_an_answer_keeps_its_position_and_its_words_wherever_it_stands(app: Flask, place: Hall) -> None:
    place.cards()
    place.open(asking(*choices("bell", "walk", "radio")))
    member = Visitor(app).reads(place.again())

    readings = [member.visit("/en/casa/answer/practice-1") for _ in range(10)]

    assert {tuple(sorted(shown(one, "N1"))) for one in readings} == {(("1", "Bell"), ("2", "Walk"), ("3", "Radio"))}
    assert len({unshuffled(one.response.text) for one in readings}) == 1
    assert "shuffled" not in readings[0].response.text


def test_what_stays_last_stays_last(app: Flask, place: Hall) -> None:
    place.cards()
    place.open(asking(*choices("bell", "walk"), Choice("none", words("None of these"), last=True)))
    place.open(asking(*choices("bell", "walk", "radio"), kind=Kind.SINGLE))
    member = Visitor(app).reads(place.again())

    ticks = orders(member, "/en/casa/answer/practice-1", "N1")
    one = orders(member, "/en/casa/answer/practice-2", "N1")

    assert set(ticks) == {("1", "2", "3"), ("2", "1", "3")}
    assert {order[-1] for order in one} == {""}  # to skip


def test_a_scale_is_never_shuffled(app: Flask, place: Hall) -> None:
    place.cards()
    place.open(shipped("practice"))
    member = Visitor(app).reads(place.again())

    assert len(orders(member, "/en/casa/answer/practice-1", "X2")) == 1
    assert len(orders(member, "/en/casa/answer/practice-1", "X3")) > 1


def test_errors_and_the_look_over_keep_what_was_chosen(app: Flask, place: Hall) -> None:
    card = place.cards()[0]
    place.open(shipped("practice"))
    member = Visitor(app).reads(place.again())
    page = member.visit("/en/casa/answer/practice-1")

    again = member.send(page, {"X3": ["2", "5"], "card": "12345", **CONSENT}, "answers")
    seen = member.send(again, {"card": card}, "answers")
    back = member.send(seen, {}, "answers", button="change")

    for one in (again, back):
        ticked = [field.get("value") for field in one.all("input", name="X3") if "checked" in field.attrib]
        assert sorted(map(str, ticked)) == ["2", "5"]
    assert "A big soup, A long rest" in seen.text


def test_what_was_ticked_is_counted_wherever_it_stood(app: Flask, place: Hall, stopped: Clock) -> None:
    cards = place.cards()
    place.open(shipped("practice"))
    for card in cards[:8]:
        member = Visitor(app).reads(place.again())
        page = member.visit("/en/casa/answer/practice-1")
        seen = member.send(page, {"X3": ["4"], "card": card, **CONSENT}, "answers")
        member.send(seen, {}, "answers", button="send")
    stopped.move(days=8)

    place.count("practice-1")

    page = Visitor(app).reads(place.again()).visit("/en/casa/results/practice-1")
    (table,) = [one for one in page.all("table") if "Choose up to two things" in said(one)]
    rows = [said(row) for row in table.iter("tr")]
    assert [row for row in rows if "most" in row] == [row for row in rows if "Games for children" in row]


def test_paper_and_whoever_types_it_keep_the_written_order(app: Flask, place: Hall, facilitator: Visitor) -> None:
    place.cards()
    place.open(shipped("practice"))
    member = Visitor(app).reads(place.again())

    written = {("1", "2", "3", "4", "5")}
    assert set(orders(member, "/en/casa/paper/practice-1?part=form", "X3")) == written
    assert set(orders(facilitator, "/en/casa/circle/surveys/practice-1", "X3")) == written


def test_the_circle_switches_it_off_for_one_question_of_a_draft(facilitator: Visitor, place: Hall) -> None:
    place.draft(shipped("call"))
    page = facilitator.visit("/en/casa/circle/surveys/practice-1")
    assert "What stands first is ticked more often." in page.text

    facilitator.submit(page, "/order", shuffled=["W2"])

    found = survey(place.assembly, "practice-1")
    assert found is not None
    assert {item.key: item.question.shuffled for item in found.questionnaire.items} == {"W1": False, "W2": True}


@pytest.mark.parametrize("kept", [[], ["X3"], ["X1", "X2", "X3", "voice", "nothing"]])
def test_only_what_has_no_order_is_ever_shuffled(either: Flask, kept: list[str]) -> None:
    with clock.stopped(START):
        place = hall()
        slug = place.draft(shipped("practice"))

        assert drafting.shuffle(place.assembly, slug, kept)

        found = survey(place.assembly, slug)
        assert found is not None
        shuffled = {item.key for item in found.questionnaire.items if item.question.shuffled}
        assert shuffled == set(kept) & {"X1", "X3"}


def test_what_is_open_keeps_its_order_and_the_attempt_is_logged(
    facilitator: Visitor, place: Hall, cards: tuple[Code, ...]
) -> None:
    before = place.open(shipped("practice"))
    page = facilitator.visit("/en/casa/circle/surveys/practice-1")
    token = page.all("input", name="form_token")[0].get("value")

    told = facilitator.client.post("/en/casa/circle/surveys/practice-1/order", data={"form_token": token})

    after = survey(place.assembly, "practice-1")
    assert after is not None
    assert after.definition == before.definition
    assert "This survey is not a draft any more." in told.text
    assert log.entries(place.assembly, kind="tried")
