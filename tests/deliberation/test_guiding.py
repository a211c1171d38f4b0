"""A guide, not a norm: steps can be left out or put in another order, and nothing follows from it."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, log
from deliberation.domain.collective import Step
from deliberation.phrases.guiding import SOURCES
from deliberation.queries import path, settled
from tests.deliberation.gathering import Gathering, gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
WAY_OUT = "https://www.wikipedia.org/"
Sits = Callable[..., Visitor]


def test_the_path_shows_how_far_an_assembly_has_come(app: Flask, river: Gathering, time: clock.Clock) -> None:
    new = gathering("hill")
    river.adopt()

    assert path.done(new.assembly) == frozenset()
    assert path.done(river.assembly) == {Step.MEMBERS, Step.THREATS, Step.NEEDS, Step.PLAN}
    page = Visitor(app).reads(river.assembly).visit("/en/river/path")
    assert "A guide, not a norm" in page.text
    assert "Ask everybody we are here" in page.text


def test_steps_are_left_out_and_put_in_another_order(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    typed = {"place-consult": "6", "place-review": "1", "skip-needs": "y"}

    shown = visitor.send(visitor.visit("/en/river/circle/path"), typed, "order")
    visitor.send(shown, {}, "order")

    taken = settled.collective(river.assembly).path
    assert (taken.order[0], taken.order[-1]) == (Step.MEMBERS, Step.CONSULT)
    assert taken.order[1:3] == (Step.REVIEW, Step.THREATS)
    assert taken.skipped == {Step.NEEDS}
    assert "left out" in shown.text
    assert [line.payload for line in log.entries(river.assembly, kind="path")] == [{}]


@pytest.mark.parametrize(("tag", "title"), [("en", "Protecting"), ("fr", "protéger"), ("es", "Protegernos")])
def test_the_learning_page_names_its_sources_in_each_language_without_a_link_outside(
    app: Flask, river: Gathering, tag: str, title: str
) -> None:
    page = Visitor(app, tag).reads(river.assembly).visit(f"/{tag}/river/learn")

    assert title in page.text
    assert [name for name, _ in SOURCES if name not in page.text] == []
    assert [link for link in page.links() if "//" in link] == [WAY_OUT]
