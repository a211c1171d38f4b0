"""Real conversations of 204 and 1,921 people, one of them in Chinese: a person can read what came out, on the pages."""

import json
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from commons import assembly as assemblies
from commons import log
from commons.settings import HOUSE
from tests.deliberation.exported import STATEMENTS, export
from tests.visitor import Page, Visitor

POLIS = HOUSE.parent / "shared" / "data" / "polis"
BREXIT, UBER = POLIS / "brexit-consensus", POLIS / "vtaiwan.uberx"
PEOPLE = {BREXIT: 204, UBER: 1921}
Told = dict[str, Any]
MINUTES, WEEK = 5, timedelta(days=7)

pytestmark = pytest.mark.slow
real = pytest.mark.skipif(
    not BREXIT.is_dir() or not UBER.is_dir(), reason="the exports of real conversations are not here"
)


def lived(app: Flask, folder: Path, out: Path) -> Told:
    """Replay a conversation with the groups Polis published as voices; return all that came out."""
    began = time.monotonic()
    words = ["deliberation", "replay", str(folder), "--here", "--voices", "group-id", "--json", str(out)]
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    assert time.monotonic() - began < MINUTES * 60
    assert f"Handing in: {PEOPLE[folder]} of {PEOPLE[folder]}" in done.output
    told: Told = json.loads(out.read_text("utf-8"))
    return told


def pages(app: Flask, tag: str = "en") -> dict[str, Page]:
    """Open what members read of it: results, board, plan and its sheet, proposals, and minutes."""
    with app.app_context():
        place = assemblies.listed()[0]
        since = log.entries(place)[0].day
        visitor = Visitor(app, tag).reads(place)
    paths = {
        "results": "results/round-1",
        "board": "board",
        "plan": "plan",
        "sheet": "plan/sheet",
        "proposals": "proposals",
        "minutes": f"log/minutes?since={since}&until={since + WEEK}",
    }
    return {name: visitor.visit(f"/{tag}/{place.slug}/{path}") for name, path in paths.items()}


def recounted(app: Flask, folder: Path, out: Path) -> dict[str, str]:
    """Return the outcome of each statement as the plain count of the same folder gives it."""
    words = ["deliberation", "recount", str(folder), "--rule", "rounds", "--way", "R3"]
    done = app.test_cli_runner().invoke(args=[*words, "--invited", str(PEOPLE[folder]), "--json", str(out)])
    assert done.exit_code == 0, done.output
    return {one["item"]: one["stages"][0]["outcome"] for one in json.loads(out.read_text("utf-8"))["statements"]}


def section(page: Page, name: str) -> str:
    """Return the words of one part of a page, with plain spaces."""
    found = next(one for one in page.tree.iter() if one.get("id") == name)
    return " ".join(" ".join(found.itertext()).split())


def check(app: Flask, told: Told, seen: dict[str, Page], folder: Path, out: Path) -> None:
    """Hold every page against what came out, and that against the plain count."""
    outcomes = {one["comment"]: one["outcome"] for one in told["statements"]}
    plain = recounted(app, folder, out)
    assert outcomes == {one: plain[one] for one in outcomes}
    assert len(set(outcomes.values())) > 2, "the pages must have several outcomes to tell"
    decided = section(seen["minutes"], "ratified")
    assert str(told["topic"]) in seen["minutes"].text
    for one in told["statements"]:
        assert one["text"].rstrip(". ") in decided
        in_plan = one["outcome"].startswith("adopted")
        assert (one["text"] in seen["plan"].text, one["text"] in seen["sheet"].text) == (in_plan, in_plan)
        assert one["text"] in seen["proposals"].text
    assert str(told["topic"]) in seen["plan"].text
    assert str(told["topic"]) in seen["sheet"].text
    counts = Counter(outcomes.values())
    assert all(f"({number})" in decided for number in counts.values())


@real
def test_204_people_are_read_with_both_their_groups(empty: Flask, tmp_path: Path) -> None:
    told = lived(empty, BREXIT, tmp_path / "out.json")
    seen = pages(empty)

    check(empty, told, seen, BREXIT, tmp_path / "plain.json")
    assert (len(told["statements"]), told["left_out"]) == (32, 18)
    assert "Can there be consensus on Brexit?" in seen["results"].text
    assert "Not adopted (6)" in section(seen["minutes"], "ratified")
    assert "The assembly ratified 32 rounds" in seen["minutes"].text


@real
def test_1921_people_are_read_in_chinese_on_pages_in_french(empty: Flask, tmp_path: Path) -> None:
    told = lived(empty, UBER, tmp_path / "out.json")
    seen = pages(empty, "fr")

    check(empty, told, seen, UBER, tmp_path / "plain.json")
    chinese = [one for one in seen["results"].tree.iter() if one.get("lang") == "zh"]
    assert "我覺得 Uber 應該向營業地的政府納稅。" in {"".join(one.itertext()) for one in chinese}
    assert seen["results"].tree.get("lang") == "fr"
    assert len(chinese) >= 35
    assert "L’assemblée a ratifié 35 tours" in seen["minutes"].text
    assert f"L’urne de « {told['topic']} » a été ouverte et comptée." in plain(seen["minutes"])


def test_many_texts_are_read_by_what_came_of_them(empty: Flask, tmp_path: Path) -> None:
    texts = (*STATEMENTS, "Dig a well", "Mend the road", "Plant trees")
    folder = export(tmp_path / "many", [("", ("1",) * 3 + ("-1",) + ("1",) * 4)] * 9, texts)
    words = ["deliberation", "replay", str(folder), "--here"]

    done = empty.test_cli_runner().invoke(args=words)
    seen = pages(empty)

    assert done.exit_code == 0, done.output
    decided = section(seen["minutes"], "ratified")
    assert decided.startswith("What the assembly decided Adopted (7) Plant maize Plant beans")
    assert decided.endswith("Not adopted (1) Rent the field")
    assert "What do we plant?" in seen["minutes"].text
    assert "The assembly ratified 8 rounds: adopted (7), not adopted (1). entry 7–14" in plain(seen["minutes"])
    assert "What do we plant?" in seen["plan"].text
    assert [one in plain(seen["plan"]) for one in texts] == [True] * 3 + [False] + [True] * 4
    assert "Adopted: 7 decisions." in seen["plan"].text
    assert plain(seen["plan"]).count("all of us") == 1
    assert "All of it is carried by the same group: all of us." in seen["plan"].text
    for name, first in (
        ("board", "Adopted (7) Plant maize"),
        ("proposals", "Adopted (7)"),
        ("results", "Adopted (7)"),
    ):
        assert first in plain(seen[name]), name
        assert "Not adopted (1)" in plain(seen[name]), name


def plain(page: Page) -> str:
    """Return the words of a page with plain spaces."""
    return " ".join(page.text.split())
