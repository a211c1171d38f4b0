"""The database: one engine, one session, one way to write. Nothing here knows what is written."""

import fcntl
import functools
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Dialect, Engine, LargeBinary, MetaData, Text, event, inspect, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from commons.settings import HOUSE, here, refuse_writing

P = ParamSpec("P")
T = TypeVar("T")

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
Key = LargeBinary(16)
PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "busy_timeout=20000",
)


class Base(DeclarativeBase):
    """Every table of the house derives from this."""

    metadata = MetaData(naming_convention=NAMING)


class JSON(TypeDecorator[Any]):
    """Data kept as one JSON text, the same on every database; sorted keys, so equal data are equal bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002, ANN401 - any JSON value
        """Write the value as text."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002, ANN401 - any JSON value
        """Read the value back."""
        return None if value is None else json.loads(value)


class Words(JSON):
    """A text in several languages: {tag: text}."""

    cache_ok = True


def new_id() -> bytes:
    """Return a random key: rows sorted by it tell no order."""
    return secrets.token_bytes(16)


db = SQLAlchemy(metadata=Base.metadata)
session = db.session
_writing = threading.RLock()
LARGEST = 64 * 1024 * 1024
_PARTS = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ :named AND pg_relation_size(oid) < :largest"
)
_KEY = text("SELECT indexrelid::regclass::text FROM pg_index WHERE indisprimary AND indrelid = CAST(:name AS regclass)")
_laid: dict[Path, bytes] = {}
"""By file of SQLite: how often it had been changed when its rows were last laid by their keys."""
Events = Mapping[str, tuple[str, str]]
_frozen: dict[str, Events] = {}
"""By table: which events are refused, and on which rows."""


def init(app: Flask) -> None:
    """Give the application its engine, with the hygiene anonymity needs."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"hide_parameters": True, **_pool(app)})
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _clean_sqlite(db.engine)


def _pool(app: Flask) -> Mapping[str, object]:
    if str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql"):
        return {"connect_args": {"prepare_threshold": None}, "pool_size": 10}
    return {}


def _clean_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _open(connection: Any, record: object) -> None:  # noqa: ARG001, ANN401 - a driver's connection
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):  # a reader never keeps a writer waiting
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def transaction(action: Callable[P, T]) -> Callable[P, T]:
    """Make `action` one transaction: the outermost call takes the write lock and commits; inner calls join it."""

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if session.info.get("writing"):
            return action(*args, **kwargs)
        refuse_writing()
        session.rollback()  # a reader that waits for the lock would keep the writer before it from committing
        with _write_lock():
            session.connection(execution_options={"writes": True})
            session.info["writing"] = True
            try:
                done = action(*args, **kwargs)
                session.commit()
            except BaseException:
                session.rollback()
                raise
            finally:
                session.info.pop("writing", None)
        return done

    return run


@contextmanager
def _write_lock() -> Iterator[None]:
    """Queue writers in this process, and between processes that share one SQLite file."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    with _writing, _file(here().settings.instance) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _file(instance: Path) -> IO[bytes]:
    return (instance / "writing.lock").open("wb")


def freeze(table: str, *, columns: tuple[str, ...] = (), when: str = "1=1", delete: bool = True) -> None:
    """Have the database refuse UPDATE of `columns` (all when empty), and DELETE, on rows where `when` (of OLD) holds.

    `guard` puts these triggers in place after every migration, on both databases.
    """
    of = f" OF {', '.join(columns)}" if columns else ""
    _frozen[table] = {"update": (f"UPDATE{of}", when)} | ({"delete": ("DELETE", when)} if delete else {})


def guard(connection: Connection) -> None:
    """Put every trigger in place anew, as the models declare them, on the tables that are there: nothing else does."""
    make, there = _guard_sqlite if connection.dialect.name == "sqlite" else _guard_postgresql, inspect(connection)
    for table in filter(there.has_table, _frozen):
        for statement in make(table, _frozen[table]):
            connection.exec_driver_sql(statement)


def triggers() -> frozenset[str]:
    """Return the names of the triggers that must be in place."""
    return frozenset(f"frozen_{table}_{name}" for table, events in _frozen.items() for name in events)


def _guard_sqlite(table: str, events: Events) -> Iterator[str]:
    for name, (what, when) in events.items():
        yield f"DROP TRIGGER IF EXISTS frozen_{table}_{name}"
        yield (
            f"CREATE TRIGGER frozen_{table}_{name} BEFORE {what} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, 'frozen: {table}'); END"
        )


