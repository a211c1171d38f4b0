"""A stage to attack: an assembly founded, asked and counted through its pages alone, by people who only have a browser.

Nothing here calls an action of the house. The clock is the one thing that is moved by hand.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from commons import clock, db
from commons.access import TYPED
from commons.clock import Clock
from commons.settings import Instance
from deliberation.actions import circle
from deliberation.actions.founding import founding_word
from tests.visitor import Page, Visitor, said

START = datetime(2026, 5, 4, 15, tzinfo=UTC)
TAGS = ("en", "fr", "es")
DAYS = 7
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')
LINK = re.compile(r'(?:href|src)="(/[^"#]*)"')

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Card:
    """A paper card: its number, and its witness in each survey of the season."""

    code: str
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A stage put aside: its database, its key, its hour."""

    rows: bytes
    key: bytes
    hour: datetime


@dataclass(slots=True)
class Stage:
    """An assembly as its people know it: the papers of the circle, the reading word, the cards."""

    app: Flask
    time: Clock
    slug: str
    papers: tuple[str, ...]
    k: int
    word: str
    cards: tuple[Card, ...] = ()
    phone: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        """Let members read."""
        self.phone = self.member().client

    @property
    def house(self) -> Instance:
        """What the machine was told, and its key."""
        found: Instance = self.app.extensions["palabre"]
        return found

    @property
    def instance(self) -> Path:
        """Where the machine keeps everything."""
        return self.house.settings.instance

    @property
    def file(self) -> Path:
        """The file of SQLite."""
        return self.instance / "palabre.sqlite"

    def path(self, rest: str = "", tag: str = "en") -> str:
        """Return the address of a page."""
        return f"/{tag}/{self.slug}/{rest}"

    def member(self, tag: str = "en") -> Visitor:
        """Come as somebody who knows the reading word."""
        visitor = Visitor(self.app, tag)
        visitor.client.post(self.path(tag=tag), data={TYPED: self.word})
        return visitor

    def facilitator(self, slot: int = 1) -> Visitor:
        """Come as the one who holds a place of the circle, and sit down."""
        self.time.move(minutes=2)
        visitor = self.member()
        seat = {"slot": str(slot), "passphrase": self.papers[slot - 1]}
        assert visitor.client.post(self.path("circle/sign-in"), data=seat).status_code == 303
        return visitor

    def sign(self, act: str, signers: int = 0) -> Page:
        """Let as many as are needed sign an act, one after the other; return what the last one saw."""
        last = signers or self.k
        for slot in range(1, last):
            client = self.facilitator(slot).client
            token = TOKEN.findall(client.get(act).text)[0]
            client.post(act, data={"form_token": token, "passphrase": self.papers[slot - 1]})
        visitor = self.facilitator(last)
        return visitor.submit(visitor.visit(act), "sign", passphrase=self.papers[last - 1])

    def draw(self, size: int) -> None:
        """Print a season's cards; whoever has one also has the new reading word."""
        visitor = self.facilitator()
        act = visitor.submit(visitor.visit(self.path("circle/cards")), "Propose to print", size=str(size))
        printed = self.sign(act.path)
        self.word = said(printed.all("div", class_="face")[0].findall("div/p")[-1].find("b"))
        self.cards = tuple(
            Card(said(one.find("div/p")), tuple(said(line.find("b")) for line in one.iter("li")))
            for one in printed.all("div", class_="cut")
        )
        self.phone = self.member().client

    def draft(self, instrument: str = "practice", **lists: list[str]) -> str:
        """Draft a survey that lasts a week, and return its slug."""
        visitor = self.facilitator()
        page = visitor.visit(self.path(f"circle/surveys/new/{instrument}"))
        kept = visitor.send(page, {"closes": (clock.now() + timedelta(days=DAYS)).date().isoformat(), **lists}, "draft")
        return kept.path.rsplit("/", 1)[1]

    def propose(self, survey: str, words: str) -> Page:
        """Propose an act about a survey by its button; return the page of the act, or what was answered."""
        visitor = self.facilitator()
        return visitor.submit(visitor.visit(self.path(f"circle/surveys/{survey}")), words)

    def open(self, instrument: str = "practice", **lists: list[str]) -> str:
        """Open a survey and return its slug."""
        slug = self.draft(instrument, **lists)
        self.sign(self.propose(slug, "Propose to open it").path)
        return slug

    def send(self, card: Card | str, survey: str, answers: Answers, tag: str = "en") -> TestResponse:
        """Answer as a member does: open the page, fill it, look it over, send."""
        address = self.path(f"answer/{survey}", tag)
        assert self.phone.get(address).status_code == 200
        looked = self.phone.post(address, data=filled(card, answers) | {"step": "review"})
        assert looked.status_code == 200
        return self.hurry(card, survey, answers, tag)

    def hurry(self, card: Card | str, survey: str, answers: Answers, tag: str = "en") -> TestResponse:
        """Send what was filled and looked over."""
        return self.phone.post(self.path(f"answer/{survey}", tag), data=filled(card, answers) | {"step": "send"})

    def answer(self, survey: str, given: Sequence[Answers], *, first: int = 0, hurried: bool = False) -> None:
        """Hand in one ballot a card, in order, from the card at `first` on. Fails when one is refused.

        Who is hurried sends without a look at the page and at the review.
        """
        for card, answers in zip(self.cards[first:], given, strict=False):
            send = self.hurry if hurried else self.send
            assert send(card, survey, answers).status_code == 303

    def end(self) -> None:
        """Let the last day pass."""
        self.time.move(days=DAYS + 1)

    def count(self, survey: str) -> Page:
        """Let a box end and open it together; return what the last signer saw."""
        self.end()
        return self.sign(self.propose(survey, "Propose to open the box and count").path)

    def keep(self) -> Kept:
        """Put the stage aside as it is. SQLite only."""
        return Kept(self.file.read_bytes(), self.house.key, clock.now())

    def again(self, kept: Kept) -> None:
        """Go back to where the stage was put aside."""
        closed(self.app)
        self.file.write_bytes(kept.rows)
        self.app.extensions["palabre"] = replace(self.house, key=kept.key)
        self.time.move(seconds=(kept.hour - clock.now()).total_seconds())
        circle._tries._buckets.clear()  # no hour was ever set back for the house
        self.phone = self.member().client


