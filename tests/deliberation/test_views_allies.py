"""Where the circle opens one thing to allies, and takes it back."""

from collections.abc import Callable

import pytest

from commons import allies, clock, quorum
from deliberation.actions import widening
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
HERE = "/{}/river/circle/allies"


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_one_thing_is_proposed_and_its_act_says_what_travels(
    river: Gathering, sits: Callable[..., Visitor], tag: str
) -> None:
    visitor = sits(river, tag=tag)

    act = visitor.submit(visitor.visit(HERE.format(tag)), "widen", what="plan")

    assert "/circle/acts/" in act.path
    assert len(act.all("section", class_="note")) == 1
    assert [one.kind for one in quorum.waiting(river.assembly)] == [widening.WIDEN]


def test_what_is_open_is_shown_with_its_word_and_taken_back(
    river: Gathering, sits: Callable[..., Visitor], time: clock.Clock
) -> None:
    river.later(widening.WIDEN, time, what="plan")
    visitor = sits(river)
    page = visitor.visit(HERE.format("en"))
    assert allies.word(river.assembly, widening.widened(river.assembly)["plan"]) in page.text

    act = visitor.submit(page, "shown-1")

    assert "Show to allies no more: Our plan" in act.text


def test_without_a_choice_a_sentence_says_what_to_choose(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river)

    again = visitor.submit(visitor.visit(HERE.format("en")), "widen")

    assert "Choose the digest, the plan, or a result that stands." in again.text
