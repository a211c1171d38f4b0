"""What the circle's pages refuse: every refusal is a sentence, and leaves everything as it was."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, quorum
from deliberation.actions import circle
from deliberation.queries import proposals, settled
from surveys import door
from tests.deliberation.gathering import WALK, Gathering, changed
from tests.deliberation.sitting import PASSPHRASE, river, signed, sits, time
from tests.visitor import Page, Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]


def there(visitor: Visitor, slug: str) -> Page:
    """Open the circle's page of a proposal."""
    return visitor.visit(f"/en/river/circle/proposals/{slug}")


def test_too_many_tries_at_a_place_ask_for_a_minute(river: Gathering, visitor: Visitor, sits: Sits) -> None:
    act = quorum.propose(river.assembly, "deliberation.threshold", {"k": 4, "t": 2})
    circle._tries._buckets.clear()
    page = visitor.reads(river.assembly).visit("/en/river/circle/sign-in")
    refused = [visitor.submit(page, "sit", slot="1", passphrase="no such words") for _ in range(6)]

    desk = sits(river)
    asked = desk.visit(f"/en/river/circle/acts/{act}")
    at_the_act = desk.submit(asked, "sign", passphrase=PASSPHRASE.format("dafa"))
    another = sits(river, 2)
    waits = another.visit(asked.path)
    mistyped = [another.submit(waits, "sign", passphrase="no such words") for _ in range(6)]

    assert "Wait a minute, then try again." in refused[-1].text
    assert "1 of 4 needed" in at_the_act.text  # whoever guesses at the door keeps nobody from signing
    assert "Wait a minute, then try again." in mistyped[-1].text


@pytest.mark.parametrize(("slot", "words"), [("", "x"), ("first", "x"), ("1", "")])
def test_an_unfinished_sign_in_is_asked_again(river: Gathering, visitor: Visitor, slot: str, words: str) -> None:
    page = visitor.reads(river.assembly).visit("/en/river/circle/sign-in")

    again = visitor.submit(page, "sit", slot=slot, passphrase=words)

    assert "Type " in again.text


@pytest.mark.parametrize("act", ["00", "nonsense"])
def test_an_act_nobody_proposed_is_not_found(river: Gathering, sits: Sits, act: str) -> None:
    sits(river).visit(f"/en/river/circle/acts/{act}", status=404)


def test_an_act_whose_moment_has_passed_says_so_and_is_not_signed(
    river: Gathering, time: clock.Clock, sits: Sits
) -> None:
    act = quorum.propose(river.assembly, "deliberation.threshold", {"k": 4, "t": 2})
    time.move(days=20)
    circle._tries._buckets.clear()
    visitor = sits(river)

    page = visitor.submit(visitor.visit(f"/en/river/circle/acts/{act}"), "sign", passphrase=PASSPHRASE.format("dafa"))

    assert "It has expired. Propose it again." in page.text
    assert "0 of 4 needed" in page.text


def test_an_act_that_is_done_says_so(app: Flask, river: Gathering, sits: Sits) -> None:
    circle.lock(river.assembly)
    act = quorum.propose(river.assembly, circle.UNLOCK, {})
    page = signed(app, river, f"/en/river/circle/acts/{act}", sits, 3)

    assert "It is done Enough of you signed, and it is written in the log." in page.text


