"""What the tests of this room share: a clock that stands still, and a gathering that may begin."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock
from commons.security import Limiter
from deliberation.views import founding
from tests.deliberation.gathering import Gathering, resumed

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    """Return a clock stopped on the first of March."""
    with clock.stopped(START) as stopped:
        yield stopped


@pytest.fixture
def here(app: Flask, time: clock.Clock) -> Gathering:
    """Return a gathering that chose its rule, watches threats and has cards."""
    return resumed(app)


@pytest.fixture(autouse=True)
def _no_founding_tries_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin every test with all the tries at the founding word."""
    monkeypatch.setattr(founding, "_guesses", Limiter(burst=60, per_second=0.2))
