"""Every principle of the practice names the page where people meet it and the test that keeps it, or says "not yet"."""

from flask import Flask

from tests.house.test_docs import TESTED, Row, found, named, table

NUMBERS = (*map(str, range(1, 32)), "P1", "P2", "P3", "P4")
NOT_YET = {"7", "12", "26", "31"}
REASON = 20


def kept(row: Row) -> bool:
    """Say whether a row names tests that exist, or says at length what is missing."""
    tests = [one.partition("::") for one in TESTED.findall(row[3])]
    missing = row[3].removeprefix("Not yet: ")
    return all(found(path, test) for path, _, test in tests) if tests else REASON < len(missing) < len(row[3])


def test_every_principle_has_its_row_and_its_tests() -> None:
    rows = table("principles.md", "No.")

    assert tuple(row[0] for row in rows) == NUMBERS
    assert [row[0] for row in rows if not kept(row)] == []
    assert {row[0] for row in rows if row[3].startswith("Not yet: ")} == NOT_YET


def test_every_page_named_beside_a_principle_exists(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    pages = {row[0]: set(named(row[2])) for row in table("principles.md", "No.")}

    assert {number: lost for number, one in pages.items() if (lost := one - there)} == {}
    assert all(pages.values())


def test_a_row_without_a_test_is_noticed() -> None:
    real = f"`{__name__.replace('.', '/')}.py::test_a_row_without_a_test_is_noticed`"
    cells = ("", "Not yet: ", real, real.replace("noticed", "lost"))

    assert [kept(("1", "A", "`x`", cell)) for cell in cells] == [False, False, True, False]
