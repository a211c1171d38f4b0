"""The house asks nothing of anybody: no library that could is imported, and no journey opens a line to elsewhere."""

import ast
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.attacks.stage import Stage
from tests.attacks.standing import Standing, token
from tests.attacks.test_forensics import Machine, journey
from tests.house.tree import ROOT, files, name, parsed

CLIENTS = {"urllib.request", "http.client", "smtplib", "ftplib", "poplib", "imaplib", "nntplib", "xmlrpc", "webbrowser"}
STRANGERS = {"requests", "httpx", "aiohttp", "urllib3", "websockets", "websocket", "grpc", "boto3", "sentry_sdk"}
LISTENS = {"commons/cli.py": {"socket"}}
"""The console looks whether its port is free."""
ASKS = (
    "fetch(",
    "XMLHttpRequest",
    "sendBeacon",
    "WebSocket",
    "EventSource",
    "importScripts",
    "import(",
    "serviceWorker",
)


def imported(path: Path) -> set[str]:
    """Return every module a file imports, by its whole name."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{one.name}" for one in node.names}
    return found


ours = [path for path in files(".py") if name(path).startswith(("commons/", "surveys/", "deliberation/", "app.py"))]


@pytest.mark.parametrize("path", ours, ids=name)
def test_no_room_knows_how_to_ask_the_network(path: Path) -> None:
    clients = {one for one in imported(path) if one in CLIENTS or one.split(".")[0] in STRANGERS | {"socket", "ssl"}}

    assert clients == LISTENS.get(name(path), set())


def test_what_people_run_brings_no_client_along() -> None:
    """Nor do the libraries: none of those that only ask is among what is installed to serve."""
    pinned = {line.split("==")[0].split("[")[0] for line in (ROOT / "requirements.txt").read_text().splitlines()}

    assert pinned & {one.replace("_", "-") for one in STRANGERS} == set()
    assert sys.modules.keys() & STRANGERS == set()


@pytest.mark.parametrize("path", [path for path in files(".js") if "vendor" not in name(path)], ids=name)
def test_no_script_asks_anything(path: Path) -> None:
    assert [word for word in ASKS if word in path.read_text()] == []


class LeftTheHouse(AssertionError):
    """Something tried to reach another machine."""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Cut every line to another machine, and note who tried: a name looked up is a line too."""
    tried: list[object] = []

    def cut(real: Callable[..., object]) -> Callable[..., object]:
        def guarded(*given: object) -> object:
            where = given[0] if isinstance(given[0], str) else given[-1]
            host = where[0] if isinstance(where, tuple) else where
            if not str(host).startswith(("127.", "/", "localhost")):
                tried.append(where)
                raise LeftTheHouse(where)
            return real(*given)

        return guarded

    for owner, names in (
        (socket.socket, ("connect", "connect_ex", "sendto")),
        (socket, ("getaddrinfo", "gethostbyname")),
    ):
        for one in names:
            monkeypatch.setattr(owner, one, cut(getattr(owner, one)))
    return tried


def test_a_whole_life_reaches_no_other_machine(alone: list[object], stage: Stage) -> None:
    """From the founding to the published words."""
    journey(Machine(stage))

    assert alone == []


def test_no_page_and_no_form_reaches_another_machine(alone: list[object], house: Standing) -> None:
    one, member = house.facilitator(), house.member()
    given = {"form_token": token(one), "words-en": "water", "text-en": "water"}

    for rule, path in house.addresses():
        for visitor in (member, one):
            for verb in {"GET", "POST"} & (rule.methods or set()):
                visitor.client.open(path, method=verb, data=given if verb == "POST" else None).close()

    assert alone == []


@pytest.mark.parametrize("address", ["http://192.0.2.1/", "http://elsewhere.example/"])
def test_a_house_that_did_would_be_caught(alone: list[object], address: str) -> None:
    with pytest.raises(LeftTheHouse):
        urlopen(address, timeout=1)  # noqa: S310  # it must not get anywhere

    assert len(alone) == 1
