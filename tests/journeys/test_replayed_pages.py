"""Real conversations of 204 and 1,921 people, one of them in Chinese: a person can read what came out, on the pages."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from commons import assembly as assemblies
from commons import log
from commons.settings import HOUSE
from surveys import door
from tests.visitor import Page, Visitor

POLIS = HOUSE.parent / "shared" / "data" / "polis"
BREXIT, UBER = POLIS / "brexit-consensus", POLIS / "vtaiwan.uberx"
MINUTES, WEEK = 5, timedelta(days=7)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not BREXIT.is_dir() or not UBER.is_dir(), reason="the exports of real conversations are not here"
    ),
]


def lived(app: Flask, folder: Path) -> str:
    """Replay a conversation with the groups Polis published as voices; return what the console said."""
    began = time.monotonic()
    done = app.test_cli_runner().invoke(args=["deliberation", "replay", str(folder), "--here", "--voices", "group-id"])
    assert done.exit_code == 0, done.output
    assert time.monotonic() - began < MINUTES * 60
    return done.output


def pages(app: Flask, tag: str = "en") -> dict[str, Page]:
    """Open what members read of it: results, board, plan and minutes."""
    with app.app_context():
        place = assemblies.listed()[0]
        since = log.entries(place)[0].day
        slug = door.surveys(place)[0].slug
        visitor = Visitor(app, tag).reads(place)
    paths = {
        "results": f"results/{slug}",
        "board": "board",
        "plan": "plan",
        "minutes": f"log/minutes?since={since}&until={since + WEEK}",
    }
    return {name: visitor.visit(f"/{tag}/{place.slug}/{path}") for name, path in paths.items()}


def test_204_people_are_read_with_both_their_groups(empty: Flask) -> None:
    told = lived(empty, BREXIT)
    seen = pages(empty)

    assert "204 people, 204 ballots, 50 statements." in told
    assert "Handing in: 200 of 204" in told
    assert "204" in seen["results"].text
    assert "Group 0" in seen["results"].text
    assert "The idea of sovereignty is badly defined." in seen["results"].text
    assert "The box of “" in seen["minutes"].text
    assert "was opened and counted." in seen["minutes"].text


def test_1921_people_are_read_in_chinese_on_pages_in_french(empty: Flask) -> None:
    lived(empty, UBER)
    seen = pages(empty, "fr")

    chinese = [one for one in seen["results"].tree.iter() if one.get("lang") == "zh"]
    assert "我覺得 Uber 應該向營業地的政府納稅。" in {"".join(one.itertext()) for one in chinese}
    assert seen["results"].tree.get("lang") == "fr"
    assert len(chinese) >= 197
    assert "1921" in seen["results"].text.replace(" ", "").replace("\u202f", "")
    assert "a été ouverte et comptée." in seen["minutes"].text
