"""The official outcome of a budget is compared with what the file’s own rule gives."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from tests.deliberation.open_files import META, VOTES, counted, data, saved


@pytest.mark.parametrize(
    ("told", "selected", "own", "said"),
    [
        ("rule;greedy-no-skip", "100", True, "That is what that rule gives here."),
        ("rule;greedy-threshold\nmin_project_score_threshold;2", "100", True, "That is what that rule gives here."),
        ("rule;greedy\nmin_project_score_threshold;2", "101", False, "  + Path; north"),
        ("rule;greedy-no-skip", "102", True, "By a decision beside the vote: Path; north."),
        ("rule;equalshares", "100", True, "That is what that rule gives here."),
        ("rule;equalshares/add1", "101", True, "That is what that rule gives here."),
        ("rule;equalshares/add1-comparison", "010", False, "  - Well (bought by that rule, not selected)"),
        ("rule;equalshares-comparison", "101", True, "That is what that rule gives here."),
        ("rule;equalshares/of-our-own", "101", None, "cannot be applied from the file alone"),
        ("rule;greedy", ("1.0", "0.0", "1,0"), True, "Officially 2 projects were selected (rule: greedy)."),
        ("rule;greedy", "103", True, "By a decision beside the vote: Path; north."),
        ("rule;greedy-exclusive", "100", None, "projects that exclude one another; the file does not tell which."),
        ("rule;greedy-custom", "100", None, "cannot be applied from the file alone"),
        ("rule;unknown\nbudget_per_category;x\ncomment;#1: late", "101", None, "The file says: #1: late"),
    ],
)
def test_the_official_outcome_is_compared_with_the_rule_of_the_file(
    app: Flask, tmp_path: Path, told: str, *, selected: Sequence[str], own: bool | None, said: str
) -> None:
    projects = "PROJECTS\nproject_id;cost;votes;name;selected\n"
    for at, (line, mark) in enumerate(zip(("5;3;Well", "6;2;School", '4;1;"Path; north"'), selected, strict=True)):
        projects += f"{at + 1};{line};{mark}\n"
    path = saved(tmp_path, "one.pb", META.replace("rule;greedy", told) + projects + VOTES)

    found = data(app, path, "approval")["official"]

    assert found["own_rule"] is own  # type: ignore[index]  # data out of JSON
    assert said in counted(app, path, "--rule", "approval").output


TOWN = "project_id;cost;votes;name;neighborhood;category;selected\n"
NORTH = "neighborhoods;North,South\nbudget_per_neighborhood;"


@pytest.mark.parametrize(
    ("told", "own", "said"),
    [
        (NORTH + "5,10", True, "neighborhood: the official outcome is compared with them"),
        (NORTH + "10,10", False, "  - School (bought by votes, not selected)"),
        (NORTH + "5", False, "as META does not name as many neighborhoods as sums."),
        (NORTH + "5,x", False, "as META does not name as many neighborhoods as sums."),
        ("neighborhoods;North,North\nbudget_per_neighborhood;5,5", False, "does not name as many"),
        ("budget_per_category;5", False, "as META does not name as many categories as sums."),
        ("categories;water,green\nbudget_per_category;9,1", True, "category: the official outcome is compared with"),
        (
            "categories;green,art\nbudget_per_category;9,1",
            False,
            "projects name none or several of the categories: Water",
        ),
    ],
)
def test_budgets_for_parts_bind_the_official_rule(
    app: Flask, tmp_path: Path, told: str, *, own: bool, said: str
) -> None:
    projects = "PROJECTS\n" + TOWN + "1;5;3;Well;NORTH;Water;1\n2;3;2;School;North;Green;0\n3;2;1;Path;;;1\n"
    path = saved(tmp_path, "one.pb", META.replace("rule;greedy", f"rule;greedy\n{told}") + projects + VOTES)

    found = data(app, path, "approval")["official"]

    assert found["own_rule"] is own  # type: ignore[index]  # data out of JSON
    assert said in counted(app, path, "--rule", "approval").output


def test_what_was_withdrawn_stops_nobody(app: Flask, tmp_path: Path) -> None:
    projects = "PROJECTS\nproject_id;cost;votes;name;selected\n1;999999999;3;Well;0\n2;6;2;School;1\n3;4;1;Path;1\n"
    path = saved(tmp_path, "one.pb", META.replace("rule;greedy", "rule;greedy-no-skip") + projects + VOTES)

    assert data(app, path, "approval")["official"]["own_rule"] is True  # type: ignore[index]  # data out of JSON
    assert (
        "Withdrawn after the vote, by their cost of 999999999: Well." in counted(app, path, "--rule", "approval").output
    )


def test_adding_up_for_too_long_is_said(app: Flask, tmp_path: Path) -> None:
    projects = "PROJECTS\nproject_id;cost;votes;name;selected\n1;99999;3;Well;0\n2;6;2;School;1\n3;4;1;Path;0\n"
    path = saved(tmp_path, "one.pb", META.replace("rule;greedy", "rule;equalshares/add1") + projects + VOTES)

    said = counted(app, path, "--rule", "approval").output

    assert "takes too many steps here to compare. Here is how the order of votes differs." in said


def test_counts_are_compared_where_nothing_official_is_told(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "one.pb", META + "PROJECTS\nproject_id;cost;votes\n1;5;3\n2;6;2\n3;4;7\n" + VOTES)

    assert (
        "The file’s own counts differ from its ballots for 1 of 3: 3."
        in counted(app, path, "--rule", "approval").output
    )
