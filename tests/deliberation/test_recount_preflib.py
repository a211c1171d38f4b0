"""PrefLib’s orders and categories are read, or refused with their line."""

from pathlib import Path

import pytest

from deliberation.interchange import preflib
from deliberation.interchange.election import Unreadable
from tests.deliberation.open_files import DINNER, saved


@pytest.mark.parametrize(
    ("ballots", "approvals", "taken"),
    [
        ("1: 1,2,3\n2: 3,1,2\n", [[1, 0, 0], [0, 0, 1], [0, 0, 1]], preflib.HALF),
        ("1: 2\n1: 3,1\n", [[0, 1, 0], [1, 0, 1]], preflib.LISTED),
        ("1: {1,2},3\n1: {1,2,3}\n", [[1, 1, 0], [1, 1, 1]], preflib.LISTED),
    ],
)
def test_orders_become_approvals_by_a_rule_that_is_said(
    tmp_path: Path, ballots: str, approvals: list[list[int]], taken: str
) -> None:
    found = preflib.read(saved(tmp_path, "one.toc", DINNER + ballots))

    assert (found.approvals.tolist(), found.taken) == (approvals, taken)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        (DINNER + "1: 4\n", 5, "no ALTERNATIVE NAME 4"),
        (DINNER + "1: 1,{2,1}\n", 5, "twice"),
        (DINNER + "1,2,3\n", 5, "A ballot is written"),
        (DINNER, 0, "no ballots"),
        (DINNER + "9999999: 1\n", 0, "more than"),
        (DINNER + 5_000 * "9" + ": 1\n", 5, "A ballot is written"),
        (DINNER + "1: " + 5_000 * "3" + "\n", 5, "no ALTERNATIVE NAME 33333"),
        (DINNER + "1: {" + 5_000 * "3" + "}\n", 5, "no ALTERNATIVE NAME 33333"),
        ("# ALTERNATIVE NAME " + 5_000 * "9" + ": Soup\n", 0, "no alternatives"),
        (5_000 * "9" + "\n1,Soup\n", 1, "A ballot is written"),
        ("".join(f"# ALTERNATIVE NAME {one}: x\n" for one in range(1, 12)) + "5000000: 1\n", 0, "50000000 ranks"),
    ],
)
def test_a_preflib_file_that_cannot_be_read_names_its_line(tmp_path: Path, text: str, line: int, fault: str) -> None:
    path = saved(tmp_path, "one.soi", text)

    with pytest.raises(Unreadable, match=fault) as refused:
        preflib.read(path)

    assert str(refused.value).startswith(f"{path}, line {line}: " if line else f"{path}: ")


def test_a_file_from_before_2022_is_the_same_as_one_of_today(tmp_path: Path) -> None:
    old = saved(tmp_path, "old.toc", "3\n1,Soup\n2,Rice, fried\n3,Maïs\n5,5,2\n3,1,{2,3}\n2,3,1,2\n")
    new = saved(tmp_path, "new.toc", DINNER.replace("Rice", "Rice, fried") + "3: 1,{2,3}\n2: 3,1,2\n")

    one, other = preflib.read(old), preflib.read(new)

    assert (one.items, one.approvals.tolist()) == (other.items, other.approvals.tolist())
    with pytest.raises(Unreadable, match="no ALTERNATIVE NAME 9") as refused:
        preflib.read(saved(tmp_path, "odd.toc", "1\n1,Soup\n1,1,1\n1,9\n"))
    assert ", line 4: " in str(refused.value)


def test_what_a_preflib_file_says_of_itself_is_compared(tmp_path: Path) -> None:
    told = "# NUMBER VOTERS: 4\n# NUMBER CATEGORIES: 2\n# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: No\n"

    found = preflib.read(saved(tmp_path, "one.cat", told + DINNER + "2: {1,2},{}\n1: {},{1,2,3}\n"))

    assert found.approvals.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert found.taken == "The first category, “Yes”, counts as approved."
    assert found.notes == ("The file says that it holds 4 ballots; it holds 3.",)


def test_approvals_of_nearly_everything_are_said_to_tell_little(tmp_path: Path) -> None:
    names = "".join(f"# ALTERNATIVE NAME {one}: {one}\n" for one in range(1, 6))

    found = preflib.read(saved(tmp_path, "one.toc", names + "1: 1,2,3,4,5\n1: 5,4,3,2,1\n1: 1,{2,3,4,5}\n"))

    assert found.approvals.sum(axis=1).tolist() == [4, 4, 1]
    assert found.notes == (preflib.NEARLY,)
