"""The open survey's page: one for everybody, kept, light, whole in each language, and the same on paper."""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask

from surveys.domain.cards import Code
from surveys.queries import Survey
from tests.surveys.hall import Hall, choices, shipped
from tests.visitor import Visitor, unshuffled


@pytest.fixture
def long(place: Hall, cards: tuple[Code, ...]) -> Survey:
    threats = choices("fire", "flood", "eviction", "rumours", "raids", "arrest")
    measures = choices("bell", "walk", "radio", "guard", "fund", "rest")
    asked = shipped("baseline", threats=threats, measures=measures, voices=choices("river", "hill"))
    return place.open(asked, "baseline")


def test_an_open_survey_is_one_page_kept_and_light(
    app: Flask,
    place: Hall,
    long: Survey,
    queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    member, compressed = Visitor(app).reads(place.again()), {"Accept-Encoding": "gzip"}
    first = member.client.get("/fr/casa/answer/baseline-1", headers=compressed)

    with queries() as seen:
        second = member.client.get("/fr/casa/answer/baseline-1", headers=compressed)

    assert len(long.questionnaire.items) == 66
    assert unshuffled(gunzip(first.data)) == unshuffled(gunzip(second.data))
    assert len(seen) <= 2
    style = gzip.compress((Path(app.root_path) / _style(first.data)).read_bytes())
    assert len(second.data) + len(style) <= 12_000


def gunzip(page: bytes) -> str:
    return gzip.decompress(page).decode()


def _style(page: bytes) -> str:
    return gunzip(page).split('rel="stylesheet" href="/')[1].split("?")[0]


@pytest.mark.parametrize(("tag", "words"), [("en", "Your voice"), ("fr", "Votre voix"), ("es", "Su voz")])
def test_the_whole_baseline_speaks_each_language(app: Flask, place: Hall, long: Survey, tag: str, words: str) -> None:
    page = Visitor(app, tag).reads(place.again()).visit(f"/{tag}/casa/answer/baseline-1")

    assert words in page.text
    assert len(page.all("fieldset")) == 66 + 1


def test_paper_and_script_come_from_the_same_questions(app: Flask, place: Hall, long: Survey) -> None:
    member = Visitor(app, "es").reads(place.again())

    both = member.visit("/es/casa/paper/baseline-1")
    form = member.visit("/es/casa/paper/baseline-1?part=form")
    script = member.visit("/es/casa/paper/baseline-1?part=script")

    assert "Hoja de papel" in form.text
    assert "Pregunta 66." in script.text
    assert "Pregunta 66." not in form.text
    assert "Hoja de papel" not in script.all("section", id="script")[0].itertext()
    assert len(both.all("fieldset")) == 66
    assert both.all("textarea", name="card") == []
