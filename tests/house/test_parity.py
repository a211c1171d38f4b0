"""What other tools do: each row names a page and a test that exist, or says why it is left out."""

import pytest
from flask import Flask

from tests.house.test_docs import A_REASON, NAMED, Row, found, named, table
from tests.house.tree import ROOT

ROWS = table("parity.md", "What")
LEFT_OUT = "–"


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_row_names_what_keeps_it_or_why_it_is_left_out(app: Flask, row: Row) -> None:
    assert wrong(row, {rule.endpoint for rule in app.url_map.iter_rules()}) == ""


def wrong(row: Row, there: set[str]) -> str:
    """Say what a row lacks, or nothing."""
    if len(row) != len(("what", "here", "pages", "why")) or row[1] not in {"yes", "otherwise", "no"}:
        return "four cells, the second of which is yes, otherwise or no"
    if row[1] == "no":
        return "" if row[2] == LEFT_OUT and len(row[3]) >= A_REASON else "a reason, and no page"
    pages, tests = named(row[2]), [one for one in NAMED.findall(row[3]) if one[0].startswith("tests/")]
    if not pages or not there.issuperset(pages):
        return "a page that exists"
    return "" if tests and all(found(*one) for one in tests) else "a test that exists"


def test_a_row_that_lacks_something_is_noticed() -> None:
    kept = "`tests/house/test_parity.py::test_a_row_that_lacks_something_is_noticed`"
    good = ("A", "yes", "`a.b`", kept)
    cases = [
        good,
        ("A", "no", LEFT_OUT, "Nobody on earth would want to have it."),
        ("A", "soon", "`a.b`", kept),
        ("A", "yes", "`a.c`", kept),
        ("A", "yes", "", kept),
        ("A", "otherwise", "`a.b`", kept.replace("noticed", "lost")),
        ("A", "yes", "`a.b`", "Trust us"),
        ("A", "no", LEFT_OUT, "Not yet"),
        ("A", "no", "`a.b`", "Nobody on earth would want to have it."),
    ]

    assert [bool(wrong(one, {"a.b"})) for one in cases] == [False, False, *[True] * 7]


def test_the_page_stands_where_newcomers_look() -> None:
    assert "docs/parity.md" in (ROOT / "README.md").read_text()
