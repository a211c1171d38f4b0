"""An open file is counted by our own rules, however it was saved; what cannot be read is refused in two sentences."""

from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask

from deliberation.cli.recount import LISTS, ORDERS, RANKINGS, READERS, TABLES, TALKS, recount
from deliberation.interchange import pabulib
from deliberation.interchange.election import Unreadable
from deliberation.interchange.lines import LARGEST, delimiter_of, number, rows, text_of
from surveys.domain import ranking
from tests.deliberation.open_files import DINNER, META, PROJECTS, VOTES, counted, data, saved


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("between", [";", "\t"])
def test_a_budget_is_read_however_it_was_saved(tmp_path: Path, encoding: str, end: str, between: str) -> None:
    text = (META + PROJECTS + VOTES).replace("Well", "Fuente de agua año").replace("\n", end)

    found = pabulib.read(saved(tmp_path, "one.pb", text.replace(";", between), encoding))

    assert (found.title, found.budget, found.ballots, found.notes) == ("Our budget", Fraction(10), 4, ())
    assert [item.words for item in found.items] == ["Fuente de agua año", "School", f"Path{between} north"]
    assert [item.selected for item in found.items] == [True, False, True]
    assert found.approvals.tolist() == [[1, 1, 0], [1, 0, 0], [1, 1, 0], [0, 0, 1]]


def test_a_file_with_commas_between_has_its_votes_in_quotes(tmp_path: Path) -> None:
    text = 'META\nkey,value\nbudget,10\nPROJECTS\nproject_id,cost\n1,5\n2,5\nVOTES\nvoter_id,vote\na,"1,2"\nb,2\n'

    assert pabulib.read(saved(tmp_path, "one.pb", text)).approvals.tolist() == [[1, 1], [0, 1]]


def test_what_was_odd_about_a_budget_is_said(tmp_path: Path) -> None:
    found = pabulib.read(saved(tmp_path, "one.pb", META + PROJECTS + VOTES + "e;;1,zz,yy\nf;;\n"))

    assert found.approvals.sum(axis=1).tolist() == [2, 1, 2, 1, 1, 0]
    assert found.notes == (
        "The file says that it holds 4 ballots; it holds 6.",
        "2 votes for 2 projects that are not in PROJECTS were left out.",
    )


@pytest.mark.parametrize(
    ("kind", "approved", "scores"),
    [
        ("ordinal", [1, 1], (1, 1)),
        ("cumulative", [1, 0], (3, 0)),
        ("scoring", [1, 0], (3, 0)),
        ("choose-1", [1, 1], (1, 1)),
    ],
)
def test_points_and_orders_become_approvals_by_a_rule_that_is_said(
    tmp_path: Path, kind: str, approved: list[int], scores: tuple[int, ...]
) -> None:
    text = f"META\nkey;value\nvote_type;{kind}\nPROJECTS\nproject_id;cost\n1;2\n2;2\nVOTES\nid;vote;points\na;1,2;3,0\n"

    found = pabulib.read(saved(tmp_path, "one.pb", text))

    assert found.approvals.tolist() == [approved]
    assert found.scores == scores
    assert found.taken.endswith("counts as approved.")


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("nothing\n", 1, "no section"),
        (META + VOTES, 0, "no projects"),
        (META + PROJECTS, 0, "no VOTES"),
        (META + "PROJECTS\nproject_id;cost\n1;5\n1;6\n" + VOTES, 11, "twice"),
        (META + "PROJECTS\nproject_id;cost\n1;free\n" + VOTES, 10, "no cost above 0"),
        (META + "PROJECTS\nproject_id;cost\n;5\n" + VOTES, 10, "no project_id"),
        (META + "PROJECTS\n" + VOTES, 8, "no projects"),
    ],
)
def test_a_budget_that_cannot_be_read_names_its_line(tmp_path: Path, text: str, line: int, fault: str) -> None:
    path = saved(tmp_path, "one.pb", text)

    with pytest.raises(Unreadable, match=fault) as refused:
        pabulib.read(path)

    assert str(refused.value).startswith(f"{path}, line {line}: " if line else f"{path}: ")


def test_a_budget_without_meta_has_none(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "one.pb", PROJECTS + VOTES)

    assert "Say it with --budget." in counted(app, path, "--rule", "equal-shares").output
    assert data(app, path, "equal-shares", "--budget", "10,00")["budget"] == "10"


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 200,50", "2401/2"), ("1,200.50", "2401/2"), ("1,200", "1200"), ("1.5", "3/2"), ("EUR 12", "12"), ("-1", "-1")],
)
def test_numbers_are_read_as_people_write_them(text: str, value: str) -> None:
    assert number(text) == Fraction(value)


