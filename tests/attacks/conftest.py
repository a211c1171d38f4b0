"""What the attacks share: a house with something behind every address, on a day that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock
from tests.attacks.standing import Standing, standing

DAY = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    """Return a clock stopped on the twentieth of March."""
    with clock.stopped(DAY) as stopped:
        yield stopped


@pytest.fixture
def house(app: Flask, time: clock.Clock) -> Standing:
    """Return an assembly at work, another one beside it, and an address for every rule."""
    return standing(app)
