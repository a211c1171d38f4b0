"""What the database could ever hold: read from the database itself, after every migration, on both kinds.

No column can say who or when, and no way leads from the people of the circle to a ballot: not by keys, not by views.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, DateTime, Time, inspect, text

from app import create_app
from commons import db
from commons.settings import HOUSE, Settings

BALLOT = {"assembly", "survey", "id", "nullifier", "ciphertext"}
WRITTEN = {"assembly", "survey", "id", "question", "slot", "text"}
PEOPLE = {"facilitator", "session", "approval", "act"}
SESSIONS = {("session", "idle"), ("session", "absolute")}
WHO = ("ip", "addr", "agent", "lang", "locale", "name", "mail", "phone", "user", "device", "created", "updated", "time")
TOLD = {("assembly", "languages"), ("assembly", "timezone")}
HUB = "assembly"
"""Every row stands in an assembly: a way through it alone joins nothing."""
SEEN = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')",
    "postgresql": "SELECT viewname, viewname, definition FROM pg_views WHERE schemaname = 'public' "
    "UNION ALL SELECT tgname::text, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
}

Ways = set[frozenset[str]]


def revisions() -> list[str]:
    """Every migration, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(HOUSE / "migrations"))
    return [one.revision for one in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]


def migrated(app: Flask, revision: str) -> Connection:
    """Bring an empty database to one migration; return a connection to it."""
    config = Config()
    config.set_main_option("script_location", str(HOUSE / "migrations"))
    connection = db.db.engine.connect().execution_options(writes=True)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    return connection


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    database = request.getfixturevalue("postgresql")() if request.param == "postgresql" else ""
    app = create_app(Settings(instance=tmp_path / "instance", database=database, passphrase_memory=1))
    with app.app_context():
        yield app
        db.session.remove()
        db.db.engine.dispose()


def keys(connection: Connection) -> Ways:
    """Every foreign key, as the two tables it joins."""
    tables = inspect(connection)
    return {
        frozenset({table, key["referred_table"]})
        for table in tables.get_table_names()
        for key in tables.get_foreign_keys(table)
    }


def written(connection: Connection) -> Ways:
    """Every view and every trigger, as the tables its text names."""
    tables = inspect(connection).get_table_names()
    made = connection.execute(text(SEEN[connection.dialect.name]))
    return {frozenset({on, *(one for one in tables if f" {one} " in f" {sql} ")}) for _name, on, sql in made}


def reached(start: str, ways: Ways) -> set[str]:
    """Every table that can be joined with `start`, in any direction, by whatever joins them but the assembly."""
    found, ahead = set[str](), {start}
    while ahead:
        found |= ahead
        near = {one for way in ways if way & ahead for one in way}
        ahead = near - found - {HUB}
    return found


@pytest.mark.parametrize("revision", revisions())
def test_the_schema_holds_no_way_from_people_to_a_ballot(empty: Flask, revision: str) -> None:
    with migrated(empty, revision) as connection:
        ways = keys(connection) | written(connection)

    assert reached("ballot", ways) & PEOPLE == set()
    assert reached("facilitator", ways) & {"ballot", "credential", "written", "survey"} == set()


@pytest.mark.parametrize("revision", revisions())
def test_the_schema_has_no_column_for_who_or_when(empty: Flask, revision: str) -> None:
    with migrated(empty, revision) as connection:
        tables = inspect(connection)
        columns = {table: tables.get_columns(table) for table in tables.get_table_names() if table != "alembic_version"}

    assert {one["name"] for one in columns["ballot"]} == BALLOT
    assert {one["name"] for one in columns["written"]} == WRITTEN
    timed = {
        (table, one["name"]) for table in columns for one in columns[table] if isinstance(one["type"], DateTime | Time)
    }
    assert timed == SESSIONS
    telling = {(table, one["name"]) for table in columns for one in columns[table] if _tells(one["name"])}
    assert telling == TOLD
    counted = [one["name"] for table in columns for one in columns[table] if one.get("autoincrement") is True]
    assert counted == []


def _tells(name: str) -> bool:
    return any(part.startswith(WHO) for part in name.split("_"))


SETTLED = (
    "INSERT INTO assembly VALUES (:id, 'river', 'River', '[]', 3, 2, 'UTC')",
    "INSERT INTO collective VALUES (:id, NULL, '', '[]', 12, '[]', 1, '{}')",
)


def test_an_assembly_of_the_first_day_comes_over_with_nothing_said_of_it(empty: Flask) -> None:
    with migrated(empty, "0001") as connection:
        for statement in SETTLED:
            connection.execute(text(statement), {"id": bytes(16)})
        connection.commit()

    with migrated(empty, "head") as connection:
        come = connection.execute(text("SELECT members, profile, terms, path FROM collective")).all()

    assert [tuple(row) for row in come] == [(12, "{}", "{}", "{}")]


NUMBERED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'",
    "postgresql": "SELECT sequencename FROM pg_sequences",
}


def test_no_table_numbers_its_rows(empty: Flask) -> None:
    with migrated(empty, "head") as connection:
        assert connection.scalars(text(NUMBERED[connection.dialect.name])).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE receipt (survey BLOB REFERENCES survey (id), seat INTEGER REFERENCES facilitator (slot))",
        "CREATE VIEW turnout AS SELECT * FROM facilitator , ballot ",
        "CREATE TRIGGER note AFTER INSERT ON ballot BEGIN UPDATE session SET slot = 1 ; END",
    ],
)
def test_a_way_that_somebody_adds_is_found(tmp_path: Path, statement: str) -> None:
    app = create_app(Settings(instance=tmp_path / "instance", passphrase_memory=1))
    with app.app_context(), migrated(app, "head") as connection:
        connection.exec_driver_sql(statement)
        ways = keys(connection) | written(connection)
        db.session.remove()

    assert reached("ballot", ways) & PEOPLE
