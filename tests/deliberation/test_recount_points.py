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


def ordinal(folder: Path, votes: str, *, score: str = "") -> Path:
    told = ["cost;name;selected", "5;Well;0", "6;School;1", "4;Path;1"]
    marks = ["project_id", "1", "2", "3"]
    scores = ["score", *score] if score else []
    lines = [
        ";".join([mark, *scores[at : at + 1], line]) for at, (mark, line) in enumerate(zip(marks, told, strict=True))
    ]
    head = HEAD.replace("cumulative", "ordinal").replace("budget;9", "budget;10")
    return saved(folder, "one.pb", head + "PROJECTS\n" + "\n".join(lines) + "\nVOTES\nvoter_id;vote" + votes)


def test_an_order_counts_as_points_where_the_town_counted_them(app: Flask, tmp_path: Path) -> None:
    by_order = ordinal(tmp_path, "\na;2,3,1\nb;2,3,1\nc;1,3\n", score="465")

    said = counted(app, by_order, "--rule", "approval").output

    assert "of three that are ranked the first has 3, then 2, then 1." in said
    assert "The file’s own counts of votes are ours, for all 3 projects." in said
    assert "School (6, cost 6)" in said
    assert "That is what the order of votes buys." in said
    assert data(app, by_order, "schulze")["tiers"] == [["2"], ["3"], ["1"]]


def test_points_beside_an_order_are_those_of_the_file(app: Flask, tmp_path: Path) -> None:
    said = counted(app, ordinal(tmp_path, ";points\na;1,2;9,1\nb;3;5\n", score="915"), "--rule", "approval").output

    assert "Well (9, cost 5)" in said
    assert "The file’s own counts of votes are ours, for all 3 projects." in said


def test_an_order_without_a_score_is_counted_by_its_votes(app: Flask, tmp_path: Path) -> None:
    said = counted(app, ordinal(tmp_path, "\na;1,2\nb;1\n"), "--rule", "approval").output

    assert "Well (2, cost 5)" in said


def test_what_a_ballot_leaves_out_has_the_score_the_file_sets(app: Flask, tmp_path: Path) -> None:
    path = points(tmp_path, "a;1,2;9,1", "b;2;-1", "c;;")
    path.write_text(path.read_text("utf-8").replace("cumulative", "scoring\ndefault_score;2"), "utf-8")

    found = data(app, path, "points")

    assert (found["sums"], found["medians"]) == ({"1": "13", "2": "2", "3": "6"}, {"1": 2, "2": 1, "3": 2})


def test_ballots_that_share_a_name_are_said(app: Flask, tmp_path: Path) -> None:
    said = counted(app, points(tmp_path, "a;1;2", "a;2;2", "b;1;1"), "--rule", "points").output

    assert "1 ballots carry the voter_id of an earlier one: they are counted all the same." in said


def test_the_weakest_majority_of_a_circle_puts_nothing_below(app: Flask, tmp_path: Path) -> None:
    names = "".join(f"# ALTERNATIVE NAME {one}: {name}\n" for one, name in enumerate(("Rice", "Soup", "Stew"), start=1))
    path = saved(tmp_path, "ring.soc", names + "4: 1,2,3\n3: 2,3,1\n2: 3,1,2\n")

    found = data(app, path, "split-cycle")

    assert found["tiers"] == [["1"], ["2"], ["3"]]
    assert found["circles"] == [["1", "2", "3"]]
