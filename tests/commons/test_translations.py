"""Catalogues nobody vetted: what is wrong in one is not shown, and takes no page down."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask, render_template_string

from commons import i18n
from commons.cli import missing

Write = Callable[[str, str], None]


@pytest.mark.parametrize(
    ("source", "target", "fault"),
    [
        ("Hello", "Bonjour %(x)s", "placeholder"),
        ("Hello", "Bonjour %d", "placeholder"),
        ("Hello", "Bonjour %", "placeholder"),
        ("Hello %(num)s", "Bonjour %(num)", "placeholder"),
        ("Hello %(num)s", "Bonjour %(num)d", "placeholder"),
        ("Hello %(num)s", "Bonjour", "placeholder"),
        ("Hello %(num)s", "Bonjour %(num)s %(num)s", "placeholder"),
        ("Hello", "Bonjour</code>", "markup"),
        ("<b>Hello</b>", "Bonjour", "markup"),
        ("<b>Hello</b>", "<b>Bonjour", "markup"),
        ("<b>Hello</b>", "<b onclick=x>Bonjour</b>", "markup"),
        ("<b>Hello</b>", "<i>Bonjour</i>", "markup"),
        ("Hello", "Bonjour <img src=x onerror=alert(1)", "markup"),
        ("Hello", "Bonjour &lt;script&gt;", "markup"),
        ("Hello", "javascript:alert(1)", "address"),
        ("Hello", "Bon\u2067jour", "address"),
    ],
)
def test_a_fault_of_a_translation_has_a_name(source: str, target: str, fault: str) -> None:
    assert i18n.fault(Message(source, target)) == fault


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: Flask) -> Iterator[Write]:
    """Return a writer that changes one line of the French catalogue of the ground, in a copy."""
    folder = tmp_path / "translations"
    shutil.copytree(i18n.FOLDER, folder)
    monkeypatch.setattr(i18n, "FOLDER", folder)

    def write(before: str, after: str) -> None:
        path = folder / "fr" / "commons.po"
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")
        i18n.spoken.cache_clear()

    i18n.spoken.cache_clear()
    yield write
    i18n.spoken.cache_clear()


@pytest.mark.parametrize(
    "plural",
    ["n/0", "n%0", "__import__('os').abort()", "(" * 500 + "n" + ")" * 500, "n > 1 ? 7 : 9", "", "exit()", "n" * 9999],
)
def test_a_plural_rule_in_a_catalogue_is_never_carried_out(app: Flask, written: Write, plural: str) -> None:
    """Which form a number takes comes from CLDR by the language's tag, not from the file somebody sent."""
    with app.test_request_context("/fr/"):
        app.preprocess_request()
        before = [i18n.ngettext("One thing to look at", "%(num)s things to look at", number) for number in range(201)]
        written("plural=(n > 1)", f"plural={plural}")
        after = [i18n.ngettext("One thing to look at", "%(num)s things to look at", number) for number in range(201)]

    assert after == before
    assert len(set(before)) == 200


@pytest.mark.parametrize("bad", ["Ouvrir %(x)s", "Ouvrir <script>alert(1)</script>", "Ouvrir %", "javascript:x"])
def test_an_unsafe_message_is_shown_in_its_source_and_named_by_the_check(app: Flask, written: Write, bad: str) -> None:
    assert missing("fr", "commons") == []
    written('msgid "Open"\nmsgstr "Ouvrir"', f'msgid "Open"\nmsgstr "{bad}"')

    page = app.test_client().get("/fr/nowhere/")

    assert page.status_code == 200
    assert ">Open</button>" in page.text
    assert missing("fr", "commons") == ["Open"]


@pytest.mark.parametrize(
    ("text", "tag", "set_as"),
    [
        ("Qui vient ? « Nous » : tous !", "fr", "Qui vient\u00a0? «\u00a0Nous\u00a0»\u00a0: tous\u00a0!"),
        ("une maison ; deux", "fr-CA", "une maison\u00a0; deux"),
        ("https://a:b", "fr", "https://a:b"),
        ("Who comes ? Us", "en", "Who comes ? Us"),
    ],
)
def test_french_marks_keep_to_their_word(text: str, tag: str, set_as: str) -> None:
    assert i18n.typeset(text, tag) == set_as
    assert i18n.pick({tag: text}, tag).text == set_as


def test_nothing_that_people_wrote_is_kept_to_set_it_sooner() -> None:
    assert not hasattr(i18n.typeset, "cache_info")
    assert not hasattr(i18n.pick, "cache_info")


@pytest.mark.parametrize(
    ("tag", "day", "style", "said"),
    [
        ("fr", date(2026, 10, 1), "long", "1er octobre 2026"),
        ("fr", date(2026, 10, 1), "full", "jeudi 1er octobre 2026"),
        ("fr", date(2026, 10, 1), "medium", "1er oct. 2026"),
        ("fr", date(2026, 10, 11), "long", "11 octobre 2026"),
        ("es", date(2026, 10, 1), "long", "1 de octubre de 2026"),
        ("en", date(2026, 10, 1), "long", "October 1, 2026"),
    ],
)
def test_a_day_is_written_as_its_language_does(app: Flask, tag: str, day: date, style: str, said: str) -> None:
    with app.test_request_context(), i18n.within(tag):
        assert i18n.dated(day, style) == said
        assert render_template_string(f"{{{{ day|dateformat('{style}') }}}}", day=day) == said
