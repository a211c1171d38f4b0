"""The shipped instruments: whole in every language, short enough to be spoken, and asking for nobody."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from surveys.domain.questionnaire import Choice, Kind, Question, Questionnaire, Words
from surveys.domain.reading import fill, read, write

FOLDER = Path(__file__).parents[2] / "surveys" / "questionnaires"
CATALOGUE = Path(__file__).parents[2] / "deliberation" / "catalogue"
NAMES = ("baseline", "call", "order", "practice", "pulse", "round", "short-baseline")
TAGS = {"en", "fr", "es"}
LONGEST_SPOKEN = 15
WORD = re.compile(r"[^\W_]+(?:['\u2019·-][^\W_]+)*")
MARK = re.compile(r"(dots-[1-5]|sign-[1-6]|level-(green|yellow|orange|red))?")
UNDRAWN = {
    "B2",
    "C1",
    "C5",
    "D3",
    "P2",
    "P3",
    "Y1",
}  # from calmer to worse, yes or no, a count, moments: dots would say another thing
CORE_THREATS = ("C1", "C2", "C3", "C7")


def shipped(name: str) -> Questionnaire:
    return read(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def members(file: str, most: int) -> tuple[Choice, ...]:
    rows = json.loads((CATALOGUE / f"{file}.json").read_text("utf-8"))
    return tuple(Choice(row["id"], row["words"]) for row in rows[:most])


def filled(name: str, threats: int) -> Questionnaire:
    voices = tuple(Choice(f"V{i}", dict.fromkeys(TAGS, f"circle {i}")) for i in range(3))
    return fill(shipped(name), threats=members("threats", threats), measures=members("measures", 6), voices=voices)


def questions(questionnaire: Questionnaire) -> Iterator[Question]:
    for section in questionnaire.sections:
        yield from section.questions


def texts(questionnaire: Questionnaire) -> Iterator[Words]:
    yield from (questionnaire.title, questionnaire.intro, questionnaire.consent)
    for section in questionnaire.sections:
        yield section.title
        if section.intro:
            yield section.intro
    for question in questions(questionnaire):
        yield from (words for words in (question.text, question.hint, question.private_note) if words)
        yield from (choice.text for choice in question.choices)
    for choices in questionnaire.lists.values():
        yield from (choice.text for choice in choices)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_said_in_every_language(name: str) -> None:
    said = list(texts(shipped(name)))

    assert [words for words in said if set(words) != TAGS or not all(words.values())] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_what_was_written(name: str) -> None:
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))

    assert read(write(read(data))) == read(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_short_enough_to_be_spoken(name: str) -> None:
    too_long = [
        (question.id, tag)
        for question in questions(shipped(name))
        for tag, text in question.text.items()
        if len(WORD.findall(text.replace("{subject}", ""))) > LONGEST_SPOKEN
    ]

    assert too_long == []


@pytest.mark.parametrize("name", NAMES)
def test_a_repeated_question_names_its_subject_in_every_language(name: str) -> None:
    for section in shipped(name).sections:
        for question in section.questions:
            named = {tag for tag, text in question.text.items() if "{subject}" in text}
            assert named == (TAGS if section.repeat else set())


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_a_scale_carries_a_drawing(name: str) -> None:
    for question in questions(shipped(name)):
        marks = [choice.mark for choice in question.choices]
        assert all(MARK.fullmatch(mark) for mark in marks)
        if question.kind is Kind.SCALE:
            assert not any(marks) if question.id in UNDRAWN else all(marks)
            assert len(set(marks) - {""}) == (0 if question.id in UNDRAWN else len(marks))


def test_every_scale_but_the_stances_offers_not_to_know() -> None:
    scales = [q for name in NAMES for q in questions(shipped(name)) if q.kind is Kind.SCALE]

    assert {question.id for question in scales if not question.dont_know} == {"S1"}


def test_a_scale_of_another_length_than_five_declares_its_cut() -> None:
    scales = [q for name in NAMES for q in questions(shipped(name)) if q.kind is Kind.SCALE]

    assert [q.id for q in scales if len(q.choices) != 5 and q.cut is None] == []


def test_nothing_is_required_so_that_anything_may_be_skipped() -> None:
    assert [q.id for name in NAMES for q in questions(shipped(name)) if q.required] == []


def test_the_short_baseline_asks_about_twenty_questions() -> None:
    short = filled("short-baseline", threats=3)

    asked = [item.key for item in short.items]
    threats = [f"{question}.T0{n}" for n in (1, 2, 3) for question in CORE_THREATS]
    assert asked == ["A2", "B1", *threats, "D1", "D2", "E1", "E4", "G1", "G4", "H1", "H3"]
    assert (short.minutes, short.voice, short.by_key["H1"].question.maximum) == (6, "A2", 3)


def test_the_baseline_holds_every_item_of_the_short_one() -> None:
    long, short = filled("baseline", threats=6), filled("short-baseline", threats=6)

    assert len(long.items) == 66
    for item in short.items:
        assert long.by_key[item.key] == item


def test_a_baseline_cannot_be_opened_before_its_threats_and_measures_are_chosen() -> None:
    assert shipped("baseline").blanks == ("measures", "threats", "voices")
    assert filled("baseline", threats=6).blanks == ()


def test_the_pulse_ends_with_the_alert_levels_in_order() -> None:
    items = shipped("pulse").items

    assert [item.key for item in items] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert [choice.mark for choice in items[-1].question.choices] == [
        f"level-{colour}" for colour in ("green", "yellow", "orange", "red")
    ]
    assert items[-1].question.yes == (3, 4)


def test_the_practice_box_asks_three_harmless_things() -> None:
    kinds = [item.question.kind for item in shipped("practice").items]

    assert kinds == [Kind.SINGLE, Kind.SCALE, Kind.APPROVAL]


def test_a_round_asks_reasons_of_whoever_does_not_fully_support() -> None:
    proposals = tuple(Choice(f"P{n}", dict.fromkeys(TAGS, f"proposal {n}")) for n in (1, 2))
    stance, *reasons = fill(shipped("round"), proposals=proposals).sections[0].questions

    assert [choice.mark for choice in stance.choices] == [f"sign-{n}" for n in range(1, 7)]
    assert stance.yes == (1, 2)
    held = tuple(choice.id for choice in stance.choices[1:])
    assert [(one.show_if.question, one.show_if.any_of) for one in reasons if one.show_if] == [("S1", held)] * 2
    assert reasons[0].choices_from == "criteria"


@pytest.mark.parametrize("name", NAMES)
def test_a_text_offers_ready_reasons_and_says_who_will_read_it(name: str) -> None:
    for question in questions(shipped(name)):
        if question.kind is Kind.TEXT:
            assert len(question.choices) > 3
            assert set(question.private_note) == TAGS


def test_things_are_placed_in_time_and_grouped_by_questions_everybody_knows() -> None:
    asked = fill(shipped("order"), measures=members("measures", 2))

    assert [(item.key, item.question.kind) for item in asked.items] == [
        ("Y1.M01", Kind.SCALE), ("Y1.M02", Kind.SCALE), ("Y2.M01", Kind.MULTIPLE), ("Y2.M02", Kind.MULTIPLE)
    ]  # fmt: skip
    assert [choice.last for choice in asked.by_key["Y2.M01"].question.choices] == [False] * 5 + [True]


@pytest.mark.parametrize("name", NAMES)
def test_dots_count_the_five_steps_of_a_scale(name: str) -> None:
    dotted = [one for one in questions(shipped(name)) if any(choice.mark.startswith("dots") for choice in one.choices)]

    assert [one.id for one in dotted if [choice.mark[-1] for choice in one.choices] != list("12345")] == []
