"""What members take away of a result: files, a sheet to fill in by hand, voices side by side. Released figures only."""

import codecs
import csv
import io
import json
from collections.abc import Iterator

import pytest
from flask import Flask, g

from commons import quorum
from commons.clock import Clock
from surveys.actions.answering import hand_in
from surveys.domain.disclosure import Band, Figure, Row
from surveys.domain.doubt import Cell, Shown
from surveys.domain.questionnaire import Choice, Kind, Question, Questionnaire, Section
from surveys.domain.release import Release
from surveys.phrases import voices
from tests.surveys.hall import TAGS, Hall, choices, words
from tests.visitor import Page, Visitor, said

STEPS = choices("one", "two", "three", "four", "five")


def asked(*named: str) -> Questionnaire:
    """A voice, three questions of steps, a wish, one question few answer."""
    voice = Question("A2", Kind.SINGLE, words("Voice?"), choices("river", "hill", *named))
    scales = (Question(name, Kind.SCALE, words(f"{name}?"), STEPS) for name in ("B1", "B2", "B3", "B4"))
    wish = Question("H1", Kind.APPROVAL, words("Wish?"), (*choices("bell"), Choice("walk", words("=walk"))))
    sections = (Section("S", words("Part"), (voice, *scales, wish)),)
    return Questionnaire("test", 1, words("A test"), words("About"), words("I agree"), 1, TAGS, sections, voice="A2")


def counted(place: Hall, stopped: Clock, *, each: int) -> None:
    """Both voices feel alike about B1, the river says yes and the hill no to B2, and few answer B3."""
    codes, questionnaire = place.cards(max(12, 2 * each)), asked()
    slug = place.open(questionnaire).slug
    for number, code in enumerate(codes[: 2 * each]):
        hill, other = number % 2, number // 2 % 6 == 0
        high, low = (3, 4) if other else (5, 2)
        few = {"B3": 5} if number < 3 else {}
        told = {"A2": 1 + hill, "B1": high, "B2": low if hill else high, "B4": low}
        hand_in(place.assembly, slug, questionnaire, code, {**told, **few, "H1": frozenset({1})})
    stopped.move(days=8)
    place.count(slug)


def member(app: Flask, place: Hall, tag: str = "en") -> Visitor:
    return Visitor(app, tag).reads(place.again())


def table(visitor: Visitor, path: str) -> list[dict[str, str]]:
    response = visitor.client.get(path)
    assert response.mimetype == "text/csv"
    assert response.data.startswith(codecs.BOM_UTF8)
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


def listed(page: Page, which: str) -> list[str]:
    return [said(one) for section in page.all("section", id=which) for one in section.iter("li")]


def test_the_table_has_one_row_for_each_released_cell(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=12)

    rows = table(member(app, place), "/en/casa/figures/practice-1.csv")

    of_wish = [(row["measure"], row["code"], row["answer"], row["shown"]) for row in rows if row["item"] == "H1"]
    assert of_wish == [("answers", "bell", "Bell", "high"), ("answers", "walk", "'=walk", "low")]
    assert [row["measure"] for row in rows if row["item"] == "B3"] == ["withheld"]
    of_river = [row for row in rows if row["item"] == "B2" and row["measure"] == "voices"]
    assert [(row["code"], row["answer"], row["shown"]) for row in of_river] == [
        ("river", "River", "most"),
        ("hill", "Hill", "few"),
    ]
    assert {row["measure"] for row in rows if row["item"] == "B1"} == {"band", "median", "answers", "voices"}


def test_the_files_say_nothing_that_the_page_does_not(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=12)
    visitor = member(app, place)

    told = json.loads(visitor.client.get("/en/casa/figures/practice-1.json").get_data(as_text=True))
    whole = json.loads(visitor.client.get("/en/casa/results.json").get_data(as_text=True))[0]["release"]

    assert told["release"] == {name: value for name, value in whole.items() if name != "witnesses"}
    assert "A file stays on the device it is saved on" in visitor.visit("/en/casa/results/practice-1").text
    assert told["questionnaire"]["sections"][0]["questions"][1]["text"] == words("B1?")
    cells = [cell["shown"] for figure in told["release"]["figures"] for cell in figure.get("choices", [])]
    assert set(cells) | {"withheld"} <= told["codes"].keys()


def test_the_codebook_names_every_answer_and_which_count_as_a_yes(app: Flask, place: Hall) -> None:
    place.cards()
    place.open(asked())

    rows = table(member(app, place), "/en/casa/codebook/practice-1.csv")

    of_steps = [(row["position"], row["code"], row["counts_as_yes"]) for row in rows if row["item"] == "B1"]
    assert of_steps == [
        ("1", "one", ""), ("2", "two", ""), ("3", "three", ""), ("4", "four", "yes"), ("5", "five", "yes")
    ]  # fmt: skip
    assert {row["item"] for row in rows} == set(asked().by_key)


def test_while_a_box_is_open_the_files_are_empty(app: Flask, place: Hall) -> None:
    cards, questionnaire = place.cards(), asked()
    slug = place.open(questionnaire).slug
    hand_in(place.assembly, slug, questionnaire, cards[0], {"B1": 5})
    visitor = member(app, place)

    assert table(visitor, "/en/casa/figures/practice-1.csv") == []
    assert json.loads(visitor.client.get("/en/casa/figures/practice-1.json").get_data(as_text=True))["release"] is None
    for page in ("beside", "voices"):
        assert "This box takes answers until" in visitor.visit(f"/en/casa/{page}/practice-1").text


