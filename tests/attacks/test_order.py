"""In which order people handed in: nothing the database gives, and nothing its files hold, may tell."""

import re
import sqlite3
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import text

from commons import db, upkeep
from tests.attacks.careless import Careless
from tests.attacks.stage import Stage

PEOPLE = 40
CHANCE = 0.55
"""Five times the standard deviation of Kendall's tau between two unrelated orders of forty things (Kendall 1938)."""


def tau(first: Sequence[object], second: Sequence[object]) -> float:
    """Return how far two orders of the same things agree: 1 when they are the same, -1 when reversed."""
    place = {one: at for at, one in enumerate(second)}
    pairs = list(combinations([place[one] for one in first if one in place], 2))
    return 2 * sum(earlier < later for earlier, later in pairs) / len(pairs) - 1


def ids(stage: Stage, asked: str = "SELECT id FROM ballot") -> list[bytes]:
    """The ballots, in the order in which a question to the database gives them."""
    with stage.app.app_context():
        found = [bytes(one) for one in db.session.scalars(text(asked))]
        db.session.remove()
    return found


def arriving(stage: Stage, survey: str) -> list[bytes]:
    """Let people hand in one after the other, and note which row each left."""
    came: list[bytes] = []
    for n in range(PEOPLE):
        stage.answer(survey, [{"X2": "3"}], first=n, hurried=True)
        came += set(ids(stage)) - set(came)
    return came


def kept_up(stage: Stage) -> None:
    """Let a minute of `serve` pass."""
    with stage.app.app_context():
        upkeep.run()


def offsets(file: Path, wanted: Sequence[bytes]) -> list[bytes]:
    """The wanted bytes in the order in which they lie in a file."""
    held = file.read_bytes()
    return sorted(wanted, key=held.find)


def nullifiers(stage: Stage, came: Sequence[bytes]) -> list[bytes]:
    """The nullifiers of the ballots, in the order of their coming: an index holds them a second time."""
    with stage.app.app_context():
        rows = {bytes(row[0]): bytes(row[1]) for row in db.session.execute(text("SELECT id, nullifier FROM ballot"))}
        db.session.remove()
    return [rows[one] for one in came]


def test_no_question_to_the_database_tells_who_came_first(both: Stage) -> None:
    came = arriving(both, both.open())
    kept_up(both)

    for asked in (
        "SELECT id FROM ballot",
        "SELECT id FROM ballot ORDER BY id",
        "SELECT id FROM ballot ORDER BY nullifier",
    ):
        assert abs(tau(came, ids(both, asked))) < CHANCE, asked


def test_no_row_has_a_number(stage: Stage) -> None:
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        sqlite3.connect(stage.file).execute("SELECT rowid FROM ballot")


def test_where_rows_lie_in_the_file_does_not_tell_who_came_first(stage: Stage) -> None:
    survey = stage.open()
    came = arriving(stage, survey)

    kept_up(stage)

    assert abs(tau(came, offsets(stage.file, came))) < CHANCE
    spoken = nullifiers(stage, came)
    assert abs(tau(spoken, offsets(stage.file, spoken))) < CHANCE


def test_without_upkeep_the_first_page_of_a_box_would_tell(stage: Stage) -> None:
    """The twin is the house itself, before the minute has passed: a page of SQLite fills from its end."""
    survey, came = stage.open(), list[bytes]()
    for n in range(10):
        stage.answer(survey, [{"X2": "3"}], first=n, hurried=True)
        came += set(ids(stage)) - set(came)

    assert tau(came, offsets(stage.file, came)) == -1


def test_upkeep_writes_nothing_when_nothing_was_written(stage: Stage) -> None:
    kept_up(stage)
    before = stage.file.stat().st_mtime_ns

    kept_up(stage)

    assert stage.file.stat().st_mtime_ns == before


@pytest.mark.postgres
def test_no_transaction_and_no_place_tells_who_came_first(both: Stage) -> None:
    if both.house.settings.database == "":
        pytest.skip("SQLite numbers no transaction")
    came = arriving(both, both.open())
    stamped, placed = "SELECT id FROM ballot ORDER BY xmin::text::bigint", "SELECT id FROM ballot ORDER BY ctid"
    assert tau(came, ids(both, stamped)) == tau(came, ids(both, placed)) == 1, "what a copy would tell without upkeep"

    kept_up(both)

    assert len(set(ids(both, "SELECT xmin::text::bytea FROM ballot"))) == 1
    assert abs(tau(came, ids(both, placed))) < CHANCE


def test_the_list_of_witnesses_does_not_tell_who_came_first(stage: Stage) -> None:
    survey = stage.open()
    stage.answer(survey, [{"X2": "3"}] * PEOPLE, hurried=True)
    stage.count(survey)

    came = [card.witnesses[0] for card in stage.cards[:PEOPLE]]
    listed = re.findall(r"<li>(\d{6})</li>", stage.phone.get(stage.path(f"results/{survey}")).text)

    assert sorted(listed) == sorted(came)
    assert abs(tau(came, listed)) < CHANCE


def test_a_house_that_numbers_its_rows_tells_the_whole_order(tmp_path: Path) -> None:
    twin = Careless(tmp_path, [str(n) for n in range(PEOPLE)])
    for n in range(PEOPLE):
        twin.client.post("/answer", data={"card": str(n), "answer": "yes", "words": f"text {n:02}"})

    kept = [one for (one,) in twin.database.execute("SELECT words FROM ballot")]

    assert tau([f"text {n:02}" for n in range(PEOPLE)], kept) == 1
