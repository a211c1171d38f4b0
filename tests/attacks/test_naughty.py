"""What no form is meant for: every field of every form and every part of every address, filled with whatever breaks."""

import re
import time as stopwatch
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import html5lib
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from commons.settings import here
from surveys.domain.cards import Mistyped, parse
from surveys.domain.questionnaire import plain
from tests.attacks.standing import Standing, held, kept, token
from tests.visitor import Visitor, _filled

NAUGHTY = (
    "a\0b",
    "\ud800",
    "\u202eevil\u202c\u2066x\u2069",
    "e\u0301 \u00e9",
    "Z\u0351\u036b\u0343\u036a\u0302" * 40,
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "\u200f\u00ad\ufeff",
    "Ｒiver",
    "{{ 7 * 7 }}{% raise %}${7*7}#{7*7}",
    "%(x)s %s %n {0} {x!r}",
    "' OR 1=1; DROP TABLE ballot; --",
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</textarea></script><!--]]>",
    "../../../../etc/passwd",
    "=1+1|cmd",
    "\r\nSet-Cookie: x=1\r\n\r\n",
    "-1",
    "9" * 40,
    "٣",
    "²",
    "1e9",
    "NaN",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "20260330",
    "x" * 20_000,
    "null",
    "[]",
)
ENDS = ("/circle/sign-out", "/circle/lock")
"""Forms that end the sitting, which is not what is tried here."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a page offers it: where it goes, what it holds untouched, and every name it could send."""

    target: str
    data: Mapping[str, object]
    names: tuple[str, ...]


def forms(visitor: Visitor, paths: list[str]) -> Iterator[Form]:
    """Yield every form of these pages that sends something, but those that end the sitting."""
    for path in paths:
        answer = visitor.client.get(path)
        tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.text)
        for form in tree.iter("form"):
            target = form.get("action") or path
            named = [one.get("name", "") for one in form.iter() if one.tag in {"input", "select", "textarea", "button"}]
            names = tuple(dict.fromkeys(name for name in named if name and name != "form_token"))
            if form.get("method") == "post" and not target.endswith(ENDS) and names:
                yield Form(target, _filled(form), names)


def every(house: Standing) -> list[tuple[Visitor, Form]]:
    """Return each form with somebody who may send it."""
    pages = [path for rule, path in house.addresses() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    inside = [path for path in pages if "/circle/" in path and "sign-in" not in path]
    one, member = house.facilitator(), house.member()
    found = [(one, form) for form in forms(one, inside)]
    return found + [(member, form) for form in forms(member, [path for path in pages if path not in inside])]


def sent(visitor: Visitor, form: Form, values: Mapping[str, object]) -> int:
    """Send a form as bytes a browser could never make, and return the status."""
    pairs = [
        f"{quote(name)}={quote(str(value).encode('utf-8', 'surrogatepass'))}"
        for name, value in MultiDict({**form.data, **values}).items(multi=True)
    ]
    kind = "application/x-www-form-urlencoded"
    return visitor.client.post(form.target, data="&".join(pairs), content_type=kind).status_code


def on_disk() -> bytes:
    """Return the database byte for byte: reading never writes, and neither does a refusal."""
    return (here().settings.instance / "palabre.sqlite").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("word", NAUGHTY, ids=lambda word: ascii(word)[:20])
def test_every_form_survives_a_naughty_word_in_every_field(house: Standing, word: str) -> None:
    for visitor, form in every(house):
        for names in (form.names, form.names[:1]):
            before = on_disk()
            status = sent(visitor, form, dict.fromkeys(names, word))
            assert status < 500, (form.target, names)
            assert status < 400 or on_disk() == before, (form.target, status)


@pytest.mark.slow
def test_no_drawn_word_breaks_any_form(house: Standing) -> None:
    all_forms, stands = every(house), kept()
    words = st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=60), st.integers().map(str), st.dates().map(str))

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(all_forms) - 1), st.lists(words, min_size=1, max_size=4), st.randoms())
    @example(0, ["\0"], None)
    def tried(which: int, drawn: list[str], chance: object) -> None:
        visitor, form = all_forms[which]
        names = form.names if chance is None else chance.sample(form.names, min(len(drawn), len(form.names)))  # type: ignore[attr-defined]  # a Random
        before = on_disk()
        status = sent(visitor, form, dict(zip(names, drawn, strict=False)))
        assert status < 500
        assert status < 400 or on_disk() == before

    tried()
    stands.back()