def test_a_withdrawn_result_is_taken_away_by_nobody(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=12)
    act = quorum.propose(place.assembly, "surveys.withdraw", {"survey": "practice-1", "reason": "danger"})
    for keys in place.keys:
        quorum.approve(place.assembly, act, keys)
    stopped.move(days=1)
    quorum.carry_out_due(place.assembly)
    visitor = member(app, place)

    assert table(visitor, "/en/casa/figures/practice-1.csv") == []
    for page in ("beside", "voices"):
        assert "has withdrawn this result" in visitor.visit(f"/en/casa/{page}/practice-1").text


@pytest.mark.parametrize("tag", TAGS)
def test_a_sheet_stands_beside_our_figures_and_asks_for_nothing(
    app: Flask, place: Hall, stopped: Clock, tag: str
) -> None:
    counted(place, stopped, each=12)

    page = member(app, place, tag).visit(f"/{tag}/casa/beside/practice-1")

    assert [one for tag in ("form", "input", "textarea") for one in page.all(tag)] == []
    rows = [[said(cell) for cell in row] for body in page.all("tbody") for row in body]
    assert [row[0] for row in rows] == ["Voice?", "B1?", "B2?", "B4?", "Wish?"]
    assert all(row[1] and not row[2] for row in rows)


def test_the_sheet_of_a_small_box_tells_bands(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=6)

    page = member(app, place).visit("/en/casa/beside/practice-1")

    assert "Answers that count here: “Four” or “Five”. About two thirds or more" in page.text
    assert "%" not in page.text


def test_voices_meet_and_stand_apart(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=12)
    visitor = member(app, place)
    assert "/en/casa/voices/practice-1" in visitor.visit("/en/casa/results/practice-1").links()

    page = visitor.visit("/en/casa/voices/practice-1")

    assert listed(page, "met") == ["B1? “Four” or “Five”"]
    assert listed(page, "refused") == ["B4? “Four” or “Five”"]
    assert [said(one) for one in page.all("caption")] == ["B2? “Four” or “Five”"]


def test_one_voice_alone_is_not_held_against_others(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=12)
    page = member(app, place).visit("/en/casa/voices/practice-1")

    alone = member(app, place).submit(page, "choose", voice=["river"])

    assert "Choose two voices at least." in alone.text
    assert alone.all("table") == []


def test_of_small_voices_nothing_is_told(app: Flask, place: Hall, stopped: Clock) -> None:
    counted(place, stopped, each=8)
    visitor = member(app, place)

    assert "/en/casa/voices/practice-1" not in visitor.visit("/en/casa/results/practice-1").links()
    assert "tells nothing of single voices" in visitor.visit("/en/casa/voices/practice-1").text


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/casa/"):
        g.tag = "en"
        yield


def release(**figures: tuple[Cell, ...]) -> Release:
    """A release with a cell for each of three voices, or fewer, under each question."""
    names = [one.id for one in asked("shore").by_key["A2"].question.choices]
    made = (
        Figure(key, Row.PERCENT, (4, 5), Band.SOME, voices=dict(zip(names, cells, strict=False)))
        for key, cells in figures.items()
    )
    return Release("practice-1", "practice", "00", 60, Row.PERCENT, (), tuple(made))


def share(percent: int) -> Cell:
    return Cell(Shown.PERCENT, percent)


MOST, SOME, FEW = Cell(Shown.MOST), Cell(Shown.SOME), Cell(Shown.FEW)
HIGH, LOW = Cell(Shown.HIGH), Cell(Shown.LOW)


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ((MOST, HIGH, share(80)), "met"),
        ((MOST, HIGH, share(70)), "unclear"),  # it may stand a step beside its rounding
        ((FEW, LOW, share(20)), "refused"),
        ((LOW, share(30), FEW), "unclear"),
        ((MOST, SOME, SOME), "unclear"),  # bands that meet
        ((MOST, FEW, SOME), "apart"),
        ((share(20), share(50), share(40)), "apart"),
        ((share(30), share(50), share(40)), "unclear"),
        ((MOST, FEW, share(20)), "unclear"),  # bands and shares are never compared
        ((MOST, MOST), "missing"),  # nothing is told of the third
    ],
)
def test_what_is_said_of_three_voices(english: None, cells: tuple[Cell, ...], where: str) -> None:
    questionnaire, found = asked("shore"), release(B1=cells)

    told = voices.compared(questionnaire, found, questionnaire.by_key["A2"].question.choices)

    assert (bool(told.met), bool(told.refused), bool(told.apart), bool(told.unclear)) == tuple(
        where == name for name in ("met", "refused", "apart", "unclear")
    )


def test_chosen_voices_are_compared_and_the_others_are_not(english: None) -> None:
    questionnaire, found = asked("shore"), release(B1=(share(90), share(80), share(10)))
    river, hill, shore = questionnaire.by_key["A2"].question.choices

    assert voices.told(questionnaire, found) == (river, hill, shore)
    assert voices.compared(questionnaire, found, (river, hill)).met == ("B1? “Four” or “Five”",)
    assert voices.compared(questionnaire, found, (hill, shore)).met == ()
    assert voices.compared(questionnaire, found, (hill, shore)).apart[0].bars
