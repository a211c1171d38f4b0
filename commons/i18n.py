"""Languages: interface catalogues read from `.po` files in memory, and content in several languages side by side.

Tags come from `translations/languages.toml`, not from CLDR, so a language no library knows can be spoken here.
Every translated message is checked when it is read: one that changes a placeholder or a tag, adds an address or turns
the text around is dropped, and its original is shown instead.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context
from flask_babel import Babel

from commons import clock
from commons.assembly import Assembly
from commons.settings import HOUSE
from commons.terms import Own, both, put, unclear

FOLDER = HOUSE / "translations"
ROOMS = ("commons", "surveys", "deliberation")
SOURCE = "en"
LONGEST = 3
BREATH = 40
MOST_READ = 1024
FRESH = timedelta(seconds=30)
_PLACEHOLDER = re.compile(r"%(?:\(\w*\))?[a-zA-Z%]?")
_MARKUP = re.compile(r"<[^>]{0,200}>?|&\w{1,20};")
_HIGH_MARKS = ";:!?»"
_FORBIDDEN = re.compile(r"https?:|javascript:|www\.|[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface or of content: its own name, its direction, where it falls back to.

    `reviewed` tells whether somebody whose language it is has read its catalogues.
    """

    tag: str
    name: str
    dir: str
    formats: str
    fallback: tuple[str, ...]
    complete: bool
    reviewed: bool

    @property
    def chain(self) -> tuple[str, ...]:
        """The tags to try, in order."""
        return tuple(dict.fromkeys((self.tag, *self.fallback, SOURCE)))


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language it is really in."""

    text: str
    tag: str
    dir: str

    def __str__(self) -> str:
        """Return the text alone."""
        return self.text


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """Return the registry, by tag, in its written order."""
    data = tomllib.loads((FOLDER / "languages.toml").read_text("utf-8"))
    return {
        tag: Language(
            tag, one["name"], one["dir"], one["formats"], tuple(one["fallback"]), one["complete"], one["reviewed"]
        )
        for tag, one in data.items()
    }


def offered() -> tuple[Language, ...]:
    """Return the languages whose interface is complete."""
    return tuple(language for language in languages().values() if language.complete)


def typeset(text: str, tag: str) -> str:
    """Return a text as its language sets it: French high marks and quotes keep to their word, on the same line.

    Spaces that somebody typed are made unbreakable; none is added, for what was typed may be no sentence. Nothing is
    kept: what people wrote would stand in memory after it was erased.
    """
    if tag.partition("-")[0] != "fr":
        return text
    for mark in _HIGH_MARKS:
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("\u00ab ", "\u00ab\u00a0")


def pick(words: Mapping[str, str], tag: str | None = None) -> Said:
    """Return the text in the language asked for (that of the page by default), or in the nearest one there is."""
    known = languages()
    wanted = known.get(tag or current().tag) or known[SOURCE]
    for one in (*wanted.chain, *sorted(words)):
        if words.get(one):
            return Said(typeset(words[one], one), one, known[one].dir if one in known else "ltr")
    return Said("", wanted.tag, wanted.dir)


def current() -> Language:
    """Return the language of the page being made."""
    known = languages()
    return known.get(g.get("tag", SOURCE) if has_request_context() else SOURCE, known[SOURCE])


@contextmanager
def within(tag: str) -> Iterator[None]:
    """Speak another language for a while: what is kept in several is written in each, on one page."""
    before = g.get("tag", SOURCE)
    g.tag = tag
    try:
        yield
    finally:
        g.tag = before


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a message: one, or one for each plural."""
    return tuple(str(form or "") for form in (text if isinstance(text, tuple | list) else (text,)))


def fault(message: Message) -> str:
    """Return what makes a translated message unsafe to show, or an empty string."""
    sources = forms(message.id)
    for index, target in enumerate(forms(message.string)):
        said = (_fault(sources[min(index, len(sources) - 1)], one) for one in both(target))
        found = next(filter(None, said), "agreement" if unclear(target) else "")
        if found:
            return found
    return ""


def _fault(source: str, target: str) -> str:
    wrong = {
        "placeholder": Counter(_PLACEHOLDER.findall(target)) != Counter(_PLACEHOLDER.findall(source)),
        "markup": Counter(_MARKUP.findall(target)) != Counter(_MARKUP.findall(source)),
        "address": bool(_FORBIDDEN.search(target)) and not _FORBIDDEN.search(source),
        "composition": unicodedata.normalize("NFC", target) != target,
        "length": len(target) > LONGEST * len(source) + BREATH,
    }
    return next((name for name, is_wrong in wrong.items() if is_wrong), "")


