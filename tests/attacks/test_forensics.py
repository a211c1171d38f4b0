"""A seized machine: after a whole journey, nothing anybody typed can be found in any of its files, nor in its log.

The journal of SQLite is read while it is written, temporary files are watched, faults are forced at every step. Each
search is proved by a twin that keeps what it should not, and is caught.
"""

import logging
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
from flask import before_render_template, request, request_started
from sqlalchemy import event, text

from commons import db, upkeep
from commons.assembly import find as assembly
from surveys.queries import survey as find
from tests.attacks.careless import Careless
from tests.attacks.circle import reword, round_on
from tests.attacks.stage import TAGS, Answers, Stage

PEOPLE = 9
CANARY = "canary-{}-sings-at-dawn"
WRONG = "98765 43210 98765 43210 98765"
SAID = "Somebody hears birds at dawn."


@dataclass(slots=True)
class Machine:
    """What a seized machine holds, and what somebody typed into it."""

    stage: Stage
    typed: list[str] = field(default_factory=list)
    opened: list[bytes] = field(default_factory=list)
    journals: list[bytes] = field(default_factory=list)

    def files(self) -> bytes:
        """Everything on the disk: of the instance, and of PostgreSQL with its log of writes."""
        folders = [self.stage.instance]
        with self.stage.app.app_context():
            if self.stage.house.settings.database:
                with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("CHECKPOINT"))
                    folders.append(Path(str(connection.scalar(text("SHOW data_directory")))))
            db.session.remove()
        paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        return b"\n".join(path.read_bytes() for path in paths)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Read the journal as it stands just before each transaction ends."""
        journal = self.stage.file.with_name("palabre.sqlite-journal")

        def look(_connection: object) -> None:
            if journal.exists():
                self.journals.append(journal.read_bytes())

        with self.stage.app.app_context():
            engine = db.db.engine
        event.listen(engine, "commit", look)
        try:
            yield
        finally:
            event.remove(engine, "commit", look)


def answers(slug: str, number: int) -> Answers:
    """One filled round: a stance, and a text that nobody else writes."""
    return {f"S1.{slug}": str(number % 3 + 2), f"S3.{slug}-text": CANARY.format(number)}


def handed_in(machine: Machine) -> tuple[str, str]:
    """Open a round and let nine people answer it, one after a wrong card; note what they typed."""
    stage = machine.stage
    survey, slug = round_on(stage)
    for number, card in enumerate(stage.cards[:PEOPLE]):
        tag = TAGS[number % len(TAGS)]
        assert stage.hurry(WRONG, survey, answers(slug, number), tag).status_code == 200
        assert stage.send(card, survey, answers(slug, number), tag).status_code == 303
        machine.typed += [CANARY.format(number), card.code, card.code.replace(" ", "")]
    machine.typed += [WRONG, WRONG.replace(" ", ""), stage.word, *stage.papers]
    machine.opened = plaintexts(stage, survey)
    return survey, slug


def plaintexts(stage: Stage, survey: str) -> list[bytes]:
    """How each opened ballot would begin: the survey's fingerprint, then the card's witness."""
    with stage.app.app_context():
        place = assembly(stage.slug)
        found = find(place, survey) if place else None
        assert found is not None
        db.session.remove()
    cards = stage.cards[:PEOPLE]
    return [found.fingerprint + int(card.witnesses[found.number - 1]).to_bytes(4) for card in cards]


def journey(machine: Machine) -> None:
    """Live a round from its proposal to its published words."""
    survey, slug = handed_in(machine)
    machine.stage.count(survey)
    reword(machine.stage, survey, f"S3.{slug}", CANARY.format(0), [SAID])
    with machine.stage.app.app_context():
        upkeep.run()


def found(typed: list[str], whole: bytes) -> set[str]:
    """What was typed and can be read: as text, in hexadecimal, or hashed."""
    return {one for one in typed if any(form in whole for form in forms(one))}


def forms(typed: str) -> Iterator[bytes]:
    plain = typed.encode()
    yield from (plain, plain.hex().encode(), sha256(plain).digest(), sha256(plain).hexdigest().encode())
    yield "".join(re.findall(r"\w", typed)).encode()


@contextmanager
def temporary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Have temporary files made in a folder, and say how often one was made or removed there: 0 or 1."""
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before, made_there = folder.stat().st_mtime_ns, list[int]()
    yield made_there
    made_there.append(int(folder.stat().st_mtime_ns != before))


