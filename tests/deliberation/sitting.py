"""A circle at its desk: places of a gathering, and what several sign one after the other on the pages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import access, clock
from deliberation.actions import circle
from tests.deliberation.gathering import Gathering, resumed
from tests.visitor import Page, Visitor

SPRING = datetime(2026, 3, 20, 12, tzinfo=UTC)
PASSPHRASE = "kamo tiru sena lobe {}"
LAST = ("dafa", "defe", "difi", "dofo", "dufu")


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    with clock.stopped(SPRING) as stopped:
        yield stopped


@pytest.fixture
def river(app: Flask, time: clock.Clock) -> Gathering:
    return resumed(app)


@pytest.fixture
def sits(app: Flask) -> Callable[..., Visitor]:
    """Return a maker of visitors who have taken a place in a circle."""

    def seat(place: Gathering, slot: int = 1, tag: str = "en") -> Visitor:
        visitor = Visitor(app, tag)
        visitor.client.set_cookie(access.SITTING, access.sit_down(place.assembly, slot))
        return visitor

    return seat


def signed(app: Flask, place: Gathering, path: str, sits: Callable[..., Visitor], count: int) -> Page:
    """Let some facilitators sign an act through its page; return what the last one saw."""
    seen = []
    for slot in range(1, count + 1):
        circle._tries._buckets.clear()
        visitor = sits(place, slot)
        seen.append(visitor.submit(visitor.visit(path), "sign", passphrase=PASSPHRASE.format(LAST[slot - 1])))
    return seen[-1]
