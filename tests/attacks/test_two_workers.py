"""Two servers on one instance, one of them started anew in the middle: one card one voice, one lock, one release."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask

from commons import access, clock, db
from commons.settings import here
from deliberation.actions import circle
from surveys import door
from surveys.domain.cards import show_witness, witness
from tests.attacks.test_killed import Member, counted, founded, free_port, opened, rows, serving

pytestmark = pytest.mark.slow

PEOPLE = 40


@contextmanager
def workers(instance: Path, ports: Sequence[int]) -> Iterator[None]:
    """Serve the instance on each of these ports until the block ends."""
    running = [serving(instance, port) for port in ports]
    try:
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)


def read(port: int, path: str, cookie: str) -> tuple[int, bytes]:
    """Return the status and the bytes of a page, as one server gives it."""
    line = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_two_servers_let_each_card_speak_once_and_show_one_release(app: Flask) -> None:
    instance, ports = here().settings.instance, (free_port(), free_port())
    place, codes = founded(PEOPLE)
    closes = date.fromordinal(clock.today(place.assembly).toordinal() + 3)
    slug = opened(place, "practice", door.shipped("practice"), closes)
    with app.test_request_context("/"):
        cookie = f"{access.READING}-river={access._reading_cookie(place.assembly)}"
    db.session.remove()
    here_and_there = [Member(place, slug, cookie, port) for port in ports]

    statuses = list[int]()
    for half in (codes[: PEOPLE // 2], codes[PEOPLE // 2 :]):  # both servers stop and start anew between the halves
        with workers(instance, ports), ThreadPoolExecutor(8) as hands:
            statuses += hands.map(
                lambda sent: sent[0].hands_in(sent[1]), [(m, c) for c in half for m in here_and_there]
            )

    assert sorted(statuses) == [200] * PEOPLE + [303] * PEOPLE, "of two servers that get one card, one takes it"
    assert rows(instance) == PEOPLE
    survey = door.survey(place.assembly, slug)
    assert survey is not None
    assert sorted(counted(place, slug)) == sorted(show_witness(witness(code, survey.number)) for code in codes)
    db.session.remove()
    with workers(instance, ports):
        shown = [read(port, f"/en/river/results/{slug}", cookie) for port in ports for _look in range(3)]
    assert shown == [shown[0]] * 6
    assert shown[0][0] == 200


def test_a_lock_at_one_server_ends_the_sittings_at_the_other(app: Flask) -> None:
    instance, ports = here().settings.instance, (free_port(), free_port())
    place, _ = founded(10)
    with app.test_request_context("/"):
        reading = f"{access.READING}-river={access._reading_cookie(place.assembly)}"
    cookie = f"{reading}; {access.SITTING}={access.sit_down(place.assembly, 1)}"
    db.session.remove()

    with workers(instance, ports):
        before = [read(port, "/en/river/circle/", cookie)[0] for port in ports]
        circle.lock(place.assembly)  # a third process: this one
        db.session.remove()
        after = [read(port, "/en/river/circle/", cookie)[0] for port in ports]

    assert (before, 200 in after) == ([200, 200], False)
