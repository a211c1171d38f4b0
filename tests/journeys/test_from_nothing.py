"""From an empty machine to a printed first survey: by links and buttons that can be seen, without JavaScript."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app import create_app
from commons import db
from commons.settings import Settings
from deliberation.actions.founding import founding_word
from tests.journeys.conftest import Served, saved, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE, NEEDED = 3, 2
MOST_STEPS, MOST_SECONDS = 60, 30 * 60
A_STEP = 20  # seconds a person takes to read a page, type and press: thirty minutes hold ninety such steps


@dataclass(slots=True)
class Walk:
    """Somebody who has never been here, and presses what they see. No address is typed after the first."""

    page: Page
    steps: int = 0
    seat: int = 0
    word: str = ""
    papers: list[str] = field(default_factory=list)

    def press(self, words: str, within: str = "main") -> None:
        """Press a link or a button that can be seen, by its words; the page that follows must be sound."""
        said = re.compile(rf"^\s*{re.escape(words)}")
        found = self.page.locator(f"{within} a, {within} button").filter(has_text=said, visible=True).first
        with self.page.expect_navigation() as led:
            found.click()
        assert led.value.status == 200, self.page.url
        assert self.page.locator("main").count() == 1
        self.steps += 1

    def turn_to(self, words: str) -> None:
        """Open the menu of the circle, which a phone keeps closed, and press one of its links."""
        self.page.click(".menu summary")
        self.press(words, "nav")

    def sign(self, title: str, signers: int) -> None:
        """Let several sign an act, each from their own place: the first is seated and on its page."""
        others = [place for place in range(1, PEOPLE + 1) if place != self.seat]
        for place in [self.seat, *others][:signers]:
            if place != self.seat:
                self.press("Leave my place")
                self.sit(place)
                self.press(title)
            self.page.fill("#passphrase", self.papers[place - 1])
            self.press("Sign", "#sign")

    def sit(self, place: int) -> None:
        """Take a place in the circle."""
        if self.page.locator("#reading_word").count():
            self.page.fill("#reading_word", self.word)
            self.press("Open")
        self.seat = place
        self.page.fill("#slot", str(place))
        self.page.fill("#passphrase", self.papers[place - 1])
        self.press("Take my place")


@pytest.fixture
def served(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """An empty machine, and the founding word its console says."""
    app = create_app(Settings(instance=tmp_path / "instance", passphrase_memory=1))
    with app.app_context():
        db.upgrade()
        word = founding_word()
        db.session.remove()
    with serving(app, chromium) as running:
        yield running, word


def founded(walk: Walk, word: str) -> str:
    """Found an assembly of three, each with their paper; return its reading word."""
    page = walk.page
    for name, typed in {"word": word, "title": "Casa", "slug": "casa", "people": PEOPLE, "k": NEEDED}.items():
        page.fill(f"#{name}", str(typed))
    page.fill("#timezone", "America/Guatemala")
    page.locator("input[name=t][value='1']").check()
    walk.press("Go on: a paper for each person")
    for turn in range(1, PEOPLE + 1):
        walk.press("I am alone: show my paper")
        walk.papers.append(page.locator(".sheet .digits").first.inner_text())
        page.fill("#passphrase", walk.papers[-1])
        walk.press("I have my paper" if turn < PEOPLE else "Found the assembly")
    return page.locator("dd.digits").first.inner_text()


def settled(walk: Walk) -> None:
    """Choose how the assembly decides."""
    walk.turn_to("How we decide")
    walk.page.locator("input[name=rule]").first.check()
    walk.page.locator("input[name=priority]").first.check()
    walk.page.locator("input[name=kind]").first.check()
    walk.page.fill("#members", "30")
    walk.press("Propose it to the circle")
    walk.sign(walk.page.locator("h1").inner_text(), NEEDED + 1)


def drawn(walk: Walk) -> None:
    """Print the cards of a season."""
    walk.turn_to("Cards")
    walk.page.fill("#size", "30")
    walk.press("Propose to print them")
    walk.sign(walk.page.locator("h1").inner_text(), NEEDED)
    assert walk.page.locator(".cut").count() >= 30


def opened(walk: Walk) -> None:
    """Draft a first survey, open it together, and print it. New cards carry a new reading word: it is asked again."""
    walk.turn_to("Cards")
    walk.word = walk.page.locator("#word .digits").inner_text()
    walk.turn_to("Surveys")
    walk.press("Draft a survey")
    walk.press("How are we this week?")
    walk.press("Keep this draft")
    walk.press("Propose to open it")
    walk.sign(walk.page.locator("h1").inner_text(), NEEDED)
    walk.press("The survey, as it stands now")
    walk.press("On paper, or to read aloud")


def test_a_circle_of_strangers_prints_its_first_survey(served: tuple[Served, str]) -> None:
    running, word = served
    began = time.monotonic()
    walk = Walk(running.look(scripts=False).new_page())
    walk.page.goto("/en/")
    walk.press("Found an assembly here")

    walk.word = founded(walk, word)
    walk.press("Take a place in the circle")
    walk.sit(1)
    settled(walk)
    drawn(walk)
    opened(walk)

    saved(walk.page, "first-survey")
    assert (
        "How safe" in walk.page.locator("main").inner_text() or walk.page.locator("main fieldset, main li").count() > 3
    )
    assert 20 < walk.steps <= MOST_STEPS
    assert time.monotonic() - began + walk.steps * A_STEP < MOST_SECONDS
