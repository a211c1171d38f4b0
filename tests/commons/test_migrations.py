"""The schema that migrations leave is the one the models declare, with every trigger, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from commons import db

NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT DISTINCT trigger_name FROM information_schema.triggers",
}


def test_migrations_leave_the_schema_the_models_declare(either: Flask) -> None:
    with db.db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.Base.metadata) == []


def test_migrations_leave_every_trigger(either: Flask) -> None:
    with db.db.engine.connect() as connection:
        found = set(connection.scalars(text(NAMES[connection.dialect.name])))

    assert found == db.triggers()


def test_migrating_twice_changes_nothing(either: Flask) -> None:
    db.upgrade()

    with db.db.engine.connect() as connection:
        assert set(connection.scalars(text(NAMES[connection.dialect.name]))) == db.triggers()
