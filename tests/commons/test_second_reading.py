"""Two verifiers that share no code agree on every log, whole or harmed, and on what continues what."""

import json
import runpy
from collections.abc import Callable, Mapping
from copy import deepcopy
from unicodedata import normalize

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from commons import log
from commons.settings import HOUSE
from tests.commons import second
from tests.commons.test_quorum import founded

OURS = runpy.run_path(str(HOUSE / "static" / "verify_log.py"))
Lines = list[dict[str, object]]
PLACE = "ab" * 16
SAID: tuple[Mapping[str, object], ...] = (
    {"k": 3, "slots": {"1": "aa", "10": "bb", "2": "cc"}},
    {"où": "là\u0301", "empty": [], "nested": {"z": None, "a": [True, False, 0, -7, 2**70]}},
    {"line": 'a "quoted"\n\tword \\ \u2028 \x7f \x01 🌳', "e\u0301": 1, "f": 2, "zebra": 3},
    {"half": 0.5, "big": 1e22},
    {},
)


def built(said: tuple[Mapping[str, object], ...] = SAID, place: str = PLACE) -> Lines:
    """A log as the house exports it, hashed by the house."""
    lines: Lines = []
    previous = bytes(32)
    for seq, payload in enumerate(said):
        line = {"assembly": place, "day": "2026-03-01", "kind": "tested", "payload": payload, "seq": seq}
        digest = log.chained(previous, line)
        lines.append({**line, "hash": digest.hex(), "previous": previous.hex()})
        previous = digest
    return lines


def text(lines: object) -> str:
    return json.dumps(lines, ensure_ascii=False)


def ours(said: str) -> str | None:
    """The head our verifier finds, or nothing."""
    try:
        return str(OURS["check"](json.loads(said, object_pairs_hook=OURS["once"])).hex())
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def theirs(said: str) -> str | None:
    try:
        return second.head(said)
    except second.Broken:
        return None


def test_both_find_the_head_of_a_real_log(either: Flask) -> None:
    place = founded("two")
    for payload in SAID:
        log.append(place, "tested", payload)
    exported = log.exported(place)

    assert ours(exported) == theirs(exported) == log.head(place)


def flipped(lines: Lines) -> None:
    lines[2]["payload"] = {**dict(SAID[2]), "f": 3}


def renamed(lines: Lines) -> None:
    lines[1]["kind"] = "Tested"


def dropped(lines: Lines) -> None:
    del lines[1]


def without_the_first(lines: Lines) -> None:
    del lines[0]


def reordered(lines: Lines) -> None:
    lines[1], lines[2] = lines[2], lines[1]


def inserted(lines: Lines) -> None:
    lines.insert(2, deepcopy(lines[2]))


def renumbered(lines: Lines) -> None:
    del lines[2]
    for seq, line in enumerate(lines):
        line["seq"] = seq


def grafted(lines: Lines) -> None:
    lines[2:] = built(SAID, "cd" * 16)[2:]


def smuggled(lines: Lines) -> None:
    lines[1]["note"] = "no hash covers this"


def loosely_numbered(lines: Lines) -> None:
    lines[1]["seq"] = 1.0


def truly_numbered(lines: Lines) -> None:
    lines[1]["seq"] = True


def rounded(lines: Lines) -> None:
    lines[0]["payload"] = {**dict(SAID[0]), "k": 3.0}


def half_hashed(lines: Lines) -> None:
    lines[3]["hash"] = str(lines[3]["hash"])[:-2]


def shouted(lines: Lines) -> None:
    lines[4]["hash"] = str(lines[4]["hash"]).upper()


HARMS = [
    flipped, renamed, dropped, without_the_first, reordered, inserted, renumbered, grafted, smuggled, loosely_numbered,
    truly_numbered, rounded, half_hashed, shouted,
]  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_both_notice_every_harm(harm: Callable[[Lines], None]) -> None:
    lines = built()
    assert ours(text(lines)) == theirs(text(lines)) == lines[-1]["hash"]

    harm(lines)

    assert (ours(text(lines)), theirs(text(lines))) == (None, None)


@given(st.data())
def test_no_character_of_a_log_can_be_changed_unnoticed(data: st.DataObject) -> None:
    """One character changed gives no log, or the very same log written otherwise."""
    lines = built()
    whole = text(lines)
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from('0123456789abcdef"{}[],:. \\xné'))
    harmed = whole[:at] + other + whole[at + 1 :]

    found = ours(harmed)

    assert found == theirs(harmed)
    assert found is None or second.written(json.loads(harmed)) == second.written(lines)


def test_the_same_log_written_otherwise_is_the_same_log() -> None:
    lines = built()
    ways = {
        "spaced": json.dumps(lines, indent=3, ensure_ascii=False),
        "escaped": json.dumps(lines, ensure_ascii=True),
        "backwards": json.dumps([dict(reversed(line.items())) for line in lines]),
        "decomposed": normalize("NFD", text(lines)),
        "composed": normalize("NFC", text(lines)),
    }

    assert {name: (ours(way), theirs(way)) for name, way in ways.items()} == dict.fromkeys(
        ways, (lines[-1]["hash"], lines[-1]["hash"])
    )


def test_a_name_that_stands_twice_is_refused() -> None:
    twice = text(built()).replace('"kind": "tested"', '"kind": "forged", "kind": "tested"', 1)
    no_number = text(built()).replace("0.5", "NaN", 1)

    for said in (twice, no_number, "{}", '["x"]', "[[]]", "nonsense", "[" * 100_000):
        assert (ours(said), theirs(said)) == (None, None), said[:40]


def test_a_log_cut_short_is_whole_but_is_not_what_was_there_before() -> None:
    lines = built()
    short, whole = text(lines[:3]), text(lines)

    assert ours(short) == theirs(short) == lines[2]["hash"]
    assert second.continues(short, whole)
    assert not second.continues(whole, short)


def test_a_fork_is_whole_but_continues_nothing_after_the_fork() -> None:
    fork = built((*SAID[:3], {"half": 0.25}, {}))

    assert ours(text(fork)) == theirs(text(fork)) is not None
    assert second.continues(text(built(SAID[:3])), text(fork))
    assert not second.continues(text(built()), text(fork))
