"""Released figures in tables: arranged, never computed, and alphabetical where nothing else may be known."""

from collections.abc import Iterator

import pytest
from flask import Flask, g

from commons.charts import Line
from surveys.domain.questionnaire import Choice, Questionnaire
from surveys.phrases import figures, findings
from surveys.phrases.figures import Part, Table
from tests.surveys.hall import choices, shipped, words


@pytest.fixture
def french(app: Flask) -> Iterator[None]:
    with app.test_request_context("/fr/casa/"):
        g.tag = "fr"
        yield


@pytest.fixture
def short() -> Questionnaire:
    members = (*choices("zinc", "ambre"), Choice("erable", words("Érable")))
    return shipped("short-baseline", threats=members, measures=members, voices=members)


def band(item: str, name: str) -> dict[str, object]:
    return {"item": item, "shown": "bands", "band": name, "cut": [4, 5]}


def cells(**shown: object) -> list[dict[str, object]]:
    return [
        {"id": name, "shown": "percent", "percent": one} if isinstance(one, int) else {"id": name, "shown": one}
        for name, one in shown.items()
    ]


def of(parts: tuple[Part, ...], section: str) -> Part:
    return next(part for part in parts if part.section.id == section)


def named(table: Table) -> list[tuple[str, str]]:
    return [(line.label["fr"], line.shown) for line in table.lines]


def test_a_repeated_question_is_one_table_by_band_then_alphabetical(french: None, short: Questionnaire) -> None:
    data = [band("C2.zinc", "some"), band("C2.ambre", "few"), band("C2.erable", "some"), band("C3.zinc", "most")]

    part = of(figures.parts(short, data), "dangers")

    first, second = part.tables
    assert named(first) == [("Érable", "some"), ("Zinc", "some"), ("Ambre", "few")]
    assert first.caption.startswith("Est-il probable")
    assert first.caption.endswith("Combien ont répondu «\u00a0Probable\u00a0» ou «\u00a0Très probable\u00a0»\u00a0:")
    assert named(second) == [("Zinc", "most")]
    assert part.more == ()


def test_questions_of_one_cut_share_a_table(french: None, short: Questionnaire) -> None:
    part = of(figures.parts(short, [band("E1", "few"), band("E4", "most")]), "able")

    (table,) = part.tables
    assert [line.shown for line in table.lines] == ["most", "few"]
    assert not table.bars


def test_percentages_keep_the_order_of_a_scale_and_say_the_middle(french: None, short: Questionnaire) -> None:
    levels = cells(step1="low", step2=20, step3=30, step4=40, step5="low")
    data = [{"item": "B1", "shown": "percent", "band": "some", "cut": [4, 5], "median": [3, 4], "choices": levels}]

    (table,) = of(figures.parts(short, data), "daily").tables

    assert [(line.shown, line.percent, line.mark) for line in table.lines][:2] == [
        ("low", 0, "dots-1"),
        ("percent", 20, "dots-2"),
    ]
    assert table.bars
    assert table.sentences == (
        "Environ 40 personnes sur 100 qui ont répondu ont choisi «\u00a0En sécurité\u00a0».",
        "La réponse du milieu est entre «\u00a0Entre les deux\u00a0» et «\u00a0En sécurité\u00a0».",
    )


def test_one_middle_is_said_as_one(french: None, short: Questionnaire) -> None:
    data = [{"item": "B1", "shown": "percent", "median": [3, 3], "choices": cells(step1=50, step5=50)}]

    (table,) = of(figures.parts(short, data), "daily").tables

    assert table.sentences[1:] == ("La réponse du milieu est «\u00a0Entre les deux\u00a0».",)


def test_percentages_of_a_repeated_question_wait_behind_its_bands(french: None, short: Questionnaire) -> None:
    levels = cells(step1="low", step5="high")
    data = [{"item": "C2.zinc", "shown": "percent", "band": "most", "cut": [4, 5], "choices": levels}]

    part = of(figures.parts(short, data), "dangers")

    assert [table.bars for table in part.tables] == [False]
    assert [table.bars for table in part.more] == [True]


def test_a_set_goes_from_most_to_fewest(french: None, short: Questionnaire) -> None:
    data = [{"item": "H1", "shown": "percent", "choices": cells(zinc=20, ambre="high", erable=40)}]

    (table,) = of(figures.parts(short, data), "first").tables

    assert named(table) == [("Ambre", "high"), ("Érable", "percent"), ("Zinc", "percent")]


def test_voices_are_shown_each_by_its_row(french: None, short: Questionnaire) -> None:
    voices = cells(zinc=60, ambre="few")
    data = [
        {"item": "B1", "shown": "percent", "band": "some", "cut": [4, 5], "choices": cells(step1=50), "voices": voices}
    ]

    _, table = of(figures.parts(short, data), "daily").tables

    assert table.lines == (Line(words("Zinc"), "percent", 60), Line(words("Ambre"), "few"))
    assert table.caption.startswith("La même chose par voix")


