"""A real Chromium on a real server: what a person would see, with and without JavaScript."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from app import create_app
from commons import db
from commons.cli import server
from commons.settings import Settings
from deliberation.cli import demonstration
from deliberation.queries.demonstration import Shown, shown

NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 360, "height": 720}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium, or Playwright's own; skip loudly without one, fail when that is CI."""
    with sync_playwright() as playwright:
        found = next(
            (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None
        )
        try:
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error:
            message = "No Chromium here: install one, or run `.venv/bin/playwright install chromium`."
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and the browser that looks at it."""

    url: str
    browser: Browser

    def look(
        self, *, scripts: bool = True, dark: bool = False, viewport: dict[str, int] | None = None
    ) -> BrowserContext:
        """Return a new browser window."""
        return self.browser.new_context(
            base_url=self.url,
            java_script_enabled=scripts,
            viewport=viewport or PHONE,  # type: ignore[arg-type]  # a width and a height
            color_scheme="dark" if dark else "light",
            locale="en",
        )


@contextmanager
def serving(app: Flask, browser: Browser) -> Iterator[Served]:
    """Serve an application on a free port, as the demonstration is served."""
    served = server(app, 0)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{served.effective_port}", browser)
    finally:
        served.close()
        thread.join(timeout=5)


@dataclass(frozen=True, slots=True)
class Lived:
    """The demonstration, lived and served: what it shows of its three places, and the browser that looks at it."""

    served: Served
    forty: Shown
    sixteen: Shown
    six: Shown
    spare: Iterator[str]

    def card(self) -> str:
        """Return a card of the forty that no journey has used yet."""
        return next(self.spare)

    def enter(self, page: Page, place: Shown, tag: str = "en") -> None:
        """Open a place with its reading word."""
        page.goto(f"/{tag}/{place.slug}/")
        page.fill("#reading_word", place.word)
        page.click("main button")

    def sit(self, page: Page, place: Shown, slot: int) -> None:
        """Sign in as one facilitator of a place that is already open."""
        page.goto(f"/en/{place.slug}/circle/sign-in")
        page.fill("input[name=slot]", str(slot))
        page.fill("input[name=passphrase]", place.passphrases[slot])
        page.click("main button[type=submit]")


@pytest.fixture(scope="session")
def lived(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Live the demonstration once for all the journeys, with its own database, and serve it."""
    app = create_app(Settings(instance=tmp_path_factory.mktemp("demo"), demonstration=True, passphrase_memory=1))
    with app.app_context():
        db.upgrade()
        demonstration.keep(demonstration.live(lambda _progress: None))
        forty, sixteen, six, _ = shown()
        db.session.remove()
    with serving(app, chromium) as served:
        yield Lived(served, forty, sixteen, six, iter(forty.cards))


def watched(page: Page) -> list[str]:
    """Return a list that fills with everything a page should never do: complain, fail, or ask elsewhere."""
    wrongs: list[str] = []
    page.on("console", lambda message: wrongs.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on("request", lambda request: wrongs.append(request.url) if "127.0.0.1" not in request.url else None)
    return wrongs


def overflow(page: Page) -> int:
    """Return how many pixels a page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def saved(page: Page, name: str) -> None:
    """Keep a picture of the whole page when PALABRE_PICTURES names a folder."""
    folder = os.environ.get("PALABRE_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An empty instance that may be filled with invented people."""
    app = create_app(Settings(instance=tmp_path / "instance", demonstration=True, passphrase_memory=1))
    yield app
    with app.app_context():
        db.session.remove()
        db.db.engine.dispose()
