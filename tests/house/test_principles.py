"""Every principle of the practice names the pages where people meet it and the tests that keep it."""

from flask import Flask

from tests.house.test_docs import TESTED, Row, found, named, table

NUMBERS = (*map(str, range(1, 32)), "P1", "P2", "P3", "P4")


def kept(row: Row) -> bool:
    """Say whether a row names tests that exist."""
    tests = [one.partition("::") for one in TESTED.findall(row[3])]
    return bool(tests) and all(found(path, test) for path, _, test in tests)


def test_every_principle_has_its_row_and_its_tests() -> None:
    rows = table("principles.md", "No.")

    assert tuple(row[0] for row in rows) == NUMBERS
    assert [row[0] for row in rows if not kept(row)] == []


def test_every_page_named_beside_a_principle_exists(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    pages = {row[0]: set(named(row[2])) for row in table("principles.md", "No.")}

    assert {number: lost for number, one in pages.items() if (lost := one - there)} == {}
    assert all(pages.values())


def test_a_row_without_a_test_is_noticed() -> None:
    real = f"`{__name__.replace('.', '/')}.py::test_a_row_without_a_test_is_noticed`"
    cells = ("", "Not yet: nobody wrote one so far", real, real.replace("noticed", "lost"))

    assert [kept(("1", "A", "`x`", cell)) for cell in cells] == [False, False, True, False]
