"""A phone that several people share: what one of them left behind, with the browser's memory of pages switched on."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from commons.pages import STATIC
from tests.journeys.conftest import FLAGS, NAMES, PHONE, Lived

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def remembering(chromium: Browser) -> Iterator[Browser]:
    """Return a browser that keeps pages for its back button, as people's browsers do."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    kept = chromium.browser_type.launch(
        executable_path=found, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield kept
    kept.close()


def phone(browser: Browser, lived: Lived, *, scripts: bool) -> Page:
    """Open the questions of the box that takes answers."""
    context = browser.new_context(base_url=lived.served.url, viewport=PHONE, java_script_enabled=scripts)  # type: ignore[arg-type]  # a width and a height
    page = context.new_page()
    lived.enter(page, lived.forty)
    page.goto(f"/en/{lived.forty.slug}/answer/{lived.forty.boxes['open']}")
    return page


def back(page: Page, steps: int) -> None:
    """Go back as the button does, to whatever the browser still shows there."""
    history = page.context.new_cdp_session(page)
    entries = history.send("Page.getNavigationHistory")
    wanted = entries["entries"][entries["currentIndex"] - steps]
    history.send("Page.navigateToHistoryEntry", {"entryId": wanted["id"]})
    page.wait_for_timeout(1500)


@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_after_sending_finds_nothing_filled(
    remembering: Browser, lived: Lived, *, scripts: bool, steps: int
) -> None:
    page, card = phone(remembering, lived, scripts=scripts), lived.card()
    page.locator("#P1 input").nth(1).check()
    page.locator("input[name=consent]").check()
    page.fill("#card", card)
    page.click("button[value=review].big")
    page.locator("button[value=send]").first.click()
    expect(page.locator("h1")).to_have_text("It is in the box")

    back(page, steps)

    values = [field.input_value() for field in page.locator("input").all()]
    assert card not in page.content()
    assert card not in values
    assert page.locator("input:checked").count() == 0


def test_three_escapes_leave_and_the_link_leaves_without_scripts(lived: Lived) -> None:
    plain, quick = lived.served.look(scripts=False).new_page(), lived.served.look().new_page()
    asked: list[str] = []
    for page in (plain, quick):
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith("https:") else None)
        page.route("https://**", lambda route: route.fulfill(body="elsewhere"))
        lived.enter(page, lived.forty)

    plain.click("#exit")
    for _ in range(3):
        quick.keyboard.press("Escape")
    quick.wait_for_url("https://**")

    assert len(asked) == 2
    assert all(lived.forty.slug not in url for url in asked)


def test_leaving_a_page_empties_its_forms(remembering: Browser, lived: Lived) -> None:
    page = phone(remembering, lived, scripts=True)
    page.fill("#card", "12345")

    page.goto(f"/en/{lived.forty.slug}/limits")
    back(page, 1)

    assert page.locator("#card").input_value() == ""
    assert (STATIC / "leave.js").stat().st_size < 1000