def test_ending_a_term_is_not_signed_by_the_place_concerned(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    act = visitor.send(visitor.visit("/en/river/circle/members"), {"slot": "1"}, "circle/members/end")
    circle._tries._buckets.clear()

    page = visitor.submit(act, "sign", passphrase=PASSPHRASE.format("dafa"))

    assert "End the term of place 1" in act.text
    assert "You are not among those who may sign this" in page.text


@pytest.mark.parametrize(
    ("form", "fields", "sentence"),
    [
        ("threshold", {"k": "", "t": "2"}, "More than half of the facilitators must be needed"),
        ("threshold", {"k": "2", "t": "2"}, "More than half of the facilitators must be needed"),
        ("circle/members/end", {"slot": "99"}, "That place is not in the circle now."),
    ],
)
def test_the_circle_changes_only_as_it_may(
    river: Gathering, sits: Sits, form: str, fields: dict[str, str], sentence: str
) -> None:
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/members"), fields, form)

    assert sentence in page.text
    assert quorum.waiting(river.assembly) == ()


def test_unlocking_what_is_not_locked_is_refused_with_a_sentence(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/members")
    token = page.all("input", name="form_token")[0].get("value", "")

    answer = visitor.client.post("/en/river/circle/unlock", data={"form_token": token})

    assert "The circle is not locked." in answer.text


@pytest.mark.parametrize(
    ("form", "fields", "sentence"),
    [
        ("aloud", {"heard": "kamo"}, "Choose what the round gave."),
        ("aloud", {"verdict": "adopted agreed", "quorum": "yes", "heard": "kamo"}, "Those words are not in the log."),
        ("aloud", {"verdict": "adopted agreed", "heard": "kamo"}, "Without as many people as your rule asks"),
        ("aloud", {"verdict": "adopted refused", "quorum": "yes", "heard": "kamo"}, "do not go together"),
        ("caucus", {}, "Write what was said, without any name."),
    ],
)
def test_what_is_written_down_of_a_proposal_must_hold(
    river: Gathering, sits: Sits, form: str, fields: dict[str, str], sentence: str
) -> None:
    visitor, slug = sits(river), river.propose()

    page = visitor.send(there(visitor, slug), fields, form)

    assert sentence in page.text
    assert quorum.waiting(river.assembly) == ()


def test_a_draft_is_thrown_away_and_a_move_that_does_not_exist_is_refused(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.send(visitor.visit("/en/river/circle/proposals/new"), {"text-en": "Sing louder"}, "writing")
    stale = page
    visitor.submit(page, "Explain it")

    late = visitor.submit(stale, "Throw the draft away")
    token = late.all("input", name="form_token")[0].get("value", "")
    odd = visitor.client.post(late.path, data={"form_token": token, "move": "adopt"})

    assert "People have heard it already." in late.text
    assert odd.status_code == 400
    assert len(proposals.proposals(river.assembly)) == 1


def test_a_draft_nobody_heard_is_gone_once_thrown_away(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.send(visitor.visit("/en/river/circle/proposals/new"), {"text-en": "Sing louder"}, "writing")

    visitor.submit(page, "Throw the draft away")

    assert proposals.proposals(river.assembly) == ()


@pytest.mark.parametrize(
    ("fields", "sentence"), [({}, "Write what is proposed."), ({"text-en": " "}, "Write what is proposed.")]
)
def test_a_proposal_needs_words(river: Gathering, sits: Sits, fields: dict[str, str], sentence: str) -> None:
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/proposals/new"), fields, "writing")

    assert sentence in page.text
    assert proposals.proposals(river.assembly) == ()


def test_a_text_in_a_round_cannot_be_changed(river: Gathering, sits: Sits) -> None:
    slug, visitor = river.propose(), sits(river)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}/text")
    river.open(river.round(slug))

    late = visitor.send(page, {"text-en": "Something else"}, "writing")

    assert "Its text cannot be changed now." in late.text or "It is in a box." in late.text


def test_a_text_is_amended_and_the_earlier_one_is_kept(river: Gathering, sits: Sits) -> None:
    slug, visitor = river.propose(), sits(river)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}/text")

    visitor.send(page, {"text-en": "Walk the boundary at dawn"}, "writing")

    found = proposals.proposal(river.assembly, slug)
    assert found is not None
    assert found.draft.text == {"en": "Walk the boundary at dawn"}
    assert "Walk the boundary together" in visitor.visit(f"/en/river/proposals/{slug}").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"closes": "2026-04-01"}, "Choose one proposal at least."),
        ({"closes": "", "proposals": "proposal-1"}, "Choose a day."),
    ],
)
def test_a_round_needs_proposals_and_a_day(river: Gathering, sits: Sits, fields: dict[str, str], sentence: str) -> None:
    river.propose()
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/proposals"), fields, "round")

    assert sentence in page.text
    assert door.surveys(river.assembly, "round") == ()


def test_a_round_on_a_proposal_that_is_not_ready_is_refused(river: Gathering, sits: Sits) -> None:
    river.propose()
    late = river.propose(changed(WALK, "Sing louder"), amended=False)
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/proposals"), {"proposals": late}, "round")

    assert "Talk it over first." in page.text


def test_going_on_takes_the_text_up_again(app: Flask, river: Gathering, time: clock.Clock, sits: Sits) -> None:
    slug = river.propose()
    river.held(time, slug, (1, 1, 1, 1, 4, 4, 4, 4))
    visitor = sits(river)

    act = visitor.submit(there(visitor, slug), "go-on")
    signed(app, river, act.path, sits, 3)

    found = proposals.proposal(river.assembly, slug)
    assert found is not None
    assert (found.way.stage.value, found.way.rounds) == ("amendment", 1)


def test_a_proposal_is_withdrawn_by_several(app: Flask, river: Gathering, sits: Sits) -> None:
    slug, visitor = river.propose(), sits(river)

    act = visitor.submit(there(visitor, slug), "take-back")
    signed(app, river, act.path, sits, 3)

    assert "Withdraw a proposal" in act.text
    found = proposals.proposal(river.assembly, slug)
    assert found is not None
    assert found.way.stage.value == "withdrawn"


@pytest.mark.parametrize(
    ("page", "which"), [("threats/T12", "card"), ("measures/M07", "card"), ("threats", "own"), ("measures", "own")]
)
def test_while_the_circle_is_locked_no_threat_and_no_measure_changes(
    river: Gathering, sits: Sits, page: str, which: str
) -> None:
    circle.lock(river.assembly)
    visitor = sits(river)
    before = settled.threats(river.assembly), settled.measures(river.assembly)

    answer = visitor.send(visitor.visit(f"/en/river/circle/{page}"), {"words-en": "Other words"}, which, button="keep")

    assert "The circle is locked" in answer.text
    assert (settled.threats(river.assembly), settled.measures(river.assembly)) == before