def catalogue(tag: str, room: str) -> Catalog:
    """Read one room's catalogue in one language. Raises FileNotFoundError when there is none."""
    with (FOLDER / tag / f"{room}.po").open("rb") as file:
        return read_po(file, locale=languages()[tag].formats)


def translated(message: Message) -> bool:
    """Tell whether a message has all its words, and none in doubt."""
    return bool(message.id) and all(forms(message.string)) and not message.fuzzy


class Spoken(NullTranslations):
    """The messages of one language, in memory; what it lacks is asked of its fallback."""

    def __init__(self, tag: str) -> None:
        """Read every room's catalogue of the language."""
        super().__init__()
        self._one: dict[str, str] = {}
        self._many: dict[str, tuple[str, ...]] = {}
        self._plural = Locale.parse(languages()[tag].formats, sep="-").plural_form
        for message in self._messages(tag):
            self._keep(message)

    @staticmethod
    def _messages(tag: str) -> Iterator[Message]:
        for room in ROOMS:
            if Path(FOLDER / tag / f"{room}.po").exists():
                yield from (m for m in catalogue(tag, room) if translated(m) and not fault(m))

    def _keep(self, message: Message) -> None:
        if isinstance(message.id, tuple | list):
            self._many[message.id[0]] = forms(message.string)
        else:
            self._one[message.id] = str(message.string)

    def gettext(self, message: str) -> str:
        """Return the message in this language, or in its fallback's."""
        return self._one.get(message) or super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of the message for `n`. French, English and Spanish here have one and other."""
        forms = self._many.get(msgid1)
        if forms is None:
            return super().ngettext(msgid1, msgid2, n)
        return forms[0 if self._plural(n) == "one" else -1]

    ugettext = gettext
    ungettext = ngettext


@lru_cache(maxsize=64)
def spoken(tag: str) -> NullTranslations:
    """Return the messages of a language with its chain of fallbacks."""
    first: NullTranslations | None = None
    for one in languages()[tag].chain:
        if one == SOURCE:
            continue
        found = Spoken(one)
        if first is None:
            first = found
        else:
            first.add_fallback(found)
    return first or NullTranslations()


_own: list[Callable[[Assembly], Mapping[str, Own]]] = []


def register_own(words_of: Callable[[Assembly], Mapping[str, Own]]) -> None:
    """Let the room that knows an assembly say which words are its own, by language."""
    _own[:] = [words_of]


def own_words() -> Own:
    """Return the words of its own that the page’s assembly has in its language, half a minute old at most."""
    if not _own or not has_request_context() or g.get("assembly") is None:
        return ()
    read: dict[bytes, tuple[datetime, Mapping[str, Own]]] = current_app.extensions["own_words"]
    until, words = read.get(g.assembly.id, (clock.now(), {}))
    if until <= clock.now():
        words = _own[0](g.assembly)
        if len(read) >= MOST_READ:
            read.clear()
        read[g.assembly.id] = clock.now() + FRESH, words
    return words.get(current().tag, ())


def _in_own(said: str) -> str:
    own = own_words()
    return put(said, current().tag, own) if own or "{" in said else said


def _one(message: str) -> str:
    return _in_own(spoken(current().tag).gettext(message))


def _many(one: str, many: str, number: int) -> str:
    return _in_own(spoken(current().tag).ngettext(one, many, number))


def gettext(message: str, **values: object) -> str:
    """Return a sentence in the page's language and the assembly's own words, with its named values put in."""
    said = _one(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """Return the sentence for `number` things; `%(num)s` is the number."""
    return _many(one, many, number) % {"num": number, **values}


def _locale() -> Locale:
    return Locale.parse(current().formats, sep="-")


_FIRST = re.compile(r"\b1 (?=[^\W\d])")


def dated(when: date, style: str = "long") -> str:
    """Return a day as the page's language writes it; French counts the first day of a month, and only that one."""
    said = format_date(when, style, locale=_locale())
    return _FIRST.sub("1er ", said) if current().formats.startswith("fr") else said


def init(app: Flask) -> None:
    """Give the application its languages."""
    Babel(app, locale_selector=_locale, default_timezone="UTC")  # type: ignore[no-untyped-call]  # it ships no types
    app.extensions["own_words"] = {}  # by assembly: until when they need not be read again, and the words
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        _one,
        _many,
        newstyle=True,
    )
    app.jinja_env.filters["dateformat"] = dated
    app.jinja_env.globals.update(pick=pick, languages=offered, language=current)
