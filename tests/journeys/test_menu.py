"""The circle's menu and the way out: nothing is hidden sideways, and nobody’s focus lands beneath the exit."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Lived, overflow, saved

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE = {"width": 1280, "height": 800}
BENEATH = """() => {
  const one = document.activeElement, exit = document.querySelector("#exit")
  if (one === document.body || one === exit) return ""
  return one.getBoundingClientRect().bottom > exit.getBoundingClientRect().top ? one.outerHTML.slice(0, 80) : ""
}"""


def seated(lived: Lived, viewport: dict[str, int], tag: str = "en") -> Page:
    """Return a page of the circle, opened without JavaScript."""
    page = lived.served.look(scripts=False, viewport=viewport).new_page()
    lived.enter(page, lived.forty, tag)
    lived.sit(page, lived.forty, 3)
    page.goto(f"/{tag}/{lived.forty.slug}/circle/words")
    return page


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_a_phone_opens_the_menu_and_sees_all_of_it(lived: Lived, tag: str) -> None:
    page = seated(lived, PHONE, tag)
    hidden = page.locator(".menu a").first.is_visible()

    page.click(".menu summary")

    boxes = [one.bounding_box() for one in page.locator(".menu a").all()]
    saved(page, f"menu-{tag}")
    assert not hidden
    assert len(boxes) == 12
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert overflow(page) == 0


def test_a_wide_window_shows_the_menu_and_the_keyboard_follows_its_order(lived: Lived) -> None:
    page = seated(lived, WIDE)
    shown = [one.inner_text() for one in page.locator(".menu a:visible").all()]
    page.locator(".tongues a").last.focus()

    for word in shown:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == word

    assert len(shown) == 12
    assert not page.locator(".menu summary").is_visible()


def test_focus_never_lands_beneath_the_exit(lived: Lived) -> None:
    page = seated(lived, PHONE)
    page.emulate_media(reduced_motion="reduce")
    beneath, steps = list[str](), 0

    while page.evaluate("document.activeElement.id") != "exit":
        page.keyboard.press("Tab")
        beneath += [found] if (found := page.evaluate(BENEATH)) else []
        steps += 1

    assert steps > 30
    assert beneath == []


def test_paper_shows_neither_the_menu_nor_the_exit(lived: Lived) -> None:
    page = seated(lived, WIDE)

    page.emulate_media(media="print")

    assert not page.locator(".menu").is_visible()
    assert not page.locator("#exit").is_visible()
