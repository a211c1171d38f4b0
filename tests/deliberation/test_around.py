"""Incidents and demands through the pages: what is written, what is refused, what members read."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from commons import clock, log
from commons.db import session
from commons.quorum import Refused
from deliberation.actions import around, asking, circle
from deliberation.domain.around import Standing
from deliberation.queries import around as queries
from surveys import door
from surveys.domain.reading import fill
from tests.deliberation.gathering import Gathering, ready
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
INCIDENTS, DEMANDS, AROUND = "/en/river/circle/incidents", "/en/river/circle/demands", "/en/river/around"
ABOUT = "That is neither a threat we keep nor a proposal."
Sits = Callable[..., Visitor]
ASKED = {"institution-en": "The ministry", "duty-en": "Protect the wells", "due": "2026-03-20"}


def test_an_incident_keeps_a_threat_a_sign_and_a_month(river: Gathering, sits: Sits, visitor: Visitor) -> None:
    facilitator = sits(river)
    before = len(log.entries(river.assembly))

    page = facilitator.send(facilitator.visit(INCIDENTS), {"threat": "T12", "sign": "T12 0"}, "incident")

    assert "Eviction" in page.text
    assert [(one.threat, one.month) for one in queries.incidents(river.assembly)] == [("T12", "2026-03")]
    assert queries.incidents(river.assembly)[0].sign["en"] == "surveyors"
    assert len(log.entries(river.assembly)) == before
    assert "March 2026" in visitor.reads(river.assembly).visit(AROUND).text


@pytest.mark.parametrize("sign", ["T04 0", "T12 99", "T12 x", ""])
def test_a_sign_of_something_else_is_no_sign(river: Gathering, sits: Sits, sign: str) -> None:
    facilitator = sits(river)

    facilitator.send(facilitator.visit(INCIDENTS), {"threat": "T12", "sign": sign}, "incident")

    assert queries.incidents(river.assembly)[0].sign == {}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose the threat it belongs to."),
        ({"threat": "T99"}, ABOUT),
        ({"threat": "T12", "month": "2024-01"}, "Choose one of the last twelve months."),
    ],
)
def test_an_incident_out_of_reach_is_refused_in_words(
    river: Gathering, sits: Sits, sent: dict[str, str], sentence: str
) -> None:
    facilitator = sits(river)

    page = facilitator.send(facilitator.visit(INCIDENTS), sent, "incident")

    assert sentence in page.text
    assert queries.incidents(river.assembly) == ()


def test_three_incidents_propose_a_pulse_and_one_can_be_taken_back(
    river: Gathering, sits: Sits, visitor: Visitor
) -> None:
    facilitator = sits(river)
    page = facilitator.visit(INCIDENTS)
    for _ in range(3):
        page = facilitator.send(page, {"threat": "T12"}, "incident")
    assert "Is it time for a pulse?" in page.text
    assert "Is it time for a pulse?" in visitor.reads(river.assembly).visit(AROUND).text

    page = facilitator.submit(page, "Take one away", button="strike")

    assert len(queries.incidents(river.assembly)) == 2
    assert "Is it time for a pulse?" not in page.text
    facilitator.send(page, {"action": "strike", "threat": "T04"}, "incident")
    assert len(queries.incidents(river.assembly)) == 2


def test_no_column_could_hold_a_day_a_place_or_a_person(river: Gathering, sits: Sits) -> None:
    facilitator = sits(river)
    facilitator.send(facilitator.visit(INCIDENTS), {"threat": "T12"}, "incident")

    row = session.execute(text("SELECT * FROM incident")).mappings().one()

    assert set(row) == {"assembly", "id", "threat", "sign", "month"}


def test_a_demand_is_asked_overdue_answered_and_closed(
    river: Gathering, sits: Sits, time: clock.Clock, visitor: Visitor
) -> None:
    facilitator = sits(river)
    page = facilitator.send(facilitator.visit(DEMANDS), ASKED, "demand")
    assert "waiting for an answer" in page.text
    time.move(days=30)
    facilitator = sits(river)
    page = facilitator.visit(DEMANDS)
    assert "no answer in time" in page.text
    assert "no answer in time" in visitor.reads(river.assembly).visit(AROUND).text

    page = facilitator.send(page, {"answer-en": "Next year"}, "The answer, in short")
    assert "Next year" in page.text

    page = facilitator.submit(page, "Stop asking")
    today = clock.today(river.assembly)
    assert [one.standing(today) for one in queries.demands(river.assembly, today)] == [Standing.CLOSED]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"institution-en": ""}, "Say which institution."),
        ({"duty-en": ""}, "Say which duty it has."),
        ({"due": "2026-02-01"}, "An answer cannot be due before it was asked for."),
    ],
)
def test_a_demand_that_lacks_something_says_what(
    river: Gathering, sits: Sits, changed: dict[str, str], sentence: str
) -> None:
    facilitator = sits(river)

    page = facilitator.send(facilitator.visit(DEMANDS), ASKED | changed, "demand")

    assert sentence in page.text
    assert "Protect the wells" in page.text or "duty-en" in changed
    assert queries.demands(river.assembly, clock.today(river.assembly)) == ()


@pytest.mark.parametrize(
    ("sent", "sentence", "status"),
    [
        ({"answer-en": ""}, "Write what was said, without a name.", 200),
        ({"answer-en": "Yes", "answered": "2026-04-01"}, "Choose a day between the demand and today.", 200),
        ({"action": "shout"}, "", 400),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(
    river: Gathering, sits: Sits, sent: dict[str, str], sentence: str, status: int
) -> None:
    facilitator = sits(river)
    page = facilitator.send(facilitator.visit(DEMANDS), ASKED, "demand")

    page = facilitator.send(page, sent, "The answer, in short", status=status)

    assert sentence in page.text
    assert queries.demands(river.assembly, clock.today(river.assembly))[0].answered is None


def test_nobody_answers_a_demand_that_is_not_there(river: Gathering, sits: Sits) -> None:
    facilitator = sits(river)
    page = facilitator.send(facilitator.visit(DEMANDS), ASKED, "demand")
    form = page.form("Stop asking")
    form.set("action", form.get("action", "").replace("demand-1", "demand-9"))

    facilitator.submit(page, "Stop asking", status=404)

    today = clock.today(river.assembly)
    assert queries.demands(river.assembly, today)[0].standing(today) is Standing.WAITING


def test_what_people_say_of_institutions_stands_beside_the_demands(
    river: Gathering, time: clock.Clock, visitor: Visitor
) -> None:
    lists = {"threats": asking.watched, "measures": asking.offered, "voices": asking.voices}
    chosen = {name: of(river.assembly) for name, of in lists.items()}
    asked = fill(door.shipped("baseline"), **chosen, actors=door.shipped("baseline").lists["actors"])
    terms = asking.baseline_terms(river.assembly)
    slug = door.draft(river.assembly, kind="baseline", questionnaire=asked, terms=terms, closes=river.closes())
    assert queries.duty_done(river.assembly) == ""
    river.answer(slug, river.open(slug), [{"F2": 1 if at < 11 else 4} for at in range(12)])
    river.count(slug, time)

    shown = visitor.reads(river.assembly).visit(AROUND).text

    assert "In our last survey, few of us or none said that institutions do their duty." in shown


def test_what_another_assembly_writes_down_is_neither_read_nor_closed_here(river: Gathering) -> None:
    other, today = ready(slug="hill"), clock.today(river.assembly)
    asked = around.Asked({"en": "The ministry"}, {"en": "Protect the wells"}, today, today)
    theirs = around.demand(other.assembly, asked)
    around.record_incident(other.assembly, "T12", "2026-03", {})

    assert (queries.demands(river.assembly, today), queries.incidents(river.assembly)) == ((), ())
    for change in (around.close, lambda place, slug: around.answered(place, slug, today, {"en": "No."})):
        with pytest.raises(Refused, match="no_such_demand"):
            change(river.assembly, theirs)
    with pytest.raises(Refused, match="about_nothing_known"):
        around.strike_incident(river.assembly, "T12", "2026-03")


def test_while_the_circle_is_locked_nobody_alone_writes_down_what_happened(river: Gathering) -> None:
    today = clock.today(river.assembly)
    asked = around.Asked({"en": "The ministry"}, {"en": "Protect the wells"}, today, today)
    slug = around.demand(river.assembly, asked)
    around.record_incident(river.assembly, "T12", "2026-03", {})
    circle.lock(river.assembly)

    with pytest.raises(Refused, match="locked"):
        around.record_incident(river.assembly, "T12", "2026-03", {})
    with pytest.raises(Refused, match="locked"):
        around.strike_incident(river.assembly, "T12", "2026-03")
    with pytest.raises(Refused, match="locked"):
        around.demand(river.assembly, asked)
    with pytest.raises(Refused, match="locked"):
        around.close(river.assembly, slug)


@pytest.mark.parametrize(("action", "said"), [("keep", "It is written down"), ("strike", "One was taken away.")])
def test_what_was_done_is_confirmed(river: Gathering, sits: Sits, action: str, said: str) -> None:
    facilitator = sits(river)
    around.record_incident(river.assembly, "T12", "2026-03", {})

    page = facilitator.send(
        facilitator.visit(INCIDENTS), {"threat": "T12", "month": "2026-03", "action": action}, "incident"
    )

    assert said in page.text
    assert said not in facilitator.visit(INCIDENTS).text


def test_a_page_that_refused_a_form_leads_to_its_other_languages(river: Gathering, sits: Sits) -> None:
    facilitator = sits(river)
    kept = facilitator.send(facilitator.visit(DEMANDS), ASKED, "demand")
    token = kept.all("input", name="form_token")[0].get("value")

    refused = facilitator.client.post(
        f"{DEMANDS}/demand-1", data={"form_token": token, "action": "answer", "answered": "2026-03-01"}
    )

    assert refused.status_code == 200
    assert f'href="/fr{DEMANDS.removeprefix("/en")}"' in refused.text
    assert facilitator.visit("/fr/river/circle/demands").path == "/fr/river/circle/demands"
