"""What makes leaders, or watches people, is nowhere: not in a table, not in an address, not on a page."""

import re

import pytest
from flask import Flask

from commons.db import Base
from tests.house.tree import ROOT, files, name

COLUMNS = (
    r"author|owner|admin|leader|creator|user|member_?id|name|nick|avatar|e_?mail|phone|likes?|stars?|upvotes?|"
    r"followers?|views?|hits|activity|last_seen|score|reputation|points|karma|badge|weight|delegat\w+|proxy|agent|ip|"
    r"address|referr?er|device|created(_at)?|updated(_at)?"
)
ADDRESSES = (
    r"leader-?board|ranking|top|author|profile|users?|accounts?|register|login|e-?mail|likes?|upvote|follow|activity|"
    r"stats|statistics|analytics|track\w*|delegate\w*|proxy|reputation|badges?|points|live|stream|events|socket"
)
PAGES = (
    r"leader ?boards?|most active|top contributors?|posted by|written by|proposed by|signed by %|likes?:|upvotes?|"
    r"followers|last seen|is typing|delegate your|reputation|badges?|e-mail address|google-analytics|gtag|matomo|"
    r"plausible|EventSource|WebSocket|http-equiv=\"refresh\"|type=\"email\"|answers so far|votes so far"
)
ASKS_AGAIN = r"setInterval|fetch\(|XMLHttpRequest|sendBeacon|EventSource|WebSocket|localStorage|sessionStorage"


def alone(words: str) -> re.Pattern[str]:
    """Return what finds one of these words standing as a whole."""
    return re.compile(rf"^(?:{words})$", re.IGNORECASE)


def columns() -> set[str]:
    return {f"{table}.{column}" for table, one in Base.metadata.tables.items() for column in one.columns.keys()}  # noqa: SIM118  # a collection of columns


def addresses(app: Flask) -> set[str]:
    return {part for rule in app.url_map.iter_rules() for part in re.split(r"[/.]", rule.rule) if "<" not in part}


def test_no_table_keeps_who_did_what_or_how_much(app: Flask) -> None:
    assert {one for one in columns() if alone(COLUMNS).match(one.partition(".")[2])} == set()


def test_no_address_is_about_people_or_popularity(app: Flask) -> None:
    assert {one for one in addresses(app) if alone(ADDRESSES).match(one)} == set()


@pytest.mark.parametrize("page", files(".html"), ids=name)
def test_no_page_praises_watches_or_counts_people(page: object) -> None:
    text = (ROOT / str(page)).read_text()

    assert re.findall(PAGES, text, re.IGNORECASE) == []


@pytest.mark.parametrize("script", [one for one in files(".js") if "vendor" not in str(one)], ids=name)
def test_no_script_asks_again_or_keeps_anything(script: object) -> None:
    assert re.findall(ASKS_AGAIN, (ROOT / str(script)).read_text()) == []


def test_what_we_look_for_would_be_found(app: Flask) -> None:
    said = "<p>Proposed by Ana, 12 votes so far</p>"

    assert "assembly.slug" in columns()
    assert "circle" in addresses(app)
    assert [bool(alone(COLUMNS).match(one)) for one in ("author", "last_seen", "proposal")] == [True, True, False]
    assert [bool(alone(ADDRESSES).match(one)) for one in ("leaderboard", "board")] == [True, False]
    assert re.findall(PAGES, said, re.IGNORECASE) == ["Proposed by", "votes so far"]
