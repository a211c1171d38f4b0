"""What tests of the surveys room share: a hall on a stopped day, its cards, a practice box, people at work."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import access, clock, quorum
from commons.assembly import Assembly
from commons.clock import Clock
from commons.quorum import Keys, NotUnlocked
from surveys.domain.cards import Code
from surveys.queries import Survey
from tests.surveys.hall import Hall, hall, shipped
from tests.visitor import Visitor

OPENED = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def stopped() -> Iterator[Clock]:
    with clock.stopped(OPENED) as still:
        yield still


@pytest.fixture
def place(app: Flask, stopped: Clock) -> Hall:
    return hall()


@pytest.fixture
def cards(place: Hall) -> tuple[Code, ...]:
    return place.cards()


@pytest.fixture
def box(place: Hall, cards: tuple[Code, ...]) -> Survey:
    return place.open(shipped("practice"))


@pytest.fixture
def member(app: Flask, place: Hall, box: Survey) -> Visitor:
    return Visitor(app).reads(place.again())


@pytest.fixture
def facilitator(app: Flask, place: Hall) -> Visitor:
    access.register_actor(lambda _assembly, _slot: True)
    visitor = Visitor(app)
    visitor.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    return visitor


@pytest.fixture
def two(app: Flask, place: Hall) -> Visitor:
    """Place 1 sits; each place's passphrase is its number in words."""

    def opened(_assembly: Assembly, slot: int, passphrase: str) -> Keys:
        if passphrase != f"open {slot}":
            raise NotUnlocked
        return place.keys[slot - 1]

    access.register_actor(lambda _assembly, _slot: True)
    quorum.register_unlock(opened)
    visitor = Visitor(app)
    visitor.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    return visitor
