"""Points and rankings of open files are put in order exactly, with what stands level and what goes in circles."""

from pathlib import Path

import pytest
from flask import Flask

from tests.deliberation.open_files import counted, data, saved

HEAD = "META\nkey;value\ndescription;Points\nbudget;9\nvote_type;cumulative\nrule;greedy\n"
PROJECTS = "PROJECTS\nproject_id;cost;name\n1;5;Well\n2;6;School\n3;4;Path\n"


def points(folder: Path, *ballots: str) -> Path:
    return saved(folder, "one.pb", HEAD + PROJECTS + "VOTES\nvoter_id;vote;points\n" + "\n".join(ballots) + "\n")


def test_points_are_ordered_by_their_lower_median(app: Flask, tmp_path: Path) -> None:
    path = points(tmp_path, "a;1,2;9,1", "b;2,3;2,3", "c;2,3;2,3", "d;1;9")

    found = data(app, path, "points")

    assert found["medians"] == {"1": 0, "2": 1, "3": 0}
    assert found["sums"] == {"1": "18", "2": "5", "3": "6"}
    assert found["tiers"] == [["2"], ["1", "3"]]
    assert "Well (18 in all)" in counted(app, path, "--rule", "points").output


@pytest.mark.parametrize("ballot", ["a;1;2.5", "a;1;9999999999999"])
def test_points_that_are_not_whole_or_too_many_are_not_ordered(app: Flask, tmp_path: Path, ballot: str) -> None:
    said = counted(app, points(tmp_path, ballot), "--rule", "points")

    assert said.exit_code == 1
    assert "This file holds no whole points. Choose phragmen, equal-shares or approval." in said.output


def test_a_file_of_approvals_holds_no_points(app: Flask, tmp_path: Path) -> None:
    path = saved(
        tmp_path, "one.pb", (HEAD + PROJECTS).replace("cumulative", "approval") + "VOTES\nvoter_id;vote\na;1\n"
    )

    assert "holds no whole points" in counted(app, path, "--rule", "points").output


def test_the_weakest_majority_of_a_circle_puts_nothing_below(app: Flask, tmp_path: Path) -> None:
    names = "".join(f"# ALTERNATIVE NAME {one}: {name}\n" for one, name in enumerate(("Rice", "Soup", "Stew"), start=1))
    path = saved(tmp_path, "ring.soc", names + "4: 1,2,3\n3: 2,3,1\n2: 3,1,2\n")

    found = data(app, path, "split-cycle")

    assert found["tiers"] == [["1"], ["2"], ["3"]]
    assert found["circles"] == [["1", "2", "3"]]
