"""A conversation tabled as proposals goes through its rounds to what the assembly ratified."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask

from tests.deliberation.exported import export
from tests.journeys.test_replay import MAIZE, replay


def stood(data: Path) -> Mapping[str, tuple[str, str]]:
    """Return where each statement stands after its last round, and that round's outcome."""
    told = json.loads(data.read_text("utf-8"))
    return {one["text"]: (one["stage"], one["outcome"]) for one in told["statements"]}


@pytest.mark.slow
def test_statements_are_tabled_decided_and_ratified(empty: Flask, tmp_path: Path) -> None:
    people = [("0", ("1", "-1", "0", "1", "")), ("0", ("1", "-1", "1", "-1", ""))] * 6 + [
        ("1", ("1", "", "0", "", "1"))
    ]
    folder, out = export(tmp_path / "small", people), tmp_path / "out.json"

    done = replay(empty, folder, "--here", "--json", out)

    assert done.exit_code == 0, done.output
    assert stood(out) == {
        "Plant maize": ("adopted", "adopted"),
        "Plant beans": ("not_adopted", "not_adopted"),
        "Plant neither": ("returned", "returned"),
        "Rent the field": ("no_agreement", "no_agreement"),
    }
    assert "Tabled: what at least 1/3 of those who voted were shown, whatever they said of it." in done.output
    assert "Left out: 1 statements that fewer people were shown." in done.output
    assert "adopted: 1, not adopted: 1, returned to be amended: 1, no agreement: 1." in done.output


@pytest.mark.slow
def test_a_rule_of_two_stages_goes_on_to_the_vote_only_with_what_was_not_settled(empty: Flask, tmp_path: Path) -> None:
    people = [("", ("1", "-1", "", "1", ""))] * 6 + [("", ("1", "-1", "", "-1", ""))] * 3
    folder, out = export(tmp_path / "small", people), tmp_path / "out.json"

    done = replay(empty, folder, "--here", "--rule", "R2", "--json", out)

    assert done.exit_code == 0, done.output
    told = {one["text"]: one["rounds"] for one in json.loads(out.read_text("utf-8"))["statements"]}
    assert told == {
        "Plant maize": [{"outcome": "adopted", "reason": "agreed"}],
        "Plant beans": [{"outcome": "not_adopted", "reason": "refused"}],
        "Rent the field": [
            {"outcome": "returned", "reason": "opposed"},
            {"outcome": "adopted", "reason": "agreed"},
        ],
    }


@pytest.mark.slow
def test_a_second_call_is_only_for_what_too_few_came_to(empty: Flask, tmp_path: Path) -> None:
    folder = export(tmp_path / "small", [("", ("1", "", "", "-1", ""))] * 7 + [("", ("",) * 5)] * 6)
    out = tmp_path / "out.json"

    done = replay(empty, folder, "--here", "--rule", "R5", "--json", out)

    assert done.exit_code == 0, done.output
    told = {
        one["text"]: [each["reason"] for each in one["rounds"]] for one in json.loads(out.read_text())["statements"]
    }
    assert told["Plant maize"] == ["too_few", "agreed"]


def test_what_nobody_was_shown_enough_is_said_before_anything_is_done(empty: Flask, tmp_path: Path) -> None:
    folder = export(tmp_path / "small", [("", ("1", "", "", "", ""))] * 7 + [("", ("", "1", "", "", ""))] * 7)

    done = replay(empty, folder, "--here", "--shown", "0.9")

    assert (done.exit_code, "Founding" in done.output) == (1, False)
    assert "No statement was shown to 9/10 of those who voted: say less with --shown." in done.output


@pytest.mark.parametrize("part", ["half", "1/0", "2"])
def test_a_part_of_everybody_is_written_as_a_fraction(empty: Flask, tmp_path: Path, part: str) -> None:
    folder = export(tmp_path / "small", [("", MAIZE)] * 8)

    done = replay(empty, folder, "--here", "--shown", part)

    assert done.exit_code == 2
    assert f"“{part}” is no part of everybody: write it like 1/3." in done.output
