"""The circle's pages of surveys: one facilitator proposes, and never does."""

import pytest
from flask import Flask

from commons import access, log, pages, quorum
from commons.clock import Clock
from surveys import queries
from surveys.actions import counting, drafting
from surveys.actions.answering import hand_in
from surveys.queries import State
from tests.surveys.hall import Hall, shipped
from tests.visitor import Page, Visitor, said

PATHS = ("surveys", "surveys/new", "surveys/new/baseline", "surveys/practice-1", "cards")


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_every_page_of_the_circle_opens(facilitator: Visitor, place: Hall, tag: str) -> None:
    place.draft(shipped("practice"))

    for path in PATHS:
        facilitator.visit(f"/{tag}/casa/circle/{path}")


@pytest.mark.parametrize("path", PATHS)
def test_a_member_is_sent_to_the_circle_door(app: Flask, place: Hall, path: str) -> None:
    member = Visitor(app).reads(place.again())

    response = member.client.get(f"/en/casa/circle/{path}")

    assert response.status_code == 303
    assert response.headers["Location"].endswith("/circle/sign-in")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_holds_every_survey(facilitator: Visitor, place: Hall, number: int) -> None:
    for _ in range(number):
        place.draft(shipped("practice"))

    page = facilitator.visit("/en/casa/circle/surveys")

    assert len(page.all("span", class_="tag")) == number


def test_opening_is_proposed_and_waits_for_signatures(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    place.draft(shipped("practice"))

    act = facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/open")

    assert "/circle/acts/" in act.path
    assert "Open “A box to practise”" in act.text
    (waiting,) = quorum.waiting(place.assembly)
    assert (waiting.kind, waiting.params) == ("surveys.open", {"survey": "practice-1"})
    survey = queries.survey(place.assembly, "practice-1")
    assert survey is not None
    assert survey.state is State.DRAFT


def test_opening_without_cards_says_what_to_do_first(facilitator: Visitor, place: Hall) -> None:
    place.draft(shipped("practice"))

    page = facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/open")

    assert "There are no cards yet. Print a set of cards first." in page.text


def test_a_box_with_too_few_answers_offers_no_opening(facilitator: Visitor, place: Hall, stopped: Clock) -> None:
    place.cards()
    place.open(shipped("practice"))
    stopped.move(days=8)
    facilitator.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))

    page = facilitator.visit("/en/casa/circle/surveys/practice-1")

    assert "Too few answers are in the box: it stays shut." in page.text
    forms = [said(form) for form in page.all("form")]
    assert "Propose to open the box and count" not in forms
    assert "Propose to burn the box unread" in forms


