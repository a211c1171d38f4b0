"""Roles of one meeting by lot: anybody can check the draw, and nothing of it is kept."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from flask import Flask

from commons.db import Base, session
from commons.settings import HOUSE
from deliberation.domain import lots
from tests.deliberation.gathering import Gathering, gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Page, Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
HERE = {"count-river": "7", "count-hill": "5", "size": "4"}
SAID = "3 1 4 1 5 9 2 6 5 3"


def rows() -> dict[str, list[str]]:
    """Every row of every table."""
    return {name: sorted(map(str, session.execute(table.select()))) for name, table in Base.metadata.tables.items()}


def digits(page: Page) -> list[str]:
    return ["".join(one.itertext()) for tag in ("p", "span", "dd") for one in page.all(tag, class_="digits")]


def test_groups_are_drawn_from_a_seal_and_digits_and_can_be_checked(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    before = rows()

    sealed = visitor.send(visitor.visit("/en/river/circle/hall"), HERE, "seal")
    drawn = visitor.send(sealed, {"said": SAID}, "draw")

    order, *groups, seal, said, seed = digits(drawn)
    assert digits(sealed) == [seal[:12]]
    assert lots.seal(bytes.fromhex(seed)) == seal
    assert said == "3141592653"
    expected = lots.order(bytes.fromhex(seed), said, 12)
    assert order == " · ".join(map(str, expected))
    assert groups == [" · ".join(map(str, group)) for group in lots.mixed(expected, [7, 5], 4)]
    session.rollback()
    assert {name: kept for name, kept in rows().items() if name != "session"} == {
        name: kept for name, kept in before.items() if name != "session"
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"count-river": "", "count-hill": "none"}, "Say how many are here"),
        ({"count-river": "999"}, "Say how many are here"),
        ({"size": "1"}, "Small groups have three to twelve people."),
    ],
)
def test_a_hall_that_cannot_be_is_asked_again_and_loses_nothing(
    river: Gathering, sits: Sits, fields: dict[str, str], sentence: str
) -> None:
    visitor = sits(river)

    again = visitor.send(visitor.visit("/en/river/circle/hall"), HERE | fields, "seal")

    assert sentence in again.text
    assert again.all("input", name="size")[0].get("value") == (HERE | fields)["size"]


def test_too_few_digits_are_asked_again_under_the_same_seal(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    sealed = visitor.send(visitor.visit("/en/river/circle/hall"), HERE, "seal")

    again = visitor.send(sealed, {"said": "12"}, "draw")

    assert "Write ten digits at least" in again.text
    assert digits(again) == digits(sealed)


def test_an_assembly_without_voices_counts_everybody_as_one(app: Flask, sits: Sits) -> None:
    page = sits(gathering()).visit("/en/river/circle/hall")

    assert "How many are here: Everybody" in page.text


def test_whoever_was_there_draws_the_lot_again_with_nothing_but_python(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    sealed = visitor.send(visitor.visit("/en/river/circle/hall"), HERE, "seal")
    drawn = visitor.send(sealed, {"said": SAID}, "draw")
    order, *groups, seal, _, seed = digits(drawn)
    told = "".join(drawn.all("code")[0].itertext()).split()

    good, other, short = (check(*told[2:4], one, *told[5:]) for one in (seed, "00" * 32, "x"))
    early = check("hall", seal[:11], *told[4:])

    assert told[:4] == ["python3", "verify_lot.py", "hall", seal[:12]]
    assert (good.returncode, other.returncode, short.returncode, early.returncode) == (0, 1, 1, 1)
    assert f"order  {order.replace(' · ', ' ')}" in good.stdout
    for at, group in enumerate(groups, start=1):
        assert f"group {at}  {group.replace(' · ', ' ')}" in good.stdout
    assert "NOT AS SEALED" in other.stdout


def check(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program members are given, as they would."""
    program = [sys.executable, "-I", str(HOUSE / "static" / "verify_lot.py"), *words]
    return subprocess.run(program, capture_output=True, text=True, check=False)
