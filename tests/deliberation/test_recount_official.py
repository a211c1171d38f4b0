"""The official outcome of a budget is compared with what the file’s own rule gives."""

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
        ("rule;equalshares/add1", "101", True, "our own completion"),
        ("rule;greedy-custom", "100", None, "cannot be applied from the file alone"),
        ("rule;unknown\nbudget_per_category;x\ncomment;#1: late", "101", None, "The file says: #1: late"),
    ],
)
def test_the_official_outcome_is_compared_with_the_rule_of_the_file(
    app: Flask, tmp_path: Path, told: str, *, selected: str, own: bool | None, said: str
) -> None:
    projects = "PROJECTS\nproject_id;cost;votes;name;selected\n"
    for at, (line, mark) in enumerate(zip(("5;3;Well", "6;2;School", '4;1;"Path; north"'), selected, strict=True)):
        projects += f"{at + 1};{line};{mark}\n"
    path = saved(tmp_path, "one.pb", META.replace("rule;greedy", told) + projects + VOTES)

    found = data(app, path, "approval")["official"]

    assert found["own_rule"] is own  # type: ignore[index]  # data out of JSON
    assert said in counted(app, path, "--rule", "approval").output