def test_what_too_few_answered_is_named_and_nothing_else(french: None, short: Questionnaire) -> None:
    part = of(figures.parts(short, [{"item": "G1", "shown": "withheld"}, band("G4", "some")]), "assembly")

    assert part.withheld == (short.by_key["G1"].text,)
    assert [len(table.lines) for table in part.tables] == [1]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("«{subject}»: ¿cuál es su postura?", "¿Cuál es su postura?"),
        ("Where do you stand on {subject}?", "Where do you stand on …?"),
        ("{subject}: 3?", "3?"),
    ],
)
def test_a_caption_names_no_subject(text: str, alone: str) -> None:
    assert figures.without_subject(text) == alone


@pytest.mark.parametrize(
    ("name", "start"), [("most", "Environ deux tiers"), ("some", "Plus d’un"), ("few", "Environ un")]
)
def test_a_figure_alone_in_its_table_is_said_in_a_sentence(
    french: None, short: Questionnaire, name: str, start: str
) -> None:
    (table,) = of(figures.parts(short, [band("E1", name)]), "able").tables

    assert [one.startswith(start) for one in table.sentences] == [True]


def lines(**shown: object) -> list[Line]:
    return [
        Line(words(name.upper()), "percent", one) if isinstance(one, int) else Line(words(name.upper()), str(one))
        for name, one in shown.items()
    ]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"a": "high", "b": "low"}, "Nearly all who answered chose “A”."),
        ({"a": "high", "b": "high", "c": 50}, "Nearly all who answered chose each of these: “A” and “B”."),
        ({"a": 40, "b": 20}, "About 40 in 100 of those who answered chose “A”."),
        ({"a": 50, "b": 50}, "About 50 in 100 of those who answered chose each of these: “A” and “B”."),
        ({"a": 20, "b": 20, "c": 20, "d": 20}, "No answer stands out: about 20 in 100 chose each of 4."),
        ({"a": "low", "b": "low"}, "No answer stands out: few or none chose each of them."),
    ],
)
def test_the_answer_given_most_is_said_or_that_none_stands_out(app: Flask, shown: dict[str, object], said: str) -> None:
    with app.test_request_context("/en/casa/"):
        assert findings.of_choices(lines(**shown)) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"a": "most", "b": "some"}, "About two thirds or more of those who answered said so of this: “A”."),
        (dict.fromkeys("abcd", "most") | {"e": "few"}, "About two thirds or more of those who answered said so of 4"),
        ({"a": "some", "b": "few"}, "Nothing stands out"),
        ({"a": "few", "b": "few"}, "About a third or fewer of those who answered said so of each of these."),
        ({"a": "some", "b": "some"}, "More than about a third of those who answered said so of each of these"),
        ({"a": "most", "b": "most"}, "About two thirds or more of those who answered said so of each of these."),
        ({"a": "few"}, "About a third or fewer of those who answered said so."),
    ],
)
def test_one_sentence_tells_what_stands_out_of_a_table_of_bands(
    app: Flask, shown: dict[str, object], said: str
) -> None:
    with app.test_request_context("/en/casa/"):
        assert findings.of_bands(lines(**shown)).startswith(said)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"a": 20, "b": 60, "c": 40}, "It is shown highest for “B”, and lowest for “A”."),
        ({"a": "low", "b": "high", "c": "high"}, "It is shown highest for “B” and “C”, and lowest for “A”."),
        ({"a": "few", "b": "most"}, "It is shown highest for “B”, and lowest for “A”."),
        ({"a": 40, "b": 60}, "No voice stands clearly apart."),
        ({"a": "few", "b": "some"}, "No voice stands clearly apart."),
        ({"a": "some", "b": "most"}, "No voice stands clearly apart."),
        ({"a": "few", "b": "few"}, "No voice stands clearly apart."),
        (
            {"a": 40, "b": "most"},
            "Some voices are told by a band only, because they are small: they cannot be compared.",
        ),
    ],
)
def test_voices_are_compared_only_where_they_stand_apart(app: Flask, shown: dict[str, object], said: str) -> None:
    with app.test_request_context("/en/casa/"):
        assert findings.of_voices(lines(**shown)) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"a": 40, "b": 20}, "Given most often: “A”."),
        ({"a": "some", "b": "some", "c": "few"}, "Given most often: “A” and “B”."),
        ({"a": "low", "b": "few"}, "No reason stands out."),
        (dict.fromkeys("abcd", "most"), "No reason stands out."),
    ],
)
def test_the_reason_given_most_is_said_of_all_ballots(app: Flask, shown: dict[str, object], said: str) -> None:
    with app.test_request_context("/en/casa/"):
        assert findings.of_reasons(lines(**shown)) == said


@pytest.mark.parametrize("levels", [cells(step1=50, step2=50), cells(step1="low"), cells(step1="few", step2="few")])
def test_every_table_has_its_sentence(french: None, short: Questionnaire, levels: list[dict[str, object]]) -> None:
    data = [
        {"item": "B1", "shown": "percent", "band": "some", "cut": [4, 5], "choices": levels, "voices": cells(zinc=40)}
    ]

    tables = of(figures.parts(short, data), "daily").tables

    assert [len(table.sentences) for table in tables] == [1, 1]
