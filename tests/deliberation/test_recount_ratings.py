"""Ratings of a panel are found among other columns, and come to what the field publishes of them."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from deliberation.cli.rated import item, upper
from deliberation.interchange import ratings
from deliberation.interchange.levels import absent, level_of, scale
from deliberation.interchange.ratings import Wanted, bare, matched
from tests.deliberation.open_files import counted, data, saved
from tests.deliberation.workbooks import Cell, panel, repacked, workbook

FIRST = {1: (9, 8, 7, 9, None), 2: (1, 9, 1, 9, 5), 3: (None,) * 5, 4: (5, 5, 5, 5, 5)}
SECOND = {2: (8, 9, 8, 9, 7), 4: (5, 5, 5, 5, 5)}


def test_two_rounds_are_taken_out_of_workbooks_and_compared(app: Flask, tmp_path: Path) -> None:
    first, second = panel(tmp_path / "one.xlsx", "dft2", FIRST), panel(tmp_path / "two.xlsx", "dft3", SECOND)

    found = data(app, first, "ratings", "--then", str(second))
    said = counted(app, first, "--rule", "ratings", "--then", second).output

    one = found["rounds"][0]  # type: ignore[index]  # data out of JSON
    assert list(one["items"]) == [f"dft2_a_s{at}_type1" for at in FIRST]
    assert one["items"]["dft2_a_s1_type1"]["counts"] == [0, 0, 0, 0, 0, 0, 1, 1, 2]
    assert one["items"]["dft2_a_s1_type1"]["quartiles"] == ["31/4", "17/2", "9"]
    assert [held["verdict"] for held in one["items"].values()] == [
        "consensus, agreement", "no consensus", None, "consensus, neither",
    ]  # fmt: skip
    changed, still = found["changes"][0]["items"]  # type: ignore[index]  # data out of JSON
    assert (changed["net_change"], changed["same_verdict"], changed["unchanged"]) == ("3/5", False, "2/5")
    assert (still["net_change"], still["same_verdict"], still["unchanged"]) == ("0", True, "1")
    assert "Columns left out (levels up to 4 where the others have 9): dft2_a_s10_type2." in said
    assert "5 people are matched by the column “dft3_0_email”." in said
    assert "example.org" not in said


def test_codes_beside_ratings_that_end_alike_are_no_ratings(app: Flask, tmp_path: Path) -> None:
    head: list[Cell] = ["dft2_0_canton", "dft2_0_job", "dft2_z_s1_type1", "dft2_b_s8_type1"]
    first = workbook(tmp_path / "one.xlsx", [head, [9, 1, 9, 7], [2, 3, 8, 6]])
    again: list[Cell] = ["dft3_z_s1_type1", "dft3_a_s8_type1", "dft3_b_s8_type1"]
    second = workbook(tmp_path / "two.xlsx", [again, [9, 7, 1]])

    said = counted(app, first, "--rule", "ratings", "--then", second).output

    assert "2 columns taken: dft2_z_s1_type1, dft2_b_s8_type1." in said
    assert "Columns left out (alone, where the others end in _type1): dft2_0_canton, dft2_0_job." in said
    assert "2 items stand in both, of 2 and 3." in said
    assert "Their names differ by the round: see to it that each asks the same in both." in said
    assert "Kendall’s W: cannot be said, of the 1 people who rated every item that anybody rated." in said


def test_a_person_who_stands_twice_counts_once_and_odd_cells_are_said(tmp_path: Path) -> None:
    head = "participant;tour;Note A_q;Note B_q\n"
    text = f"{head}1;1;7,0;9 - d’accord\n2;1;Accord total (9);NA\n1;2;3;pas clair\n2;2;4;4\n3;2;5;5\n"
    path = saved(tmp_path, "panel.csv", text, "cp1252")

    one, two = ratings.read(path)
    (alone,) = ratings.read(saved(tmp_path, "twice.csv", "id,q1,q2\na,1,2\nb,3,4\nc,1,1\nd,2,2\na,5,5\n"))

    assert (one.title, two.title) == ("tour 1", "tour 2")
    assert one.given is not None and one.given.tolist() == [[7, 9], [9, 0]]  # noqa: PT018 - for the type
    assert two.counts.sum(axis=1).tolist() == [3, 2]
    assert "1 cells hold no level from 1 to 9: taken as not answered." in two.notes
    assert one.notes == two.notes[:-1]
    assert alone.counts.tolist() == [[1, 1, 1, 0, 1], [1, 1, 0, 1, 1]]
    assert "1 rows are of somebody who stands there again: their last answer to each item counts." in alone.notes


def test_who_answered_twice_is_found_by_their_address_before_their_number(app: Flask, tmp_path: Path) -> None:
    table: list[list[Cell]] = [["record_id", "email", "a_t", "b_t"]]
    table += ([at, f"p{min(at, 4)}@example.org", at, 9] for at in range(1, 6))
    path = workbook(tmp_path / "twice.xlsx", table)

    (found,) = ratings.read(path)

    assert found.counts.tolist() == [[1, 1, 1, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 4]]
    assert "example.org" not in counted(app, path, "--rule", "ratings").output


def test_rounds_may_stand_in_the_names_of_columns(tmp_path: Path) -> None:
    one, two = ratings.read(saved(tmp_path, "marks.csv", "code,water_r1,water_r2,land_r1\nx,1,2,3\ny,5,4,3\n"))

    assert (one.items, two.items) == (("water", "land"), ("water",))
    assert matched(one.items, two.items) == [(0, 0)]


def test_a_row_a_rating_or_counts_are_read_too(app: Flask, tmp_path: Path) -> None:
    long = saved(tmp_path, "long.csv", "person,round,item,rating\na,1,x,5\na,1,y,4\nb,1,x,3\na,2,x,5\nb,2,x,5\n")
    told = saved(tmp_path, "counts.csv", "item,n1,n2,n3,n4,n5\nx,0,0,1,2,3\ny,3,,,,3\n")

    first, second = ratings.read(long)

    assert (first.counts.tolist(), second.counts.tolist()) == (
        [[0, 0, 1, 0, 1], [0, 0, 0, 1, 0]],
        [[0, 0, 0, 0, 2], [0, 0, 0, 0, 0]],
    )
    said = counted(app, told, "--rule", "ratings").output
    assert "people are divided" in said
    assert "Nobody" not in said
    assert "Nobody can be matched" in counted(app, told, "--rule", "ratings", "--then", told).output
    assert "All came to rest" in counted(app, told, "--rule", "ratings", "--then", told).output


def test_two_rounds_have_the_larger_scale_of_both(app: Flask, tmp_path: Path) -> None:
    one, two = (saved(tmp_path, f"{at}.csv", f"name,a,b\nx,{top},2\ny,3,1\n") for at, top in ((1, 5), (2, 9)))

    found = data(app, one, "ratings", "--then", str(two))

    assert [held["levels"] for held in found["rounds"]] == [9, 9]  # type: ignore[attr-defined]  # data out of JSON


def test_columns_and_levels_may_be_said(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "panel.csv", "who,a1,a2,b1\nx,1,3,2\ny,4,2,5\n")

    (found,) = ratings.read(path, Wanted("A*", highest=7))

    assert (found.items, found.levels) == (("a1", "a2"), 7)
    assert "Columns left out (not asked for): who, b1." in found.notes
    assert "No column holds ratings." in counted(app, path, "--rule", "ratings", "--columns", "z*").output


def test_a_scale_may_begin_at_zero(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "panel.csv", "who;risk_a;risk_b;sex\nx;0;10;1\ny;2;8;2\nz;11;NA;1\n")

    found = data(app, path, "ratings", "--levels", "0-10", "--columns", "risk*")["rounds"][0]  # type: ignore[index]  # data out of JSON
    said = counted(app, path, "--rule", "ratings", "--levels", "0 – 10", "--columns", "risk*").output

    assert (found["levels"], found["lowest"], list(found["items"])) == (11, 0, ["risk_a", "risk_b"])
    assert found["items"]["risk_a"]["counts"] == [1, 0, 1, *[0] * 8]
    held = found["items"]["risk_b"]
    assert (held["counts"], held["lower_median"]) == ([0] * 8 + [1, 0, 1], 8)
    assert (held["quartiles"], held["range"], held["upper_third"]["from"]) == (["17/2", "9", "19/2"], [8, 10], 7)
    assert "2 answers of 3 (66.7 %); from 0 up: 0 0 0 0 0 0 0 0 1 0 1" in said
    assert "median 9 (lower: 8), quartiles 8.5 and 9.5, IQR 1, from 8 to 10" in said
    assert "1 cells hold no level from 0 to 10: taken as not answered." in said


@pytest.mark.parametrize("levels", ["2-7", "1", "12", "0-0", "many"])
def test_what_is_no_scale_is_refused(app: Flask, tmp_path: Path, levels: str) -> None:
    path = saved(tmp_path, "panel.csv", "who,a,b\nx,1,2\n")

    assert (
        "is no scale: write how many levels it has"
        in counted(app, path, "--rule", "ratings", "--levels", levels).output
    )


@pytest.mark.parametrize(
    ("cells", "order", "counts"),
    [
        (("Strongly agree", "Neutral", "disagree"), (), [0, 1, 1, 0, 1]),
        (("Tout à fait d’accord", "plutôt d'accord.", "Pas du tout d’accord"), (), [1, 0, 0, 1, 1]),
        (("Muy de acuerdo", "En desacuerdo", "indiferente"), (), [0, 1, 1, 0, 1]),
        (("Somewhat agree", "Agree", "Disagree"), (), [0, 1, 0, 0, 1, 1, 0]),
        (("often", "NEVER", "sometimes"), ("never", "sometimes", "often"), [1, 1, 1]),
        (("5", "3", "d’accord"), (), [0, 0, 1, 0, 1]),
    ],
)
def test_a_scale_may_be_in_words(
    tmp_path: Path, cells: tuple[str, ...], order: tuple[str, ...], counts: list[int]
) -> None:
    rows = "".join(f"{at};{one};{one};agree to all of it\n" for at, one in enumerate(cells))

    (found,) = ratings.read(saved(tmp_path, "words.csv", "id;q1;q2;why\n" + rows), Wanted(order=order))

    assert (found.items, found.counts.tolist()) == (("q1", "q2"), [counts, counts])


def test_the_words_of_a_scale_are_told(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, "words.csv", "id,q1,q2\n1,often,never\n2,never,never\n")

    said = counted(app, path, "--rule", "ratings", "--order", "never|sometimes|often").output

    assert "Words taken as levels, the lowest first: never, (nobody), often." in said


def test_the_column_of_people_may_be_said(app: Flask, tmp_path: Path) -> None:
    one = saved(tmp_path, "one.csv", "id,pseudonym,a,b\n1,Fox,1,2\n2,Owl,3,4\n3,Fox,,5\n")
    two = saved(tmp_path, "two.csv", "id,pseudonym,a,b\n1,owl,3,3\n2,fox,1,5\n")
    long = saved(tmp_path, "long.csv", "pseudonym,item,rating\nFox,a,1\nFox,b,2\nFox,a,5\n")

    found = data(app, one, "ratings", "--then", str(two), "--person", "Pseudonym")

    change = found["changes"][0]  # type: ignore[index]  # data out of JSON
    assert (change["matched_by"], change["people"]) == ("pseudonym", 2)
    assert [held["unchanged"] for held in change["items"]] == ["1", "1/2"]
    first = found["rounds"][0]  # type: ignore[index]  # data out of JSON
    assert (first["people"], first["items"]["a"]["counts"]) == (2, [1, 0, 1, 0, 0])
    assert ratings.read(long, Wanted(person="pseudonym"))[0].counts.tolist() == [[0, 0, 0, 0, 1], [0, 1, 0, 0, 0]]
    assert (
        "There is no column “name”. It has id, pseudonym"
        in counted(app, one, "--rule", "ratings", "--person", "name").output
    )


def test_an_empty_column_named_like_the_others_is_an_item_nobody_answered(tmp_path: Path) -> None:
    path = saved(tmp_path, "panel.csv", "who,q_water,q_land,q_air,zone,note\na,1,5,,,\nb,2,3,,,\n")

    (found,) = ratings.read(path)

    assert found.items == ("q_water", "q_land", "q_air")


def test_what_is_no_table_of_ratings_is_refused(app: Flask, tmp_path: Path) -> None:
    broken, empty = saved(tmp_path, "broken.xlsx", "no"), saved(tmp_path, "empty.csv", "\n")
    blank = workbook(tmp_path / "blank.xlsx", [])
    wrong = saved(tmp_path, "counts.csv", "item,n1,n2\nx,1,-2\n")

    assert "cannot be read as a workbook" in counted(app, broken, "--rule", "ratings").output
    for file in (empty, blank):
        assert "The table is empty." in counted(app, file, "--rule", "ratings").output
    assert "line 2: A count is a whole number." in counted(app, wrong, "--rule", "ratings").output
    for text in ("many", 30 * "9", 5_000 * "9", "1.5"):
        wrong = saved(tmp_path, "counts.csv", f"item,n1,n2\nx,1,{text}\n")
        assert "line 2: A count is a whole number." in counted(app, wrong, "--rule", "ratings").output
    assert "count it with --rule ratings" in counted(app, empty, "--rule", "approval").output
    assert "is none. Save it as one." in counted(app, saved(tmp_path, "x.pb", ""), "--rule", "ratings").output
    assert "no such file" in counted(app, tmp_path / "absent.csv", "--rule", "ratings").output


def test_a_table_that_would_fill_the_memory_is_refused(app: Flask, tmp_path: Path) -> None:
    crossed = "".join(f"p{at},i{at},3\n" for at in range(2_300))
    table = saved(tmp_path, "crossed.csv", f"person,item,rating\n{crossed}")

    assert "Crossed, it has more than 5000000 cells." in counted(app, table, "--rule", "ratings").output


def test_a_workbook_that_would_fill_the_memory_is_refused(app: Flask, tmp_path: Path) -> None:
    corners = [(b"<c><v>1</v></c>", b'<c r="A1"><v>1</v></c>'), (b"<c><v>2</v></c>", b'<c r="XFD1000"><v>2</v></c>')]
    corner = repacked(workbook(tmp_path / "corner.xlsx", [[1], [2]]), *corners)
    fits = repacked(workbook(tmp_path / "fits.xlsx", [[1], [2]]), corners[0], (b"<c><v>2</v></c>", b'<c r="IV9"/>'))
    large = repacked(workbook(tmp_path / "large.xlsx", [[1]]), (b"<c><v>1</v></c>", (1 << 27) * b" "))

    assert ": A sheet has more than 5000000 cells." in counted(app, corner, "--rule", "ratings").output
    assert "Unpacked it is larger than 128 MB." in counted(app, large, "--rule", "ratings").output
    assert "No column holds ratings." in counted(app, fits, "--rule", "ratings").output


def test_a_file_does_not_speak_to_the_terminal(app: Flask, tmp_path: Path) -> None:
    rude = "x\x1b[2J\x07\u202e"
    table = saved(tmp_path, "rude.csv", f"{rude}1,{rude}2\n3,4\n")
    book = repacked(workbook(tmp_path / "rude.xlsx", [["y1"], [4]]), (b"y1", "y\u202e1".encode()))

    assert ratings.read(table)[0].items == ("x[2J1", "x[2J2")
    assert ratings.read(book)[0].items == ("y1",)


def test_counts_from_nought_and_a_long_cell_are_read(tmp_path: Path) -> None:
    counts = ratings.read(saved(tmp_path, "counts.csv", "item,n0,n1,n2\nx,5,,1\n"))[0]
    long = ratings.read(saved(tmp_path, "long.csv", f"q1,q2,said\n1,2,{200_000 * 'x'}\n"))[0]

    assert counts.counts.tolist() == [[5, 0, 1]]
    assert long.items == ("q1", "q2")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("7", 7), ("7,0", 7), ("Accord total (9)", 9), ("7 - d’accord", 7), ("(1) no", 1), ("7/9", 7), ("3 sur 5", 3),
        ("7,5", None), ("no" * 99 + "(9)", None), (40_000 * "a(", None),
        ("2024-01-05", None), ("de 1 à 3", None), ("", None),
    ],
)  # fmt: skip
def test_a_level_is_found_in_a_cell(text: str, level: int | None) -> None:
    assert level_of(text) == level


def test_names_are_matched_without_what_changes_from_round_to_round() -> None:
    assert (bare("dft2_a_s4_type1"), bare("water_tour1"), bare("Water 2")) == ("_a_s4_type1", "water", "water 2")
    assert [scale(one) for one in (2, 5, 6, 8, 10, 12)] == [5, 5, 6, 9, 10, 12]
    assert absent(" N/A ")
    assert [upper(one) for one in (5, 6, 7, 9)] == [4, 5, 5, 7]


@given(st.lists(st.integers(0, 6), min_size=9, max_size=9))
def test_an_item_is_its_mirror_image_the_other_way_round(counts: list[int]) -> None:
    one, other = item(counts, None), item(counts[::-1], None)

    assert one["van_der_eijk"] == other["van_der_eijk"]
    assert one["divided"] == other["divided"]
    turned = {"consensus, agreement": "consensus, disagreement", "consensus, disagreement": "consensus, agreement"}
    assert turned.get(str(one["verdict"]), one["verdict"]) == other["verdict"]
