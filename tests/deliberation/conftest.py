"""What the tests of this room share: a clock that stands still, and a gathering that may begin."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock
from tests.deliberation.gathering import Gathering, ready

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    """Return a clock stopped on the first of March."""
    with clock.stopped(START) as stopped:
        yield stopped


@pytest.fixture
def here(app: Flask, time: clock.Clock) -> Gathering:
    """Return a gathering that chose its rule, watches threats and has cards."""
    return ready()
