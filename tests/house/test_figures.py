"""No figure without a sentence: pages without one are refused, and a document names every place that shows figures."""

import re

import pytest
from flask import Response

from tests.house.tree import ROOT
from tests.visitor import Page, figures, parsed

SHOWS = re.compile(r'from "partials/figures\.html" import [^%]*\b(?:bars?|bands?|chart)\b')
ROW = re.compile(r"^\| [^|]+ \| `(templates/[\w/]+\.html)` \| `[\w/]+\.py::\w+` \|$", re.MULTILINE)
BAND = '<table><tr><td><span class="band most">most</span></td></tr></table>'
BAR = '<table><tr><td><span class="bar w40"></span></td></tr></table>'


def page(body: str) -> Page:
    """Return a page of this body."""
    return Page("/en/", Response(), parsed("/en/", f"<!doctype html><html><body>{body}</body></html>"))  # type: ignore[arg-type]  # a plain response


@pytest.mark.parametrize(
    "body",
    [
        BAND,
        f"<figure>{BAR}</figure>",
        f"<figure>{BAND}<figcaption> </figcaption></figure>",
        f"<figure>{BAND}<figcaption>Most say so.</figcaption></figure>{BAR}",
        BAR.replace("<table>", '<table aria-describedby="empty">') + '<p id="empty"></p>',
        '<figure><div class="chart"></div></figure>',
    ],
)
def test_a_page_with_a_figure_that_says_nothing_is_refused(body: str) -> None:
    assert "without a sentence" in figures(page(body))


@pytest.mark.parametrize(
    "body",
    [
        f"<figure>{BAND}<figcaption>Most say so.</figcaption></figure>",
        BAR.replace("<table>", '<table aria-describedby="said">') + '<p id="said">Most say so.</p>',
        "<table><tr><td>nothing released</td></tr></table>",
    ],
)
def test_a_page_whose_figures_speak_is_let_through(body: str) -> None:
    assert not figures(page(body))


def test_every_template_that_shows_figures_is_told() -> None:
    templates = ROOT / "templates"
    showing = {one.relative_to(ROOT).as_posix() for one in templates.rglob("*.html") if SHOWS.search(one.read_text())}

    assert showing == set(ROW.findall((ROOT / "docs" / "disclosure.md").read_text()))
