"""What the attacks share: a clock that stands still, and a stage that has just drawn its cards.

No context of the application stays open around them: the requests of a real server share nothing.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from commons.clock import Clock
from commons.security import Limiter
from deliberation.views import founding
from tests.attacks.stage import Stage, at_start, closed, drawn, resumed
from tests.conftest import made


@pytest.fixture(autouse=True)
def _no_founding_tries_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin every test with all the tries at the founding word."""
    monkeypatch.setattr(founding, "_guesses", Limiter(burst=30, per_second=0.2))


@pytest.fixture
def time() -> Iterator[Clock]:
    with at_start() as still:
        yield still


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Flask]:
    app = made(tmp_path / "instance")
    yield app
    closed(app)


@pytest.fixture
def stage(house: Flask, time: Clock) -> Stage:
    return resumed(house, time, "drawn", drawn)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def both(request: pytest.FixtureRequest, tmp_path: Path, time: Clock) -> Iterator[Stage]:
    """Return the stage on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("stage")
        return
    new: Callable[[], str] = request.getfixturevalue("postgresql")
    app = made(tmp_path / "instance", new())
    yield drawn(app, time)
    closed(app)
