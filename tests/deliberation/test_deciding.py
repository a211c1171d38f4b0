"""A proposal becomes a decision through a closed round and the assembly's ratification, and in no other way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from commons import clock, log
from commons.quorum import Refused
from deliberation.actions import asking, proposals
from deliberation.actions.proposals import How
from deliberation.domain.protocol import Actor, Conflict, Contact, Criterion, Missing, Posture, Protocol
from deliberation.domain.rounds import Stage
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.queries import decided, settled
from deliberation.queries.proposals import Proposal, betrayals, closed, proposal, texts
from deliberation.queries.proposals import proposals as listed
from surveys import door
from tests.deliberation.gathering import WALK, Gathering, changed, gathering, ready

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
COMPANY = Protocol(
    principles={"en": "We speak only as a collective."},
    criteria=(Criterion("alone", {"en": "Nobody is left alone"}),),
    actors=(Actor("company", {"en": "The company"}, Posture.NO_DIALOGUE),),
)
PROTOCOL = replace(WALK, text={"en": "Our protocol"}, protocol=COMPANY, threats=frozenset())
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    with clock.stopped(START) as stopped:
        yield stopped


@pytest.fixture
def here(app: Flask, time: clock.Clock) -> Gathering:
    return ready()


def seen(here: Gathering, slug: str) -> Proposal:
    found = proposal(here.assembly, slug)
    assert found is not None
    return found


def ratify(here: Gathering, slug: str) -> object:
    return here.act("deliberation.ratify", proposal=slug, heard=here.heard()).result


def aloud(here: Gathering, slug: str, outcome: str = "adopted", reason: str = "agreed", **more: object) -> None:
    here.act("deliberation.aloud", **(spoken(here, slug) | {"outcome": outcome, "reason": reason} | more))


def spoken(here: Gathering, slug: str) -> dict[str, object]:
    return {"proposal": slug, "outcome": "adopted", "reason": "agreed", "quorum": True, "heard": here.heard()}


def enact(here: Gathering, draft: object = PROTOCOL) -> str:
    """Adopt a protocol aloud."""
    assert isinstance(draft, type(WALK))
    slug = here.propose(draft)
    aloud(here, slug)
    ratify(here, slug)
    return slug


def test_a_sealed_round_is_ratified_and_stands_in_the_plan(either: Flask, time: clock.Clock) -> None:
    here = ready()
    slug = here.propose()
    survey = here.held(time, slug, [1] * 7 + [5])
    assert seen(here, slug).way.stage is Stage.RATIFICATION
    assert decided.decisions(here.assembly) == ()

    assert ratify(here, slug) == "decision-1"

    (one,) = decided.decisions(here.assembly)
    assert (one.stage, one.aloud, one.day, one.review) == (Stage.IN_FORCE, False, date(2026, 3, 9), WALK.review)
    assert one.draft == WALK
    assert [entry.decision.id for line in decided.plan(here.assembly).lines for entry in line.entries] == ["decision-1"]
    found = seen(here, slug)
    assert (found.way.stage, found.survey) == (Stage.ADOPTED, "")
    assert [(one.number, one.survey, one.verdict) for one in found.rounds] == [(1, survey, ADOPTED)]
    assert log.entries(here.assembly)[-1].payload["decision"] == "decision-1"


def test_a_round_is_seen_from_its_draft_to_its_release(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    stages = [seen(here, slug).way.stage]
    survey = here.round(slug)
    stages.append(seen(here, slug).way.stage)
    asked = here.open(survey)
    stages.append(seen(here, slug).way.stage)
    here.answer(survey, asked, [{f"S1.{slug}": 1}] * 8)
    here.count(survey, time)

    found = seen(here, slug)
    assert [*stages, found.way.stage] == [Stage.AMENDMENT, Stage.AMENDMENT, Stage.ROUND, Stage.RATIFICATION]
    assert (found.box, found.way.verdict) == ("counted", ADOPTED)
    assert closed(here.assembly, survey)["block"] == {slug: False}


def test_nothing_is_ratified_before_a_round_is_closed(here: Gathering) -> None:
    slug = here.propose()
    for moment in (lambda: None, lambda: here.open(here.round(slug))):
        moment()
        with pytest.raises(Refused, match="no_closed_round"):
            ratify(here, slug)


def test_nothing_is_ratified_without_the_words_of_the_log(here: Gathering) -> None:
    slug = here.propose()
    aloud(here, slug)

    with pytest.raises(Refused, match="words_not_in_the_log"):
        here.act("deliberation.ratify", proposal=slug, heard="kamo tiru sena lobe dafa kamo tiru sena")


def test_fewer_than_k_ratify_nothing(here: Gathering) -> None:
    slug = here.propose()
    aloud(here, slug)

    assert here.sign("deliberation.ratify", {"proposal": slug, "heard": here.heard()}, 2) is None
    assert decided.decisions(here.assembly) == ()


def test_too_few_ballots_for_the_quorum_adopt_nothing(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    here.held(time, slug, [1] * 5)

    assert ratify(here, slug) is None

    assert seen(here, slug).way.stage is Stage.RETURNED
    assert decided.decisions(here.assembly) == ()


def test_an_objection_is_met_before_the_next_round(here: Gathering, time: clock.Clock) -> None:
    enact(here)
    slug = here.propose(replace(WALK, serves=frozenset({"alone"})))
    here.held(time, slug, [6, *[1] * 7], S2=frozenset({1}))
    ratify(here, slug)
    proposals.talk(here.assembly, slug, Stage.AMENDMENT)
    assert seen(here, slug).unmet == ("alone", "block")
    with pytest.raises(Refused, match="objections_unmet"):
        here.round(slug)

    proposals.reply(here.assembly, slug, "alone", How.MERGED, {"en": "We walk in pairs."})
    proposals.reply(here.assembly, slug, "block", How.ANSWERED, {"en": "We talked."})
    proposals.reply(here.assembly, slug, "block", How.ANSWERED, {"en": "We talked at length."})
    here.held(time, slug, [1] * 8)

    found = seen(here, slug)
    assert found.unmet == ()
    assert found.replies[1, "block"].words == {"en": "We talked at length."}
    assert [one.verdict.outcome.value for one in found.rounds if one.verdict] == ["returned", "adopted"]
    assert ratify(here, slug) == "decision-2"


@pytest.mark.parametrize(("raised", "words", "code"), [("alone", "x", "not_raised"), ("block", " ", "no_words")])
def test_only_what_was_raised_is_answered_and_in_words(here: Gathering, raised: str, words: str, code: str) -> None:
    slug = here.propose()
    aloud(here, slug, "returned", "blocked", raised=["block"])

    with pytest.raises(Refused, match=code):
        proposals.reply(here.assembly, slug, raised, How.RECORDED, {"en": words})


def test_a_round_taken_up_again_ends_after_three(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    for _ in range(2):
        here.held(time, slug, [1] * 4 + [5] * 4)
        here.act("deliberation.go_on", proposal=slug)
        assert seen(here, slug).way.stage is Stage.AMENDMENT
    here.held(time, slug, [1] * 4 + [5] * 4)

    assert seen(here, slug).steady is True
    with pytest.raises(Refused, match="no_round_left"):
        here.act("deliberation.go_on", proposal=slug)
    ratify(here, slug)
    assert seen(here, slug).way.stage is Stage.NO_AGREEMENT
    assert decided.decisions(here.assembly) == ()


def test_rounds_that_say_otherwise_are_not_steady(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    here.held(time, slug, [1] * 4 + [5] * 4)
    assert seen(here, slug).steady is None
    here.act("deliberation.go_on", proposal=slug)
    here.held(time, slug, [1] * 8)

    assert seen(here, slug).steady is False


def test_a_burnt_round_does_not_count(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    here.open(survey)
    time.move(days=8)
    here.later("surveys.burn", time, survey=survey)
    assert (seen(here, slug).way.stage, seen(here, slug).way.rounds) == (Stage.AMENDMENT, 0)

    proposals.amend(here.assembly, slug, changed(WALK, "Walk it at dawn"))

    assert (seen(here, slug).survey, seen(here, slug).version) == ("", 2)
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
    assert seen(here, slug).way.stage is Stage.AMENDMENT
    assert seen(here, other).way.stage is Stage.ROUND


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


def test_a_proposal_in_a_box_is_not_taken_back_nor_decided_aloud(here: Gathering) -> None:
    slug = here.propose()
    here.round(slug)

    with pytest.raises(Refused, match="in_a_box"):
        here.act("deliberation.take_back", proposal=slug)
    with pytest.raises(Refused, match="in_a_box"):
        aloud(here, slug)


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


def test_an_unfinished_proposal_goes_to_no_round(here: Gathering) -> None:
    slug = here.propose(replace(WALK, effort={}))

    with pytest.raises(Refused, match="unfinished"):
        here.round(slug)
    assert seen(here, slug).missing == (Missing.EFFORT,)


def test_meeting_the_company_is_stopped_by_the_protocol(here: Gathering) -> None:
    enact(here)
    slug = here.propose(replace(WALK, serves=frozenset({"alone"}), contacts={"company": Contact.MEET}))

    with pytest.raises(Refused, match="stopped_by_protocol"):
        here.round(slug)
    with pytest.raises(Refused, match="stopped_by_protocol"):
        aloud(here, slug)
    assert seen(here, slug).conflicts == (Conflict("company", Contact.MEET, Posture.NO_DIALOGUE),)


def test_a_protocol_adopted_meanwhile_stops_a_ratification(here: Gathering) -> None:
    slug = here.propose(replace(WALK, contacts={"company": Contact.MEET}))
    aloud(here, slug)
    enact(here)

    with pytest.raises(Refused, match="stopped_by_protocol"):
        ratify(here, slug)


def test_a_protocol_is_a_new_version_each_time_it_is_adopted(here: Gathering) -> None:
    assert settled.protocol(here.assembly) == Protocol()
    enact(here)
    softer = replace(COMPANY, actors=(replace(COMPANY.actors[0], posture=Posture.INFORM_ONLY),))
    enact(here, replace(PROTOCOL, protocol=softer, serves=frozenset({"alone"})))

    versions = settled.protocols(here.assembly)

    assert [one.protocol.version for one in versions] == [2, 1]
    assert versions[0].protocol == replace(softer, version=2)
    assert decided.plan(here.assembly).total == 0


def test_the_criteria_of_a_round_are_those_of_the_protocol(here: Gathering) -> None:
    slug = here.propose()
    before = door.survey(here.assembly, here.round(slug))
    enact(here)
    other = here.propose(replace(WALK, serves=frozenset({"alone"})))
    after = door.survey(here.assembly, here.round(other))

    assert before is not None
    assert after is not None
    assert len(before.questionnaire.lists["criteria"]) == 5
    assert [choice.id for choice in after.questionnaire.lists["criteria"]] == ["alone"]


def test_a_round_needs_a_chosen_rule(app: Flask, time: clock.Clock) -> None:
    here = gathering()
    slug = here.propose()

    with pytest.raises(Refused, match="no_rule"):
        here.round(slug)
    with pytest.raises(Refused, match="no_rule"):
        aloud(here, slug)


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


def test_groups_too_small_for_a_box_decide_aloud(here: Gathering) -> None:
    slug = here.propose()
    aloud(here, slug, "adopted_with_reservations")
    found = seen(here, slug)
    assert (found.way.stage, [one.survey for one in found.rounds]) == (Stage.RATIFICATION, [""])

    ratify(here, slug)

    (one,) = decided.decisions(here.assembly)
    assert (one.aloud, one.outcome) == (True, "adopted_with_reservations")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"outcome": "praised"}, "no_such_verdict"),
        ({"outcome": "adopted", "reason": "blocked"}, "no_such_verdict"),
        ({"quorum": False}, "no_quorum"),
        ({"raised": ["somebody"]}, "no_such_criterion"),
        ({"heard": "nothing"}, "words_not_in_the_log"),
    ],
)
def test_a_decision_aloud_says_what_the_rule_would(here: Gathering, more: dict[str, object], code: str) -> None:
    slug = here.propose()

    with pytest.raises(Refused, match=code):
        here.act("deliberation.aloud", **(spoken(here, slug) | more))


def test_a_verdict_of_too_few_aloud_needs_no_quorum(here: Gathering) -> None:
    slug = here.propose()

    aloud(here, slug, "returned", "too_few", quorum=False, raised="nothing")

    assert seen(here, slug).way.stage is Stage.RATIFICATION


def test_the_short_path_is_explained_decided_and_ratified_in_one_sitting(here: Gathering) -> None:
    slug = proposals.table(here.assembly, WALK)
    proposals.explain(here.assembly, slug, short=True)
    aloud(here, slug)
    ratify(here, slug)

    (one,) = decided.decisions(here.assembly)
    assert one.review == one.day + timedelta(days=30)


def test_a_decision_replaces_the_one_it_amends(here: Gathering) -> None:
    for draft in (WALK, replace(changed(WALK, "Walk at dawn"), replaces="decision-1")):
        slug = here.propose(draft)
        aloud(here, slug)
        ratify(here, slug)

    assert [(one.slug, one.stage, one.lives) for one in decided.decisions(here.assembly)] == [
        ("decision-2", Stage.IN_FORCE, True),
        ("decision-1", Stage.AMENDED, False),
    ]


def test_what_a_verdict_could_betray_is_known_before_an_opening_is_signed(here: Gathering) -> None:
    survey = here.round(here.propose())

    found = betrayals(here.assembly, survey)

    assert found is not None
    assert found.infiltrators == here.assembly.t
    assert any(one.verdict == ADOPTED for one in found.certain)
    assert betrayals(here.assembly, here.pulse()) is None
    assert betrayals(here.assembly, "round-9") is None


def test_texts_changed_since_the_draft_are_not_opened(here: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = here.propose()
    survey = here.round(slug)
    found = door.survey(here.assembly, survey)
    assert found is not None

    with pytest.raises(Refused, match="text_changed"):
        asking.ready_round(here.assembly, found.questionnaire, {**found.terms, "texts": {slug: "other"}})


def test_a_box_with_too_few_ballots_lets_its_proposal_be_decided_aloud(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    here.answer(survey, here.open(survey), [{f"S1.{slug}": 1}] * 4)
    with pytest.raises(Refused, match="in_a_box"):
        aloud(here, slug)
    time.move(days=8)

    aloud(here, slug)

    assert (seen(here, slug).survey, seen(here, slug).way.stage) == ("", Stage.RATIFICATION)


def test_a_box_that_can_be_opened_is_not_passed_over(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    here.answer(survey, here.open(survey), [{f"S1.{slug}": 5}] * 5)
    time.move(days=8)

    with pytest.raises(Refused, match="in_a_box"):
        aloud(here, slug)
