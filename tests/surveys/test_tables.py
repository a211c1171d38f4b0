"""The tables hold exactly what was agreed, and no column that could say who, when, or in what order."""

from pathlib import Path
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from commons import clock, db, quorum
from commons.db import Base, session
from surveys.actions import closing
from surveys.models import Ballot, SurveyRow
from tests.surveys.boxes import SIX, START, lived, proposed
from tests.surveys.hall import hall

COLUMNS = {
    "survey": "assembly id slug kind definition terms fingerprint box_key nullifier_key card_set number "
    "opens closes state",
    "card_set": "assembly id size key state",
    "credential": "assembly card_set verifier",
    "ballot": "assembly id survey nullifier ciphertext",
    "key_share": "assembly survey from_slot to_slot share",
    "written": "assembly id survey question slot text",
    "release": "assembly survey number canonical sha256",
}
KEYS = {
    "ballot": ["assembly", "survey", "id"],
    "key_share": ["assembly", "survey", "from_slot", "to_slot"],
    "credential": ["assembly", "card_set", "verifier"],
}
NO_ROW_NUMBER = ("ballot", "credential", "key_share", "written")


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_exactly_its_columns(either: Flask, table: str) -> None:
    found = {column["name"] for column in inspect(session.connection()).get_columns(table)}

    assert found == set(COLUMNS[table].split())
    assert found == set(Base.metadata.tables[table].c.keys())


@pytest.mark.parametrize("table", KEYS)
def test_keys_begin_with_the_assembly_and_count_nothing(either: Flask, table: str) -> None:
    assert inspect(session.connection()).get_pk_constraint(table)["constrained_columns"] == KEYS[table]


def test_one_card_has_one_voice_by_constraint(either: Flask) -> None:
    (unique,) = inspect(session.connection()).get_unique_constraints("ballot")

    assert sorted(unique["column_names"]) == ["assembly", "nullifier", "survey"]


@pytest.mark.parametrize("table", NO_ROW_NUMBER)
def test_no_row_number_keeps_the_order_of_arriving(app: Flask, table: str) -> None:
    made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})

    assert "WITHOUT ROWID" in made


@pytest.mark.postgres
def test_ballots_and_shares_are_parted_by_survey(either: Flask) -> None:
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite has no parts: rows are overwritten when they are deleted")
    parted = session.scalars(text("SELECT partrelid::regclass::text FROM pg_partitioned_table ORDER BY 1")).all()

    assert parted == ["ballot", "key_share"]


def test_no_foreign_key_leads_from_a_ballot_to_a_card_or_a_person(either: Flask) -> None:
    tables, seen, reach = inspect(session.connection()), set(), ["ballot"]
    while reach:
        table = reach.pop()
        seen.add(table)
        led = {key["referred_table"] for key in tables.get_foreign_keys(table)}
        reach += led - seen

    assert seen == {"ballot", "survey", "card_set", "assembly"}


def kept(name: str) -> bytes:
    """What the file of a PostgreSQL table holds now."""
    session.rollback()
    folder = session.scalar(text("SHOW data_directory"))
    file = session.scalar(text("SELECT pg_relation_filepath(CAST(:name AS regclass))"), {"name": name})
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
    return Path(str(folder), str(file)).read_bytes()


@pytest.mark.postgres
def test_upkeep_leaves_no_destroyed_nullifier_in_the_files_of_postgresql(either: Flask) -> None:
    if session.get_bind().dialect.name != "postgresql":
        closing.forget(hall().assembly)
        pytest.skip("SQLite overwrites at once: the forensic tests look")
    place = hall(k=2)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        destroyed = session.scalars(select(Ballot.nullifier).where(Ballot.survey == survey.id)).all()
        wrapped = session.scalar(select(SurveyRow.nullifier_key).where(SurveyRow.id == survey.id)) or b""
        time.move(days=8)
        quorum.approve(place.assembly, proposed(place, survey), place.keys[0])
    part = f"ballot_{survey.id.hex()}"
    assert all(one in kept(part) for one in destroyed), "what would be found without upkeep"
    assert wrapped in kept("survey")
    session.execute(text("SELECT pg_stat_force_next_flush()"))
    session.rollback()
    sleep(1.5)

    closing.forget(place.assembly)

    assert not any(one in kept(part) for one in destroyed)
    assert wrapped not in kept("survey")
