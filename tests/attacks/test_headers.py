"""Every header of every answer, as it really leaves: each route, each verb, each status, through the real server."""

import re
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from waitress.task import ErrorTask  # type: ignore[import-untyped]  # it ships no types

from commons import access, cli
from commons.settings import Settings
from tests.attacks.live import Answer, Live, served
from tests.attacks.standing import VERBS, Standing

pytestmark = pytest.mark.slow

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'none'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "require-trusted-types-for": {"'script'"},
    "trusted-types": {"'none'"},
}
GRAMMAR = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY|SAMEORIGIN",
    "Referrer-Policy": "no-referrer|same-origin|strict-origin",
    "Cross-Origin-Opener-Policy": "same-origin(-allow-popups)?|unsafe-none|noopener-allow-popups",
    "Cross-Origin-Resource-Policy": "same-origin|same-site|cross-origin",
    "Cross-Origin-Embedder-Policy": "require-corp|credentialless|unsafe-none",
    "Permissions-Policy": r"[a-z-]+=\(\)(, [a-z-]+=\(\))*",
    "X-Robots-Tag": "[a-z]+(, [a-z]+)*",
    "Cache-Control": "no-store|public, max-age=[0-9]+, immutable",
}
ALWAYS = {*GRAMMAR, "Content-Security-Policy", "Content-Length", "Date"}
SOMETIMES = {"Content-Type", "Connection", "Vary"}
BY_STATUS: Mapping[int, set[str]] = {405: {"Allow"}, 303: {"Location"}, 308: {"Location"}, 503: {"Retry-After"}}
OUGHT = {200, 303, 308, 400, 404, 405, 413, 500, 503}
"""Every status there is. None is 429: limits answer with the page one is on."""


def parsed(policy: str) -> dict[str, set[str]]:
    """Return a content security policy as its directives, each a set."""
    parts = (part.split() for part in policy.split(";"))
    return {name: set(sources) for name, *sources in parts}


def wrong(verb: str, answer: Answer) -> str:
    """Say what is wrong with the headers of an answer, or nothing."""
    due = (
        ALWAYS
        | BY_STATUS.get(answer.status, set())
        | ({"Allow"} if (verb, answer.status) == ("OPTIONS", 200) else set())
    )
    if not due <= answer.names <= due | SOMETIMES:
        return f"{answer.status}: lacks {due - answer.names}, has {answer.names - due - SOMETIMES}"
    if len(answer.headers) != len(answer.names):
        return "twice the same"
    if parsed(answer.header("Content-Security-Policy")) != POLICY:
        return answer.header("Content-Security-Policy")
    unfit = [name for name, form in GRAMMAR.items() if not re.fullmatch(form, answer.header(name))]
    return f"no such value: {unfit}" if unfit else ""


def cookies(house: Standing) -> dict[str, str]:
    """Return the cookies of a facilitator."""
    word = access._reading_cookie(house.river.assembly)
    return {"Cookie": f"reading-river={word}; sitting={access.sit_down(house.river.assembly, 1)}"}


def test_every_answer_has_exactly_its_headers(house: Standing) -> None:
    mine, addresses = cookies(house), list(house.addresses())
    unknown = "/en/river/no/such/page"

    with served(house.app) as live:
        got = [
            (verb, path, live.ask(verb, path, headers=known))
            for path in (unknown, "/en/river", *(path for _, path in addresses))
            for verb in VERBS
            for known in ({}, mine)
        ]
        got += [("POST", path, live.ask("POST", path, body=b"x=" + b"y" * 70_000)) for _, path in addresses]
        got += [("GET", path, live.ask("GET", path, headers={"Host": "evil.example"})) for _, path in addresses]
        got += [("GET", path, live.ask("GET", path + "?x=%00")) for _, path in addresses]
        got += broken(house, live)

    faults = {(verb, path): said for verb, path, answer in got if (said := wrong(verb, answer))}
    assert faults == {}
    assert {answer.status for _, _, answer in got} == OUGHT


