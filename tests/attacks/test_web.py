"""Forms, hosts, redirects and bodies that no page of ours sends: each is refused, and the data stay as they were."""

import gzip
from collections.abc import Callable, Mapping

import pytest

from commons import access, cli
from commons.security import expand
from tests.attacks.live import served
from tests.attacks.standing import Standing, held, kept, token

PASSPHRASE = "kamo tiru sena lobe dafa"
BIG = 10 * 1024 * 1024
EVIL = "evil.example"


def filled(house: Standing) -> Mapping[str, str]:
    """Return one form that fits as many routes of the circle as one form can."""
    words = {f"{name}-en": f"{name} said" for name in ("words", "text", "caucus-words", "voice1", "voice2")}
    levels = {f"level{level}-en": "We stay together" for level in range(1, 5)}
    said = {"move": "caucus", "slot": "5", "k": "4", "t": "2", "size": "12", "closes": "2026-04-02", "days": "3"}
    more = {"reason": "procedure", "rule": "R1", "priority": "whole", "members": "30", "level": "2"}
    heard = {"heard": house.river.heard(), "verdict": "adopted agreed", "passphrase": PASSPHRASE, "proposals": "x"}
    return {**words, **levels, **said, **more, **heard}


def posts(house: Standing) -> list[str]:
    """Return the address of every form of the circle, derived from the routes."""
    views = house.app.view_functions
    return [
        path
        for rule, path in house.addresses()
        if "POST" in (rule.methods or ()) and getattr(views[rule.endpoint], "face", "") == "facilitator"
    ]


Forged = Callable[[Standing, str], tuple[Mapping[str, str], Mapping[str, str]]]
FORGED: Mapping[str, Forged] = {
    "no token": lambda _house, _mine: ({}, {}),
    "an empty token": lambda _house, _mine: ({"form_token": ""}, {}),
    "the token of another place": lambda house, _mine: ({"form_token": token(house.facilitator(slot=2))}, {}),
    "the token of nobody's cookie": lambda _house, _mine: ({"form_token": expand(b"", "").hex()}, {}),
    "from another site": lambda _house, mine: ({"form_token": mine}, {"Sec-Fetch-Site": "cross-site"}),
    "from a neighbour": lambda _house, mine: ({"form_token": mine}, {"Sec-Fetch-Site": "same-site"}),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_form_changes_nothing_anywhere(house: Standing, how: str) -> None:
    one = house.facilitator()
    given, headers = FORGED[how](house, token(one))
    before = held()

    for path in posts(house):
        answer = one.client.post(path, data={**filled(house), **given}, headers=dict(headers))
        assert answer.status_code == 400, path

    assert len(posts(house)) > 30
    assert held() == before


def test_the_same_forms_do_change_things_when_they_are_ours(house: Standing) -> None:
    """The twin of the forged ones: with the page's own token most of these routes write something."""
    one = house.facilitator()
    given = {**filled(house), "form_token": token(one)}
    before, stands = held(), kept()

    wrote = set()
    for path in posts(house):
        one.client.post(path, data=given, headers={"Sec-Fetch-Site": "same-origin"})
        if held() != before:
            wrote.add(path)
        stands.back()

    assert len(wrote) >= 18, sorted(set(posts(house)) - wrote)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": EVIL},
        {"Host": f"{EVIL}:80"},
        {"Host": f"127.0.0.1.{EVIL}"},
        {"Host": f"127.0.0.1@{EVIL}"},
        {"Host": ""},
        {"Host": "127.0.0.1, evil.example"},
        {"Host": "127.0.0.1/evil.example"},
    ],
)
def test_a_name_that_is_not_ours_gets_no_page(house: Standing, headers: dict[str, str]) -> None:
    with served(house.app) as live:
        answers = [live.ask("GET", path, headers=headers) for path in ("/", "/en/", "/en/river", "/en/river/plan")]

    assert {one.status for one in answers} == {400}
    assert {one.body for one in answers} == {b""}


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded", "X-Original-URL"])
def test_a_name_forwarded_by_nobody_is_not_believed(house: Standing, name: str) -> None:
    value = f"for=1.2.3.4;host={EVIL};proto=https" if name == "Forwarded" else EVIL
    headers = {name: value, "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Prefix": "//evil"}

    with served(house.app) as live:
        for path in ("/", "/en/river", "/en/river/", "/en/go?place=river"):
            told, plain = live.ask("GET", path, headers=headers), live.ask("GET", path)
            assert (told.status, told.body, told.header("Location")) == (
                plain.status,
                plain.body,
                plain.header("Location"),
            )


