"""A proposal is written, explained, amended and put to a round, and its text is frozen in the box."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from commons import clock
from commons.quorum import Refused
from deliberation.actions import asking, circle, proposals
from deliberation.domain.protocol import Draft, Effect, Missing, Relation
from deliberation.domain.rounds import Stage
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.queries.proposals import proposal, texts
from deliberation.queries.proposals import proposals as listed
from surveys import door
from surveys.domain.reading import fill
from tests.deliberation.gathering import WALK, Gathering, changed, gathering
from tests.surveys.hall import choices

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
pytestmark = pytest.mark.usefixtures("app")


def test_a_burnt_round_does_not_count(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    here.open(survey)
    time.move(days=8)
    here.later("surveys.burn", time, survey=survey)
    assert (here.seen(slug).way.stage, here.seen(slug).way.rounds) == (Stage.AMENDMENT, 0)

    proposals.amend(here.assembly, slug, changed(WALK, "Walk it at dawn"))

    assert (here.seen(slug).survey, here.seen(slug).version) == ("", 2)
    assert here.round(slug) == "round-2"


def test_the_text_is_frozen_while_a_box_holds_it(here: Gathering) -> None:
    slug = here.propose()
    survey = here.round(slug)
    for code in ("in_a_draft", "not_now"):
        with pytest.raises(Refused, match=code):
            proposals.amend(here.assembly, slug, changed(WALK, "Something else"))
        if code == "in_a_draft":
            here.open(survey)


def test_a_draft_thrown_away_lets_its_proposals_go(here: Gathering) -> None:
    slug, other = here.propose(), here.propose()
    survey = here.round(slug)
    door.discard(here.assembly, survey)
    again = here.round(other)
    here.open(again)

    assert again == survey
    assert here.seen(slug).way.stage is Stage.AMENDMENT
    assert here.seen(other).way.stage is Stage.ROUND


def test_earlier_texts_are_kept_and_drafts_are_not(here: Gathering) -> None:
    slug = proposals.table(here.assembly, WALK)
    assert proposals.amend(here.assembly, slug, changed(WALK, "Walk")) == 1
    proposals.explain(here.assembly, slug)
    assert proposals.amend(here.assembly, slug, changed(WALK, "Walk")) == 1
    assert proposals.amend(here.assembly, slug, changed(WALK, "Walk at dawn")) == 2

    assert [(version, draft.text) for version, draft in texts(here.assembly, slug)] == [(1, {"en": "Walk"})]


def test_what_nobody_heard_is_thrown_away_and_the_rest_taken_back_by_several(here: Gathering) -> None:
    slug = proposals.table(here.assembly, WALK)
    heard = here.propose()
    proposals.drop(here.assembly, slug)
    with pytest.raises(Refused, match="heard_already"):
        proposals.drop(here.assembly, heard)

    here.act("deliberation.take_back", proposal=heard)

    assert [one.way.stage for one in listed(here.assembly)] == [Stage.WITHDRAWN]


def test_after_a_text_was_thrown_away_the_next_has_an_address_of_its_own(here: Gathering) -> None:
    first, second = (proposals.table(here.assembly, changed(WALK, text)) for text in ("One", "Two"))

    proposals.drop(here.assembly, first)

    assert proposals.table(here.assembly, changed(WALK, "Three")) == "proposal-3"
    assert {one.slug for one in listed(here.assembly)} == {second, "proposal-3"}


def test_while_the_circle_is_locked_no_objection_is_met(here: Gathering) -> None:
    slug = here.propose()
    circle.lock(here.assembly)

    with pytest.raises(Refused, match="locked"):
        proposals.reply(here.assembly, slug, "caucus", proposals.How.ANSWERED, {"en": "We talked."})


def test_a_proposal_in_a_box_is_not_taken_back_nor_decided_aloud(here: Gathering) -> None:
    slug = here.propose()
    here.round(slug)

    with pytest.raises(Refused, match="in_a_box"):
        here.act("deliberation.take_back", proposal=slug)
    with pytest.raises(Refused, match="in_a_box"):
        here.aloud(slug)


def test_an_empty_draft_is_not_explained(here: Gathering) -> None:
    slug = proposals.table(here.assembly, changed(WALK, ""))

    with pytest.raises(Refused, match="no_words"):
        proposals.explain(here.assembly, slug)


def test_a_move_that_does_not_exist_is_refused(here: Gathering) -> None:
    slug = here.propose()

    with pytest.raises(Refused, match="not_a_talk"):
        proposals.talk(here.assembly, slug, Stage.ADOPTED)
    with pytest.raises(Refused, match="no_such_move"):
        proposals.explain(here.assembly, slug)


@pytest.mark.parametrize(
    ("draft", "lacks"),
    [
        (replace(WALK, effort={}), Missing.EFFORT),
        (
            replace(WALK, reach={whom: Effect.NEITHER for whom in Relation if whom is not Relation.WORKMATES}),
            Missing.REACH,
        ),
    ],
)
def test_an_unfinished_proposal_goes_to_no_round(here: Gathering, draft: Draft, lacks: Missing) -> None:
    slug = here.propose(draft)

    with pytest.raises(Refused, match="unfinished"):
        here.round(slug)
    assert here.seen(slug).missing == (lacks,)


def test_a_round_needs_a_chosen_rule(app: Flask, time: clock.Clock) -> None:
    here = gathering()
    slug = here.propose()

    with pytest.raises(Refused, match="no_rule"):
        here.round(slug)
    with pytest.raises(Refused, match="no_rule"):
        here.aloud(slug)


def test_a_round_drafted_before_something_changed_is_not_opened(here: Gathering, time: clock.Clock) -> None:
    survey = here.round(here.propose())
    here.later("deliberation.threshold", time, k=3, t=2)

    with pytest.raises(Refused, match="settled_otherwise"):
        here.open(survey)


def test_no_round_is_opened_on_quiet_days(here: Gathering, time: clock.Clock) -> None:
    time.move(days=(date(2026, 5, 1) - START.date()).days)
    survey = here.round(here.propose())

    with pytest.raises(Refused, match="quiet_days"):
        here.open(survey)


def plain_draft(here: Gathering, kind: str) -> str:
    asked = door.shipped(kind)
    asked = fill(asked, **{name: choices("bell", "walk") for name in asked.blanks})
    return door.draft(here.assembly, kind=kind, questionnaire=asked, terms={}, closes=here.closes())


@pytest.mark.parametrize("kind", ["baseline", "pulse", "call", "order", "practice"])
def test_nothing_else_is_opened_on_quiet_days_either(here: Gathering, time: clock.Clock, kind: str) -> None:
    time.move(days=(date(2026, 5, 1) - START.date()).days)
    drafts = {"baseline": here.baseline, "pulse": here.pulse}
    survey = drafts.get(kind, lambda: plain_draft(here, kind))()

    with pytest.raises(Refused, match="quiet_days"):
        here.open(survey)

    time.move(days=7)
    here.open(survey)


@pytest.mark.parametrize(("slugs", "stage", "code"), [((), 0, "how_many_at_once"), (("twice",), 0, "how_many_at_once")])
def test_a_round_is_about_different_proposals(here: Gathering, slugs: tuple[str, ...], stage: int, code: str) -> None:
    slug = here.propose()

    with pytest.raises(Refused, match=code):
        here.round(*(slug for _ in slugs), *(slug for _ in slugs), stage=stage)


def test_a_rule_has_only_its_own_stages(here: Gathering) -> None:
    with pytest.raises(Refused, match="no_such_stage"):
        here.round(here.propose(), stage=1)


def test_an_unknown_proposal_is_refused(here: Gathering) -> None:
    with pytest.raises(Refused, match="no_such_proposal"):
        here.round("proposal-9")
    assert proposal(here.assembly, "proposal-9") is None


def test_texts_changed_since_the_draft_are_not_opened(here: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = here.propose()
    survey = here.round(slug)
    found = door.survey(here.assembly, survey)
    assert found is not None

    with pytest.raises(Refused, match="text_changed"):
        asking.ready_round(here.assembly, found.questionnaire, {**found.terms, "texts": {slug: "other"}})
