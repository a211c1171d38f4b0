"""Every page as people meet it: narrow, in each language, with assistive technology, asking nobody else."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Lived, overflow, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SERIOUS = {"serious", "critical"}
MEMBER = (
    "", "board", "plan", "plan/sheet", "plan/aloud", "plan/links", "plan/digest", "calendar", "decisions", "proposals",
    "proposals/proposal-2", "log", "cards", "limits",
)  # fmt: skip
CIRCLE = ("circle/", "circle/surveys", "circle/cards", "circle/proposals", "circle/protocol", "circle/threats")
NARROW = {"width": 320, "height": 640}


def pages(lived: Lived) -> tuple[str, ...]:
    boxes = lived.forty.boxes
    return (*MEMBER, f"answer/{boxes['open']}", f"results/{boxes['baseline']}", f"results/{boxes['second']}")


def troubles(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_member_pages_are_sound_in_each_language(lived: Lived, tag: str) -> None:
    page = lived.served.look(viewport=NARROW).new_page()
    wrongs = watched(page)
    lived.enter(page, lived.forty, tag)
    for path in pages(lived):
        answer = page.goto(f"/{tag}/{lived.forty.slug}/{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert overflow(page) == 0, path
        assert troubles(page) == []
    assert wrongs == []


@pytest.mark.parametrize(("tag", "slot"), [("en", 5), ("fr", 4), ("es", 2)])
def test_circle_pages_are_sound_in_each_language(lived: Lived, tag: str, slot: int) -> None:
    page = lived.served.look(viewport=NARROW).new_page()
    wrongs = watched(page)
    lived.enter(page, lived.forty, tag)
    lived.sit(page, lived.forty, slot)
    for path in (*CIRCLE, f"circle/surveys/{lived.forty.boxes['open']}/forms"):
        answer = page.goto(f"/{tag}/{lived.forty.slug}/{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert overflow(page) == 0, path
        assert troubles(page) == []
    assert wrongs == []


def test_pages_stay_readable_in_the_dark(lived: Lived) -> None:
    page = lived.served.look(dark=True).new_page()
    lived.enter(page, lived.forty)
    for path in pages(lived):
        page.goto(f"/en/{lived.forty.slug}/{path}")
        assert troubles(page) == []


def test_charts_are_drawn_on_request_under_the_strict_policy(lived: Lived) -> None:
    page = lived.served.look(viewport={"width": 1280, "height": 900}).new_page()
    wrongs = watched(page)
    lived.enter(page, lived.forty)
    page.goto(f"/en/{lived.forty.slug}/board")
    assert page.locator(".main-svg").count() == 0

    page.goto(f"/en/{lived.forty.slug}/board?charts=1")
    page.locator(".main-svg").first.wait_for()

    assert page.locator(".main-svg").first.evaluate("one => getComputedStyle(one).position") == "absolute"
    assert wrongs == []
