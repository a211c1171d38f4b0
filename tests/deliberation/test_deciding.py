"""A proposal becomes a decision through a closed round and the assembly's ratification, and in no other way."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from commons import clock, log, quorum
from commons.db import session
from commons.quorum import Refused
from deliberation.domain.rounds import Stage
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.models import ProposalRow
from deliberation.queries import decided
from deliberation.queries.proposals import closed
from tests.deliberation.gathering import WALK, Gathering, ready

ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
pytestmark = pytest.mark.usefixtures("app")


def test_a_sealed_round_is_ratified_and_stands_in_the_plan(either: Flask, time: clock.Clock) -> None:
    here = ready()
    slug = here.propose()
    survey = here.held(time, slug, [1] * 7 + [5])
    assert here.seen(slug).way.stage is Stage.RATIFICATION
    assert decided.decisions(here.assembly) == ()

    assert here.ratify(slug) == "decision-1"

    (one,) = decided.decisions(here.assembly)
    assert (one.stage, one.aloud, one.day, one.review) == (Stage.IN_FORCE, False, date(2026, 3, 9), WALK.review)
    assert one.draft == WALK
    assert [entry.decision.id for line in decided.plan(here.assembly).lines for entry in line.entries] == ["decision-1"]
    found = here.seen(slug)
    assert (found.way.stage, found.survey) == (Stage.ADOPTED, "")
    assert [(one.number, one.survey, one.verdict) for one in found.rounds] == [(1, survey, ADOPTED)]
    assert log.entries(here.assembly)[-1].payload["decision"] == "decision-1"


def test_a_round_is_seen_from_its_draft_to_its_release(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    stages = [here.seen(slug).way.stage]
    survey = here.round(slug)
    stages.append(here.seen(slug).way.stage)
    asked = here.open(survey)
    stages.append(here.seen(slug).way.stage)
    here.answer(survey, asked, [{f"S1.{slug}": 1}] * 8)
    here.count(survey, time)

    found = here.seen(slug)
    assert [*stages, found.way.stage] == [Stage.AMENDMENT, Stage.AMENDMENT, Stage.ROUND, Stage.RATIFICATION]
    assert (found.box, found.way.verdict) == ("counted", ADOPTED)
    assert closed(here.assembly, survey)["block"] == {slug: False}


def test_nothing_is_ratified_before_a_round_is_closed(here: Gathering) -> None:
    slug = here.propose()
    for moment in (lambda: None, lambda: here.open(here.round(slug))):
        moment()
        with pytest.raises(Refused, match="no_closed_round"):
            here.ratify(slug)


def test_an_act_of_ratification_is_refused_at_every_other_stage(here: Gathering) -> None:
    """`rounds.ratify` refuses as well, should an act come that far; its own test tries every stage."""
    slug = here.propose()
    row = session.scalars(select(ProposalRow).where(ProposalRow.slug == slug)).one()
    row.rounds, row.outcome, row.reason = 1, ADOPTED.outcome.value, ADOPTED.reason.value
    for stage in set(Stage) - {Stage.RATIFICATION}:
        row.stage = stage.value
        session.commit()
        with pytest.raises(Refused, match="no_closed_round"):
            quorum.propose(here.assembly, "deliberation.ratify", {"proposal": slug, "heard": here.heard()})


def test_two_acts_of_ratification_side_by_side_adopt_once(here: Gathering) -> None:
    slug = here.propose()
    here.aloud(slug)
    said = {"proposal": slug, "heard": here.heard()}
    assert here.sign("deliberation.ratify", said, 2) is None
    waiting = quorum.propose(here.assembly, "deliberation.ratify", said)

    assert here.ratify(slug) == "decision-1"

    with pytest.raises(Refused):
        quorum.approve(here.assembly, waiting, here.keys[2])
    assert len(decided.decisions(here.assembly)) == 1


def test_nothing_is_ratified_without_the_words_of_the_log(here: Gathering) -> None:
    slug = here.propose()
    here.aloud(slug)

    with pytest.raises(Refused, match="words_not_in_the_log"):
        here.act("deliberation.ratify", proposal=slug, heard="kamo tiru sena lobe dafa kamo tiru sena")


def test_fewer_than_k_ratify_nothing(here: Gathering) -> None:
    slug = here.propose()
    here.aloud(slug)

    assert here.sign("deliberation.ratify", {"proposal": slug, "heard": here.heard()}, 2) is None
    assert decided.decisions(here.assembly) == ()


def test_too_few_ballots_for_the_quorum_adopt_nothing(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    here.held(time, slug, [1] * 5)

    assert here.ratify(slug) is None

    assert here.seen(slug).way.stage is Stage.RETURNED
    assert decided.decisions(here.assembly) == ()


def test_a_round_taken_up_again_ends_after_three(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    for _ in range(2):
        here.held(time, slug, [1] * 4 + [5] * 4)
        here.act("deliberation.go_on", proposal=slug)
        assert here.seen(slug).way.stage is Stage.AMENDMENT
    here.held(time, slug, [1] * 4 + [5] * 4)

    assert here.seen(slug).steady is True
    with pytest.raises(Refused, match="no_round_left"):
        here.act("deliberation.go_on", proposal=slug)
    here.ratify(slug)
    assert here.seen(slug).way.stage is Stage.NO_AGREEMENT
    assert decided.decisions(here.assembly) == ()


def test_rounds_that_say_otherwise_are_not_steady(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    here.held(time, slug, [1] * 4 + [5] * 4)
    assert here.seen(slug).steady is None
    here.act("deliberation.go_on", proposal=slug)
    here.held(time, slug, [1] * 8)

    assert here.seen(slug).steady is False
