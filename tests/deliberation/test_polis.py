"""An export is read whole or refused in a sentence that says what is missing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from deliberation.cli.polis import LONGEST, NotAnExport, read, shortened
from tests.deliberation.exported import STATEMENTS, export

VOTED = ("1", "-1", "0", "1", "")
PEOPLE = [("0", VOTED)] * 4 + [("1", VOTED)] * 4
Damage = Callable[[Path], object]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return export(tmp_path / "small", PEOPLE)


def write(table: str, text: str) -> Damage:
    return lambda folder: (folder / f"{table}.csv").write_text(text, "utf-8")


def swap(table: str, old: str, new: str) -> Damage:
    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def replay(app: Flask, *words: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["deliberation", "replay", *map(str, words)])


def test_the_last_vote_of_a_person_counts(small: Path) -> None:
    found = read(small)

    assert found.people[0].votes == {"0": 1, "1": -1, "2": 0, "3": -1}
    assert found.people[1].votes == {"0": 1, "1": -1, "2": 0, "3": 1}
    assert tuple(found.statements.values()) == STATEMENTS
    assert (found.topic, found.tag, found.groups("group-id")) == ("What do we plant?", "en", ("0", "1"))


def test_a_newer_export_has_the_conversation_in_the_names_of_its_tables(small: Path) -> None:
    before = read(small)
    for path in small.glob("*.csv"):
        path.rename(small / f"2025-08-29-street-{path.name.replace('participants-votes', 'participant-votes')}")

    assert read(small) == before


def test_a_conversation_in_han_characters_is_in_chinese(small: Path) -> None:
    for old in STATEMENTS:
        swap("comments", old, f"我們的田 {len(old)} {old[-1]}")(small)

    assert read(small).tag == "zh"


def test_equal_and_empty_texts_are_told_apart_by_their_number(small: Path) -> None:
    swap("comments", "Plant beans", "PLANT  maize")(small)
    swap("comments", "Rent the field", "")(small)

    assert list(read(small).statements.values()) == [
        "Plant maize", "PLANT maize (1)", "Plant neither", "(3)", "Sell the field",
    ]  # fmt: skip


def test_a_vote_of_nobody_on_a_conversation_without_topic_is_read(small: Path) -> None:
    write("summary", "views,3\n")(small)

    assert read(small).topic == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("two  lines\nof text", "two lines of text"),
        ("word " * 80, "word " * 55 + "word…"),
        ("a" * 400, "a" * (LONGEST - 1) + "…"),
        ("a" * (LONGEST - 2) + "e\u0323\u0323" + "b" * 9, "a" * (LONGEST - 2) + "…"),
        ("\u202eturned", "turned"),
    ],
)
def test_a_long_text_is_cut_between_words_and_never_inside_a_letter(text: str, kept: str) -> None:
    assert shortened(text) == kept
    assert len(shortened(text)) <= LONGEST


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "votes.csv").unlink(), "has no votes.csv: is it the export of a Polis conversation?"),
        (
            lambda folder: (folder / "comments.csv").write_bytes(b"\xff\xfe\xff"),
            "comments.csv cannot be read as a table",
        ),
        (
            lambda folder: (folder / "votes.csv").rename(folder / "kept") and (folder / "votes.csv").mkdir(),
            "votes.csv cannot be read as a table",
        ),
        (write("votes", ""), "votes.csv has no column “comment-id”."),
        (swap("comments", "comment-body", "body"), "comments.csv has no column “comment-body”."),
        (swap("participants-votes", "participant,", "person,"), "participants-votes.csv has no column “participant”."),
        (write("participants-votes", "participant\n0\n"), "no column for any statement"),
        (swap("comments", '4,0,0,0,1,"Sell', '9,0,0,0,1,"Sell'), "comments.csv has no text for statement 4."),
        (swap("votes", ",2,1,0", ",2,99,0"), "lacks person 99 or statement 2"),
        (swap("votes", ",2,1,0", ",77,1,0"), "lacks person 1 or statement 77"),
        (swap("votes", ",2,1,0", ",2,1,yes"), "a vote is 1, 0 or -1, not “yes”."),
        (swap("votes", "9000", "soon"), "“soon” is no timestamp."),
        (
            write("participants-votes", f"participant,{','.join(map(str, range(201)))}\n0\n"),
            "At most 200 statements can be replayed; there are 201.",
        ),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(small: Path, damage: Damage, said: str) -> None:
    damage(small)

    with pytest.raises(NotAnExport, match=re.escape(said)):
        read(small)


def test_a_missing_folder_is_said(app: Flask, tmp_path: Path) -> None:
    done = replay(app, tmp_path / "nowhere")

    assert (done.exit_code, "There is no folder" in done.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--voices", "xid"), "participants-votes.csv has no column “xid”."),
        (("--voices", "participant"), "An assembly names two to four voices; “participant” has 8."),
        (("--voices", "5"), "participants-votes.csv has no column “5”."),
        (("--rule", "R3", "--stage", "2"), "The rule R3 has 1 stage; there is no stage 2."),
        (("--rule", "R2", "--stage", "3"), "The rule R2 has 2 stages; there is no stage 3."),
        (("--infiltrators", "3"), "Only 8 people voted: a box with fewer than 9 ballots is never opened."),
        (("--json", "/nowhere/at/all.json"), "There is no folder /nowhere/at to write all.json in."),
    ],
)
def test_what_cannot_be_replayed_is_said_before_anything_is_done(
    app: Flask, small: Path, words: tuple[str, ...], said: str
) -> None:
    done = replay(app, small, *words)

    assert done.exit_code == 1
    assert said in done.output


def test_more_people_than_cards_are_refused(app: Flask, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliberation.cli.replay.MOST_CARDS", 7)

    assert "At most 7 cards can be drawn at once; there are 8 people." in replay(app, small).output
