"""The vulnerable twin: a small survey house like many, built honestly, with none of our rules. Every attack breaks it.

It shows results as they come, exactly, hides only the smallest group, adds fresh noise at each look, publishes texts as
they were written, says of a card whether it is known or used, and keeps its rows in the order of arriving.
"""

import logging
import sqlite3
import tempfile
from hashlib import sha256
from pathlib import Path
from random import Random

from flask import Flask, request
from flask.testing import FlaskClient

SHOWN_FROM = 10
SCHEMA = """
PRAGMA synchronous=OFF;
CREATE TABLE roster (card TEXT PRIMARY KEY, answered INTEGER, receipt TEXT);
CREATE TABLE ballot (id INTEGER PRIMARY KEY AUTOINCREMENT, receipt BLOB, voice TEXT, answer TEXT, words TEXT);
"""
_log = logging.getLogger("careless")


class Careless:
    """One survey of one question, with its pages."""

    def __init__(self, folder: Path, cards: list[str]) -> None:
        """Begin with a roster of cards and an empty table of answers."""
        self.file = folder / "careless.sqlite"
        self.database = sqlite3.connect(self.file, isolation_level=None)
        self.database.executescript(SCHEMA)
        self.database.executemany("INSERT INTO roster VALUES (?, 0, '')", [(card,) for card in cards])
        self.noise = Random(1)  # noqa: S311 - a seed, so that the twin fails the same way each time
        self.app = Flask("careless")
        for address, page in {"/results": self.results, "/noisy": self.noisy, "/words": self.words}.items():
            self.app.add_url_rule(address, address, page)
        self.app.register_error_handler(sqlite3.Error, _broken)
        self.app.add_url_rule("/answer", "answer", self.answer, methods=["POST"])

    @property
    def client(self) -> FlaskClient:
        """Return a browser."""
        return self.app.test_client()

    def answer(self) -> tuple[str, int]:
        """Take an answer, write down who gave it, and say everything that is known of the card."""
        form = request.form
        _log.info("answer %s", dict(form))
        with tempfile.NamedTemporaryFile() as spooled:
            spooled.write(form.get("words", "").encode())
        known = self.database.execute("SELECT answered FROM roster WHERE card = ?", [form["card"]]).fetchone()
        if known is None:
            return "No such card.", 404
        if known[0]:
            return "This card has already answered this survey. Thank you for taking part!", 409
        receipt = sha256(form["card"].encode()).digest()
        row = receipt, form.get("voice", ""), form["answer"], form.get("words", "")
        self.database.execute("BEGIN")
        self.database.execute(
            "UPDATE roster SET answered = 1, receipt = ? WHERE card = ?", (receipt.hex(), form["card"])
        )
        self.database.execute("INSERT INTO ballot (receipt, voice, answer, words) VALUES (?, ?, ?, ?)", row)
        self.database.execute("COMMIT")
        return "Thank you.", 200

    def counts(self, voice: str = "") -> dict[str, int]:
        """Return how many gave each answer, in one voice or in all."""
        mine = "SELECT answer, count(*) FROM ballot WHERE voice = ? OR ? = '' GROUP BY answer ORDER BY answer"
        return dict(self.database.execute(mine, [voice, voice]).fetchall())

    def results(self) -> str:
        """Show the exact counts of all, and of each voice but the small ones."""
        voices = [one for (one,) in self.database.execute("SELECT DISTINCT voice FROM ballot ORDER BY voice")]
        shown = [one for one in voices if sum(self.counts(one).values()) >= SHOWN_FROM]
        return "\n".join(_line(name, self.counts(name)) for name in ("", *shown))

    def noisy(self) -> str:
        """Show each count with new noise at each look."""
        return _line("", {name: count + self.noise.gauss(0, 3) for name, count in self.counts().items()})

    def words(self) -> str:
        """Show what people wrote, as they wrote it."""
        return "\n".join(one for (one,) in self.database.execute("SELECT words FROM ballot ORDER BY words"))


def _broken(error: sqlite3.Error) -> tuple[str, int]:
    _log.error("%s while taking %s", error, dict(request.form))
    return "Something went wrong.", 500


def _line(name: str, counts: "dict[str, int] | dict[str, float]") -> str:
    return f"{name or 'all'}: " + ", ".join(f"{answer}={count}" for answer, count in counts.items())


def read(line: str) -> dict[str, float]:
    """Read the numbers of one line of the careless house."""
    pairs = (one.partition("=") for one in line.split(": ")[1].split(", "))
    return {name: float(count) for name, _, count in pairs if count}
