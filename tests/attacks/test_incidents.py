"""What went wrong in other houses, one test each. The references are to their public reports."""

import re
import socket
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from werkzeug.routing import Rule

from commons.clock import Clock
from surveys.domain.sealing import new_box, seal
from tests.attacks.circle import choose, round_on
from tests.attacks.stage import TOKEN, Stage, crawl, drawn, founded, resumed
from tests.attacks.test_joins import Rows, rows

pytestmark = pytest.mark.slow

LOGGED = {"assembly", "day", "hash", "kind", "payload", "previous", "seq"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


def faces(stage: Stage, *wanted: str) -> Iterator[tuple[Rule, str]]:
    """Every route of these faces."""
    for rule in stage.app.url_map.iter_rules():
        face = getattr(stage.app.view_functions[rule.endpoint], "face", "")
        if face in wanted:
            yield rule, face


def address(stage: Stage, rule: Rule, **known: str) -> str:
    """Return an address of a route; names that are not known are made up."""
    given = {"tag": "en", "assembly": stage.slug, **known}
    return rule.rule.translate({ord("<"): "{", ord(">"): "}"}).format_map(
        {name: given.get(name, "none") for name in rule.arguments}
    )


def at_work(app: Flask, time: Clock) -> Stage:
    """A stage with an open round, its proposal, and an act that waits."""
    stage = drawn(app, time, 12)
    survey, _ = round_on(stage)
    stage.propose(survey, "Propose to end it")
    return stage


@pytest.fixture
def busy(empty: Flask, start: Clock) -> tuple[Stage, dict[str, str]]:
    """A stage at work, and the names of what is there."""
    stage = resumed(empty, start, "at work", at_work)
    act = re.findall(r"/circle/acts/([0-9a-f]{64})", stage.facilitator().client.get(stage.path("circle/")).text)[0]
    names = {"survey": "round-1", "slug": "proposal-1", "act_id": act, "act": "close", "instrument": "practice"}
    return stage, names


def kept(stage: Stage) -> Rows:
    """Everything kept, but for who sits."""
    return {table: found for table, found in rows(stage).items() if table != "session"}


def test_no_page_nor_export_opens_without_the_reading_word(busy: tuple[Stage, dict[str, str]]) -> None:
    """Decidim CVE-2026-40870: an API gave private comments to anybody."""
    stage, known = busy
    neutral = stage.app.test_client().get("/en/nowhere/").data

    for rule, _ in faces(stage, "member", "facilitator"):
        for method in {"GET", "POST"} & (rule.methods or set()):
            answer = stage.app.test_client().open(address(stage, rule, **known), method=method)
            assert (answer.status_code, answer.data) == (200, neutral), rule


def test_no_page_of_the_circle_opens_to_a_member(busy: tuple[Stage, dict[str, str]]) -> None:
    """SecureDrop PR 974: one page lacked its decorator."""
    stage, known = busy
    before = kept(stage)

    for rule, _ in faces(stage, "facilitator"):
        for method in {"GET", "POST"} & (rule.methods or set()):
            answer = stage.phone.open(address(stage, rule, **known), method=method)
            assert answer.status_code == 303, rule
            assert answer.headers["Location"].endswith("/circle/sign-in"), rule
    assert kept(stage) == before


def test_a_sitting_in_one_place_opens_nothing_in_another(busy: tuple[Stage, dict[str, str]]) -> None:
    """Decidim CVE-2026-40869: whoever was signed in could accept what belonged to others."""
    stage, known = busy
    other = founded(stage.app, stage.time, slug="other")
    seat = other.facilitator().client
    token = TOKEN.findall(seat.get(other.path("circle/cards")).text)[0]
    before, neutral = kept(stage), stage.app.test_client().get("/en/nowhere/").data

    for rule, _ in faces(stage, "facilitator"):
        for method in {"GET", "POST"} & (rule.methods or set()):
            there = seat.open(address(stage, rule, **known), method=method, data={"form_token": token})
            assert there.data == neutral, rule
            if {"survey", "slug", "act_id"} & set(rule.arguments):  # what is the other's, under one's own address
                here = seat.open(address(other, rule, **known), method=method, data={"form_token": token})
                assert here.status_code in {200, 303, 404}, rule
                assert "Walk together" not in here.text, "what the other place proposes"
    assert kept(stage) == before


def test_no_form_is_taken_without_its_token(busy: tuple[Stage, dict[str, str]]) -> None:
    """Decidim GHSA-f3qm-vfc3-jg6v: a preview took forms from elsewhere. What is kept is compared, not the answer."""
    stage, known = busy
    seat, before = stage.facilitator().client, kept(stage)

    for rule, _ in faces(stage, "facilitator"):
        if "POST" in (rule.methods or set()):
            for given in ({}, {"form_token": "0" * 64}):
                answer = seat.post(address(stage, rule, **known), data={**given, "passphrase": stage.papers[0]})
                assert answer.status_code == 400, rule
    assert kept(stage) == before


def test_reading_never_writes(busy: tuple[Stage, dict[str, str]]) -> None:
    stage, known = busy
    seat, before = stage.facilitator().client, kept(stage)

    for rule, _ in faces(stage, "member", "facilitator", "public"):
        if "GET" in (rule.methods or set()):
            for client in (seat, stage.phone):
                assert client.get(address(stage, rule, **known)).status_code < 500, rule
    assert kept(stage) == before


def test_what_people_name_is_never_a_part_of_a_page(stage: Stage) -> None:
    """Decidim CVE-2026-23891 and LimeSurvey PR 5331: what somebody typed ran in the pages of others."""
    place = founded(stage.app, stage.time, slug="hostile", title=HOSTILE)
    place.draw(12)
    choose(place, (HOSTILE, "Hill"))
    seat = place.facilitator()
    threat = {"words-en": HOSTILE, "signs-en": HOSTILE, "action": "keep"}
    seat.send(seat.visit(place.path("circle/threats")), threat, "own")
    told = {f"{name}-en": HOSTILE for name in ("text", "facts", "protects", "effort", "endangers")}
    page = seat.send(seat.visit(place.path("circle/proposals/new")), told, "writing")
    seat.submit(page, "Explain it")
    place.open()

    pages = {**crawl(place.phone, place.path()), **crawl(place.facilitator().client, place.path("circle/"))}

    html = [one.text for one in pages.values() if one.mimetype == "text/html"]
    assert sum(HOSTILE in unescape(one) for one in html) > 20, "it stands on many pages"
    assert [
        one for one in html if "<script>alert" in one or "<img src=x" in one or ("{{7" not in one and one == "49")
    ] == []


def test_who_may_answer_hangs_on_no_cookie(stage: Stage) -> None:
    """Decidim #7438: an anonymous survey took as many answers as there were browsers."""
    survey = stage.open()
    stage.answer(survey, [{"X1": "1"}])

    elsewhere = stage.member("fr").client
    again = elsewhere.post(
        stage.path(f"answer/{survey}"), data={"card": stage.cards[0].code, "consent": "yes", "step": "send"}
    )
    second = stage.hurry(stage.cards[1], survey, {"X1": "2"})

    assert (again.status_code, second.status_code) == (200, 303)
    assert len(rows(stage, {"ballot"})["ballot"]) == 1 + 1


def test_ten_thousand_equal_answers_are_sealed_in_ten_thousand_ways() -> None:
    """LimeSurvey PR 4459: a nonce was used again."""
    box, plain = new_box(), bytes(40)

    sealed = [seal(plain, box.public) for _ in range(10_000)]

    assert len({one[:32] for one in sealed}) == len({one[32:48] for one in sealed}) == 10_000


def test_a_page_with_a_secret_is_never_compressed(busy: tuple[Stage, dict[str, str]]) -> None:
    """Kobo kpi #1118: compression told a token apart, guess by guess (BREACH)."""
    stage, known = busy
    card = stage.cards[0].code
    small = {"Accept-Encoding": "gzip"}

    review = stage.phone.post(
        stage.path(f"answer/{known['survey']}"),
        data={"card": card, "consent": "yes", "step": "review"}, headers=small,
    )  # fmt: skip
    seat = stage.facilitator().client
    ours = [seat.get(one, headers=small) for one in crawl(seat, stage.path("circle/")) if "/circle/" in one]

    assert card in review.text
    assert any(TOKEN.search(one.text) for one in ours)
    assert [one.headers.get("Content-Encoding") for one in (review, *ours)] == [None] * (1 + len(ours))
    assert stage.phone.get(stage.path(f"answer/{known['survey']}"), headers=small).headers["Content-Encoding"] == "gzip"


def test_no_address_on_any_page_lets_a_stranger_in(busy: tuple[Stage, dict[str, str]]) -> None:
    """Loomio PR 12668: a link in a message signed its reader in."""
    stage, _ = busy
    neutral = {tag: stage.app.test_client().get(f"/{tag}/nowhere/").data for tag in ("en", "fr", "es")}

    for one in crawl(stage.facilitator().client, stage.path("circle/")):
        assert stage.app.test_client().get(one).data == neutral[one.split("/")[1]], one


def test_the_house_asks_nobody_outside(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loomio PR 12668: a hook could be made to ask any machine."""
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _socket, where: asked.append(where))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_more: asked.append(where))
    survey = stage.open()

    stage.answer(survey, [{"X2": "5"}] * 7)
    stage.count(survey)
    crawl(stage.facilitator().client, stage.path("circle/"))

    assert asked == []


@pytest.mark.parametrize(
    "place", ["//evil.example", "https:evil.example", "\\\\evil.example", "@evil.example", "%2F%2Fevil"]
)
def test_the_door_leads_nowhere_else(stage: Stage, place: str) -> None:
    """Decidim GHSA-469h-mqg8-535r: a redirect led away."""
    answer = stage.phone.get("/en/go", query_string={"place": place})

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/en/")
    assert "//" not in answer.headers["Location"]
    assert ":" not in answer.headers["Location"]


def test_what_was_opened_cannot_be_changed_by_its_old_address(busy: tuple[Stage, dict[str, str]]) -> None:
    """EUSurvey PR 324 and CryptPad #800: what people had agreed to was changed under them."""
    stage, known = busy
    seat = stage.facilitator().client
    token = TOKEN.findall(seat.get(stage.path(f"circle/surveys/{known['survey']}")).text)[0]
    before = rows(stage, {"survey"})

    discarded = seat.post(stage.path(f"circle/surveys/{known['survey']}/discard"), data={"form_token": token})

    assert discarded.status_code < 500
    assert rows(stage, {"survey"}) == before


def test_the_only_files_to_take_away_say_what_they_must(busy: tuple[Stage, dict[str, str]]) -> None:
    """Helios: an export of voters gave their tracker and the hour beside each other."""
    stage, _ = busy
    files = {one: page for one, page in crawl(stage.phone, stage.path()).items() if page.mimetype != "text/html"}

    named = {one.rsplit("/", 1)[1]: page for one, page in files.items()}
    assert named.keys() == {"log.json", "results.json", "calendar.ics"}
    assert {key for line in named["log.json"].get_json() for key in line} == LOGGED
    assert named["results.json"].get_json() == []