def test_nothing_typed_is_found_on_the_disk_or_in_the_log(
    both: Stage, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    machine = Machine(both)

    with machine.watched(), temporary(tmp_path / "temporary", monkeypatch) as made_there:
        journey(machine)

    everything = machine.files() + b"\n".join(machine.journals)
    assert SAID.encode() in everything, "the search reads what is published"
    assert found(machine.typed, everything) == set()
    assert [one for one in machine.opened if one in everything] == []
    assert bool(machine.journals) is not bool(both.house.settings.database)
    out, err = capfd.readouterr()
    assert found(machine.typed, (caplog.text + out + err).encode()) == set()
    assert made_there == [0]


def test_while_a_box_is_open_the_disk_holds_no_answer_and_no_code(both: Stage) -> None:
    machine = Machine(both)

    with machine.watched():
        handed_in(machine)

    everything = machine.files() + b"\n".join(machine.journals)
    assert found(machine.typed, everything) == set()
    assert [one for one in machine.opened if one in everything] == []


def test_the_search_finds_what_a_careless_house_keeps(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    twin = Careless(tmp_path, ["11111 22222"])

    with temporary(tmp_path / "temporary", monkeypatch) as made_there:
        twin.client.post("/answer", data={"card": "11111 22222", "answer": "yes", "words": CANARY})

    typed = ["11111 22222", CANARY]
    assert found(typed, twin.file.read_bytes()) == set(typed)
    assert found(typed, caplog.text.encode()) == set(typed)
    assert made_there == [1]


# Faults


class Broken(RuntimeError):
    """A fault that says all it knows, as faults do."""


@contextmanager
def statement_fails(stage: Stage, which: int) -> Iterator[None]:
    """Let the database fail at one statement of a request, repeating what it was given."""
    left = [which]

    def fail(_connection: object, _cursor: object, said: str, given: object, *_rest: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Broken(said, given, dict(request.form))

    with stage.app.app_context():
        engine = db.db.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def test_a_fault_at_any_step_says_nothing_and_spends_no_card(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    survey, slug = round_on(stage)
    card, given = stage.cards[0], answers(slug, 0)
    typed = [card.code, card.code.replace(" ", ""), CANARY.format(0)]
    bodies = b""

    def says_all(_sender: object, **_context: object) -> None:
        raise Broken(dict(request.form))

    for signal in (request_started, before_render_template):
        with signal.connected_to(says_all, stage.app):
            broken = stage.phone.post(
                stage.path(f"answer/{survey}"), data={**given, "card": card.code, "consent": "yes"}
            )
            assert broken.status_code == 500
            bodies += broken.data
    steps = 0
    while True:
        with statement_fails(stage, steps):
            answer = stage.hurry(card, survey, given)
        if answer.status_code == 303:
            break
        assert answer.status_code == 500
        bodies, steps = bodies + answer.data, steps + 1

    assert steps >= 5
    assert caplog.text.count("Broken at") == steps + 2
    assert found(typed, caplog.text.encode() + bodies) == set()
    assert stage.hurry(card, survey, given).status_code == 200, "the one that passed was kept, and no other"


def test_a_house_that_logs_its_faults_whole_is_caught(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    twin = Careless(tmp_path, ["11111"])
    twin.database.execute("DROP TABLE ballot")

    broken = twin.client.post("/answer", data={"card": "11111", "answer": CANARY})

    assert broken.status_code == 500
    assert found(["11111", CANARY], caplog.text.encode()) == {"11111", CANARY}