def _guard_postgresql(table: str, events: Events) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION frozen_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'frozen: {table}'; END $$"
    )
    for name, (what, when) in events.items():
        yield f"DROP TRIGGER IF EXISTS frozen_{table}_{name} ON {table}"
        yield (
            f"CREATE TRIGGER frozen_{table}_{name} BEFORE {what} ON {table} FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION frozen_{table}()"
        )


def upgrade() -> None:
    """Bring the database to the present schema, by migration."""
    config = Config()
    config.set_main_option("script_location", str(HOUSE / "migrations"))
    with db.engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def add_part(table: str, key: bytes) -> None:
    """Give a partitioned table the part that will hold the rows of `key`. SQLite keeps all rows in one table."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"CREATE TABLE {table}_{key.hex()} PARTITION OF {table} FOR VALUES IN ('\\x{key.hex()}')"))


def burn_part(table: str, column: str, key: bytes) -> None:
    """Destroy the rows of `key`: on PostgreSQL with the file that held them."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"DROP TABLE IF EXISTS {table}_{key.hex()}"))
    else:
        session.execute(text(f"DELETE FROM {table} WHERE {column} = :key"), {"key": key})  # noqa: S608 - our own names


@transaction
def erase(assembly: bytes) -> None:
    """Delete every row of one assembly, in every table. What is frozen is let go for this transaction alone."""
    connection = session.connection()
    for table, events in _frozen.items():
        on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        for name in events:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS frozen_{table}_{name}{on}")
    for kept in reversed(Base.metadata.sorted_tables):
        mine = kept.c["assembly" if "assembly" in kept.c else "id"]
        session.execute(kept.delete().where(mine == assembly))
    guard(connection)


def rewrite() -> None:
    """Write every table anew where files keep rows that were deleted: PostgreSQL's do. Outside any transaction."""
    if db.engine.dialect.name != "postgresql":
        return
    session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM FULL {', '.join(Base.metadata.tables)}")


def forget_dead(*tables: str) -> None:
    """Rewrite those tables, and their parts, that still keep rows as they were before a change or a deletion.

    Only PostgreSQL keeps them. It counts them within seconds, so this is for upkeep. Outside any transaction.
    """
    if db.engine.dialect.name != "postgresql":
        return
    session.rollback()
    dead = text("SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 0 AND relname ~ :named ORDER BY relname")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in connection.scalars(dead, {"named": f"^({'|'.join(tables)})(_[0-9a-f]+)?$"}).all():
            _lay(connection, name)


def forget_order(table: str, *, touched: str) -> None:
    """Lay the rows of `table` by their random keys, and let nothing tell which of them came first.

    SQLite keeps the rows of a page in the order in which they came: the file is written anew if anything was written
    since. PostgreSQL numbers each row with its transaction: all rows of a part are stamped anew with one, by a change
    of `touched` to itself, unless the part is beyond `LARGEST`. For upkeep, outside any transaction.
    """
    session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            _lay_file(connection)
            return
        for name in connection.scalars(_PARTS, {"named": f"^{table}_[0-9a-f]+$", "largest": LARGEST}).all():
            if (connection.scalar(text(f'SELECT count(DISTINCT xmin::text) FROM "{name}"')) or 0) > 1:  # noqa: S608 - our own names
                connection.execute(text(f'UPDATE "{name}" SET {touched} = {touched}'))  # noqa: S608 - our own names
                _lay(connection, name)


def _lay(connection: Connection, name: str) -> None:
    """Rewrite a table of PostgreSQL in the order of its keys, which are random; what was dead is gone."""
    key = connection.scalar(_KEY, {"name": f'"{name}"'})
    connection.execute(text(f'CLUSTER "{name}" USING {key}'))


def _lay_file(connection: Connection) -> None:
    """Rewrite the file of SQLite, each table in the order of its keys, unless it lies so already."""
    file = Path(str(db.engine.url.database))
    if _laid.get(file) != _changes(file):
        with _write_lock():
            connection.exec_driver_sql("VACUUM")
        _laid[file] = _changes(file)


def _changes(file: Path) -> bytes:
    """Return SQLite's own count of how often its file was changed (bytes 24 to 27 of its header)."""
    with file.open("rb") as held:
        return held.read(28)[24:]
