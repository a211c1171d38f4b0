"""A great box: a hundred thousand sealed ballots of forty items, counted by the last signature of its act.

Beside it, in the same process, libsodium alone opens the same ballots one by one.
"""

import resource
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from threading import Event, Thread

from nacl.public import PrivateKey, SealedBox
from sqlalchemy import insert

from app import create_app
from commons import clock, db, quorum
from commons.settings import Settings
from deliberation.actions.founding import Charter
from deliberation.cli.staging import Company, company
from surveys import door
from surveys.actions import counting
from surveys.domain import sealing
from surveys.domain.questionnaire import Choice, Kind, Question, Questionnaire, Section
from surveys.models import Ballot

ITEMS, STEPS, TEXTS, BATCH, READINGS = 40, 5, 500, 5000, 21
OPENED = datetime(2026, 3, 1, 12, tzinfo=UTC)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting took: seconds of processor for all of it, for libsodium alone, and the memory added, in MiB.

    `reading` is what a page needs to read the release, in milliseconds of processor.
    """

    whole: float
    alone: float
    memory: float
    reading: float


def counted(folder: str, ballots: int, say: Say) -> Counted:
    """Fill a box, count it through its act, and open the same ballots with the library alone."""
    app = create_app(Settings(instance=Path(folder), passphrase_memory=8))
    with app.app_context(), clock.stopped(OPENED) as now:
        db.upgrade()
        founders = company(Charter("bench", "Bench", ("en",), 2, 2, "UTC"), 3)
        founders.act("surveys.cards", {"size": 10})
        survey = _open(founders)
        sample = _fill(survey, ballots, say)
        now.move(days=30)
        act = quorum.propose(founders.assembly, "surveys.count", {"survey": survey.slug})
        quorum.approve(founders.assembly, act, founders.keys(1))
        before, held = time.process_time(), _peak()
        with _watched(survey.id, say):
            quorum.approve(founders.assembly, act, founders.keys(2))
        whole, memory = time.process_time() - before, _peak() - held
        release = door.release(founders.assembly, survey.slug)
        assert release is not None
        assert release.data["ballots"] == ballots
        reading = median(_reading(founders, survey.slug) for _ in range(READINGS)) * 1000
        db.session.remove()
    say("libsodium alone")
    return Counted(whole, _alone(sample, ballots), memory, reading)


def _reading(founders: Company, slug: str) -> float:
    """Return the seconds of processor that one reading of a release takes, in a session of its own."""
    db.session.remove()
    before = time.process_time()
    door.release(founders.assembly, slug)
    return time.process_time() - before


def _questionnaire() -> Questionnaire:
    words = {"en": "How much?"}
    steps = tuple(Choice(f"step{number}", {"en": str(number)}) for number in range(1, STEPS + 1))
    asked = tuple(Question(f"Q{number}", Kind.SCALE, words, steps) for number in range(1, ITEMS + 1))
    return Questionnaire("great", 1, words, {}, words, 1, ("en",), (Section("all", words, asked),))


def _open(founders: Company) -> door.Survey:
    door.register("bench", door.nothing)
    closes = clock.today(founders.assembly) + timedelta(days=7)
    slug = door.draft(founders.assembly, kind="bench", questionnaire=_questionnaire(), terms={}, closes=closes)
    founders.act("surveys.open", {"survey": slug})
    found = door.survey(founders.assembly, slug)
    assert found is not None
    return found


def _sealed(survey: door.Survey, numbers: range) -> Iterator[bytes]:
    keys = [item.key for item in survey.questionnaire.items]
    for number in numbers:
        answers = {key: (number * place) % STEPS + 1 for place, key in enumerate(keys, start=1)}
        plain = sealing.encode(survey.questionnaire, survey.fingerprint, number, answers)
        yield sealing.seal(plain, survey.box_key)


def _fill(survey: door.Survey, ballots: int, say: Say) -> tuple[bytes, ...]:
    """Put that many ballots in the box, straight into its table; return texts of the same size for the library."""
    place = {"assembly": survey.assembly.id, "survey": survey.id}
    for start in range(0, ballots, BATCH):
        batch = range(start, min(start + BATCH, ballots))
        rows = [
            {**place, "id": secrets.token_bytes(16), "nullifier": secrets.token_bytes(32), "ciphertext": one}
            for one in _sealed(survey, batch)
        ]
        _put(rows)
        say(f"{batch.stop:,} ballots sealed")
    return tuple(secrets.token_bytes(sealing.width(survey.questionnaire)) for _ in range(BATCH))


@db.transaction
def _put(rows: list[dict[str, bytes]]) -> None:
    db.session.execute(insert(Ballot), rows)


def _alone(sample: tuple[bytes, ...], ballots: int) -> float:
    """Return the seconds libsodium takes to open as many boxes of the same size, and nothing else."""
    key = PrivateKey.generate()
    sealed, opener = [SealedBox(key.public_key).encrypt(one) for one in sample], SealedBox(key)
    before = time.process_time()
    for one in sealed:
        opener.decrypt(one)
    return (time.process_time() - before) / len(sealed) * ballots


@contextmanager
def _watched(survey: bytes, say: Say) -> Iterator[None]:
    """Say how far the opening is, twice a second."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.5):
            read = counting.progress(survey)
            say("judging, writing the release" if read is None else f"counting: {read} % read")

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _peak() -> float:
    """Return the most memory this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
