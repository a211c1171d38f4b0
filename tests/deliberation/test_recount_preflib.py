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
    ],
)
def test_a_preflib_file_that_cannot_be_read_names_its_line(tmp_path: Path, text: str, line: int, fault: str) -> None:
    path = saved(tmp_path, "one.soi", text)

    with pytest.raises(Unreadable, match=fault) as refused:
        preflib.read(path)

    assert str(refused.value).startswith(f"{path}, line {line}: " if line else f"{path}: ")
