"""What is decided aloud is a closed round too; objections and the protocol are heard in both."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from commons import clock
from commons.quorum import Refused
from deliberation.actions import proposals
from deliberation.actions.proposals import How
from deliberation.domain.protocol import Conflict, Contact, Posture, Protocol
from deliberation.domain.rounds import Stage
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.queries import decided, settled
from deliberation.queries.proposals import dissent
from surveys import door
from surveys.actions.wording import erase_due, reword
from surveys.domain.logic import Answer, Written
from tests.deliberation.gathering import COMPANY, PROTOCOL, WALK, Gathering, changed
from tests.visitor import Visitor

ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
pytestmark = pytest.mark.usefixtures("app")


def test_an_objection_is_met_before_the_next_round(here: Gathering, time: clock.Clock) -> None:
    here.adopt(PROTOCOL)
    slug = here.propose(replace(WALK, serves=frozenset({"alone"})))
    here.held(time, slug, [6, *[1] * 7], S2=frozenset({1}))
    here.ratify(slug)
    proposals.talk(here.assembly, slug, Stage.AMENDMENT)
    assert here.seen(slug).unmet == ("alone", "block")
    with pytest.raises(Refused, match="objections_unmet"):
        here.round(slug)

    proposals.reply(here.assembly, slug, "alone", How.MERGED, {"en": "We walk in pairs."})
    proposals.reply(here.assembly, slug, "block", How.ANSWERED, {"en": "We talked."})
    proposals.reply(here.assembly, slug, "block", How.ANSWERED, {"en": "We talked at length."})
    here.held(time, slug, [1] * 8)

    found = here.seen(slug)
    assert found.unmet == ()
    assert found.replies[1, "block"].words == {"en": "We talked at length."}
    assert [one.verdict.outcome.value for one in found.rounds if one.verdict] == ["returned", "adopted"]
    assert here.ratify(slug) == "decision-2"


def test_what_people_wrote_is_met_too_once_it_is_in_other_words(app: Flask, here: Gathering, time: clock.Clock) -> None:
    slug, said = here.propose(), [{"en": "Who stays with the old?"}, {"en": "Not at night."}]
    survey = here.round(slug)
    asked = here.open(survey)
    wrote: dict[str, Answer] = {f"S1.{slug}": 4, f"S3.{slug}": Written(text="my aunt cannot walk")}
    here.answer(survey, asked, [wrote] + [{f"S1.{slug}": 1}] * 7)
    here.count(survey, time)
    here.act("deliberation.go_on", proposal=slug)
    assert here.seen(slug).unmet == ()
    assert here.seen(slug).unworded
    for again in (here.round, here.aloud):
        with pytest.raises(Refused, match="texts_wait"):
            again(slug)

    here.act("surveys.wording", **reword(here.assembly, survey, f"S3.{slug}", said))

    assert not here.seen(slug).unworded
    first, second = here.seen(slug).unmet
    page = Visitor(app).reads(here.assembly).visit(f"/en/river/proposals/{slug}")
    assert "somebody answered: “Who stays with the old?”" in page.text
    with pytest.raises(Refused, match="objections_unmet"):
        here.round(slug)
    proposals.reply(here.assembly, slug, first, How.MERGED, {"en": "Two stay with them."})
    proposals.reply(here.assembly, slug, second, How.RECORDED, {"en": "Said, and kept."})
    assert here.round(slug) == "round-2"
    assert dissent(here.seen(slug)) == ((second, {"en": "Said, and kept."}),)


def test_a_text_left_out_for_naming_somebody_is_recorded_before_the_next_round(
    app: Flask, here: Gathering, time: clock.Clock
) -> None:
    slug = here.propose()
    survey = here.round(slug)
    asked = here.open(survey)
    wrote: dict[str, Answer] = {f"S1.{slug}": 4, f"S3.{slug}": Written(text="Maria cannot walk")}
    here.answer(survey, asked, [wrote] + [{f"S1.{slug}": 1}] * 7)
    here.count(survey, time)
    here.act("deliberation.go_on", proposal=slug)

    here.act("surveys.wording", **reword(here.assembly, survey, f"S3.{slug}", [], left_out=True))

    (left_out,) = here.seen(slug).unmet
    with pytest.raises(Refused, match="objections_unmet"):
        here.round(slug)
    proposals.reply(here.assembly, slug, left_out, How.RECORDED, {"en": "It stands in the minutes that it was."})
    assert here.round(slug) == "round-2"
    visitor = Visitor(app).reads(here.assembly)
    for path, words in (
        (f"proposals/{slug}/minutes", "Something that people wrote was left out by several of the circle"),
        ("log/minutes", "Something was left out, because it named somebody."),
    ):
        page = visitor.visit(f"/en/river/{path}").text
        assert words in page
        assert "Maria" not in page


def test_texts_erased_unread_hold_the_next_round_up_no_longer(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    wrote: dict[str, Answer] = {f"S1.{slug}": 4, f"S3.{slug}": Written(text="x")}
    here.answer(survey, here.open(survey), [wrote] + [{f"S1.{slug}": 1}] * 7)
    here.count(survey, time)
    here.act("deliberation.go_on", proposal=slug)

    time.move(days=15)
    erase_due(here.assembly)

    assert not here.seen(slug).unworded
    assert here.round(slug) == "round-2"


@pytest.mark.parametrize(("raised", "words", "code"), [("alone", "x", "not_raised"), ("block", " ", "no_words")])
def test_only_what_was_raised_is_answered_and_in_words(here: Gathering, raised: str, words: str, code: str) -> None:
    slug = here.propose()
    here.aloud(slug, "returned", "blocked", raised=["block"])

    with pytest.raises(Refused, match=code):
        proposals.reply(here.assembly, slug, raised, How.RECORDED, {"en": words})


def test_meeting_the_company_is_stopped_by_the_protocol(here: Gathering) -> None:
    here.adopt(PROTOCOL)
    slug = here.propose(replace(WALK, serves=frozenset({"alone"}), contacts={"company": Contact.MEET}))

    with pytest.raises(Refused, match="stopped_by_protocol"):
        here.round(slug)
    with pytest.raises(Refused, match="stopped_by_protocol"):
        here.aloud(slug)
    assert here.seen(slug).conflicts == (Conflict("company", Contact.MEET, Posture.NO_DIALOGUE),)


def test_a_protocol_adopted_meanwhile_stops_a_ratification(here: Gathering) -> None:
    slug = here.propose(replace(WALK, contacts={"company": Contact.MEET}))
    here.aloud(slug)
    here.adopt(PROTOCOL)

    with pytest.raises(Refused, match="stopped_by_protocol"):
        here.ratify(slug)


def test_a_protocol_is_a_new_version_each_time_it_is_adopted(here: Gathering) -> None:
    assert settled.protocol(here.assembly) == Protocol()
    here.adopt(PROTOCOL)
    softer = replace(COMPANY, actors=(replace(COMPANY.actors[0], posture=Posture.INFORM_ONLY),))
    here.adopt(replace(PROTOCOL, protocol=softer, serves=frozenset({"alone"})))

    versions = settled.protocols(here.assembly)

    assert [one.protocol.version for one in versions] == [2, 1]
    assert versions[0].protocol == replace(softer, version=2)
    assert decided.plan(here.assembly).total == 0


def test_the_criteria_of_a_round_are_those_of_the_protocol(here: Gathering) -> None:
    slug = here.propose()
    before = door.survey(here.assembly, here.round(slug))
    here.adopt(PROTOCOL)
    other = here.propose(replace(WALK, serves=frozenset({"alone"})))
    after = door.survey(here.assembly, here.round(other))

    assert before is not None
    assert after is not None
    assert len(before.questionnaire.lists["criteria"]) == 5
    assert [choice.id for choice in after.questionnaire.lists["criteria"]] == ["alone"]


def test_groups_too_small_for_a_box_decide_aloud(here: Gathering) -> None:
    slug = here.propose()
    here.aloud(slug, "adopted_with_reservations")
    found = here.seen(slug)
    assert (found.way.stage, [one.survey for one in found.rounds]) == (Stage.RATIFICATION, [""])

    here.ratify(slug)

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
        here.act("deliberation.aloud", **(here.spoken(slug) | more))


def test_a_verdict_of_too_few_aloud_needs_no_quorum(here: Gathering) -> None:
    slug = here.propose()

    here.aloud(slug, "returned", "too_few", quorum=False, raised="nothing")

    assert here.seen(slug).way.stage is Stage.RATIFICATION


def test_the_short_path_is_explained_decided_and_ratified_in_one_sitting(here: Gathering) -> None:
    slug = proposals.table(here.assembly, WALK)
    proposals.explain(here.assembly, slug, short=True)
    here.aloud(slug)
    here.ratify(slug)

    (one,) = decided.decisions(here.assembly)
    assert one.review == one.day + timedelta(days=30)


def test_a_decision_replaces_the_one_it_amends(here: Gathering) -> None:
    for draft in (WALK, replace(changed(WALK, "Walk at dawn"), replaces="decision-1")):
        slug = here.propose(draft)
        here.aloud(slug)
        here.ratify(slug)

    assert [(one.slug, one.stage, one.lives) for one in decided.decisions(here.assembly)] == [
        ("decision-2", Stage.IN_FORCE, True),
        ("decision-1", Stage.AMENDED, False),
    ]


def test_a_box_with_too_few_ballots_lets_its_proposal_be_decided_aloud(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    here.answer(survey, here.open(survey), [{f"S1.{slug}": 1}] * 4)
    with pytest.raises(Refused, match="in_a_box"):
        here.aloud(slug)
    time.move(days=8)

    here.aloud(slug)

    assert (here.seen(slug).survey, here.seen(slug).way.stage) == ("", Stage.RATIFICATION)


def test_a_box_that_can_be_opened_is_not_passed_over(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.round(slug)
    here.answer(survey, here.open(survey), [{f"S1.{slug}": 5}] * 5)
    time.move(days=8)

    with pytest.raises(Refused, match="in_a_box"):
        here.aloud(slug)
