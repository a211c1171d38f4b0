"""Every page that a link leads to: at 320 pixels, without JavaScript, from right to left, in a third more letters."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys import mirror
from tests.journeys.conftest import Lived, overflow, saved

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = {"width": 320, "height": 640}
FILE = re.compile(r"\.(json|csv|ics|py|svg|png|css|js|toml)$")
FEWEST = {"member": 20, "circle": 40}


@pytest.fixture
def tag(tmp_path: Path) -> Iterator[str]:
    with mirror.spoken(tmp_path / "translations") as spoken:
        yield spoken


def links(page: Page, within: str) -> set[str]:
    """Return the pages of one place that this page leads to."""
    found = (urlsplit(one.get_attribute("href") or "").path for one in page.locator("a[href]").all())
    return {path for path in found if path.startswith(within) and not FILE.search(path)}


def walked(page: Page, within: str, *, circle: bool) -> list[str]:
    """Follow every link of a place from where the page is; return the pages, each looked at."""
    waiting, seen = [urlsplit(page.url).path], list[str]()
    while waiting:
        path = waiting.pop()
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert overflow(page) == 0, path
        assert page.locator("html").get_attribute("dir") == "rtl", path
        assert page.locator("a[href]").count() > 1, f"{path} is a dead end"
        seen.append(path)
        known = {*seen, *waiting}
        waiting += sorted(one for one in links(page, within) - known if ("/circle" in one) == circle)
    return seen


def test_every_page_of_members_fits_a_narrow_mirror(lived: Lived, tag: str) -> None:
    page = lived.served.look(scripts=False, viewport=NARROW).new_page()
    lived.enter(page, lived.forty, tag)

    seen = walked(page, f"/{tag}/{lived.forty.slug}/", circle=False)

    saved(page, "mirror-member")
    assert len(seen) >= FEWEST["member"]


def test_every_page_of_the_circle_fits_a_narrow_mirror(lived: Lived, tag: str) -> None:
    page = lived.served.look(scripts=False, viewport=NARROW).new_page()
    lived.enter(page, lived.forty, tag)
    lived.sit(page, lived.forty, 4)
    page.goto(f"/{tag}/{lived.forty.slug}/circle/")

    seen = walked(page, f"/{tag}/{lived.forty.slug}/", circle=True)

    saved(page, "mirror-circle")
    assert len(seen) >= FEWEST["circle"]


def test_a_page_that_is_too_wide_would_be_noticed(lived: Lived, tag: str) -> None:
    page = lived.served.look(viewport=NARROW).new_page()
    lived.enter(page, lived.forty, tag)

    page.locator("h1").evaluate("one => { one.style.inlineSize = '400px' }")

    assert overflow(page) > 0
    assert mirror.said("At %(num)s <b>pages</b>") != "At %(num)s <b>pages</b>"
