"""The sheets of cards as a printer gets them: nothing is cut off, small or large, in each language, on A4."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, g
from playwright.sync_api import Browser, Page

from commons import quorum
from surveys.actions.cards import Halves
from surveys.views import sheets
from tests.house.tree import ROOT
from tests.surveys.hall import Hall, hall

pytestmark = [pytest.mark.browser, pytest.mark.slow]

A4 = {"width": 703, "height": 1032}  # what 12 mm margins leave, in CSS pixels
LONGEST = "comunidad-de-las-dos-orillas-del-rio-grande"
CROWDED = "Array.from(document.querySelectorAll('.cut')).filter(one => one.scrollHeight > one.clientHeight + 1).length"


@pytest.fixture
def place(app: Flask) -> Hall:
    return hall(LONGEST)


@dataclass(frozen=True, slots=True)
class Printer:
    """A sheet of A4 with the house's style on it, which needs no server."""

    app: Flask
    place: Hall
    page: Page
    folder: Path

    def load(self, tag: str, result: object, **params: object) -> None:
        """Put the sheet of these cards in."""
        act = quorum.propose(self.place.assembly, "surveys.cards", {"size": 12, **params})
        with self.app.test_request_context(f"/{tag}/{LONGEST}/"):
            g.tag, g.assembly, g.actor = tag, self.place.again(), None
            found = quorum.act(self.place.assembly, act)
            assert found is not None
            told = str(sheets.printed(found, result))
        style = (ROOT / "static" / "palabre.css").read_text()
        (self.folder / "sheet.html").write_text(told.replace("</head>", f"<style>{style}</style></head>"))
        self.page.goto((self.folder / "sheet.html").as_uri())

    def crowded(self) -> int:
        """Return how many cards do not fit between their lines."""
        self.page.emulate_media(media="print")
        wide: int = self.page.evaluate(CROWDED)
        return wide

    def pages(self) -> int:
        """Return how many sheets of paper it takes."""
        return self.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")


@pytest.fixture
def printer(app: Flask, place: Hall, chromium: Browser, tmp_path: Path) -> Iterator[Printer]:
    page = chromium.new_page(viewport=A4)  # type: ignore[arg-type]  # a width and a height
    yield Printer(app, place, page, tmp_path)
    page.close()


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("square", ["word", "number"])
def test_small_cards_fit_between_their_lines(printer: Printer, tag: str, square: str) -> None:
    printer.load(tag, printer.place.cards(), spares=2, square=square)

    assert (printer.crowded(), printer.pages()) == (0, 3)


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("square", ["word", "number"])
def test_large_cards_fit_between_their_lines(printer: Printer, tag: str, square: str) -> None:
    printer.load(tag, printer.place.cards(), spares=2, square=square)
    printer.page.check("#big")

    assert (printer.crowded(), printer.pages()) == (0, 6)


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_halves_fit_between_their_lines(printer: Printer, tag: str) -> None:
    drawn = printer.place.act("surveys.cards", size=12, second=3).result
    assert isinstance(drawn, Halves)

    printer.load(tag, drawn, second=3)

    assert (printer.crowded(), printer.pages()) == (0, 2)


def test_a_card_that_does_not_fit_would_be_noticed(printer: Printer) -> None:
    printer.load("en", printer.place.cards())
    printer.page.add_style_tag(content=".cut .digits{font-size:60pt!important}")

    assert printer.crowded() == 12
