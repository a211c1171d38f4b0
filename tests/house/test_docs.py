"""Documents cannot lie where they can be compared with the house: its acts, its tables, its files, its tests."""

import re
from pathlib import Path

import pytest
from flask import Flask

from commons import quorum
from commons.db import Base
from surveys.domain.closed import FORMS
from tests.house.tree import ROOT, files, functions, name, parsed

ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+/[\w./-]*\w\.(?:py|json|toml|md|html|css|js|po|txt))(?:::(\w+))?`")
TESTED = re.compile(r"tests/[\w/]+\.py::\w+")
A_PROMISE, A_REASON = 12, 20

Row = tuple[str, ...]


def table(page: str, first: str) -> list[Row]:
    """Return the rows of every table of a page whose first heading is `first`, without the headings."""
    found: list[Row] = []
    for block in (ROOT / "docs" / page).read_text().split("\n\n"):
        rows = [tuple(cell.strip() for cell in row.split(" | ")) for row in ROW.findall(block)]
        if rows and rows[0][0] == first:
            found += rows[1:]
    return [row for row in found if not set(row[0]) <= set("-|")]


def named(cell: str) -> list[str]:
    """Return the names a cell says in code."""
    return re.findall(r"`([^`]+)`", cell)


def told(kind: quorum.Kind) -> Row:
    """Return the row that tells an act."""
    return f"`{kind.name}`", kind.needs.value, str(kind.delay_days)


def test_the_acts_told_are_the_acts_there_are(app: Flask) -> None:
    declared = [told(kind) for kind in quorum.kinds().values() if kind.name.startswith(("surveys.", "deliberation."))]

    assert sorted(row[:3] for row in table("acts.md", "Act")) == sorted(declared)
    assert all(len(row) == len(("act", "signed", "days", "what")) and row[3] for row in table("acts.md", "Act"))


def test_exceptions_among_the_acts_are_told(app: Flask) -> None:
    """Only counting may be signed by a place whose term has ended; only ending a term leaves somebody out."""
    kinds = [kind for kind in quorum.kinds().values() if kind.name.startswith(("surveys.", "deliberation."))]

    assert [kind.name for kind in kinds if kind.late] == ["surveys.count"]
    assert [kind.name for kind in kinds if kind.concerned({"slot": 1})] == ["deliberation.end"]


def test_every_table_and_column_is_told(app: Flask) -> None:
    there = {(f"`{one}`", ", ".join(table.columns.keys())) for one, table in Base.metadata.tables.items()}

    assert {row[:2] for row in table("anonymity.md", "Table")} == there


def test_every_closed_value_is_told_with_its_row() -> None:
    rows = {one: row[2] for row in table("disclosure.md", "Value") for one in named(row[0])}

    assert rows == {kind: form.row.value for kind, form in FORMS.items()}


@pytest.mark.parametrize("page", files(".md"), ids=name)
def test_a_file_or_test_that_is_named_exists(page: Path) -> None:
    lost = [(path, test) for path, test in NAMED.findall(page.read_text()) if not found(path, test)]

    assert lost == []


def found(path: str, test: str) -> bool:
    """Say whether a named file is there, and the test named in it."""
    here = ROOT / path
    return here.exists() and (not test or test in {one.name for one in functions(parsed(here))})


@pytest.mark.parametrize(
    ("path", "test", "there"),
    [
        ("commons/log.py", "", True),
        ("commons/logs.py", "", False),
        ("tests/house/test_docs.py", "found", True),
        ("tests/house/test_docs.py", "lost", False),
    ],
)
def test_what_is_not_there_is_noticed(path: str, test: str, there: bool) -> None:  # noqa: FBT001  # a table of cases
    assert found(path, test) is there


def test_the_promise_of_anonymity_is_tied_to_tests() -> None:
    assert len(set(TESTED.findall((ROOT / "docs" / "anonymity.md").read_text()))) >= A_PROMISE


def sentences(template: str) -> list[str]:
    """Return what a template says in its lists, as the catalogues know it: both forms where there are two."""
    said = re.findall(r"<li>\{\{ n?gettext\((.+?)\) \}\}</li>|<li>\{\{ _\((.+?)\) \}\}</li>", template)
    return [one for pair in said for one in re.findall(r'"([^"]+)"', "".join(pair))]


def held(row: Row) -> bool:
    """Say whether a row names a test, or says at length why there is none."""
    return bool(TESTED.search(row[1])) or len(row[1].partition("No test: ")[2]) >= A_REASON


def test_every_sentence_of_the_limits_page_is_held_by_tests_or_says_why_not() -> None:
    page = (ROOT / "templates" / "deliberation" / "limits.html").read_text()

    assert [row[0] for row in table("limits.md", "Sentence")] == sentences(page)
    assert [row[0] for row in table("limits.md", "Sentence") if not held(row)] == []
    assert page.count("<li>{{") == len(sentences(page)) - page.count("ngettext"), "each item is one sentence we see"


def test_a_sentence_nobody_holds_is_noticed() -> None:
    assert sentences('<li>{{ _("One.") }}</li>\n<li>{{ ngettext("A.", "B.", 2) }}</li>') == ["One.", "A.", "B."]
    assert [held(("One.", why)) for why in ("", "No test: ", f"`{__name__.replace('.', '/')}.py::held`")] == [0, 0, 1]


def test_a_word_has_one_line_in_each_language() -> None:
    rows = table("glossary.md", "English")

    assert len({row[0] for row in rows}) == len(rows)
    assert all(len(row) == len(("en", "fr", "es", "meaning")) and all(row) for row in rows)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_a_decision_says_what_it_is_about_in_its_title() -> None:
    for page in sorted((ROOT / "docs" / "adr").glob("*.md")):
        number, _, title = page.read_text().splitlines()[0].removeprefix("# ").partition(". ")
        assert (int(number), bool(title)) == (int(page.name[:4]), True), page.name