REFUSED_UNSEEN = {
    "a body it could not keep in memory": b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 600000\r\n\r\n1",
    "no request at all": b"what is this\r\n\r\n",
    "a coding nobody knows": b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n",
}


def answered(raw: bytes) -> Answer:
    """Read what came back over a line."""
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    pairs = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines))
    return Answer(int(status.split()[1]), pairs, body)


@pytest.mark.parametrize("what", REFUSED_UNSEEN)
def test_what_the_server_refuses_by_itself_has_the_headers_too(app: Flask, what: str) -> None:
    with served(app) as live:
        answer = answered(live.say(REFUSED_UNSEEN[what]))

    assert answer.status in {400, 413, 501}
    assert wrong("POST", answer) == ""


def test_the_server_as_it_comes_refuses_without_them(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.Channel, "error_task_class", ErrorTask)

    with served(app) as live:
        answer = answered(live.say(REFUSED_UNSEEN["no request at all"]))

    assert wrong("POST", answer).startswith("400: lacks ")


def broken(house: Standing, live: Live) -> list[tuple[str, str, Answer]]:
    """Return what every address answers once each view fails, and once nothing can be kept."""
    got = []
    for fault in (RuntimeError, lambda: OSError(28, "No space left")):
        for name in house.app.view_functions:
            house.app.view_functions[name] = failing(fault)
        asked = [(verb, path) for rule, path in house.addresses() for verb in (rule.methods or set()) - {"OPTIONS"}]
        got += [(verb, path, live.ask(verb, path)) for verb, path in asked]
    return got


def failing(fault: Callable[[], Exception]) -> Callable[..., ResponseReturnValue]:
    def view(**_values: str) -> ResponseReturnValue:
        raise fault()

    return view


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cross-Origin-Embedder-Policy", "same-origin"),
        ("X-Frame-Options", "NONE"),
        ("Content-Security-Policy", "default-src 'none'; script-src 'self'"),
        ("Permissions-Policy", "camera=none"),
    ],
)
def test_a_value_that_no_browser_knows_is_noticed(app: Flask, name: str, value: str) -> None:
    app.after_request_funcs[None].insert(0, lambda response: response.headers.set(name, value) or response)

    with served(app) as live:
        assert wrong("GET", live.ask("GET", "/en/")) != ""


def test_a_file_whose_address_says_its_content_is_kept_and_nothing_else_is(house: Standing) -> None:
    with served(house.app) as live:
        kept = {path: live.ask("GET", path).header("Cache-Control") for path in ("/en/", "/static/palabre.css", "/x")}
        forever = live.ask("GET", "/static/palabre.css?v=1")

    assert set(kept.values()) == {"no-store"}
    assert forever.header("Cache-Control") == "public, max-age=31536000, immutable"
    assert {"ETag", "Last-Modified", "Server", "Set-Cookie"}.isdisjoint(forever.names)


ONION = "palabrexyz.onion"


@pytest.mark.parametrize(
    ("secure", "onion", "host", "expected"),
    [
        (True, ONION, "ours.example", f"http://{ONION}/en/ca%C3%B1a/%E6%9C%A8?a=%E6%9C%A8"),
        (True, "", "ours.example", ""),
        (False, ONION, "ours.example", ""),
        (True, ONION, ONION, ""),
    ],
)
def test_the_onion_is_told_over_https_and_only_when_there_is_one(
    app: Flask,
    secure: bool,  # noqa: FBT001  # a table of cases
    onion: str,
    host: str,
    expected: str,
) -> None:
    settings = Settings(instance=app.extensions["palabre"].settings.instance, secure=secure, onion=onion)
    app.extensions["palabre"] = type(app.extensions["palabre"])(settings, app.extensions["palabre"].key)
    app.config["TRUSTED_HOSTS"] = ["ours.example", ONION]

    with served(app) as live:
        answer = live.ask("GET", "/en/ca%C3%B1a/%E6%9C%A8?a=%E6%9C%A8", headers={"Host": host})

    assert answer.header("Onion-Location") == expected
    assert ("Strict-Transport-Security" in answer.names) == (secure and host != ONION)