def filled(card: Card | str, answers: Answers) -> dict[str, object]:
    """Return what a browser sends of a filled form."""
    return {**answers, "consent": "yes", "card": card.code if isinstance(card, Card) else card}


def closed(app: Flask) -> None:
    """Let go of the database."""
    with app.app_context():
        db.session.remove()
        db.db.engine.dispose()


CHARTER = {
    "title": "Tree",
    "slug": "tree",
    "people": "3",
    "k": "2",
    "t": "2",
    "languages": list(TAGS),
    "timezone": "UTC",
}


def founded(app: Flask, time: Clock, **other: str) -> Stage:
    """Found an assembly in one sitting. No context of the application may be open: requests would share it."""
    assert not has_app_context()
    charter = {**CHARTER, **other}
    with app.app_context():
        word = founding_word()
    visitor = Visitor(app)
    page, papers = visitor.submit(visitor.visit("/en/found"), "charter", **charter, word=word), list[str]()
    for _ in range(int(str(charter["people"]))):
        shown = visitor.submit(page, "turn")
        papers.append(said(shown.all("p", class_="digits")[0]))
        page = visitor.submit(shown, "turn", passphrase=papers[-1])
    word = said(page.all("dd", class_="digits")[0])
    return Stage(app, time, str(charter["slug"]), tuple(papers), int(str(charter["k"])), word)


def crawl(client: FlaskClient, start: str) -> dict[str, TestResponse]:
    """Return every page that can be reached by links from an address, in every language, exports and files too."""
    found: dict[str, TestResponse] = {}
    ahead = [start]
    while ahead:
        address = ahead.pop()
        if address in found or address.startswith("/static/"):
            continue
        found[address] = client.get(address)
        if found[address].mimetype == "text/html":
            ahead += [unescape(one) for one in LINK.findall(found[address].text)]
        ahead += [found[address].headers["Location"]] if "Location" in found[address].headers else []
    return found


_lived: dict[str, tuple[Kept, Stage]] = {}


def resumed(app: Flask, time: Clock, name: str, live: Callable[[Flask, Clock], Stage]) -> Stage:
    """Return a stage lived once a run, then copied: its database, its key, its hour. SQLite only."""
    if name not in _lived:
        stage = live(app, time)
        _lived[name] = stage.keep(), stage
    kept, lived = _lived[name]
    copied = replace(lived, app=app, time=time)
    copied.again(kept)
    return copied


def drawn(app: Flask, time: Clock, cards: int = 60) -> Stage:
    """Return an assembly that has just drawn its cards."""
    stage = founded(app, time)
    stage.draw(cards)
    return stage


@contextmanager
def at_start() -> Iterator[Clock]:
    """Stop the clock on the first day."""
    with clock.stopped(START) as still:
        yield still