def test_an_open_box_cannot_be_counted_or_burnt(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    place.open(shipped("practice"))

    page = facilitator.visit("/en/casa/circle/surveys/practice-1")

    words = " ".join(said(form) for form in page.all("form"))
    assert "Propose to open the box" not in words
    assert "burn" not in words
    for act in ("count", "burn"):
        assert "The box still takes answers." in press(facilitator, page, act)


def press(facilitator: Visitor, page: Page, act: str) -> str:
    """Send what a page does not offer, with the page's own token."""
    token = page.all("input", name="form_token")[0].get("value")
    return facilitator.client.post(f"/en/casa/circle/surveys/practice-1/{act}", data={"form_token": token}).text


def test_a_great_box_says_how_much_of_it_is_read(
    facilitator: Visitor, place: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.cards()
    survey = place.open(shipped("practice"))

    resting = facilitator.visit(f"/en/casa/circle/surveys/{survey.slug}")
    monkeypatch.setitem(counting._read, survey.id, 40)
    opening = facilitator.visit(f"/en/casa/circle/surveys/{survey.slug}")

    assert "of the box" not in resting.text
    assert "Read so far, in memory 40 % of the box" in opening.text


def test_an_act_that_is_none_is_not_found(facilitator: Visitor, place: Hall) -> None:
    place.draft(shipped("practice"))
    token = facilitator.visit("/en/casa/circle/surveys/practice-1").all("input", name="form_token")[0].get("value")

    response = facilitator.client.post("/en/casa/circle/surveys/practice-1/publish", data={"form_token": token})

    assert response.status_code == 404


def test_one_alone_may_pause_a_box_once(facilitator: Visitor, place: Hall, stopped: Clock) -> None:
    place.cards()
    place.open(shipped("practice"))

    page = facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/pause")

    assert "paused" in page.text
    assert "This box rests: one of the circle asked for a pause." in page.text
    stopped.move(days=3)
    facilitator.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    again = facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/pause")
    assert "You have paused this box once already." in again.text


def test_more_days_are_proposed_with_their_last_one(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    place.open(shipped("practice"))
    page = facilitator.visit("/en/casa/circle/surveys/practice-1")

    early = facilitator.submit(page, "/extend", closes="2026-10-02")
    assert "Choose a later day than its last day." in early.text
    assert "Choose a day." in facilitator.submit(page, "/extend", closes="soon").text

    act = facilitator.submit(page, "/extend", closes="2026-10-09")
    assert "Give “A box to practise” more days" in act.text
    assert "October 9, 2026" in act.text


def test_ending_early_is_proposed(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    place.open(shipped("practice"))

    act = facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/close")

    assert "End “A box to practise” before its last day" in act.text


def counted(place: Hall, stopped: Clock) -> None:
    codes, asked = place.cards(), shipped("practice")
    place.open(asked)
    for code in codes:
        hand_in(place.assembly, "practice-1", asked, code, {"X1": 1})
    stopped.move(days=8)
    place.count("practice-1")


@pytest.mark.parametrize(
    ("button", "title"),
    [("Propose a note", "Put a note on the result"), ("Propose to withdraw it", "Withdraw the result")],
)
def test_a_doubtful_result_gets_a_note_or_is_withdrawn(
    facilitator: Visitor, place: Hall, stopped: Clock, button: str, title: str
) -> None:
    counted(place, stopped)
    facilitator.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    page = facilitator.visit("/en/casa/circle/surveys/practice-1")
    (pressed,) = [one for one in page.all("button") if said(one) == button]
    target = pressed.get("formaction") or page.form("Propose a note").get("action", "")
    token = page.all("input", name="form_token")[0].get("value", "")

    response = facilitator.client.post(target, data={"form_token": token, "reason": "cards_seized"})
    act = facilitator.visit(response.headers["Location"])

    assert title in act.text
    assert "Cards were seized or copied." in act.text
    assert "Choose a reason." in facilitator.client.post(target, data={"form_token": token}).text


def test_every_act_of_the_room_has_words(app: Flask, place: Hall) -> None:
    place.cards()
    place.draft(shipped("practice"))
    with app.test_request_context("/en/casa/"):
        for kind in [name for name in quorum.kinds() if name.startswith("surveys.")]:
            assert kind in pages._tellers


@pytest.mark.parametrize(("which", "state"), [("counts", "open"), ("discard", "open"), ("extend", "counted")])
def test_an_attempt_on_what_is_frozen_changes_nothing_and_is_logged_once(
    facilitator: Visitor, place: Hall, stopped: Clock, which: str, state: str
) -> None:
    codes = place.cards()
    survey = place.open(shipped("practice"))
    if state == "counted":
        for code in codes[:9]:
            hand_in(place.assembly, survey.slug, survey.questionnaire, code, {"X1": 1})
        stopped.move(days=8)
        place.count(survey.slug)
        facilitator.client.set_cookie(access.SITTING, access.sit_down(place.again(), 1))
    before = queries.survey(place.assembly, survey.slug)

    for _ in range(2):
        page = facilitator.visit(f"/en/casa/circle/surveys/{survey.slug}")
        sent = {"form_token": page.all("input", name="form_token")[0].get("value"), "counts": "last"}
        facilitator.client.post(f"/en/casa/circle/surveys/{survey.slug}/{which}", data=sent)

    assert queries.survey(place.assembly, survey.slug) == before
    assert [line.payload for line in log.entries(place.assembly, kind="tried")] == [{"survey": survey.slug}]
    stopped.move(days=1)
    drafting.attempted(place.assembly, survey.slug)
    assert len(log.entries(place.assembly, kind="tried")) == 2
