"""Each of the eight properties of docs/no-single-leader.md is tried by a test that is there, and by its own."""

import re

from tests.house.tree import ROOT, functions, parsed

PAGE = ROOT / "docs" / "no-single-leader.md"
ROW = re.compile(r"^\| ([A-Z][\w ]+) \|.*\| `(tests/[\w/]+\.py)::(\w+)` \|$", re.MULTILINE)


def test_eight_properties_are_told_each_with_a_test_of_its_own() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    there = {(path, one.name) for path in {path for _, path, _ in rows} for one in functions(parsed(ROOT / path))}

    assert len(rows) == len({test for _, _, test in rows}) == 8
    assert {(path, test) for _, path, test in rows} <= there
    assert all(test.startswith("test_" + name.lower().replace(" ", "_")) for name, _, test in rows)
