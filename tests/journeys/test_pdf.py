"""The plan as a browser saves it in a PDF: whole pages, numbered, tagged and named, in normal and in large print."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Lived, overflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

A4 = {"width": 703, "height": 1032}  # what 12 mm margins leave, in CSS pixels
NUMBERED = re.compile(r"^(\d+)/(\d+)")
SHOWN = "all => all.filter(one => one.checkVisibility() && one.textContent.trim()).map(one => one.textContent)"
WIDE = "all => all.filter(one => one.getBoundingClientRect().right > document.body.clientWidth + 1).length"
SHEETS = ("plan", "plan/sheet", "plan/sheet?large=1")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF as Chromium writes it: its bytes, and the words of each page without spaces, its number in front."""

    data: bytes
    pages: tuple[str, ...]

    @property
    def alone(self) -> tuple[str, ...]:
        """The last words of every page but the last one."""
        return tuple(page[-200:] for page in self.pages[:-1])


def printed(page: Page) -> Printed:
    """Save the page as its reader would, and read it back."""
    data = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    return Printed(data, tuple(_pages(data)))


def _pages(data: bytes) -> Iterator[str]:
    things = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", data, re.DOTALL)}
    for body in things.values():
        if b"/Type /Page\n" in body:
            fonts = dict(re.findall(rb"/(F\d+) (\d+) 0 R", body))
            letters = {
                name: _letters(_stream(things[_one(rb"/ToUnicode (\d+)", things[int(at)])]))
                for name, at in fonts.items()
            }
            yield _said(_stream(things[_one(rb"/Contents (\d+)", body)]), letters)


def _one(pattern: bytes, body: bytes) -> int:
    return int(re.findall(pattern, body)[0])


def _stream(body: bytes) -> bytes:
    return zlib.decompress(body.split(b"stream\n", 1)[1])


def _letters(table: bytes) -> dict[str, str]:
    """Return what each sign of a font stands for."""
    found: dict[str, str] = {}
    for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        found |= {sign.decode().upper(): _text(said) for sign, said in re.findall(rb"<(\w+)> <(\w+)>", block)}
    for block in re.findall(rb"beginbfrange\n(.*?)endbfrange", table, re.DOTALL):
        for first, last, said in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
            span = range(int(first, 16), int(last, 16) + 1)
            found |= {f"{one:04X}": chr(int(said, 16) + at) for at, one in enumerate(span)}
    return found


def _text(said: bytes) -> str:
    return bytes.fromhex(said.decode()).decode("utf-16-be")


def _said(drawn: bytes, letters: dict[bytes, dict[str, str]]) -> str:
    words, font = "", b""
    for name, signs in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj", drawn):
        font = name or font
        text = signs.decode().upper()
        words += "".join(letters[font].get(text[at : at + 4], "") for at in range(0, len(text), 4))
    return bare(words)


def bare(words: str) -> str:
    """Return words without spaces, joined letters apart, without what a line's end puts into them."""
    return re.sub(r"[\s\u00ad\u2010-]", "", unicodedata.normalize("NFKC", words))


def opened(lived: Lived, path: str, tag: str = "en") -> Page:
    page = lived.served.look(viewport=A4).new_page()
    lived.enter(page, lived.forty, tag)
    page.goto(f"/{tag}/{lived.forty.slug}/{path}")
    page.emulate_media(media="print")
    return page


def orphans(page: Page, found: Printed) -> list[str]:
    """Return the headings that end a page, with what they lead to on the next one."""
    heads = [bare(one) for one in page.locator("h1,h2,h3,h4,caption").evaluate_all(SHOWN)]
    return [one for one in heads if any(end.endswith(one) for end in found.alone)]


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("path", SHEETS)
def test_the_plan_is_saved_in_whole_pages(lived: Lived, path: str, tag: str) -> None:
    page = opened(lived, path, tag)
    rows = [bare(one) for one in page.locator("main tr").evaluate_all(SHOWN)]

    found = printed(page)

    assert overflow(page) == 0
    assert page.locator("main *").evaluate_all(WIDE) == 0
    assert orphans(page, found) == []
    assert [one for one in rows if not any(one in text for text in found.pages)] == []
    numbers = [NUMBERED.findall(text) for text in found.pages]
    assert numbers == [[(str(at), str(len(found.pages)))] for at in range(1, len(found.pages) + 1)]
    page.close()


@pytest.mark.parametrize("path", SHEETS)
def test_the_file_says_what_it_is_to_who_cannot_see_it(lived: Lived, path: str) -> None:
    page = opened(lived, path, "fr")

    found = printed(page)

    assert b"/Marked true" in found.data
    assert b"/StructTreeRoot" in found.data
    assert b"/Lang (fr)" in found.data
    assert b"/Outlines" in found.data
    (title,) = re.findall(rb"/Title <FEFF(\w+)>\n", found.data.split(b"/Producer")[0])
    assert _text(title) == page.title()
    page.close()


def test_large_print_is_large_and_a_heading_left_alone_would_be_noticed(lived: Lived) -> None:
    page = opened(lived, "plan/sheet?large=1")
    assert (
        page.locator("main p").last.evaluate("one => parseFloat(getComputedStyle(one.closest('body')).fontSize)") > 21
    )

    page.locator("h2").evaluate_all("all => all.forEach(one => (one.style.breakAfter = 'page'))")

    assert orphans(page, printed(page))
    page.close()
