"""The pages of boxes opened ahead and of a plenary: what the circle proposes, what a hall sees."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask

from commons import log, quorum
from commons.clock import Clock
from surveys import queries
from surveys.queries import State
from tests.surveys.hall import Hall, shipped
from tests.visitor import Page, Visitor, said

USUAL_PLAN = {"minutes": [15, 15], "before": 10, "after": 10}
SERIES = "/en/casa/circle/surveys/pulse-1/series"


@pytest.fixture
def pulse(place: Hall) -> str:
    place.cards()
    return place.draft(shipped("pulse"), "pulse")


def test_a_series_is_proposed_with_every_date_to_read(facilitator: Visitor, place: Hall, pulse: str) -> None:
    draft = facilitator.visit("/en/casa/circle/surveys/pulse-1")
    assert SERIES in draft.links()

    act = facilitator.submit(facilitator.visit(SERIES), "series", number="3", every="14", lasts="3")

    assert "3 times" in act.text
    for words in ("October 1, 2026 to October 3, 2026", "October 15, 2026", "October 29, 2026"):
        assert words in act.text
    assert "cannot be changed" in act.text
    (waiting,) = quorum.waiting(place.assembly)
    assert waiting.kind == "surveys.series"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("first", "yesterday", "Choose a first day from today on, within a year."),
        ("first", "2026-09-30", "Choose a first day from today on, within a year."),
        ("number", "13", "Choose a number between 2 and 12."),
        ("number", "many", "Choose a number between 2 and 12."),
        ("every", "1", "Choose a number between 2 and 92."),
        ("lasts", "15", "Each must end before the next begins: choose fewer days."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_is_lost(
    facilitator: Visitor, pulse: str, field: str, typed: str, sentence: str
) -> None:
    again = facilitator.send(facilitator.visit(SERIES), {"number": "4", field: typed}, "series")

    assert sentence in again.text
    assert f"#{field}" in again.links()
    kept = {one.get("name"): one.get("value") for one in again.all("input")}
    assert kept[field] == typed


def test_a_series_the_cards_cannot_serve_says_why(facilitator: Visitor, place: Hall, pulse: str) -> None:
    for _ in range(5):
        place.open(shipped("practice"))

    again = facilitator.submit(facilitator.visit(SERIES), "series", number="8")

    assert "These cards have served all their surveys." in again.text
    assert quorum.waiting(place.assembly) == ()


def test_only_a_draft_of_a_pulse_has_a_series(facilitator: Visitor, place: Hall) -> None:
    place.draft(shipped("practice"))

    facilitator.visit("/en/casa/circle/surveys/practice-1/series", status=404)


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_a_box_opened_ahead_says_when_it_begins(app: Flask, place: Hall, pulse: str, tag: str) -> None:
    place.act("surveys.series", survey=pulse, days=[["2026-10-02", "2026-10-03"], ["2026-10-09", "2026-10-12"]])
    member = Visitor(app, tag).reads(place.again())

    page = member.visit(f"/{tag}/casa/answer/pulse-2")

    assert re.search(r"\b9\b.*\b12\b", page.text)
    assert not page.all("input", id="card")


def test_the_circle_sees_a_box_opened_ahead_as_such(facilitator: Visitor, place: Hall, pulse: str) -> None:
    place.act("surveys.series", survey=pulse, days=[["2026-10-02", "2026-10-03"], ["2026-10-09", "2026-10-12"]])

    page = facilitator.visit("/en/casa/circle/surveys/pulse-2")

    assert "opened ahead" in page.text
    assert "/en/casa/circle/surveys/pulse-2/close" in [one.get("action") for one in page.all("form")]
    assert "Pause" not in page.text


def test_a_sitting_is_proposed_from_drafts(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    slugs = [place.draft(shipped("practice")) for _ in range(3)]
    page = facilitator.visit("/en/casa/circle/sitting?box=practice-1")
    assert [one.get("value") for one in page.all("input", name="box") if "checked" in one.attrib] == slugs[:1]

    act = facilitator.submit(page, "sitting", box=slugs[:2], together="each")

    assert "one facilitator alone may end each box today" in act.text
    assert "Item by item" in act.text
    (waiting,) = quorum.waiting(place.assembly)
    assert waiting.params == {"surveys": slugs[:2], "together": False, **USUAL_PLAN}


def test_a_sitting_of_nothing_is_asked_again(facilitator: Visitor, place: Hall) -> None:
    assert "There is no draft." in facilitator.visit("/en/casa/circle/sitting").text
    place.draft(shipped("practice"))

    again = facilitator.submit(facilitator.visit("/en/casa/circle/sitting"), "sitting")
    assert "Choose one draft at least." in again.text
    again = facilitator.submit(again, "sitting", box="practice-1")
    assert "There are no cards yet." in again.text


def test_places_and_minutes_make_the_agenda(facilitator: Visitor, place: Hall) -> None:
    place.cards()
    slugs = [place.draft(shipped("practice")) for _ in range(3)]
    page = facilitator.visit("/en/casa/circle/sitting")
    last_first = {"order-practice-1": "3", "order-practice-3": "1", "minutes-practice-3": "90"}

    again = facilitator.send(page, {"box": slugs, **last_first, "before": "300", "minutes-practice-2": "x"}, "sitting")
    assert "Choose a number between 0 and 240." in again.text
    assert {"#before", "#minutes-practice-2"} <= set(again.links())
    act = facilitator.send(again, {"before": "0", "minutes-practice-2": "1"}, "sitting")

    assert "A box to practise (90 min)" in act.text
    (waiting,) = quorum.waiting(place.assembly)
    assert waiting.params["surveys"] == ["practice-3", "practice-2", "practice-1"]
    assert waiting.params["minutes"] == [90, 1, 15]
    assert (waiting.params["before"], waiting.params["after"]) == (0, 10)


def sat(place: Hall, plan: Mapping[str, object] = {}) -> list[str]:
    place.cards()
    slugs = [place.draft(shipped("practice")) for _ in range(2)]
    place.act("surveys.sitting", surveys=slugs, together=True, **plan)
    return slugs


def points(page: Page) -> list[str]:
    (agenda,) = page.all("ol", class_="steps")
    return [said(one).replace(" In large type", "").replace(" · ", " ") for one in agenda]


def test_the_agenda_says_what_is_planned_and_where_the_hall_is(
    app: Flask, facilitator: Visitor, place: Hall, stopped: Clock
) -> None:
    sat(place, {"minutes": [20, 45], "before": 10, "after": 0})
    member = Visitor(app).reads(place.again())
    before = member.visit("/en/casa/agenda/practice-2")

    facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/finish")
    after = member.visit("/en/casa/agenda/practice-2")
    stopped.move(days=1)
    over = member.visit("/en/casa/agenda/practice-1")

    arriving = "Arriving, and who speaks when 10 min"
    assert points(before) == [arriving, "A box to practise 20 min now", "A box to practise 45 min"]
    assert points(after) == [arriving, "A box to practise 20 min done", "A box to practise 45 min now"]
    assert points(over)[1:] == ["A box to practise 20 min done", "A box to practise 45 min done"]
    assert "1 h 15 min in all" in before.text
    assert "/en/casa/agenda/practice-1" in member.visit("/en/casa/hall/practice-1").links()


@pytest.mark.parametrize(
    ("plan", "told"),
    [({"minutes": [20, 40]}, "1 h in all"), ({"minutes": [5, 6], "after": 4}, "15 min in all"), ({}, "")],
)
def test_all_points_together_take_so_long(app: Flask, place: Hall, plan: dict[str, object], told: str) -> None:
    sat(place, plan)

    page = Visitor(app).reads(place.again()).visit("/en/casa/agenda/practice-1")

    assert [said(one) for one in page.all("p", class_="lead")] == [told] * bool(told)


def test_how_long_anything_took_is_not_kept(app: Flask, facilitator: Visitor, place: Hall, stopped: Clock) -> None:
    sat(place, {"minutes": [20, 45], "before": 10})
    member = Visitor(app).reads(place.again())
    facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/finish")
    early = member.visit("/en/casa/agenda/practice-1").response.data

    stopped.move(hours=3)

    assert member.visit("/en/casa/agenda/practice-1").response.data == early
    assert log.entries(place.assembly, kind="finished")[-1].payload == {"survey": "practice-1"}


def test_one_alone_says_that_the_hall_has_finished(facilitator: Visitor, place: Hall, stopped: Clock) -> None:
    sat(place)
    page = facilitator.visit("/en/casa/circle/surveys/practice-1")
    assert "One of you may end this box today" in page.text

    ended = facilitator.submit(page, "/finish")

    assert "The hall has finished" not in " ".join(one.text or "" for one in ended.all("button"))
    found = queries.survey(place.assembly, "practice-1")
    assert found is not None
    assert found.state is State.ENDED
    assert "One alone may end only" in facilitator.submit(page, "/finish").text


def test_results_told_together_wait_for_the_last_item(facilitator: Visitor, place: Hall, stopped: Clock) -> None:
    sat(place)
    facilitator.submit(facilitator.visit("/en/casa/circle/surveys/practice-1"), "/finish")
    token = facilitator.visit("/en/casa/circle/surveys/practice-1").all("input", name="form_token")[0].get("value")

    said = facilitator.client.post("/en/casa/circle/surveys/practice-1/count", data={"form_token": token}).text

    assert "Wait until the hall has finished with the last item." in said


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_hall_sees_one_item_at_a_time_and_no_figure(app: Flask, place: Hall, tag: str) -> None:
    sat(place)
    hall = Visitor(app, tag).reads(place.again())

    first = hall.visit(f"/{tag}/casa/hall/practice-1")
    second = hall.visit(f"/{tag}/casa/hall/practice-2")

    assert f"/{tag}/casa/hall/practice-2" in first.links()
    assert f"/{tag}/casa/hall/practice-1" in second.links()
    shown = " ".join(one for one in first.all("div", class_="hall")[0].itertext())
    assert re.findall(r"\d+", shown) == ["1", "2"]
    assert first.all("table") == []


def test_outside_a_sitting_there_is_nothing_for_the_hall(app: Flask, place: Hall) -> None:
    place.cards()
    place.open(shipped("practice"))
    member = Visitor(app).reads(place.again())

    member.visit("/en/casa/hall/practice-1", status=404)
    member.visit("/en/casa/agenda/practice-1", status=404)
