"""What the page of a result says of its closed values: no more than was released, and as the frozen terms judged it."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask, g

from deliberation.domain.hearing import EACH_VOICE, Why
from deliberation.phrases import plan, rounds, telling
from surveys import door
from surveys.domain.agreement import Consensus
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import fill
from tests.surveys.hall import choices

CLOSED: Mapping[str, object] = {
    "tier": {"fire": "now", "flood": "watch", "arrest": "watch"},
    "tier_reason": {"fire": "grave_for_most", "flood": "calm", "arrest": "grave_not_likely"},
    "eligibility": {"bell": "eligible", "walks": "eligible"},
    "measure_reason": {"bell": "wanted_by_many", "walks": "wanted_less"},
    "chosen": ["bell"],
    "tied": [],
    "proportional": True,
    "order": [["fire"], ["flood", "arrest"]],
}
PARTS = "Chosen so that every group that holds together gets its part."
WANTED = "Chosen among the most wanted. Not every group that holds together could get its part."


@pytest.fixture(autouse=True)
def _page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        yield


def asked() -> Questionnaire:
    lists = {"threats": ("fire", "flood", "arrest"), "measures": ("bell", "walks"), "voices": ("hill", "river")}
    return fill(door.shipped("baseline"), **{one: choices(*names) for one, names in lists.items()})


def leads(
    priority: str, closed: Mapping[str, object], questionnaire: Questionnaire | None = None
) -> tuple[str, tuple[str, ...]]:
    _, told = telling.baseline(questionnaire or asked(), {"priority": priority}, closed)
    tiers, measures = told["tiers_lead"], told["measures_lead"]
    assert isinstance(tiers, str)
    assert isinstance(measures, tuple)
    return tiers, measures


def test_that_every_group_gets_its_part_is_said_only_where_it_was_released() -> None:
    assert PARTS in leads(EACH_VOICE, CLOSED)[1]
    assert leads(EACH_VOICE, {**CLOSED, "proportional": False})[1][0] == WANTED
    assert not {PARTS, WANTED} & set(leads(EACH_VOICE, {**CLOSED, "chosen": []})[1])


def test_voices_are_named_only_where_the_assembly_chose_to_heed_them() -> None:
    assert leads(EACH_VOICE, CLOSED)[0].startswith("A danger grave for one of our voices is everyone’s.")
    assert "of one of our voices" in leads(EACH_VOICE, CLOSED)[1][1]

    assert leads("whole", CLOSED)[0].startswith("Judged over all of us together.")
    assert not any("voices" in sentence for sentence in leads("whole", CLOSED)[1])


def test_harm_is_told_only_where_it_was_asked() -> None:
    assert any("harm" in sentence for sentence in leads("whole", CLOSED)[1])
    assert leads("whole", CLOSED, door.shipped("practice"))[1] == (PARTS,)


def test_the_order_of_threats_is_shown_with_its_ties() -> None:
    _, told = telling.baseline(asked(), {}, CLOSED)

    assert told["order"] == (
        ({"en": "Fire", "fr": "Fire", "es": "Fire"},),
        tuple(one.text for one in choices("arrest", "flood")),
    )
    assert telling.baseline(asked(), {}, {**CLOSED, "order": None})[1]["order"] == ()


@pytest.mark.parametrize("reason", Why)
def test_every_reason_has_its_own_sentence(reason: Why) -> None:
    said = [plan.why(one) for one in Why]

    assert said.count(plan.why(reason)) == 1
    assert "most of us" not in plan.why(reason).casefold()


def test_every_automatic_state_has_its_own_sentence() -> None:
    said = {rounds.state(one) for one in Consensus}

    assert len(said) == len(Consensus)
    assert "" not in said
    assert rounds.state("unheard of") == ""


def test_the_automatic_state_stands_beside_the_verdict_where_it_was_released() -> None:
    round_ = fill(door.shipped("round"), proposals=choices("one", "two"))
    closed = {
        "outcome": {"one": "adopted", "two": "adopted"},
        "reason": {"one": "agreed", "two": "agreed"},
        "state": {"one": "maybe_agreed"},
    }

    first, second = telling.heard(round_, closed)

    assert first.state == "We agree widely, but one person could change it."
    assert second.state == ""
