"""What the documents say can be done, can be done."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import polib
import pytest
from flask import Flask

import run
from tests.house.tree import ROOT, files, name

COMMAND = re.compile(r"run\.py ((?:[a-z][a-z0-9-]*)(?: [a-z][a-z0-9-]*)*)")
STRAIGHT = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?= )")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def said_commands() -> list[tuple[str, str]]:
    """Return (page, words) for every command a document tells people to run."""
    return sorted({(name(path), words) for path in files(".md") for words in COMMAND.findall(path.read_text())})


@pytest.mark.parametrize(("page", "words"), said_commands())
def test_a_command_in_a_document_exists(app: Flask, page: str, words: str) -> None:
    first, *rest = words.split()
    if first in run.COMMANDS or first in ("flask", "help"):
        return
    group: click.Command = app.cli
    with click.Context(group) as context:
        for word in (first, *rest):
            if isinstance(group, click.Group):
                found = group.get_command(context, word)
                assert found, f"{page}: there is no command {words!r}"
                group = found


@pytest.mark.parametrize("page", files(".md"), ids=name)
def test_a_link_in_a_document_leads_somewhere(page: Path) -> None:
    links = [one for one in LINK.findall(page.read_text()) if "://" not in one and not one.startswith("mailto:")]

    assert [one for one in links if not (page.parent / one).exists()] == []


def test_the_readme_gives_the_two_commands_and_a_picture() -> None:
    text = (ROOT / "README.md").read_text()

    assert "python3 run.py demo" in text
    assert "python3 run.py test" in text
    assert "AGPL-3.0-or-later" in text
    assert re.search(r"!\[[^\]]{10,}\]\(docs/screenshots/", text), (
        "a screenshot, with words for those who cannot see it"
    )


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()

    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "13. Remote Network Interaction" in text
    assert len(text) > 34_000


def test_a_document_names_no_machine() -> None:
    """No path of somebody's folder, no address of a private index, in anything people read."""
    private = re.compile(r"/(?:home|root|Users|work|tmp)/\w+|localhost:(?!8000)\d+")
    found = {name(page): private.findall(page.read_text()) for page in files(".md")}

    assert {page: paths for page, paths in found.items() if paths} == {}


def read_by_people(path: Path) -> list[str]:
    """Return every text of a catalogue (both sides) or of a file of content."""
    if path.suffix == ".po":
        lines = [line for line in polib.pofile(str(path)) if not line.obsolete]
        return [
            text
            for line in lines
            for text in (line.msgid, line.msgid_plural, line.msgstr, *line.msgstr_plural.values())
            if text
        ]
    return list(texts_of(json.loads(path.read_text())))


def texts_of(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for one in content.values() if isinstance(content, dict) else content:
            yield from texts_of(one)


@pytest.mark.parametrize("text", ["the log's words", "l'urne", "the allies' word"])
def test_a_straight_apostrophe_is_seen(text: str) -> None:
    assert STRAIGHT.search(text)
    assert not STRAIGHT.search(text.replace("'", "’"))


@pytest.mark.parametrize(
    "path",
    [*files(".po"), *(one for one in files(".json") if {"questionnaires", "catalogue"} & set(one.parts))],
    ids=name,
)
def test_apostrophes_are_curly_where_people_read(path: Path) -> None:
    assert [text for text in read_by_people(path) if STRAIGHT.search(text)] == []
