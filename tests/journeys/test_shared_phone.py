"""A phone that several people share: what one of them left behind, with the browser's memory of pages switched on.

Beside the house stands its careless twin, without the cookie and the script that empty the back button: there the
filled form does come back, so the browser of these tests is one that would betray people.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page

from app import create_app
from commons import access, db
from commons.pages import EVICT, STATIC
from commons.settings import Settings
from surveys.domain.cards import Code
from tests.deliberation.gathering import ready
from tests.journeys.conftest import FLAGS, NAMES, PHONE, Lived, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROTECTIONS: Mapping[str, frozenset[str]] = {
    "both": frozenset({"cookie", "script"}),
    "the cookie alone": frozenset({"cookie"}),
    "the script alone": frozenset({"script"}),
    "neither": frozenset(),
}
LEFT_BEHIND = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, document.cookie]"""


@pytest.fixture(scope="module")
def remembering(chromium: Browser) -> Iterator[Browser]:
    """Return a browser that keeps pages for its back button, as people's browsers do."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    kept = chromium.browser_type.launch(
        executable_path=found, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield kept
    kept.close()


@dataclass(frozen=True, slots=True)
class Street:
    """The same assembly served by houses with different protections, and its unused cards."""

    urls: Mapping[str, str]
    word: str
    box: str
    cards: Iterator[Code]


@pytest.fixture(scope="module")
def street(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """Found an assembly, open a box, and serve it once for each set of protections."""
    folder = tmp_path_factory.mktemp("street")
    app = house(folder, PROTECTIONS["both"])
    with app.app_context():
        db.upgrade()
        place = ready()
        box = place.pulse()
        place.open(box)
        word, cards = access.reading_word(place.assembly), iter(place.cards)
        db.session.remove()
    servers = {name: serving(house(folder, kept), chromium) for name, kept in PROTECTIONS.items()}
    urls = {name: server.__enter__().url for name, server in servers.items()}
    yield Street(urls, word, box, cards)
    for server in servers.values():
        server.__exit__(None, None, None)


def house(folder: Path, protections: frozenset[str]) -> Flask:
    """Return the application, with only some of its protections."""
    app = create_app(Settings(instance=folder, passphrase_memory=1))

    def weaken(response: Response) -> Response:
        if "cookie" not in protections and f"{EVICT}=" in response.headers.get("Set-Cookie", ""):
            response.headers.pop("Set-Cookie")
        if "script" not in protections and request.path.endswith("leave.js"):
            response.close()
            return Response("", mimetype="text/javascript")
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, weaken)
    return app


def phone(browser: Browser, street: Street, protections: str, *, scripts: bool) -> Page:
    """Open the questions of the box that takes answers."""
    context = browser.new_context(
        base_url=street.urls[protections],
        viewport=PHONE,  # type: ignore[arg-type]  # a width and a height
        java_script_enabled=scripts,
        locale="en",
    )
    page = context.new_page()
    page.goto("/en/river/")
    page.fill("#reading_word", street.word)
    page.click("main button")
    page.goto(f"/en/river/answer/{street.box}")
    return page


def send(page: Page, card: Code) -> None:
    """Fill the page, go on in another language, look at it, send it.

    A browser forgets a page it leaves for the same address, as when one goes from the questions to the look over them.
    It keeps the page in the first language: that is the one that could betray people.
    """
    page.locator("main fieldset input[type=radio]").first.check()
    page.locator("input[name=consent]").check()
    page.fill("#card", card)
    page.locator("button[formaction^='/es/']").click()
    page.locator("button[value=review].big").click()
    page.locator("button[value=send]").first.click()
    page.wait_for_url("**/thanks/**")


FILLED, ASKED = -3, -2
"""How far back of the thanks the first page lies, and the page in the other language."""


def back(page: Page, far: int) -> None:
    """Go back as the button does, to whatever the browser still shows there, and let that page settle.

    The browser is asked, not the page: a page that is left at once may not live to answer. A page out of the browser's
    memory tells nobody that it has loaded, so its address is looked at until it is another one.
    """
    before, browser = page.url, page.context.new_cdp_session(page)
    past = browser.send("Page.getNavigationHistory")
    browser.send("Page.navigateToHistoryEntry", {"entryId": past["entries"][past["currentIndex"] + far]["id"]})
    for _ in range(100):
        page.wait_for_timeout(100)
        if page.url != before:
            break
    page.wait_for_timeout(1500)
    assert page.url != before


def betrayed(page: Page, card: Code) -> bool:
    """Tell whether the card's number can be found on the page, typed or printed."""
    values = [field.input_value() for field in page.locator("input").all()]
    return card in values or card in "".join(page.content().split())