def test_an_absolute_address_of_another_house_is_answered_as_ours(house: Standing) -> None:
    with served(house.app) as live:
        raw = live.say(f"GET http://{EVIL}/en/river HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        lied = live.say(f"GET http://localhost/en/ HTTP/1.1\r\nHost: {EVIL}\r\nConnection: close\r\n\r\n".encode())

    assert b"Location: http://localhost/en/river/\r\n" in raw or b"Location: /en/river/\r\n" in raw
    assert EVIL.encode() not in raw
    assert lied.startswith(b"HTTP/1.1 400")


AWAY = (
    "//evil",
    "\\\\evil",
    "https:evil",
    "@evil",
    "/\\evil",
    "http://evil",
    "%2f%2fevil",
    "\t//evil",
    ".evil",
    "evil:80",
)


@pytest.mark.parametrize("away", AWAY)
def test_no_redirect_leaves_the_house(house: Standing, away: str) -> None:
    member, one = house.member(), house.facilitator()
    word = access.reading_word(house.river.assembly)
    asked = [
        member.client.get("/en/go", query_string={"place": away}),
        member.client.get(f"/en/{away}"),
        member.client.get(f"/{away}/"),
        member.client.get("/", headers={"Accept-Language": away}),
        member.client.get("/demo", query_string={"next": away}),
        member.client.post(f"/en/river/{away}", data={access.TYPED: word}),
        member.client.post("/en/river/", data={access.TYPED: word, "next": away, "return_url": away}),
        one.client.post("/en/river/circle/sign-out", data={"form_token": token(one), "next": away}),
    ]

    for answer in asked:
        where = answer.headers.get("Location", "/")
        assert where.startswith(("/", "http://localhost/")), where
        assert not where.startswith(("//", "/\\", "http://localhost//")), where


def bodies() -> Mapping[str, tuple[bytes, str, Mapping[str, str]]]:
    """Return what is sent to break a reader: its bytes, what it says it is, and further headers."""
    line, end = "--x\r\n", b"--x--\r\n"
    part = f'{line}Content-Disposition: form-data; name="a"\r\n\r\nb\r\n'.encode()
    small = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    form = "multipart/form-data; boundary=x"
    return {
        "10 MB": (b"card=" + b"1" * BIG, "application/x-www-form-urlencoded", {}),
        "10 MB of a file": (part + b"1" * BIG + end, form, {}),
        "100,000 parts": (part * 100_000 + end, form, {}),
        "1,100 parts": (small * 1_100 + end, form, {}),
        "a packed body": (
            gzip.compress(b"card=" + b"1" * BIG),
            "application/x-www-form-urlencoded",
            {"Content-Encoding": "gzip"},
        ),
        "a packed body, twice": (b"x=1", "application/x-www-form-urlencoded", {"Content-Encoding": "gzip, br"}),
    }


@pytest.mark.parametrize("what", bodies())
def test_a_body_no_page_sends_is_refused_before_it_is_read(house: Standing, what: str) -> None:
    body, kind, headers = bodies()[what]
    one, before = house.facilitator(), held()
    paths = [*posts(house), f"/en/river/answer/{house.named['survey']}", "/en/found", "/en/river/plan"]

    statuses = {
        one.client.post(path, data=body, content_type=kind, headers=dict(headers)).status_code for path in paths
    }

    assert statuses == {400 if "packed" in what else 413}
    assert held() == before


def test_a_form_inside_a_form_is_no_form(house: Standing) -> None:
    inner = b'--y\r\nContent-Disposition: form-data; name="form_token"\r\n\r\nx\r\n--y--\r\n'
    head = b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n'
    one, before = house.facilitator(), held()

    kind = "multipart/form-data; boundary=x"
    for path in posts(house):
        assert one.client.post(path, data=head + inner + b"--x--\r\n", content_type=kind).status_code == 400
    assert held() == before


@pytest.mark.slow
def test_the_server_refuses_what_it_could_not_keep_in_memory_and_goes_on(house: Standing) -> None:
    where = f"/en/river/answer/{house.named['survey']}"
    chunk = b"10000\r\n" + b"1" * 0x10000 + b"\r\n"
    head = b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"

    with served(house.app) as live:
        assert live.ask("POST", where, body=b"1" * (cli.LARGEST_BODY - 1)).status == 413
        assert live.say(head + chunk * 7 + b"0\r\n\r\n").startswith(b"HTTP/1.1 413")
        assert b"413" in told(live.say, head + chunk * 40)
        assert live.ask("GET", "/en/").status == 200


def told(say: Callable[[bytes], bytes], raw: bytes) -> bytes:
    """Say something the other side may stop listening to; that is an answer too."""
    try:
        return say(raw) or b"413"
    except ConnectionError:
        return b"413"


@pytest.mark.slow
def test_a_hundred_lines_that_say_nothing_keep_nobody_waiting(house: Standing) -> None:
    """Slow or silent visitors hold a line each, never one of the threads that answer."""
    import socket  # noqa: PLC0415 - only these lines are so rude

    with served(house.app) as live:
        lines = [socket.create_connection(("127.0.0.1", live.port)) for _ in range(100)]
        for number, line in enumerate(lines):
            line.sendall(
                (b"", b"GET /en/ HTT", b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1")[
                    number % 3
                ]
            )
        answered = [live.ask("GET", "/en/").status for _ in range(10)]
        for line in lines:
            line.close()

    assert answered == [200] * 10
