"""A conversation is counted statement by statement, and its groups are shown only where they hold."""

from pathlib import Path

from flask import Flask

from deliberation.interchange import polis
from deliberation.interchange.election import UNSEEN
from tests.deliberation.open_files import COMMENTS, counted, data, saved, talk


def test_the_last_vote_of_a_person_counts_and_odd_lines_are_said(tmp_path: Path) -> None:
    folder = talk(tmp_path, [("0", (1, -1)), ("1", (0, None))])
    with (folder / "votes.csv").open("a") as votes:
        votes.write("9,0,0,-1\n9,7,1,1\n9,0,1,maybe\n")

    found = polis.read(folder)

    assert found.votes.tolist() == [[-1, -1, UNSEEN], [0, UNSEEN, 1]]
    assert [item.words for item in found.items] == ["More light, please", "Less noise", "7"]
    assert (found.title, found.groups) == ("Our street", ("0", "1"))
    assert found.notes == (
        "1 statements have votes and no text: they are called by their number.",
        "Moderators took out 1 statements; their votes are counted here all the same.",
        "1 lines of votes.csv hold no vote of 1, 0 or -1 by a person on a statement: left out.",
    )


def test_a_table_of_votes_by_person_is_enough(tmp_path: Path) -> None:
    saved(tmp_path / "talk", "street-participant-votes.csv", "participant,group-id,0,1\n4,,1,\n2,,-1,0\n")

    found = polis.read(tmp_path / "talk")

    assert found.people == ("2", "4")
    assert found.votes.tolist() == [[-1, 0], [1, UNSEEN]]
    assert found.title == "talk"


def test_a_folder_without_votes_is_refused(app: Flask, tmp_path: Path) -> None:
    saved(tmp_path / "talk", "comments.csv", COMMENTS)
    assert "There is not one vote." in counted(app, tmp_path / "talk", "--rule", "rounds").output

    saved(tmp_path / "talk", "votes.csv", "a,b\n1,2\n")
    assert "line 2: This table needs vote" in counted(app, tmp_path / "talk", "--rule", "rounds").output


def test_each_statement_is_decided_as_a_round_would(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("0", (1, -1))] * 9 + [("0", (1, None))])

    said = counted(app, folder, "--rule", "rounds", "--way", "R2").output
    few = data(app, folder, "rounds", "--invited", "40")

    assert "10 agree, 0 pass, 0 disagree" in said
    assert "state: agreed\n" in said
    assert "state: refused\n" in said
    assert [one["state"] for one in few["statements"]] == ["few", "few"]  # type: ignore[attr-defined]  # data out of JSON


def test_agreements_are_approvals_for_a_list(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("0", (1, -1))] * 5 + [("0", (0, 1))] * 4)

    assert data(app, folder, "phragmen", "--places", "2")["chosen"] == ["0", "1"]


def test_groups_are_hidden_where_they_are_few_and_published_ones_are_counted(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("a", (1, -1))] * 3 + [("b", (1, 1))] * 2 + [("", (-1, -1))])

    found = data(app, folder, "groups")

    assert found["hidden"] == "too_few"
    assert found["consensus_published"] == {"0": "3/5", "1": "3/20"}


def test_groups_that_hold_are_shown_beside_the_published_ones(app: Flask, tmp_path: Path) -> None:
    camps = [("a", (1, -1, 1, -1, 1, -1, 1, -1))] * 60 + [("b", (-1, 1, -1, 1, -1, 1, -1, 1))] * 50
    folder = talk(tmp_path, camps)

    said = counted(app, folder, "--rule", "groups").output
    found = data(app, folder, "groups")

    assert "2 groups of 60, 50 people." in said
    assert "A picture, never a decision" in said
    assert (found["alike"], found["consensus_ours"]) == ("1", found["consensus_published"])


def test_whoever_gives_one_vote_throughout_is_told_of_and_counted(app: Flask, tmp_path: Path) -> None:
    camps = [("a", (1, -1, 1, -1, 1, -1, 1, -1))] * 60 + [("b", (-1, 1, -1, 1, -1, 1, -1, 1))] * 50
    folder = talk(tmp_path, [*camps, *[("", (1,) * 8)] * 20])

    said = counted(app, folder, "--rule", "groups").output
    found = data(app, folder, "groups")

    assert "20 people gave one and the same vote to all of the 7 or more statements they saw." in said
    assert "They are counted like everybody." in said
    assert "Without them: 2 groups." in said
    assert (found["straight"], found["without_straight"]) == (20, "2 groups")


def test_nobody_who_does_so_is_said_too(app: Flask, tmp_path: Path) -> None:
    camps = [("a", (1, -1, 1, -1, 1, -1, 1, -1))] * 60 + [("b", (-1, 1, -1, 1, -1, 1, -1, 1))] * 50
    found = data(app, talk(tmp_path, camps), "groups")

    assert found["straight"] == 0
    assert "without_straight" not in found


def test_what_half_passed_on_is_perhaps_not_clear(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("0", (0, 1))] * 5 + [("0", (1, 0))] * 4 + [("0", (-1, None))])

    said = counted(app, folder, "--rule", "rounds").output

    assert "or more, so perhaps not clear: 0.\n" in said


GROUPED = "comment-id,comment,total-votes,total-agrees,group-a-votes,group-a-agrees,group-b-votes,group-b-agrees\n"


