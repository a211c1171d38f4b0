"""Power cuts: the process that serves, or that opens a box, is killed at once, again and again.

What was acknowledged is there, nothing is there twice, and no half-opened box lies on the disk.
"""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time as real
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from commons import access, clock, db, quorum
from commons.settings import HOUSE, here
from deliberation.actions.founding import Charter
from deliberation.cli.staging import Company, company
from surveys import door
from surveys.domain.cards import Code, show_witness, witness
from surveys.domain.logic import Written
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from tests.attacks.counting_apart import AFTER

pytestmark = pytest.mark.slow

KILLS = 8
BEFORE = datetime(2026, 5, 1, 12, tzinfo=UTC)
CANARY = "the heron waits by the third stone"
RUNNING = Charter("river", "River", ("en",), 3, 2, "UTC")


def founded(size: int) -> tuple[Company, tuple[Code, ...]]:
    """Found an assembly and draw its cards."""
    place = company(RUNNING, 5)
    drawn = place.act("surveys.cards", {"size": size})
    assert drawn is not None
    assert isinstance(drawn.result, tuple)
    return place, drawn.result


def opened(place: Company, kind: str, questionnaire: Questionnaire, closes: date) -> str:
    """Open a box and return its slug."""
    door.register(kind, door.nothing)
    slug = door.draft(place.assembly, kind=kind, questionnaire=questionnaire, terms={}, closes=closes)
    place.act("surveys.open", {"survey": slug})
    return slug


def counted(place: Company, slug: str) -> Sequence[str]:
    """Open the box together and return the numbers counted."""
    with clock.stopped(AFTER) as later:
        survey = door.survey(place.assembly, slug)
        assert survey is not None
        later.move(days=max(0, (survey.closes - AFTER.date()).days + 1))
        place.act("surveys.count", {"survey": slug})
    release = door.release(place.assembly, slug, whole=True)
    assert release is not None
    return list(release.data["witnesses"])


def rows(instance: Path) -> int:
    """Count the ballots that lie in the file, which must be sound."""
    with sqlite3.connect(instance / "palabre.sqlite") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found: int = file.execute("SELECT count(*) FROM ballot").fetchone()[0]
    return found


class Member:
    """A member with a stack of cards and a server that dies under their hands."""

    def __init__(self, place: Company, slug: str, cookie: str, port: int) -> None:
        """Know where to send."""
        self.path, self.cookie, self.port = f"/en/{place.assembly.slug}/answer/{slug}", cookie, port

    def hands_in(self, code: Code) -> int:
        """Send one filled form; return the status of the reply, 0 without one."""
        body = urlencode({"X1": "1", "consent": "yes", "card": code, "step": "send"})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", self.path, body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def serving(instance: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start the real server on the instance, and wait until it answers."""
    command = [sys.executable, "-m", "flask", "--app", str(HOUSE / "app.py"), "serve", "--port", str(port)]
    around = {**os.environ, "PALABRE_INSTANCE": str(instance)}
    process = subprocess.Popen(command, cwd=HOUSE, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return process
        real.sleep(0.05)
    raise AssertionError("the server did not start")


def free_port() -> int:
    """Return a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_no_acknowledged_ballot_is_lost_and_none_is_doubled_by_eight_kills(app: Flask) -> None:
    instance, port = here().settings.instance, free_port()
    place, codes = founded(900)
    closes = date.fromordinal(clock.today(place.assembly).toordinal() + 3)
    slug = opened(place, "practice", door.shipped("practice"), closes)
    with app.test_request_context("/"):
        cookie = f"{access.READING}-river={access._reading_cookie(place.assembly)}"
    db.session.remove()
    member, acknowledged, unsure = Member(place, slug, cookie, port), set[Code](), list[Code]()
    waiting = iter(codes)

    for kill in range(KILLS):
        server = serving(instance, port)
        killed_after = real.monotonic() + 0.05 + 0.07 * kill
        for code in waiting:
            timer = killed_after - real.monotonic()
            if timer <= 0.02:
                os.kill(server.pid, signal.SIGKILL)  # in flight: the next form meets a dead server
            (acknowledged.add if member.hands_in(code) == 303 else unsure.append)(code)
            if timer <= 0.02:
                break
        server.kill()
        server.wait(timeout=10)
        assert len(acknowledged) <= rows(instance) <= len(acknowledged) + len(unsure)
    server = serving(instance, port)
    again = {member.hands_in(code) for code in unsure}
    repeated = member.hands_in(next(iter(acknowledged)))
    server.terminate()
    server.wait(timeout=10)

    assert again <= {303, 200}
    assert repeated == 200
    expected = acknowledged | set(unsure)
    survey = door.survey(place.assembly, slug)
    assert survey is not None
    assert rows(instance) == len(expected)
    assert sorted(counted(place, slug)) == sorted(show_witness(witness(code, survey.number)) for code in expected)


def begun(instance: Path, place: Company, act: str) -> "subprocess.Popen[str]":
    """Start the opening in a process of its own and wait until its keys are open."""
    slot = place.assembly.k
    words = [str(instance), place.assembly.slug, act, str(slot), place.passphrases[slot]]
    command = [sys.executable, "-m", "tests.attacks.counting_apart", *words]
    process = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def everything(folder: Path) -> Iterator[bytes]:
    """Every file of the instance, journals too."""
    return (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def asked() -> Questionnaire:
    """One text question: what people write is what must never be found."""
    words = {"en": "What is missing?"}
    question = Question("H2", Kind.TEXT, words)
    return Questionnaire("canary", 1, words, {}, words, 1, ("en",), (Section("one", words, (question,)),))


def filled(people: int) -> tuple[Company, str, str]:
    """Fill a box with texts, close it with all signatures but the last, and return it with its act."""
    with clock.stopped(BEFORE):
        place, codes = founded(people)
        slug = opened(place, "practice", asked(), date(2026, 5, 5))
        survey = door.survey(place.assembly, slug)
        assert survey is not None
        for number, code in enumerate(codes):
            door.hand_in(place.assembly, slug, survey.questionnaire, code, {"H2": Written(text=f"{CANARY} {number}")})
    with clock.stopped(AFTER):
        act = quorum.propose(place.assembly, "surveys.count", {"survey": slug})
        for slot in range(1, place.assembly.k):
            quorum.approve(place.assembly, act, place.keys(slot))
    db.session.remove()
    return place, slug, act


def test_an_opening_killed_eight_times_starts_over_and_leaves_nothing_half_read(app: Flask) -> None:
    instance, people = here().settings.instance, 600
    place, slug, act = filled(people)
    seen: list[str] = []

    for kill in range(KILLS):
        process = begun(instance, place, act)
        real.sleep(0.02 * kill)
        process.kill()
        process.communicate(timeout=10)
        state = door.survey(place.assembly, slug)
        db.session.remove()
        assert state is not None
        seen.append(state.state)
        assert rows(instance) == (people if state.state is door.State.CLOSED else 0)
        assert not any(CANARY.encode() in held for held in everything(instance))
        if state.state is door.State.COUNTED:
            break
    if seen[-1] == door.State.CLOSED:
        (process := begun(instance, place, act)).communicate(timeout=60)
        assert process.returncode == 0

    assert door.State.CLOSED in seen
    release = door.release(place.assembly, slug, whole=True)
    assert release is not None
    assert release.data["ballots"] == people
    assert rows(instance) == 0
    with clock.stopped(AFTER), pytest.raises(quorum.Refused, match="no_such_act"):
        quorum.approve(place.assembly, act, place.keys(1))
