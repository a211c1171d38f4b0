"""The other side of a measurement: a plain client, and the server's own use of the processor."""

import http.client
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

HOUSE = Path(__file__).resolve().parent.parent
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(slots=True)
class Scene:
    """A running server with an open survey, and cards that were not used yet."""

    process: "subprocess.Popen[str]"
    folder: str
    port: int
    path: str
    cookie: str
    codes: list[str]
    items: list[str]
    _random: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - the same load each run

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is kept alive."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def hello(self, to: http.client.HTTPConnection) -> None:
        """Ask for the hello-world."""
        self.ask(to, "GET", "/hello", expect=200)

    def page(self, to: http.client.HTTPConnection) -> bytes:
        """Ask for the survey's page, compressed."""
        return self.ask(to, "GET", self.path, expect=200)

    def hand_in(self, to: http.client.HTTPConnection, code: str = "", *, expect: int = 303) -> bytes:
        """Send a whole filled form with a card nobody used (or a given one)."""
        return self.ask(to, "POST", self.path, body=self.filled(code or self.codes.pop()), expect=expect)

    def filled(self, code: str) -> str:
        """Return a filled form as a browser writes it."""
        answers = {key: str(self._random.randint(1, 3)) for key in self.items}
        return urlencode({**answers, "consent": "yes", "card": code, "step": "send"})

    def ask(
        self, to: http.client.HTTPConnection, method: str, path: str, *, body: str | None = None, expect: int
    ) -> bytes:
        """Send one request and return what came back. Fails on another status: a wrong answer is not measured."""
        headers = {"Cookie": self.cookie, **GZIP}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        to.request(method, path, body, headers)
        answer = to.getresponse()
        said = answer.read()
        assert not expect or answer.status == expect, f"{method} {path}: {answer.status}"
        return said

    def cpu(self, ask: Callable[[http.client.HTTPConnection], object], times: int) -> float:
        """Return the seconds of processor the server used for one request, over `times` of them."""
        connection = self.connect()
        for _ in range(5):
            ask(connection)
        before = spent(self.process.pid)
        for _ in range(times):
            ask(connection)
        used = spent(self.process.pid) - before
        connection.close()
        return used / times

    def statements(self, ask: Callable[[http.client.HTTPConnection], object]) -> int:
        """Return the most SQL statements that one of a few requests made the server send."""
        connection = self.connect()
        return max(self._sent_by(connection, ask) for _ in range(5))

    def _sent_by(self, to: http.client.HTTPConnection, ask: Callable[[http.client.HTTPConnection], object]) -> int:
        before = int(self.ask(to, "GET", "/statements", expect=200))
        ask(to)
        return int(self.ask(to, "GET", "/statements", expect=200)) - before

    def weight(self) -> float:
        """Return the bytes of the page and of its stylesheet, both compressed."""
        import gzip  # noqa: PLC0415 - only here

        style = gzip.compress((HOUSE / "static" / "palabre.css").read_bytes(), 9)
        return float(len(self.page(self.connect())) + len(style))

    def ballots(self) -> int:
        """Return how many ballots the box holds, read from the database beside the server."""
        with sqlite3.connect(f"file:{self.folder}/palabre.sqlite?mode=ro", uri=True, timeout=30) as database:
            found: int = database.execute("SELECT count(*) FROM ballot").fetchone()[0]
        return found


def spent(pid: int) -> float:
    """Return the seconds of processor a process has used, its own and the system's for it."""
    tasks = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    if tasks:
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
    command = ["ps", "-o", "cputime=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    parts = [float(part) for part in told.stdout.strip().replace("-", ":").split(":")]
    return sum(part * 60.0**place for place, part in enumerate(reversed(parts)))


@contextmanager
def running(folder: str) -> Iterator[Scene]:
    """Start the measured server in a process of its own, and end it afterwards."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "bench.server", folder]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE, env=environment)  # noqa: S603  # our own
    try:
        told = json.loads(process.stdout.readline() if process.stdout else "{}")
        yield Scene(process, folder, told["port"], told["path"], told["cookie"], told["codes"], told["items"])
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()
