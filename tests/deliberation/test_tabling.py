"""The table of risk is written by several, shown beforehand, frozen with a baseline, and told with its results."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask, g

from commons import clock, log
from commons.quorum import Refused
from deliberation.actions import asking, tabling
from deliberation.domain.risk import MILDER, STARTING, STRICTER
from deliberation.phrases import risks, telling
from surveys import door
from tests.deliberation.gathering import Gathering, gathering
from tests.deliberation.sitting import river, signed, sits, time
from tests.deliberation.test_told import CLOSED, asked
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
STRICT = [list(row) for row in STRICTER]


def test_until_one_is_written_the_starting_table_holds(river: Gathering) -> None:
    assert tabling.table(river.assembly) == STARTING


def test_another_table_holds_after_its_delay_and_the_last_one_written_does(river: Gathering, time: clock.Clock) -> None:
    river.later("deliberation.table", time, table=STRICT)
    assert tabling.table(river.assembly) == STRICTER

    river.later("deliberation.table", time, table=[list(row) for row in MILDER])

    assert tabling.table(river.assembly) == MILDER
    written = [line.payload["table"] for line in log.entries(river.assembly, kind=tabling.TABLE)]
    assert written == [STRICT, [list(row) for row in MILDER]]


@pytest.mark.parametrize(
    ("table", "code"),
    [([[4] * 5] * 5, "no_such_table"), ("high", "no_such_table"), ([list(row) for row in STARTING], "same_table")],
)
def test_what_is_no_other_table_is_refused(river: Gathering, table: object, code: str) -> None:
    with pytest.raises(Refused, match=code):
        river.act("deliberation.table", table=table)


@pytest.mark.usefixtures("app")
def test_no_table_is_written_before_the_assembly_chose_how_it_decides() -> None:
    with pytest.raises(Refused, match="nothing_chosen_yet"):
        gathering().act("deliberation.table", table=STRICT)


def test_a_baseline_drafted_before_the_table_changed_is_not_opened(river: Gathering, time: clock.Clock) -> None:
    slug = river.baseline()
    river.later("deliberation.table", time, table=STRICT)

    with pytest.raises(Refused, match="settled_otherwise"):
        river.open(slug)
    assert asking.baseline_terms(river.assembly)["table"] == STRICT


def test_the_circle_writes_another_table_on_its_page(app: Flask, river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/risk")
    fields = {f"row{at}": [str(cell) for cell in row] for at, row in enumerate(STRICTER, 1)}

    act = visitor.send(page, fields, "table")
    agreed = signed(app, river, act.path, sits, 4)

    assert "Change our table of risk" in act.text
    assert "Enough have signed Members read it on their home page" in agreed.text


def test_a_bad_cell_gets_a_sentence_and_nothing_typed_is_lost(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    rows = [[str(cell) for cell in row] for row in STARTING]
    rows[0][0], rows[4][4] = "x", "9"
    fields = {f"row{at}": row for at, row in enumerate(rows, 1)}

    page = visitor.send(visitor.visit("/en/river/circle/risk"), fields, "table")

    assert "Write a class from 1 to 5." in page.text
    cells = {one.get("id"): one for one in page.all("input") if str(one.get("id")).startswith("cell")}
    assert (cells["cell11"].get("value"), cells["cell55"].get("value")) == ("x", "9")
    assert cells["cell11"].get("aria-describedby") == "cell11-oops"


def test_the_table_one_has_is_not_proposed_again_and_a_short_row_is_said(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/risk")
    token = page.all("input", name="form_token")[0].get("value", "")

    same = visitor.submit(page, "table")
    bare = visitor.client.post("/en/river/circle/risk", data={"form_token": token, "row1": ["1", "2"]})

    assert "That is the table you have." in same.text
    assert "Write a class from 1 to 5." in bare.text


def lines(told: Mapping[str, object], kind: str) -> tuple[tuple[object, ...], ...]:
    """What a page shows of one kind, line by line."""
    found = told[kind]
    assert isinstance(found, tuple)
    return found


STOOD = {
    **CLOSED,
    "above": {"fire": [], "flood": ["fire"], "arrest": ["fire"]},
    "above_any": {"fire": [], "flood": ["fire"], "arrest": []},
    "doubt": {"flood": "to_clarify", "arrest": "unrecognised"},
    "order_by_voice": [["arrest"], ["fire", "flood"]],
    "sequence": [["bell"], ["walks"]],
}
TERMS = {"table": [list(row) for row in STARTING], "priority": "each_voice", "answers": {"bell": ["fire"]}}


def test_places_are_told_with_what_another_table_would_change(app: Flask) -> None:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        _, told = telling.baseline(asked(), TERMS, STOOD)
        alone = lines(telling.baseline(asked(), TERMS, {**CLOSED, "above": {"fire": []}})[1], "standings")

    assert [sentences for _, sentences in lines(told, "standings")] == [
        ("Place 1.", "Another table could change that."),
        ("Somewhere from place 2 to place 3.", "Another table could change that."),
        ("Somewhere from place 2 to place 3.", "No other table would turn that round."),
    ]
    assert [sentences for _, sentences in alone] == [("Place 1.",)]


def test_doubts_coverage_and_orders_are_told_only_where_they_were_released(app: Flask) -> None:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        _, told = telling.baseline(asked(), TERMS, STOOD)
        _, bare = telling.baseline(asked(), {}, CLOSED)
        uncovered = risks.covered({"fire": {"en": "Fire"}}, {"answers": {}}, CLOSED)

    assert [question for _, question in lines(told, "doubts")] == [
        "Signs were noticed and few worry. Is this a danger we got used to?",
        "Many worry and few noticed signs. What is it that we fear, and who knows more?",
    ]
    assert [said for _, said in lines(told, "covered")] == ["A measure to work on first acts on it."]
    assert [said for _, said in uncovered] == ["No measure to work on first acts on it. What will we do about it?"]
    assert len(lines(told, "by_voice")) == len(lines(told, "sequence")) == 2
    assert {bare[name] for name in ("by_voice", "standings", "table", "doubts", "sequence", "covered")} == {()}


@pytest.mark.parametrize(
    ("firm", "said"),
    [
        (["bell", "walks"], "All of these stay on the list, whichever one of us is left out."),
        (["bell"], "These stay on the list, whichever one of us is left out: Bell."),
        ([], "Each of these could leave the list if one of us had not answered."),
    ],
)
def test_what_stays_whoever_is_left_out_is_told(app: Flask, firm: list[str], said: str) -> None:
    named = {"bell": {"en": "Bell"}, "walks": {"en": "Walks"}}

    with app.test_request_context("/en/river/"):
        g.tag = "en"
        assert telling.firm(named, {"chosen": ["bell", "walks"], "firm": firm}) == said
        assert telling.firm(named, {"chosen": ["bell", "walks"]}) == ""
        assert telling.firm(named, {"chosen": [], "firm": []}) == ""


def test_a_baseline_that_is_counted_shows_its_table(river: Gathering) -> None:
    survey = door.survey(river.assembly, river.baseline())

    assert survey is not None
    assert survey.terms["table"] == [list(row) for row in STARTING]
