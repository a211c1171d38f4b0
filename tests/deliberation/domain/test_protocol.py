"""What a posture rules out stops a proposal, with the reason."""

from dataclasses import replace
from datetime import date

import pytest

from deliberation.domain.protocol import (
    Actor,
    Conflict,
    Contact,
    Criterion,
    Draft,
    Effect,
    Missing,
    Posture,
    Protocol,
    Relation,
    conflicts,
    missing,
    read_draft,
    read_protocol,
    write_draft,
    write_protocol,
)

PROTOCOL = Protocol(
    version=2,
    principles={"en": "We speak only as a collective."},
    criteria=(Criterion("alone", {"en": "Nobody is left alone"}),),
    actors=(
        Actor("company", {"en": "The company"}, Posture.NO_DIALOGUE),
        Actor("ministry", {"en": "The ministry"}, Posture.DEMAND_DUTY),
    ),
)
WHOLE = Draft(
    text={"en": "Walk the boundary together"},
    threats=frozenset({"T12"}),
    serves=frozenset({"alone"}),
    reach={**dict.fromkeys(Relation, Effect.PROTECTS), Relation.WORKMATES: Effect.NEITHER},
    protects={"en": "families near the river"},
    effort={"en": "everyone in turn"},
    review=date(2026, 9, 1),
)


def test_meeting_the_company_is_stopped_under_no_dialogue() -> None:
    proposal = replace(WHOLE, contacts={"company": Contact.MEET})

    assert conflicts(proposal, PROTOCOL) == (Conflict("company", Contact.MEET, Posture.NO_DIALOGUE),)


@pytest.mark.parametrize(
    ("posture", "allowed"),
    [
        (Posture.NO_DIALOGUE, {"watch"}),
        (Posture.DEMAND_DUTY, {"meet", "demand", "inform", "watch"}),
        (Posture.INFORM_ONLY, {"inform", "watch"}),
        (Posture.COOPERATE, {"meet", "demand", "inform", "work_with", "watch"}),
        (Posture.OBSERVE, {"watch"}),
    ],
)
def test_each_posture_rules_out_what_it_does_not_name(posture: Posture, allowed: set[str]) -> None:
    protocol = Protocol(actors=(Actor("other", {}, posture),))

    open_ways = {contact for contact in Contact if not conflicts(Draft(contacts={"other": contact}), protocol)}

    assert open_ways == allowed


def test_an_actor_the_protocol_does_not_name_rules_nothing_out() -> None:
    assert conflicts(replace(WHOLE, contacts={"press": Contact.MEET}), PROTOCOL) == ()


def test_a_whole_proposal_lacks_nothing() -> None:
    assert missing(WHOLE, PROTOCOL) == ()


def test_an_empty_proposal_is_told_all_it_lacks() -> None:
    assert missing(Draft(text={"en": "  "}), PROTOCOL) == tuple(Missing)


def test_criteria_are_asked_only_of_a_protocol_that_has_some() -> None:
    bare = replace(WHOLE, serves=frozenset())

    assert missing(bare, Protocol()) == ()
    assert missing(replace(bare, strains=frozenset({"unknown"})), PROTOCOL) == (Missing.CRITERIA,)


def test_a_protocol_written_is_read_back_the_same() -> None:
    assert read_protocol(write_protocol(PROTOCOL), 2) == PROTOCOL


def test_nothing_written_is_an_empty_protocol() -> None:
    assert read_protocol({}, 0) == Protocol()


def test_a_posture_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="friendship"):
        read_protocol({"actors": [{"id": "company", "words": {}, "posture": "friendship"}]}, 1)


def test_a_proposal_written_is_read_back_the_same() -> None:
    full = replace(
        WHOLE,
        facts={"en": "The fence moved twice."},
        measure="M07",
        replaces="decision-1",
        emergency=True,
        protocol=replace(PROTOCOL, version=0),
        contacts={"ministry": Contact.DEMAND},
    )

    assert read_draft(write_draft(full)) == full
    assert read_draft({}) == Draft()
    assert read_draft(write_draft(Draft())) == Draft()


def test_a_new_protocol_acts_on_no_threat() -> None:
    assert missing(replace(WHOLE, threats=frozenset(), protocol=PROTOCOL), PROTOCOL) == ()
