"""Cards in two halves: no single printer knows a number, and only then may the last answers of a card count."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from commons import access, clock, quorum
from commons.clock import Clock
from commons.db import session
from commons.quorum import Refused
from surveys.actions import answering, drafting
from surveys.actions.cards import Halves, recognised
from surveys.actions.refusals import AlreadyAnswered
from surveys.domain import cards
from surveys.domain.cards import Code, parse, show, show_witness
from surveys.models import Ballot
from surveys.queries import Survey, release, survey
from surveys.views import sheets
from tests.surveys.boxes import START, asked
from tests.surveys.hall import Hall, hall, shipped
from tests.visitor import Page, Visitor, parsed, said

LAST = {"counts": "last"}


def halved(place: Hall, **more: object) -> Halves:
    drawn = place.act("surveys.cards", size=12, second=3, **more).result
    assert isinstance(drawn, Halves)
    return drawn


def held(box: Survey) -> list[Ballot]:
    return list(session.scalars(select(Ballot).where(Ballot.survey == box.id)))


def say(box: Survey, code: Code, level: int) -> None:
    answering.hand_in(box.assembly, box.slug, box.questionnaire, code, {"B1": level})


def test_whoever_prints_the_second_halves_does_not_sign_last(either: Flask) -> None:
    place = hall(circle=3, k=2)
    act = quorum.propose(place.assembly, "surveys.cards", {"size": 12, "second": 3})
    quorum.approve(place.assembly, act, place.keys[0])

    with pytest.raises(Refused, match="second_prints"):
        quorum.approve(place.assembly, act, place.keys[2])
    carried = quorum.approve(place.assembly, act, place.keys[0])

    assert carried is not None
    assert isinstance(carried.result, Halves)


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"second": 9}, "no_such_place"),
        ({"second": "3"}, "no_such_place"),
        ({"second": 3, "square": "number"}, "square_of_halves"),
    ],
)
def test_halves_that_cannot_be_are_refused(app: Flask, params: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        hall().act("surveys.cards", size=12, **params)


def test_the_last_answers_of_a_card_replace_the_first_in_a_new_row(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        codes = halved(place).codes
        box = place.open(asked(), terms=LAST)
        for code in codes[:6]:
            say(box, code, 1)
        before = {row.id for row in held(box)}
        for code in codes[:6]:
            say(box, code, 5)
        after = {row.id for row in held(box)}
        time.move(days=8)
        place.count(box.slug)

    assert len(after) == 6
    assert before.isdisjoint(after)
    found = release(place.assembly, box.slug, whole=True)
    assert found is not None
    assert (found.data["ballots"], len(found.data["witnesses"])) == (6, 6)
    assert {one["item"]: one.get("band") for one in found.data["figures"]}["B1"] == "most"


def test_forty_threads_with_one_card_leave_one_ballot_where_the_last_counts(either: Flask) -> None:
    place = hall()
    codes = halved(place).codes
    box = place.open(asked(), terms=LAST)

    def speak(turn: int) -> None:
        with either.app_context():
            say(box, codes[0], turn % 5 + 1)

    with ThreadPoolExecutor(40) as threads:
        list(threads.map(speak, range(40)))

    assert len(held(box)) == 1


def test_the_last_may_not_count_with_cards_of_one_sheet(either: Flask) -> None:
    place = hall()
    place.cards()

    with pytest.raises(Refused, match="one_sheet"):
        place.open(asked(), terms=LAST)


def test_with_halves_the_first_counts_unless_the_survey_says_otherwise(either: Flask) -> None:
    place = hall()
    codes = halved(place).codes
    box = place.open(asked())
    say(box, codes[0], 1)

    with pytest.raises(AlreadyAnswered):
        say(box, codes[0], 5)
    assert not box.last_counts


def test_what_counts_is_chosen_in_a_draft_and_frozen_when_it_opens(either: Flask) -> None:
    place = hall()
    halved(place)
    slug = place.draft(asked(), terms={"level": 2})
    drafting.let_last_count(place.assembly, slug, last=True)
    drafting.let_last_count(place.assembly, "nowhere", last=True)
    drafted = survey(place.assembly, slug)
    assert drafted is not None
    assert drafted.terms == {"counts": "last", "level": 2}

    place.act("surveys.open", survey=slug)
    drafting.let_last_count(place.assembly, slug, last=False)

    opened = survey(place.assembly, slug)
    assert opened is not None
    assert opened.last_counts


def test_witnesses_of_halves_need_a_key_that_no_printer_has(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        drawn = halved(place)
        box = place.open(asked())
        for code in drawn.codes[:6]:
            say(box, code, 3)
        time.move(days=8)
        place.count(box.slug)
        left = place.act("surveys.void", **recognised(place.assembly, drawn.codes[5:7])).facts

    found = release(place.assembly, box.slug, whole=True)
    assert found is not None
    with_key = {show_witness(cards.witness(code, 1, drawn.key)) for code in drawn.codes[:6]}
    without = {show_witness(cards.witness(code, 1)) for code in drawn.codes[:6]}
    assert set(found.data["witnesses"]) == with_key
    assert set(found.data["witnesses"]) != without
    assert left["among"] == 1


def sheet(app: Flask, place: Hall, drawn: Halves, **params: object) -> Page:
    act = quorum.propose(place.assembly, "surveys.cards", {"size": 12, "second": 3, **params})
    with app.test_request_context("/en/casa/"):
        g.tag, g.assembly, g.actor = "en", place.again(), None
        found = quorum.act(place.assembly, act)
        assert found is not None
        told = str(sheets.printed(found, drawn))
        return Page("/en/casa/circle/acts/x", app.response_class(told), parsed("sheet", told))  # type: ignore[arg-type]  # read only


def digits(page: Page) -> list[str]:
    return [said(one) for one in page.all("p", class_="digits")]


def test_each_place_sees_one_half_and_an_index_to_cut_off(
    app: Flask, two: Visitor, place: Hall, stopped: Clock
) -> None:
    drawn = halved(place)
    first = sheet(app, place, drawn, spares=2, square="word")
    sealed = next(one for one in first.all("input", name="sealed")).get("value", "")
    token = next(one for one in two.visit("/en/casa/circle/cards").all("input", name="form_token")).get("value", "")
    form = {"form_token": token, "place": "3", "sealed": sealed}

    def second(**more: str) -> Page:
        return two._arrive("second", two.client.post("/en/casa/circle/cards/second", data={**form, **more}), 200)

    wrong = second(passphrase="guess")
    right = two.send(wrong, {"passphrase": "open 3"}, "second")

    assert "That passphrase does not open your place." in wrong.text
    pairs = list(zip(digits(first), digits(right), strict=True))
    assert [parse(f"{one} {other}") for one, other in pairs] == list(drawn.codes)
    assert "half 12" in first.text
    assert "half 12" in right.text
    assert not any(show(code) in page.text or code in page.text for code in drawn.codes for page in (first, right))
    shown = show_witness(cards.witness(drawn.codes[0], 1, drawn.key))
    assert shown in first.text
    assert shown not in right.text
    assert access.reading_word(place.again()) in right.text


def test_second_halves_open_for_the_place_they_are_sealed_to_alone(app: Flask, two: Visitor, place: Hall) -> None:
    first = sheet(app, place, halved(place))
    sealed = next(one for one in first.all("input", name="sealed")).get("value", "")
    token = next(one for one in two.visit("/en/casa/circle/cards").all("input", name="form_token")).get("value", "")

    for form in ({"place": "2", "sealed": sealed}, {"place": "3", "sealed": "no"}, {"place": "3", "sealed": ""}):
        sent = {"form_token": token, "passphrase": f"open {form['place']}", **form}
        assert two.client.post("/en/casa/circle/cards/second", data=sent).status_code == 400


def test_halves_are_proposed_with_the_place_that_prints_the_second(two: Visitor, place: Hall) -> None:
    page = two.visit("/en/casa/circle/cards")

    assert "No place on duty in the circle has this number." in two.submit(page, "Propose", size="16", second="9").text
    many = two.submit(page, "Propose", size="16", second="2", square="number")
    assert "cannot hold its whole number" in many.text
    act = two.submit(page, "Propose", size="16", second="2")
    assert "Place 2 prints the second ones; whoever signs last prints the first." in act.text


def test_a_draft_says_which_answers_count_and_members_are_told(two: Visitor, place: Hall) -> None:
    codes = halved(place).codes
    slug = place.draft(shipped("practice"))
    drafted = two.visit(f"/en/casa/circle/surveys/{slug}")
    assert "The first answers count." in drafted.text
    chosen = two.submit(drafted, "counts", counts="last")
    assert "If a card answers twice The last answers count." in chosen.text
    place.act("surveys.open", survey=slug)
    assert "They were printed in two halves" in two.visit("/en/casa/cards").text

    members = Visitor(two.client.application).reads(place.again())
    for answer in ("1", "2"):
        page = members.visit(f"/en/casa/answer/{slug}")
        review = members.send(page, {"X1": answer, "consent": "yes", "card": codes[0]}, "answers", button="review")
        thanks = members.send(review, {}, "", button="send")
        assert "You can answer again with the same card" in thanks.text

    assert session.scalar(select(func.count()).select_from(Ballot)) == 1
