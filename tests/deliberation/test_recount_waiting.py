"""Whoever waits for a count is told how far it is, and what comes out stays free of it."""

from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from deliberation.cli import waiting
from deliberation.cli.waiting import Waiting
from tests.deliberation.open_files import DINNER, META, PROJECTS, VOTES, counted, saved, talk


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_screen_shows_one_line_that_goes_away() -> None:
    screen, moments = Screen(), iter([0.0, 0.05, 0.15, 0.3])

    done = list(Waiting(3, "places", screen, lambda: next(moments)).through("abc"))

    assert done == ["a", "b", "c"]
    assert screen.getvalue() == "\r2 of 3 places\r3 of 3 places\r\033[K"


def test_a_file_has_a_line_every_few_seconds() -> None:
    file, moments = StringIO(), iter([0.0, 3.0, 5.0, 8.0, 9.5])

    done = list(Waiting(4, "places", file, lambda: next(moments)).through("abcd"))

    assert (len(done), file.getvalue()) == (4, "2 of 4 places\n4 of 4 places\n")


def test_what_is_done_at_once_is_never_told() -> None:
    screen = Screen()

    assert list(Waiting(2, "places", screen, lambda: 0.0).through("ab")) == ["a", "b"]
    assert screen.getvalue() == ""


def test_the_rules_for_lists_tell_their_steps_on_stderr_only(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dinner = saved(tmp_path, "dinner.soi", DINNER + "3: 1,2\n2: 3\n")
    budget = saved(tmp_path, "one.pb", META + PROJECTS + VOTES)
    quiet = [counted(app, dinner, "--rule", "phragmen").stdout, counted(app, budget, "--rule", "equal-shares").stdout]
    monkeypatch.setattr(waiting, "SELDOM", 0.0)

    places = counted(app, dinner, "--rule", "phragmen")
    bought = counted(app, budget, "--rule", "equal-shares")

    assert "1 of 3 places\n2 of 3 places\n" in places.stderr
    assert "1 of 3 items bought\n2 of 3 items bought\n" in bought.stderr
    assert [places.stdout, bought.stdout] == quiet


def test_the_picture_of_groups_tells_who_is_left_out_on_stderr_only(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camps = [("0", (1, 1, -1, -1, 1, -1, 1, -1))] * 60 + [("1", (-1, -1, 1, 1, -1, 1, -1, 1))] * 50
    folder = talk(tmp_path, camps)
    quiet = counted(app, folder, "--rule", "groups").stdout
    monkeypatch.setattr(waiting, "SELDOM", 0.0)

    told = counted(app, folder, "--rule", "groups")

    assert "1 of 20 pictures with one person left out" in told.stderr
    assert told.stdout == quiet
