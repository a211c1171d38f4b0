"""What the attacks share: a house with something behind every address, and a stage that has just drawn its cards.

No context of the application stays open around the stage: the requests of a real server share nothing.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from commons import clock
from commons.clock import Clock
from commons.security import Limiter
from deliberation.views import founding
from tests.attacks.stage import Stage, at_start, closed, drawn, resumed
from tests.attacks.standing import Standing, standing
from tests.conftest import made

DAY = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_founding_tries_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin every test with all the tries at the founding word."""
    monkeypatch.setattr(founding, "_guesses", Limiter(burst=30, per_second=0.2))


@pytest.fixture
def time() -> Iterator[Clock]:
    """Return a clock stopped on the twentieth of March."""
    with clock.stopped(DAY) as stopped:
        yield stopped


@pytest.fixture
def house(app: Flask, time: Clock) -> Standing:
    """Return an assembly at work, another one beside it, and an address for every rule."""
    return standing(app)


@pytest.fixture
def start() -> Iterator[Clock]:
    """Return a clock stopped on the day the stage begins."""
    with at_start() as still:
        yield still


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """Return an application nobody has founded anything in."""
    app = made(tmp_path / "instance")
    yield app
    closed(app)


@pytest.fixture
def stage(empty: Flask, start: Clock) -> Stage:
    """Return a stage that has drawn its cards."""
    return resumed(empty, start, "drawn", drawn)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def both(request: pytest.FixtureRequest, tmp_path: Path, start: Clock) -> Iterator[Stage]:
    """Return the stage on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("stage")
        return
    new: Callable[[], str] = request.getfixturevalue("postgresql")
    app = made(tmp_path / "instance", new())
    yield drawn(app, start)
    closed(app)
