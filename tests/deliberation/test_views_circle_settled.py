"""What the circle may do about decisions, alerts, rules, threats and measures, and what its pages refuse of it."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, log, quorum
from deliberation.actions import living
from deliberation.phrases import refusals
from deliberation.queries import decided, settled
from tests.deliberation.gathering import WALK, Gathering, changed, gathering
from tests.deliberation.sitting import river, signed, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]


def adopted(river: Gathering, **more: object) -> str:
    """Adopt a proposal aloud and return its decision."""
    slug = river.propose(WALK if not more else changed(WALK, str(more["text"])))
    river.act("deliberation.aloud", proposal=slug, outcome="adopted", reason="agreed", quorum=True, heard=river.heard())
    return str(river.act("deliberation.ratify", proposal=slug, heard=river.heard()).result)


def test_a_decision_that_is_not_due_offers_no_review(river: Gathering, sits: Sits) -> None:
    adopted(river)

    page = sits(river).visit("/en/river/circle/decisions")

    assert "The assembly has looked at it again" not in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Type the words of the log"),
        ({"heard": "kamo"}, "Choose whether it stays or is withdrawn."),
        ({"heard": "kamo", "ending": "withdrawn"}, "Those words are not in the log."),
        ({"heard": "kamo", "ending": "confirmed", "review": ""}, "Choose a day within two years"),
    ],
)
def test_a_review_that_lacks_something_is_asked_again(
    river: Gathering, time: clock.Clock, sits: Sits, fields: dict[str, str], sentence: str
) -> None:
    adopted(river)
    time.move(days=120)
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/decisions"), fields, "review")

    assert sentence in page.text


def test_an_emergency_measure_is_started_by_one_and_only_if_agreed_beforehand(river: Gathering, sits: Sits) -> None:
    slug, visitor = adopted(river), sits(river)
    token = visitor.visit("/en/river/circle/decisions").all("input", name="form_token")[0].get("value", "")

    answer = visitor.client.post(
        f"/en/river/circle/decisions/{slug}/start", data={"form_token": token, "days": str(living.SHORTEST)}
    )

    assert "The assembly has not agreed beforehand" in answer.text
    assert len(decided.decisions(river.assembly)) == 1


def test_an_alert_level_without_agreed_steps_is_not_held(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/alert")
    token = page.all("input", name="form_token")[0].get("value", "")

    answer = visitor.client.post("/en/river/circle/alert/hold", data={"form_token": token, "level": "3"})
    bare = visitor.submit(page, "steps")

    assert "Nothing was agreed for that level yet." in answer.text
    assert "Write it in one language at least." in bare.text


def test_the_rule_is_changed_after_a_delay_members_can_see(app: Flask, river: Gathering, sits: Sits) -> None:
    visitor = sits(river)

    act = visitor.send(visitor.visit("/en/river/circle/rule"), {"rule": "R4", "priority": "whole"}, "choose")
    page = signed(app, river, act.path, sits, 4)

    assert "Enough have signed Members read it on their home page" in page.text
    assert "Change how we decide" in visitor.visit("/en/river/").text
    chosen = settled.collective(river.assembly).rule
    assert chosen is not None
    assert chosen.name == "R3"


@pytest.mark.parametrize(
    ("form", "fields", "sentence"),
    [
        ("choose", {"rule": "R9", "priority": "whole"}, "Choose a rule of the list."),
        ("people", {"members": "3"}, "You are fewer than a box needs to be opened."),
        ("people", {"members": "none"}, "Write how many people you say you are."),
        ("people", {"members": "12", "voice2-en": ""}, "Name two to four voices, or none."),
    ],
)
def test_what_an_assembly_settles_must_hold(
    river: Gathering, sits: Sits, form: str, fields: dict[str, str], sentence: str
) -> None:
    visitor = sits(river)

    page = "rule" if form == "choose" else "people"
    shown = visitor.send(visitor.visit(f"/en/river/circle/{page}"), fields, form)

    assert sentence in shown.text
    assert quorum.waiting(river.assembly) == ()


def test_who_we_are_is_said_anew_with_days_kept_free(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/people")

    act = visitor.send(page, {"members": "15", "quiet": ["2026-06-01", "2026-06-09"]}, "people")

    assert "15 people" in act.text
    assert "from June 1, 2026 to June 9, 2026" in act.text


@pytest.mark.parametrize(("page", "code"), [("threats", "T12"), ("measures", "M07")])
def test_what_is_stopped_can_be_taken_up_again(river: Gathering, sits: Sits, page: str, code: str) -> None:
    visitor, path = sits(river), f"/en/river/circle/{page}"
    words = {one.code: one.words["en"] for one in settled.threats(river.assembly)}
    words |= {one.code: one.words["en"] for one in settled.measures(river.assembly)}

    visitor.send(visitor.visit(path), {"action": "stop", "code": code}, "Stop")
    stopped = visitor.visit(path).text
    visitor.send(visitor.visit(path), {"action": "take", "code": code}, words[code])

    kept = {one.code: one.watched for one in settled.threats(river.assembly)}
    kept |= {one.code: one.offered for one in settled.measures(river.assembly)}
    assert "before" in stopped
    assert kept[code]


@pytest.mark.parametrize("page", ["threats", "measures"])
def test_a_card_without_words_is_asked_again(river: Gathering, sits: Sits, page: str) -> None:
    visitor = sits(river)

    again = visitor.send(visitor.visit(f"/en/river/circle/{page}"), {"action": "keep"}, "own")
    odd = visitor.send(again, {"action": "stop", "code": "nothing"}, "Stop")

    assert "Write it in one language at least." in again.text
    assert "That is not kept here." in odd.text


def test_an_unknown_sheet_of_the_plan_is_not_found(river: Gathering, visitor: Visitor) -> None:
    visitor.reads(river.assembly).visit("/en/river/plan/sheet?form=poster", status=404)


def test_every_refusal_has_words_of_its_own() -> None:
    shelves = (refusals._signing, refusals._boxes, refusals._proposals, refusals._decisions, refusals._settled)
    said = [code for shelf in shelves for code in shelf()]

    assert len(said) == len(set(said))
    assert refusals.act("wrong_share:3") == "The share of place 3 is not the one it was given. The box stays closed."
    assert refusals.act("never heard of") == "It cannot be done now. Look at what it touches, and propose it again."


def test_the_first_page_of_a_new_circle_says_what_comes_first(app: Flask, sits: Sits, time: clock.Clock) -> None:
    page = sits(gathering()).visit("/en/river/circle/")

    assert "The assembly has not chosen how it decides yet." in page.text
    assert log.spoken_head(gathering("hill").assembly)