@pytest.mark.parametrize("far", [-1, ASKED, FILLED])
@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_after_sending_finds_nothing_filled(
    remembering: Browser, street: Street, *, scripts: bool, far: int
) -> None:
    page, card = phone(remembering, street, "both", scripts=scripts), next(street.cards)
    send(page, card)

    back(page, far)

    assert not betrayed(page, card)
    assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize(("protections", "scripts"), [("the cookie alone", False), ("the script alone", True)])
def test_each_protection_holds_alone(remembering: Browser, street: Street, protections: str, *, scripts: bool) -> None:
    page, card = phone(remembering, street, protections, scripts=scripts), next(street.cards)
    send(page, card)

    back(page, FILLED)

    assert page.locator("#card").input_value() == ""
    assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_without_them_going_back_finds_the_whole_form(remembering: Browser, street: Street, *, scripts: bool) -> None:
    page, card = phone(remembering, street, "neither", scripts=scripts), next(street.cards)
    page.add_init_script("addEventListener('pageshow', (event) => { window.kept = event.persisted; })")
    page.reload()
    send(page, card)

    back(page, FILLED)

    assert page.locator("#card").input_value() == card
    assert page.locator("input:checked").count() > 1
    assert not scripts or page.evaluate("window.kept") is True


def test_what_was_looked_over_is_not_sent_again_by_going_back_and_loading_anew(
    remembering: Browser, street: Street
) -> None:
    page, card = phone(remembering, street, "both", scripts=True), next(street.cards)
    send(page, card)

    back(page, -1)
    page.reload()

    assert not betrayed(page, card)
    assert page.locator("input:checked").count() == 0


def test_nothing_stays_in_the_browser_after_sending(remembering: Browser, street: Street) -> None:
    page = phone(remembering, street, "both", scripts=True)
    send(page, next(street.cards))
    page.wait_for_timeout(1500)

    assert page.evaluate(LEFT_BEHIND) == [0, 0, 0, 0, 0, ""]
    assert {cookie["name"] for cookie in page.context.cookies()} == {f"{access.READING}-river"}


def test_leaving_a_page_empties_its_forms(remembering: Browser, street: Street) -> None:
    page = phone(remembering, street, "the script alone", scripts=True)
    page.fill("#card", "12345")

    page.goto("/en/river/limits")
    back(page, -1)

    assert page.locator("#card").input_value() == ""
    assert (STATIC / "leave.js").stat().st_size < 1000


def test_leaving_quickly_puts_the_other_site_in_the_place_of_the_page(lived: Lived) -> None:
    page = lived.served.look().new_page()
    page.route("https://**", lambda route: route.fulfill(body="elsewhere"))
    lived.enter(page, lived.forty)
    page.goto(f"/en/{lived.forty.slug}/limits")

    page.click("#exit")
    page.wait_for_url("https://**")

    told = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    assert not [one for one in told["entries"] if one["url"].endswith("/limits")]


def test_three_escapes_leave_and_the_link_leaves_without_scripts(lived: Lived) -> None:
    plain, quick = lived.served.look(scripts=False).new_page(), lived.served.look().new_page()
    asked: list[tuple[str, str | None]] = []
    for page in (plain, quick):
        page.on(
            "request", lambda one: asked.append((one.url, one.headers.get("referer"))) if "https:" in one.url else None
        )
        page.route("https://**", lambda route: route.fulfill(body="elsewhere"))
        lived.enter(page, lived.forty)

    plain.click("#exit")
    plain.wait_for_url("https://**")
    for _ in range(3):
        quick.keyboard.press("Escape")
    quick.wait_for_url("https://**")

    assert len(asked) == 2
    assert all(lived.forty.slug not in url and told is None for url, told in asked)