@pytest.mark.slow
def test_no_part_of_an_address_breaks_any_route(house: Standing) -> None:
    one, before = house.facilitator(), held()
    words = (*NAUGHTY[:13], "a" * 64, "A" * 64, "00" * 32, "٣" * 64, "x" * 3000, "%", ".", "..")

    for rule, _ in house.addresses():
        for name in rule.arguments:
            for word in words:
                named = {**house.named, "code": "T12", name: word}
                path = re.sub(r"<(?:path:)?(\w+)>", lambda part, named=named: _quoted(named[part[1]]), rule.rule)  # type: ignore[misc]  # bound here
                for verb in ("GET", "POST", "BREW"):
                    answer = one.client.open(path, method=verb)
                    assert answer.status_code < 500, (verb, path)
                    answer.close()

    assert held() == before


def _quoted(word: str) -> str:
    return quote(word.encode("utf-8", "surrogatepass"), safe="")


SHOWN = tuple(word for word in NAUGHTY if "\0" not in word and "\ud800" not in word and len(word) < 1000)


@pytest.mark.parametrize("word", SHOWN, ids=lambda word: ascii(word)[:20])
def test_what_is_typed_is_kept_to_the_sign_and_shown_as_text(house: Standing, word: str) -> None:
    """Composed (NFC), and without what would be hidden in it; never as markup, never carried out."""
    one, typed = house.facilitator(), f"begins {word} ends"
    wanted = plain(unicodedata.normalize("NFC", typed.replace("\r\n", "\n")))
    one.client.post("/en/river/circle/threats", data={"form_token": token(one), "words-en": typed})
    one.client.post("/en/river/circle/proposals/new", data={"form_token": token(one), "text-en": typed})

    kept_words = [row for rows in (held()["threat"], held()["proposal"]) for row in rows if _holds(row, wanted)]
    pages = ("circle/threats", "circle/proposals", "circle/surveys/new/short-baseline")
    shown = [one.visit(f"/en/river/{path}") for path in pages]

    assert len(kept_words) == 2
    for page in shown:
        assert " ".join(wanted.split()) in page.text
        assert not page.all("script", type="") or all(script.get("src") for script in page.all("script"))
        assert not page.all("img", src="x")


def _holds(row: tuple[object, ...], wanted: str) -> bool:
    return any(isinstance(cell, dict) and _within(cell, wanted) for cell in row)


def _within(cell: Mapping[str, object], wanted: str) -> bool:
    return any(one == wanted or (isinstance(one, dict) and _within(one, wanted)) for one in cell.values())


LONG = (
    "1" * 60_000,
    "1-" * 30_000,
    "a" * 60_000,
    "<" * 60_000,
    "%(" * 30_000,
    " " * 60_000,
    "\u0301" * 20_000,
    "١" * 30_000,
)


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text)[:6])
def test_no_length_of_a_word_takes_long_to_refuse(text: str) -> None:
    """Every pattern here is linear: a body as large as any that is taken costs less than a page."""
    from commons import i18n, security  # noqa: PLC0415 - only what holds patterns

    began = stopwatch.process_time()
    with pytest.raises(Mistyped):
        parse(text)
    plain(text)
    security.sounds_spoken(security.spoken_as(text), 3)
    i18n._fault("%(name)s", text)

    assert stopwatch.process_time() - began < 0.5


def test_two_things_of_one_name_are_said_beside_their_list(house: Standing) -> None:
    """However the letters are made: wide, capital, or with other spaces."""
    one = house.facilitator()
    given = {"form_token": token(one)}
    for words in ("River noise", "Ｒiver  NOISE"):
        one.client.post("/en/river/circle/threats", data={**given, "words-en": words})
    draft = one.visit("/en/river/circle/surveys/new/short-baseline")
    lists = {name: [box.get("value") for box in draft.all("input", name=name)] for name in ("threats", "measures")}

    refused = one.send(draft, {**lists, "closes": "2026-04-01"})

    assert "Two of these are called the same." in refused.text
    assert len(refused.all("input", name="threats", checked="")) >= 2


def test_two_proposals_in_the_same_words_and_two_voices_of_one_name_are_refused(house: Standing) -> None:
    one, first, second = house.facilitator(), house.river.propose(), house.river.propose()
    given, before = {"form_token": token(one)}, held()

    sent_twice = {**given, "proposals": [first, second], "closes": "2026-04-01"}
    at_round = one.client.post("/en/river/circle/proposals", data=sent_twice)
    voices = {**given, "members": "30", "voice1-en": "River", "voice2-en": "ＲIVER"}
    at_voices = one.client.post("/en/river/circle/people", data=voices)

    for answer in (at_round, at_voices):
        assert answer.status_code == 200
        assert "Two of these are called the same." in answer.text
    assert held()["survey"] == before["survey"]
    assert held()["act"] == before["act"]
