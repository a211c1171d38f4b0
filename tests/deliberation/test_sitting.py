"""A plenary takes proposals one by one: a box each, opened by one act, each with a verdict of its own."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from commons import clock, quorum
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import asking
from surveys import door
from tests.deliberation.gathering import WALK, Gathering, changed
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor, said

__all__ = ["river", "sits", "time"]


def proposals(place: Gathering) -> tuple[str, str]:
    return place.propose(), place.propose(changed(WALK, "Two by two after dark"))


def test_a_box_for_each_proposal_is_opened_ended_and_told_alone(river: Gathering, time: clock.Clock) -> None:
    two = proposals(river)
    boxes = asking.draft_rounds(river.assembly, door.shipped("round"), two, closes=river.closes())
    river.act("surveys.sitting", surveys=list(boxes), together=False)
    for slug, box in zip(two, boxes, strict=True):
        found = door.survey(river.assembly, box)
        assert found is not None
        river.answer(box, found.questionnaire, [{f"S1.{slug}": 1}] * 9)

    time.move(days=1)
    for box in boxes:
        river.act("surveys.count", survey=box)

    told = [door.release(river.assembly, box) for box in boxes]
    outcomes = [one.data["closed"]["outcome"] for one in told if one and isinstance(one.data["closed"], dict)]
    assert outcomes == [{slug: "adopted"} for slug in two]
    assert [river.seen(slug).box for slug in two] == ["counted", "counted"]


@pytest.mark.parametrize("number", [0, 13])
def test_a_sitting_takes_one_to_twelve_proposals(river: Gathering, number: int) -> None:
    with pytest.raises(Refused, match="how_many_in_a_sitting"):
        asking.draft_rounds(river.assembly, door.shipped("round"), ["x"] * number, closes=river.closes())


def test_when_one_cannot_be_drafted_none_is(river: Gathering) -> None:
    slug, _ = proposals(river)

    with pytest.raises(Refused):
        asking.draft_rounds(river.assembly, door.shipped("round"), [slug, slug], closes=river.closes())

    assert door.surveys(river.assembly) == ()


def test_the_page_of_proposals_leads_to_the_sitting(river: Gathering, sits: Callable[..., Visitor]) -> None:
    two, visitor = proposals(river), sits(river)
    page = visitor.visit("/en/river/circle/proposals")

    sitting = visitor.submit(page, "round", proposals=list(two), button="each")
    act = visitor.submit(sitting, "sitting")

    assert len([one for one in sitting.all("input", name="box") if "checked" in one.attrib]) == len(two)
    assert "Two by two after dark" in act.text
    assert re.search(r"Checked for every number of ballots from \d+ to \d+", act.text)
    (waiting,) = quorum.waiting(river.assembly)
    assert waiting.kind == "surveys.sitting"


def test_dates_ahead_are_told_to_members(river: Gathering, sits: Callable[..., Visitor]) -> None:
    spans = [["2026-03-22", "2026-03-24"], ["2026-03-29", "2026-03-31"]]
    river.act("surveys.series", survey=river.pulse(), days=spans)

    page = sits(river).visit("/en/river/")

    assert "takes answers from March 29, 2026 to March 31, 2026" in page.text
    assert "takes no more answers" not in page.text
    assert "takes answers from March 22, 2026 to March 24, 2026" in page.text


def test_a_series_keeps_the_days_the_assembly_keeps_free(river: Gathering) -> None:
    spans = [["2026-03-22", "2026-03-24"], ["2026-05-03", "2026-05-05"]]

    with pytest.raises(Refused, match="quiet_days"):
        river.act("surveys.series", survey=river.pulse(), days=spans)


def test_the_hall_reads_the_item_in_every_language_and_its_answers_and_no_figure(app: Flask, river: Gathering) -> None:
    text = {"en": "Walk in pairs", "fr": "Marcher à deux", "es": "Caminar de a dos"}
    slugs = [river.propose(replace(WALK, text=text)), river.propose()]
    boxes = asking.draft_rounds(river.assembly, door.shipped("round"), slugs, closes=river.closes(), rated=True)
    river.act("surveys.sitting", surveys=list(boxes), together=True)

    page = Visitor(app).reads(load(river.assembly.id)).visit(f"/en/river/hall/{boxes[0]}")

    hall = said(page.all("div", class_="hall")[0])
    assert all(words in hall for words in ("Marcher à deux", "Caminar de a dos", "Full support", "I block it"))
    assert re.findall(r"\d+", hall) == ["1", "2"]
    assert "Where do we stand?" not in hall