def test_published_groups_are_counted_again_and_compared(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("0", (1, -1))] * 3 + [("1", (1, 1))] * 2)
    saved(folder, "2025-street-comment-groups.csv", GROUPED + "0,x,5,5,3,3,2,2\n1,y,5,2,3,0,2,1\n")
    votes = '{"0": {"votes": {"0": {"A": 3, "D": 0, "S": 3}}}, "1": {"votes": {"0": {"A": 2, "D": 0, "S": 2}}}}'
    saved(folder, "math-pca2.json", f'{{"group-aware-consensus": {{"0": 0.6, "1": 0.5}}, "group-votes": {votes}}}')

    said = counted(app, folder, "--rule", "groups").output
    found = data(app, folder, "groups")["published_files"]

    table, computed = found["2025-street-comment-groups.csv"], found["math-pca2.json"]  # type: ignore[index]  # data out of JSON
    assert (table["consensus"], table["counts_differ"]) == ({"0": "3/5", "1": "1/10"}, ["1"])
    assert table["consensus_by_our_counts"] == {"0": "3/5", "1": "3/20"}
    assert (computed["counts_differ"], computed["stated"]) == ([], {"0": 0.6, "1": 0.5})
    assert "are not its own for 1 of 2: 1." in said
    assert "Our counts of the published groups’ votes are its own, for all 1 statements." in said
    assert "The consensus it states is not that of its own counts for 1: 1." in said


def test_groups_without_people_or_counts_are_said_to_be_that(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("", (1, -1))])
    saved(folder, "pca2.json", '{"group-aware-consensus": {"0": 0.25}}')
    nobody = counted(app, folder, "--rule", "groups").output
    named = talk(tmp_path, [("0", (1, -1))])

    assert "name no published group for anybody" in nobody
    assert "It tells no counts" in counted(app, named, "--rule", "groups").output


COMPUTED = '{{"group-votes": {{"0": {{"votes": {{"0": {{"A": {}, "S": 3}}}}}}}}}}'


def test_published_groups_that_cannot_be_read_are_refused(app: Flask, tmp_path: Path) -> None:
    folder = talk(tmp_path, [("0", (1, -1))])
    table = saved(folder, "comment-groups.csv", GROUPED + "0,x,5,5,3,4,2,2\n")
    assert "line 2: It needs comment-id" in counted(app, folder, "--rule", "groups").output

    table.unlink()
    endless = '{"group-aware-consensus": {"0": NaN}}'
    for text in ("[]", "{", '{"group-votes": 3}', endless, 100_000 * "[", *map(COMPUTED.format, ("1e999", "4", "-1"))):
        saved(folder, "pca2.json", text)
        assert "not the computation of a Polis" in counted(app, folder, "--rule", "groups").output


def test_a_statement_may_have_a_number_below_nothing(tmp_path: Path) -> None:
    saved(tmp_path / "talk", "participant-votes.csv", "participant,group-id,-1,3,2\n4,0,1,-1,0\n")

    assert [item.name for item in polis.read(tmp_path / "talk").items] == ["-1", "2", "3"]


def test_the_groups_of_a_computation_are_those_of_its_people(app: Flask, tmp_path: Path) -> None:
    saved(tmp_path / "talk", "votes.csv", "comment-id,voter-id,vote\n0,4,1\n0,5,1\n0,7,-1\n0,9,1\n")
    counts = '"group-votes": {"0": {"votes": {"0": {"A": 2, "S": 2}}}, "1": {"votes": {"0": {"A": 0, "S": 1}}}}'
    clusters = '"base-clusters": {"id": [0, 3], "members": [[4, 5], [7]]}, "group-clusters": '
    groups = '[{"id": 0, "members": [0]}, {"id": 1, "members": [3]}]'
    saved(
        tmp_path / "talk", "math-pca2.json", f'{{{counts}, "group-aware-consensus": {{"0": 0.25}}, {clusters}{groups}}}'
    )

    assert polis.read(tmp_path / "talk").groups == ("0", "0", "1", "")
    said = counted(app, tmp_path / "talk", "--rule", "groups").output
    assert "Published groups: 2, of 2, 1 people." in said
    assert "Our counts of the published groups’ votes are its own, for all 1 statements." in said
    assert "The consensus it states is that of its own counts, for all 1 statements." in said


def test_the_last_vote_is_found_by_any_clock(tmp_path: Path) -> None:
    head = "timestamp,comment-id,voter-id,vote\n"
    for early, late in (
        ("9", "10.5"),
        ("2020-07-06T18:09:50+02:00", "2020-07-06T16:30:00Z"),
        ("2020-07-06 18:09:50", "2020-07-07"),
    ):
        saved(tmp_path / "talk", "votes.csv", f"{head}{late},0,4,1\n{early},0,4,-1\n")
        found = polis.read(tmp_path / "talk")
        assert (found.votes.tolist(), len(found.notes)) == ([[1]], 1)


def test_votes_without_a_moment_are_taken_by_their_line(tmp_path: Path) -> None:
    saved(tmp_path / "talk", "votes.csv", "timestamp,comment-id,voter-id,vote\nTue Jul 07 2020,0,4,1\n9,0,4,-1\n")

    found = polis.read(tmp_path / "talk")

    assert found.votes.tolist() == [[-1]]
    assert "Not every vote tells when it was given: of 1 given again, the later line counts." in found.notes
