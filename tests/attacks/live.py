"""The house served as people meet it: the real server on a port of this machine, asked byte by byte."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

from flask import Flask

from commons import cli


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its status, its headers one by one, its body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def names(self) -> set[str]:
        """The names of its headers."""
        return {name for name, _ in self.headers}

    def header(self, name: str) -> str:
        """The one value of a header, or nothing."""
        return next((value for given, value in self.headers if given == name), "")


@dataclass(frozen=True, slots=True)
class Live:
    """A running server."""

    port: int

    def ask(
        self, verb: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask once, follow nothing."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(verb, path, body=body, headers=dict(headers or {}))
            got = line.getresponse()
            return Answer(got.status, tuple(got.getheaders()), got.read())
        finally:
            line.close()

    def say(self, raw: bytes) -> bytes:
        """Send these very bytes, and return what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65536), b""))


@contextmanager
def served(app: Flask) -> Iterator[Live]:
    """Serve an application as `serve` does, on a free port."""
    server = cli.server(app, 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Live(server.effective_port)
    finally:
        server.close()
        thread.join(timeout=5)
