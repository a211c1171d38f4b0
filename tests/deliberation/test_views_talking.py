"""What people ask, argue, merge and split before a round, through the pages; and a call that becomes proposals."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from commons import clock, quorum
from commons.quorum import Refused
from deliberation.actions import talking
from deliberation.actions.talking import argue
from deliberation.domain.talk import Side
from deliberation.queries import proposals
from surveys import door
from surveys.actions.wording import reword
from surveys.domain.logic import Answer, Written
from tests.deliberation.gathering import WALK, Gathering, changed
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
CIRCLE = "/en/river/circle/proposals"
Sits = Callable[..., Visitor]


def test_a_question_is_asked_answered_and_read_by_members(river: Gathering, sits: Sits, visitor: Visitor) -> None:
    slug, facilitator = river.propose(), sits(river)
    page = facilitator.visit(f"{CIRCLE}/{slug}")
    page = facilitator.send(page, {"said-words-en": "At night too?"}, "The question, without a name")
    assert "Nobody has answered yet." in page.text

    facilitator.send(page, {"said-words-en": "Never alone at night."}, "The answer")

    shown = visitor.reads(river.assembly).visit(f"/en/river/proposals/{slug}").text
    assert "At night too? Never alone at night." in shown


def test_reasons_stand_by_side_without_names_or_numbers(river: Gathering, sits: Sits, visitor: Visitor) -> None:
    slug, facilitator = river.propose(), sits(river)
    for side, words in (("for", "It is safer"), ("against", "It is tiring"), ("none of these", "On the rain")):
        page = facilitator.visit(f"{CIRCLE}/{slug}")
        facilitator.send(page, {"said-words-en": words, "side": side}, "The reason, without a name")

    shown = visitor.reads(river.assembly).visit(f"/en/river/proposals/{slug}").text
    assert "What speaks for it It is safer" in shown
    assert "What speaks against it It is tiring" in shown
    assert "What it depends on On the rain" in shown


def test_what_names_somebody_is_taken_away(river: Gathering, sits: Sits) -> None:
    slug, facilitator = river.propose(), sits(river)
    page = facilitator.visit(f"{CIRCLE}/{slug}")
    page = facilitator.send(page, {"said-words-en": "Ask my cousin"}, "The reason, without a name")

    page = facilitator.submit(page, "Take it away")

    assert "Ask my cousin" not in page.text
    assert river.seen(slug).draft.talk.on(Side.DEPENDS) == ()


def test_nothing_said_is_a_clear_sentence_and_no_reason(river: Gathering, sits: Sits) -> None:
    slug, facilitator = river.propose(), sits(river)

    page = facilitator.send(facilitator.visit(f"{CIRCLE}/{slug}"), {}, "The reason, without a name")

    assert "Write what was said, without a name." in page.text
    assert river.seen(slug).draft.talk.arguments == ()


@pytest.mark.parametrize(("say", "status"), [("shout", 400), ("answer", 200)])
def test_what_the_page_does_not_offer_changes_nothing(river: Gathering, sits: Sits, say: str, status: int) -> None:
    slug, facilitator = river.propose(), sits(river)
    page = facilitator.visit(f"{CIRCLE}/{slug}")

    sent = {"say": say, "about": "nobody asked", "said-words-en": "Yes"}
    facilitator.send(page, sent, "The question, without a name", status=status)

    assert river.seen(slug).draft.talk.questions == ()


def test_nothing_is_added_to_what_a_box_asks_about(river: Gathering, sits: Sits) -> None:
    slug, facilitator = river.propose(), sits(river)
    page = facilitator.visit(f"{CIRCLE}/{slug}")
    river.open(river.round(slug))

    page = facilitator.send(page, {"said-words-en": "Too late"}, "The reason, without a name")

    assert "Its text cannot be changed now." in page.text
    assert "Somebody gives a reason" not in page.text
    assert river.seen(slug).draft.talk.arguments == ()


def test_talking_makes_no_new_text(river: Gathering, sits: Sits) -> None:
    slug, facilitator = river.propose(), sits(river)
    facilitator.send(
        facilitator.visit(f"{CIRCLE}/{slug}"), {"said-words-en": "It is safer"}, "The reason, without a name"
    )

    assert river.seen(slug).version == 1


def test_an_amended_text_is_read_beside_the_one_before(river: Gathering, sits: Sits, visitor: Visitor) -> None:
    slug, facilitator = river.propose(), sits(river)
    page = facilitator.visit(f"{CIRCLE}/{slug}/text")
    facilitator.send(page, {"text-en": "Walk the boundary at dawn together"}, "writing")

    page = visitor.reads(river.assembly).visit(f"/en/river/proposals/{slug}")

    assert "Earlier texts, and what changed" in page.text
    assert ["".join(one.itertext()) for one in page.tree.iter("ins")] == ["at dawn"]
    assert "Before Walk the boundary together" in page.text


def test_two_texts_are_merged_and_both_say_so(river: Gathering, sits: Sits, visitor: Visitor) -> None:
    facilitator = sits(river)
    one, other = river.propose(), river.propose(changed(WALK, "Ring the bell"))
    page = facilitator.send(facilitator.visit(CIRCLE), {"from": [one, other]}, "Write the new text")
    assert "Made from" in page.text

    page = facilitator.send(page, {"text-en": "Walk and ring", "effort-en": "all", "review": "2026-06-01"}, "writing")
    facilitator.submit(page, "Explain it")

    merged = proposals.proposals(river.assembly)[0]
    assert merged.draft.made_from == {one, other}
    assert merged.missing == ()
    shown = visitor.reads(river.assembly)
    assert "Other texts were made from it Walk and ring" in shown.visit(f"/en/river/proposals/{one}").text
    assert (
        "Made from Walk the boundary together Ring the bell" in shown.visit(f"/en/river/proposals/{merged.slug}").text
    )


def test_one_text_is_split_and_the_first_goes_on(river: Gathering, sits: Sits) -> None:
    facilitator, slug = sits(river), river.propose()
    page = facilitator.send(facilitator.visit(CIRCLE), {"from": slug}, "Write the new text")

    facilitator.send(page, {"text-en": "Walk the northern side"}, "writing")

    assert proposals.proposals(river.assembly)[0].draft.made_from == {slug}
    assert river.seen(slug).way.stage.value == "amendment"


def test_a_text_is_made_from_nothing_that_does_not_exist(river: Gathering, sits: Sits) -> None:
    facilitator = sits(river)
    page = facilitator.visit(f"{CIRCLE}/new?from=proposal-7")
    assert "Made from" not in page.text

    page = facilitator.send(page, {"text-en": "Walk", "made_from": "proposal-7"}, "writing")

    assert page.tree.find(".//div[@role='alert']") is not None
    assert proposals.proposals(river.assembly) == ()


def test_merging_nothing_says_that_the_text_is_a_new_one(river: Gathering, sits: Sits) -> None:
    river.propose()
    facilitator = sits(river)

    page = facilitator.send(facilitator.visit(CIRCLE), {}, "Write the new text")

    assert "No text was chosen, so this is a new one." in page.text


def called(river: Gathering, time: clock.Clock, texts: Sequence[str]) -> str:
    """Ask what we should do, and open the box."""
    call = door.draft(river.assembly, kind="call", questionnaire=door.shipped("call"), terms={}, closes=river.closes())
    answers: list[dict[str, Answer]] = [{"W1": Written(text=text)} for text in texts]
    river.answer(call, river.open(call), answers)
    river.count(call, time)
    return call


def test_a_call_becomes_proposals_without_authors(
    app: Flask, river: Gathering, sits: Sits, time: clock.Clock, visitor: Visitor
) -> None:
    call = called(river, time, [f"a bell by the well of my aunt {turn}" for turn in range(6)])
    facilitator = sits(river)
    page = facilitator.visit(CIRCLE)

    page = facilitator.visit(next(link for link in page.links() if f"from={call}" in link))
    assert "Nothing has been said in other words yet." in page.text
    river.act("surveys.wording", **reword(river.assembly, call, "W1", [{"en": "Bells are missing."}]))
    page = facilitator.visit(page.path)
    assert "Made from Bells are missing." in page.text
    facilitator.send(page, {"text-en": "Bells near water"}, "writing")

    slug = proposals.proposals(river.assembly)[0].slug
    facilitator.submit(facilitator.visit(f"{CIRCLE}/{slug}"), "Explain it")
    shown = visitor.reads(river.assembly).visit(f"/en/river/proposals/{slug}").text
    assert "what people proposed in a call" in shown
    assert "aunt" not in shown


def test_nothing_is_said_about_a_text_while_a_round_waits_to_be_opened(river: Gathering) -> None:
    slug = river.propose()
    river.round(slug)

    with pytest.raises(Refused, match="in_a_draft"):
        talking.ask(river.assembly, slug, {"en": "At night too?"})

    assert river.seen(slug).draft.talk.questions == ()


def test_what_is_said_about_a_text_changes_no_act_that_waits(river: Gathering, sits: Sits) -> None:
    slug = river.propose()
    act = quorum.propose(river.assembly, "deliberation.aloud", river.spoken(slug))

    argue(river.assembly, slug, Side.FOR, {"en": "It is safer"})

    assert quorum.propose(river.assembly, "deliberation.aloud", river.spoken(slug)) == act
    assert [quorum.approve(river.assembly, act, keys) is not None for keys in river.keys[:3]] == [False, False, True]
    assert river.seen(slug).way.stage.value == "ratification"
