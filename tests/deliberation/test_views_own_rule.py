"""The pages on which an assembly writes its own rule, and tries each on numbers. Nothing typed is lost, or kept."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, log
from deliberation.domain.presets import Again
from deliberation.domain.rules import Called
from deliberation.queries import settled
from tests.deliberation.gathering import Gathering, gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_own_rule import THIRD, chosen, met, own
from tests.visitor import Page, Visitor, said

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
WHOLE = {
    "quorum": "1/2",
    "called": "declared",
    "base": "answered",
    "agreeing": "for",
    "agreement": "75 %",
    "blocks": "1",
    "reserved": "1/5",
    "again": "end",
    "second": "1/3",
    "vote": "2/3",
    "vote_more": "yes",
    "after": "voices",
    "priority": "whole",
    "step": "propose",
}


def test_the_page_proposes_the_rule_as_it_was_written(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/rule/own")

    act = visitor.submit(page, "own", **WHOLE)

    for words in (
        "A rule of our own",
        "at least three quarters of those who answer the question",
        "at most one person",
        "at least a third of us",
        "more than two thirds of those who hand in",
        "when each of our voices, apart, wants it",
        "it ends there: no agreement, and the disagreement is recorded",
    ):
        assert words in act.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quorum": "half"}, "Write a part, above nothing"),
        ({"quorum": "0/2"}, "Write a part, above nothing"),
        ({"quorum": "3/0"}, "Write a part, above nothing"),
        ({"quorum": "120 %"}, "Write a part, above nothing"),
        ({"voices": "everybody"}, "Write a part, above nothing"),
        ({"agreement": "1/3"}, "Write a part of half at least"),
        ({"vote": "1/3"}, "Write a part of half at least"),
        ({"blocks": "a few"}, "Write how many people, such as 2"),
        ({"talk": "7/5"}, "Write how many people, such as 2"),
        ({"called": "guests"}, "Choose one of these."),
        ({"again": ""}, "Choose one of these."),
        ({"after": ""}, "Choose one of these."),
        ({"beside": "yes", "base": "handed_in"}, "can be left out only where"),
        ({"beside": "yes", "agreeing": "aside"}, "can be left out only where"),
        ({"second": "1/2"}, "asks for fewer than the first"),
        ({"priority": ""}, "Choose how priorities are judged."),
        ({"voices": "1/3"}, "say how many people each is"),
    ],
)
def test_what_makes_no_rule_is_asked_again_and_nothing_typed_is_lost(
    river: Gathering, sits: Sits, fields: dict[str, str], sentence: str
) -> None:
    visitor, typed = sits(river), WHOLE | {"opposed": "3"} | fields

    page = visitor.send(visitor.visit("/en/river/circle/rule/own"), typed, "own")

    assert sentence in page.text
    kept = {one.get("name"): one.get("value", "") for one in page.all("input", type="text")}
    assert {name: kept[name] for name in ("quorum", "agreement", "opposed", "vote")} == {
        name: typed[name] for name in ("quorum", "agreement", "opposed", "vote")
    }


def test_the_rule_in_force_is_what_one_begins_from(app: Flask, time: clock.Clock, sits: Sits) -> None:
    here = chosen(app, own(Again.GROUP))

    page = sits(here).visit("/en/river/circle/rule/own")

    kept = {one.get("name"): one.get("value", "") for one in page.all("input", type="text")}
    assert (kept["quorum"], kept["agreement"], kept["blocks"], kept["second"], kept["vote"]) == (
        ("1/2", "3/4", "0", "1/3", "3/4")
    )
    assert settled.collective(here.assembly).rule == own(Again.GROUP)


def test_the_first_rule_may_be_one_of_our_own(app: Flask, time: clock.Clock, sits: Sits) -> None:
    visitor = sits(gathering())
    page = visitor.visit("/en/river/circle/rule/own")

    refused = visitor.send(page, WHOLE, "own")
    act = visitor.submit(page, "own", **WHOLE, members="12")

    assert "Write how many people you say you are." in refused.text
    assert "12 people" in act.text


def test_the_part_of_a_graded_agreement_is_typed(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/rule")

    wrong = visitor.send(page, {"rule": "R6", "graded": "1/4", "priority": "whole"}, "choose")
    act = visitor.submit(page, "choose", rule="R6", graded="90 %", priority="whole")

    assert "Write a part of half at least" in wrong.text
    assert "at least 9 in 10 of those who answer the question" in act.text
    assert "four out of five" not in act.text


def test_the_page_of_a_proposal_lets_the_assembly_go_on_to_a_vote(app: Flask, time: clock.Clock, sits: Sits) -> None:
    here = chosen(app, own(Again.GROUP))
    slug = here.propose()
    here.aloud(slug, "no_agreement", "too_little_agreement")
    visitor = sits(here)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}")

    unheard = visitor.send(page, {"heard": ""}, "onward-2")
    act = visitor.submit(page, "onward-2", heard=here.heard())

    assert "Type the words of the log" in unheard.text
    assert "when nobody in the assembly is against it" in act.text
    assert "no circle and no facilitator decides this" in act.text


def test_a_text_blocked_twice_goes_to_a_group_drawn_by_lot(app: Flask, time: clock.Clock, sits: Sits) -> None:
    here = chosen(app, own(Again.GROUP))
    slug = here.propose()
    pages = []

    for _ in range(2):
        here.aloud(slug, "returned", "blocked", raised=["block"])
        here.act("deliberation.go_on", proposal=slug)
        pages.append(sits(here).visit(f"/en/river/circle/proposals/{slug}").text)
        met(here, slug, "block")

    assert ["a small mixed group, drawn by lot" in page for page in pages] == [False, True]


COUNTED = {"stance1": "7", "stance2": "1", "stance6": "1", "skipped": "1", "declared": "12", "cards": "30"}


def tried(page: Page) -> dict[str, tuple[str, str]]:
    """What each rule of a page would give: the outcome and the reason, by the words of the rule and its part."""
    rows = [row for table in page.all("table") for row in table.iter("tr") if row.findall("td")]
    return {said(row.find("th")): (said(row.findall("td")[0]), said(row.findall("td")[1])) for row in rows}


def test_our_rule_and_every_other_are_tried_on_the_same_numbers(app: Flask, river: Gathering) -> None:
    visitor = Visitor(app).reads(river.assembly)

    page = visitor.submit(visitor.visit("/en/river/rule"), "try", **COUNTED)

    found = tried(page)
    assert found["Consensus with stand-asides"] == (
        ("returned to be amended", "It was blocked, more than the rule allows.")
    )
    assert found["Consensus, then majority More than half of those taking part agree."] == (
        ("adopted with reservations", "Enough people agree under the rule.")
    )
    assert len(found) == 9


def test_trying_a_rule_writes_nothing(app: Flask, river: Gathering) -> None:
    visitor, before = Visitor(app).reads(river.assembly), log.head(river.assembly)

    page = visitor.submit(visitor.visit("/en/river/rule"), "try", **COUNTED)

    assert log.head(river.assembly) == before
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("stance3", "many", "Write a whole number"), ("declared", "", "Write how many people you say you are.")],
)
def test_numbers_that_are_none_are_asked_again(
    app: Flask, river: Gathering, name: str, typed: str, sentence: str
) -> None:
    visitor = Visitor(app).reads(river.assembly)

    page = visitor.submit(visitor.visit("/en/river/rule"), "try", **(COUNTED | {name: typed}))

    assert sentence in page.text
    assert page.all("table") == []
    assert {one.get("name"): one.get("value", "") for one in page.all("input", type="text")}["stance1"] == "7"


def test_a_rule_of_each_voice_is_tried_with_the_voices(app: Flask, time: clock.Clock) -> None:
    here = chosen(app, own(voices=THIRD), 6, 6)
    visitor = Visitor(app).reads(here.assembly)
    page = visitor.visit("/en/river/rule")

    came = tried(visitor.submit(page, "try", **(COUNTED | {"stance6": "", "voice1": "5", "voice2": "2"})))
    absent = tried(visitor.submit(page, "try", **(COUNTED | {"stance6": "", "voice1": "7", "voice2": "1"})))

    ours = "A rule of our own Talking until we agree"
    assert came[ours][0] == "adopted with reservations"
    assert absent[ours][1] == "Too few people of one of our voices took part for the rule to decide."


def test_a_rule_of_the_cards_asks_how_many_were_drawn(app: Flask, time: clock.Clock) -> None:
    here = chosen(app, own(called=Called.CARDS))
    visitor = Visitor(app).reads(here.assembly)

    page = visitor.submit(visitor.visit("/en/river/rule"), "try", **(COUNTED | {"cards": ""}))

    assert tried(page)["A rule of our own A vote"] == ("", "This rule counts from the cards: type how many were drawn.")


def test_the_rule_one_is_writing_is_tried_before_it_is_proposed(river: Gathering, sits: Sits) -> None:
    visitor, before = sits(river), log.head(river.assembly)
    page = visitor.visit("/en/river/circle/rule/own")

    once = visitor.send(page, {**WHOLE, **COUNTED, "step": "try"}, "own")
    strict = visitor.send(once, {"blocks": "0", "step": "try"}, "own")

    ours = "A rule of our own Talking until we agree"
    assert tried(once)[ours] == ("adopted with reservations", "Enough people agree under the rule.")
    assert tried(strict)[ours] == ("returned to be amended", "It was blocked, more than the rule allows.")
    assert len(tried(strict)) == 3, "the talk, the second call and the vote"
    kept = {one.get("name"): one.get("value", "") for one in strict.all("input", type="text")}
    assert (kept["agreement"], kept["stance1"], kept["cards"]) == ("75 %", "7", "30")
    assert log.head(river.assembly) == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"stance3": "many"}, "Write a whole number"),
        ({"declared": ""}, "Write how many people you say you are."),
        ({"agreement": "1/3"}, "Write a part of half at least"),
    ],
)
def test_a_rule_is_not_tried_on_what_does_not_fit(
    river: Gathering, sits: Sits, fields: dict[str, str], sentence: str
) -> None:
    visitor = sits(river)

    page = visitor.send(
        visitor.visit("/en/river/circle/rule/own"), {**WHOLE, **COUNTED, "step": "try", **fields}, "own"
    )

    assert sentence in page.text
    assert page.all("table") == []


def test_a_rule_being_written_is_tried_with_the_voices_that_say_how_many_they_are(
    app: Flask, time: clock.Clock, sits: Sits
) -> None:
    some, unknown = chosen(app, own(), 6, 6), {**WHOLE, **COUNTED, "step": "try", "stance6": "", "voices": "1/3"}
    visitor = sits(some)
    page = visitor.visit("/en/river/circle/rule/own")

    came = visitor.send(page, {**unknown, "voice1": "5", "voice2": "2"}, "own")
    absent = visitor.send(page, {**unknown, "voice1": "7", "voice2": "1"}, "own")

    ours = "A rule of our own Talking until we agree"
    assert tried(came)[ours][0] == "adopted with reservations"
    assert tried(absent)[ours][1] == "Too few people of one of our voices took part for the rule to decide."
    assert "What is asked of each voice is left out here" not in absent.text


def test_where_no_voice_says_how_many_it_is_the_trial_says_what_it_leaves_out(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/rule/own")

    told = visitor.send(page, {**WHOLE, **COUNTED, "step": "try", "voices": "1/3"}, "own")

    assert "What is asked of each voice is left out here" in told.text


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_before_a_rule_is_chosen_the_others_can_be_tried(app: Flask, time: clock.Clock, tag: str) -> None:
    here = gathering()
    visitor = Visitor(app, tag).reads(here.assembly)

    page = visitor.submit(visitor.visit(f"/{tag}/river/rule"), "try", **COUNTED)

    assert len(tried(page)) == 9