@pytest.mark.parametrize("text", ["", "free", "1-2"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


def test_a_quote_may_run_over_lines_or_never_end() -> None:
    assert list(rows(['1;"two', 'lines"', "", '2;5" pipe', "3;x"], ";")) == [
        (1, ["1", "two lines"]),
        (4, ["2", '5" pipe']),
        (5, ["3", "x"]),
    ]
    assert next(rows(['1;5" pipe', "VOTES", '"'], ";")) == (1, ["1", '5" pipe'])
    assert delimiter_of("a;b,c;d") == ";"


def test_a_file_too_large_or_absent_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.pb"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(Unreadable, match="larger than"):
        text_of(large)
    with pytest.raises(Unreadable, match="cannot be read"):
        text_of(tmp_path / "absent.pb")


def test_votes_spend_the_budget_and_the_official_outcome_is_that(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "one.pb", META + PROJECTS + VOTES)

    said = counted(app, path, "--rule", "approval").output
    found = data(app, path, "approval")

    assert "That is what the order of votes buys." in said
    assert "The file’s own counts of votes are ours, for all 3 projects." in said
    assert found["chosen"] == ["1", "3"]
    assert found["official"] == {
        "selected": ["1", "3"], "by_votes": True, "own_rule": True, "apart": [],
        "added": [], "removed": [], "counts_differ": [],
    }  # fmt: skip


def test_what_a_rule_would_change_is_said(app: Flask, tmp_path: Path) -> None:
    projects = PROJECTS.replace("School;0", "School;1").replace('north";1', 'north";0').replace("1;5;3", "1;5;2")
    path = saved(tmp_path, "one.pb", META + projects + VOTES)

    said = counted(app, path, "--rule", "equal-shares").output

    assert "That is not what the order of votes buys:\n  + School\n  - Path; north (bought by votes" in said
    assert "The rule “equal-shares” would change this:\n  + Path; north\n  - School" in said
    assert "counts differ from its ballots for 1 of 3: Well." in said


def test_equal_shares_tell_the_price_and_who_had_nothing(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "one.pb", META + PROJECTS + VOTES)

    found = data(app, path, "equal-shares")
    alone = data(app, path, "equal-shares", "--leave-rest", "--worth", "one")

    assert found["steps"] == [
        {"item": "1", "people": 3, "waiting": 3, "price": "5/3"},
        {"item": "3", "people": 1, "waiting": 1, "price": None},
    ]
    assert alone["chosen"] == ["1"]


def test_ties_of_votes_are_said(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "one.pb", META + PROJECTS + "VOTES\nvoter_id;vote\na;1,2\nb;1,2\n")

    assert "Equal votes, and not all fit: Well; School." in counted(app, path, "--rule", "approval").output
    placed = counted(app, path, "--rule", "approval", "--places", "1").output
    assert "Equal for the last 1 of the places: Well; School." in placed


def test_phragmen_tells_times_ties_and_the_audit(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "dinner.cat", DINNER + "4: {1,2},3\n2: {3},{1,2}\n1: {},{1,2,3}\n")

    said = counted(app, path, "--rule", "phragmen", "--places", "3").output
    found = data(app, path, "phragmen", "--places", "3")

    assert (
        "bought at time 0.25 by 4 people; all of them had nothing yet\n       Tied for the first 1: Soup; Rice." in said
    )
    assert "of the first 1 to 3 places, every group of people has its part." in said
    assert found["steps"][0] == {"item": "1", "people": 4, "waiting": 4, "time": "1/4"}  # type: ignore[index]  # data out of JSON
    assert found["chosen"] == ["1", "2", "3"]


def test_a_minority_without_its_part_is_said(app: Flask, tmp_path: Path) -> None:
    names = "".join(f"# ALTERNATIVE NAME {at}: {name}\n" for at, name in enumerate("ABCDEF", start=1))
    path = saved(tmp_path, "minority.cat", names + "7: {1,2,3,4},{5,6}\n3: {5,6},{1,2,3,4}\n")

    said = counted(app, path, "--rule", "approval", "--places", "4").output

    assert "of 4 places, 3 people share the wish “E” and have fewer than 1 of their wishes" in said
    assert "3 of 10 people have nothing they wished for among these 4." in said


def test_places_that_nobody_wishes_for_stay_empty(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "dinner.cat", DINNER + "4: {1},{2,3}\n")

    assert "Only 1 places: nobody wishes for what is left." in counted(app, path, "--rule", "phragmen").output


def test_too_many_right_lists_end_the_list(app: Flask, tmp_path: Path) -> None:
    names = "".join(f"# ALTERNATIVE NAME {at}: P{at}\n" for at in range(1, 15))
    path = saved(tmp_path, "ties.cat", f"{names}3: {{{','.join(map(str, range(1, 15)))}}},{{}}\n")

    assert "More than 512 lists are equally right" in counted(app, path, "--rule", "phragmen").output


def test_shares_without_costs_are_places_and_are_audited(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "dinner.cat", DINNER + "4: {1,2},3\n2: {3},{1,2}\n1: {},{1,2,3}\n")

    said = counted(app, path, "--rule", "equal-shares", "--places", "2").output

    assert "each of 7 people holds 2/7 of the budget of 2." in said
    assert "3 choices are equally right; the first is told." in said
    assert "Audit (EJR+)" in said


@pytest.mark.parametrize(
    ("rule", "tiers"),
    [
        ("schulze", [["1"], ["2"], ["3"]]),
        ("ranked-pairs", [["1"], ["2"], ["3"]]),
        ("borda", [["1"], ["2"], ["3"]]),
        ("copeland", [["1", "2", "3"]]),
        ("minimax", [["1"], ["2", "3"]]),
    ],
)
def test_rankings_are_ordered_and_their_circle_is_shown(
    app: Flask, tmp_path: Path, rule: str, tiers: list[list[str]]
) -> None:
    path = saved(tmp_path, "club.soi", DINNER + "3: 1,2,3\n2: 2,3,1\n2: 3,1\n")

    found = data(app, path, rule)

    assert (found["tiers"], found["circles"]) == (tiers, [["1", "2", "3"]])


def test_a_rule_that_does_not_fit_the_file_is_refused(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "dinner.cat", DINNER + "4: {1,2},3\n")

    assert "holds no rankings" in counted(app, path, "--rule", "borda").output
    assert "for a conversation of Polis" in counted(app, path, "--rule", "rounds").output
    assert "is no sum above 0" in counted(app, path, "--rule", "approval", "--budget", "none").output
    assert "There is no folder" in counted(app, path, "--rule", "approval", "--json", tmp_path / "no" / "x").output
    assert "no such file" in counted(app, tmp_path / "absent.pb", "--rule", "approval").output
    assert "ending is not known" in counted(app, saved(tmp_path, "x.txt", ""), "--rule", "approval").output


def test_a_box_without_ballots_shares_nothing(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "one.pb", META + PROJECTS + "VOTES\nvoter_id;vote\n")

    assert "There is not one ballot." in counted(app, path, "--rule", "equal-shares").output


def test_equal_majorities_in_too_many_ways_are_not_settled(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "MANY", 1)
    path = saved(tmp_path, "ring.soc", DINNER + "1: 1,2,3\n1: 2,3,1\n1: 3,1,2\n")

    assert "Choose schulze." in counted(app, path, "--rule", "ranked-pairs").output


@pytest.mark.parametrize("rule", [*LISTS, *RANKINGS])
def test_the_same_file_gives_the_same_bytes(app: Flask, tmp_path: Path, rule: str) -> None:
    path, out = saved(tmp_path, "club.soi", DINNER + "3: 1,2,3\n2: 2,3,1\n2: 3,1\n"), tmp_path / "out.json"
    written = []
    for _ in range(2):
        assert counted(app, path, "--rule", rule, "--json", out).exit_code == 0
        written.append(out.read_bytes())

    assert written[0] == written[1]


def test_the_help_has_examples_and_every_ending(app: Flask) -> None:
    said = counted(app, "--help").output

    assert "Examples:" in said
    assert [ending for ending in READERS if ending not in said] == []


def test_the_page_about_it_tells_every_option_rule_and_ending() -> None:
    page = (Path(__file__).parents[2] / "docs" / "recount.md").read_text("utf-8")
    options = [name for one in recount.params for name in one.opts if name.startswith("--")]

    rules = (*LISTS, *ORDERS, *RANKINGS, *TALKS, "ratings")

    for one in (*options, *(f"`{word}`" for word in (*rules, *READERS, *TABLES))):
        assert one in page
