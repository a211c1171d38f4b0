"""What is printed of a season's cards: a square that says what it should, and no address that says a number."""

from itertools import pairwise

import pytest
import segno
from flask import Flask, g

from commons import access, quorum
from surveys.domain.cards import Code, show
from surveys.views import sheets
from tests.surveys.hall import Hall
from tests.visitor import Page, parsed, said

PATH = "{http://www.w3.org/2000/svg}path"


def sheet(app: Flask, place: Hall, codes: tuple[Code, ...], **params: object) -> Page:
    act = quorum.propose(place.assembly, "surveys.cards", {"size": 12, **params})
    with app.test_request_context("/en/casa/"):
        g.tag, g.assembly, g.actor = "en", place.again(), None
        found = quorum.act(place.assembly, act)
        assert found is not None
        told = str(sheets.printed(found, codes))
        return Page("sheet", app.response_class(told), parsed("sheet", told))  # type: ignore[arg-type]  # read only


def drawn(path: str, size: int) -> list[list[int]]:
    """Return the modules a path fills, row by row."""
    rows = [[0] * size for _ in range(size)]
    for step in path.removeprefix("M").removesuffix("z").split("zM"):
        at, rest = step.split("h", 1)
        column, row = map(int, at.split())
        for dark in range(column, column + int(rest.partition("v")[0])):
            rows[row][dark] = 1
    return rows


def modules(text: str) -> list[list[int]]:
    return [list(row) for row in segno.make(text, error="m", micro=False).matrix]


@pytest.mark.parametrize("text", ["http://localhost/en/casa/", "a", "http://localhost/en/casa/\npilo nafe nasi\n12345"])
def test_a_square_is_drawn_as_the_library_says(text: str) -> None:
    one = sheets.square(text)

    assert drawn(one.path, one.size) == modules(text)


def test_the_square_holds_the_address_alone_unless_more_was_agreed(app: Flask, place: Hall) -> None:
    codes = place.cards()
    address, word = "http://localhost/en/casa/", access.reading_word(place.again())
    said_by = {
        held: [one.get("d", "") for one in sheet(app, place, codes, square=held).tree.iter(PATH)]
        for held in ("address", "word", "number")
    }

    assert said_by["address"] == [sheets.square(address).path]
    assert said_by["word"] == [sheets.square(f"{address}\n{word}").path]
    assert said_by["number"] == [sheets.square(f"{address}\n{word}\n{show(code)}").path for code in codes]


def test_no_address_on_the_sheet_holds_a_number(app: Flask, place: Hall) -> None:
    codes = place.cards()
    page = sheet(app, place, codes, square="number")
    addresses = [one.get(name, "") for one in page.tree.iter() for name in ("href", "src", "action", "xlink:href")]

    assert all(code in page.text.replace(" ", "") for code in codes)
    assert not any(code in address.replace(" ", "") for code in codes for address in addresses)
    assert not any(one.get("src") for one in page.tree.iter("img") if "tree.svg" not in one.get("src", ""))


def test_spares_are_printed_apart(app: Flask, place: Hall) -> None:
    codes = place.cards()

    bag, envelope = sheet(app, place, codes, spares=2).all("div", class_="sheet")

    assert [len([one for one in part.iter("div") if one.get("class") == "cut"]) for part in (bag, envelope)] == [10, 2]
    assert show(codes[-1]) in said(envelope)


def test_a_stub_holds_the_small_numbers_and_never_the_code(app: Flask, place: Hall) -> None:
    codes = place.cards()

    stubs = [said(one) for one in sheet(app, place, codes, square="number").all("div", class_="stub")]

    assert len(stubs) == 12
    assert not any(show(code) in stub for code, stub in zip(codes, stubs, strict=True))
    assert all(one != other for one, other in pairwise(stubs))
