"""Decisions live: they are reviewed by several, end by themselves, and follow what the assembly fears."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from commons import clock, log
from commons.quorum import Refused
from deliberation.actions import living, proposals, records, settling, watching
from deliberation.actions.proposals import How
from deliberation.actions.watching import MeasureCard, ThreatCard
from deliberation.domain.plan import Age
from deliberation.domain.protocol import Draft
from deliberation.domain.rounds import Stage
from deliberation.queries import catalogue, decided, settled
from deliberation.queries.decided import Priorities, Pulse
from surveys import door
from surveys.domain.logic import Answer
from tests.deliberation.gathering import WALK, Gathering, gathering

REFUGE = replace(WALK, text={"en": "Refuge homes"}, measure="M40", emergency=True)
pytestmark = pytest.mark.usefixtures("app")


def stage(here: Gathering, slug: str) -> Stage:
    return next(one.stage for one in decided.decisions(here.assembly) if one.slug == slug)


def answered(likely: int, severe: int, voice: int = 0, wishes: frozenset[int] = frozenset()) -> Mapping[str, Answer]:
    given: dict[str, Answer] = {"C2.T12": likely, "C3.T12": severe, "C2.T04": 1, "C3.T04": 1, "H1": wishes}
    return given | ({"A2": voice} if voice else {})


def asked(here: Gathering, time: clock.Clock, answers: list[Mapping[str, Answer]]) -> str:
    """Hold a baseline, from its draft to its release."""
    slug = here.baseline()
    here.answer(slug, here.open(slug), answers)
    here.count(slug, time)
    return slug


def pulsed(here: Gathering, time: clock.Clock, levels: list[int]) -> None:
    slug = here.pulse()
    here.answer(slug, here.open(slug), [{"P6": level} for level in levels])
    here.count(slug, time)


def test_a_decision_falls_due_and_is_confirmed_by_several(here: Gathering, time: clock.Clock) -> None:
    slug = here.adopt()
    with pytest.raises(Refused, match="not_due"):
        here.act("deliberation.review", decision=slug, ending="withdrawn", heard=here.heard())
    time.move(days=95)
    assert stage(here, slug) is Stage.REVIEW_DUE

    here.act("deliberation.review", decision=slug, ending="confirmed", review="2027-01-01", heard=here.heard())

    (one,) = decided.decisions(here.assembly)
    assert (one.stage, one.review) == (Stage.CONFIRMED, date(2027, 1, 1))


def test_a_decision_is_withdrawn_at_its_review(here: Gathering, time: clock.Clock) -> None:
    slug = here.adopt()
    time.move(days=95)

    here.act("deliberation.review", decision=slug, ending="withdrawn", heard=here.heard())

    assert stage(here, slug) is Stage.WITHDRAWN
    with pytest.raises(Refused, match="not_in_force"):
        here.act("deliberation.review", decision=slug, ending="withdrawn", heard=here.heard())


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ending": "adopted"}, "no_such_ending"),
        ({"ending": "confirmed"}, "no_review_date"),
        ({"ending": "confirmed", "review": "2026-01-01"}, "no_review_date"),
        ({"ending": "confirmed", "review": "2036-01-01"}, "no_review_date"),
        ({"ending": "withdrawn", "heard": "nothing"}, "words_not_in_the_log"),
        ({"ending": "withdrawn", "decision": "decision-9"}, "no_such_decision"),
    ],
)
def test_a_review_that_says_too_little_is_refused(
    here: Gathering, time: clock.Clock, params: dict[str, object], code: str
) -> None:
    slug = here.adopt()
    time.move(days=95)

    with pytest.raises(Refused, match=code):
        here.act("deliberation.review", **({"decision": slug, "heard": here.heard()} | params))


def test_an_emergency_agreed_beforehand_is_started_by_one_and_ends_by_itself(
    here: Gathering, time: clock.Clock
) -> None:
    agreed = here.adopt(REFUGE)
    started = living.start_emergency(here.assembly, agreed, 3)
    assert stage(here, started) is Stage.IN_FORCE
    with pytest.raises(Refused, match="running_already"):
        living.start_emergency(here.assembly, agreed, 3)

    time.move(days=4)

    assert stage(here, started) is Stage.WITHDRAWN
    assert stage(here, agreed) is Stage.IN_FORCE
    assert log.entries(here.assembly)[-1].kind == "emergency"
    assert living.start_emergency(here.assembly, agreed, 7) == "decision-3"


def test_an_emergency_that_runs_is_not_started_from_itself(here: Gathering) -> None:
    started = living.start_emergency(here.assembly, here.adopt(REFUGE), 3)

    with pytest.raises(Refused, match="not_agreed_beforehand"):
        living.start_emergency(here.assembly, started, 3)


@pytest.mark.parametrize(("draft", "days", "code"), [(WALK, 3, "not_agreed"), (REFUGE, 2, "days"), (REFUGE, 8, "days")])
def test_one_person_starts_nothing_else(here: Gathering, draft: Draft, days: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        living.start_emergency(here.assembly, here.adopt(draft), days)


def test_a_baseline_gives_priorities_that_the_plan_shows(here: Gathering, time: clock.Clock) -> None:
    grave, calm = answered(5, 5, wishes=frozenset({1})), answered(1, 1, wishes=frozenset({2}))
    slug = asked(here, time, [grave] * 6 + [calm] * 3)

    found = decided.priorities(here.assembly)

    assert (found.survey, found.tiers, found.reasons["T12"]) == (slug, {"T04": "watch", "T12": "now"}, "grave_for_most")
    assert found.chosen == ("M07", "M17")
    assert [line.threat.id for line in decided.plan(here.assembly).lines if line.bare] == ["T12"]


def test_a_threat_grave_for_one_voice_is_treated_now(here: Gathering, time: clock.Clock) -> None:
    asked(here, time, [answered(5, 5, 1)] * 6 + [answered(1, 1, 2)] * 20)

    assert decided.priorities(here.assembly).reasons["T12"] == "grave_for_a_voice"


def test_a_rising_threat_reopens_its_decisions(here: Gathering, time: clock.Clock) -> None:
    slug = here.adopt()
    asked(here, time, [answered(1, 1)] * 8)
    asked(here, time, [answered(5, 5)] * 8)

    plan = decided.plan(here.assembly)

    assert [(entry.decision.id, entry.reopened, entry.age) for entry in plan.overdue] == [(slug, True, Age.VALID)]
    here.act("deliberation.review", decision=slug, ending="withdrawn", heard=here.heard())


def test_before_a_baseline_there_are_no_priorities(here: Gathering) -> None:
    assert decided.priorities(here.assembly) == Priorities()
    assert decided.pulse(here.assembly) is None


def test_a_baseline_waits_for_a_chosen_priority_rule(app: Flask, time: clock.Clock) -> None:
    here = gathering()
    here.draw()
    terms = {"infiltrators": 1, "priority": "", "places": 5}
    slug = door.draft(
        here.assembly, kind="baseline", questionnaire=door.shipped("practice"), terms=terms, closes=here.closes()
    )

    with pytest.raises(Refused, match="no_priority"):
        here.open(slug)


def test_a_baseline_drafted_before_something_changed_is_not_opened(here: Gathering, time: clock.Clock) -> None:
    before = here.baseline()
    here.later("deliberation.voices", time, wording=records.word(here.assembly, {}), members=12)
    with pytest.raises(Refused, match="settled_otherwise"):
        here.open(before)
    here.later("deliberation.rule", time, preset=next(one.preset for one in catalogue.rules()), priority="whole")
    with pytest.raises(Refused, match="settled_otherwise"):
        here.open(before)


def test_two_calmer_pulses_advise_to_lower_the_level(here: Gathering, time: clock.Clock) -> None:
    steps = {"steps": {str(level): {"en": f"level {level}"} for level in range(1, 5)}}
    here.act("deliberation.steps", wording=records.word(here.assembly, steps))
    stale = here.pulse()
    settling.hold_alert(here.assembly, 3)
    with pytest.raises(Refused, match="settled_otherwise"):
        here.open(stale)
    pulsed(here, time, [1] * 8)
    assert decided.pulse(here.assembly) == Pulse("pulse-2", "calmer", lower=False)
    pulsed(here, time, [1] * 8)
    assert decided.pulse(here.assembly) == Pulse("pulse-3", "calmer", lower=True)


def test_a_circle_too_small_for_a_box_speaks_aloud(here: Gathering, time: clock.Clock) -> None:
    words = {"words": {"en": "The path to the spring is watched at night."}}
    here.act("deliberation.caucus", about="T04", wording=records.word(here.assembly, words))

    found = decided.priorities(here.assembly)
    assert (found.tiers, found.reasons) == ({"T04": "now"}, {"T04": "said_by_a_circle"})
    assert [said.words for said in decided.statements(here.assembly)] == [words["words"]]
    with pytest.raises(Refused, match="said_already"):
        here.act("deliberation.caucus", about="T04", wording=records.word(here.assembly, words))
    time.move(days=183)
    assert decided.priorities(here.assembly).tiers == {}


def test_our_circles_lift_no_more_threats_in_three_months_than_there_are_voices(
    here: Gathering, time: clock.Clock
) -> None:
    dogs = watching.keep_threat(here.assembly, ThreatCard({"en": "Dogs"}))
    words = records.word(here.assembly, {"words": {"en": "It follows us."}})
    for about in ("T04", "T12"):
        here.act("deliberation.caucus", about=about, wording=words)

    with pytest.raises(Refused, match="threats_said_already"):
        here.act("deliberation.caucus", about=dogs, wording=words)
    time.move(days=91)
    here.act("deliberation.caucus", about=dogs, wording=records.word(here.assembly, {"words": {"en": "Still."}}))

    assert decided.priorities(here.assembly).tiers == dict.fromkeys(("T04", "T12", dogs), "now")


def test_what_a_circle_says_of_a_proposal_is_met_before_its_round(here: Gathering) -> None:
    slug = here.propose()
    words = {"words": {"en": "Not at planting time."}}
    here.act("deliberation.caucus", about=slug, wording=records.word(here.assembly, words))
    with pytest.raises(Refused, match="objections_unmet"):
        here.round(slug)

    proposals.reply(here.assembly, slug, "caucus", How.MERGED, {"en": "After the planting."})

    assert here.round(slug) == "round-1"


@pytest.mark.parametrize(
    ("about", "words", "code"),
    [
        ("T99", {"words": {"en": "x"}}, "about_nothing_known"),
        ("T04", {"words": {"en": " "}}, "no_words"),
        ("T04", {}, "no_words"),
    ],
)
def test_a_statement_is_about_something_and_says_something(
    here: Gathering, about: str, words: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        here.act("deliberation.caucus", about=about, wording=records.word(here.assembly, words))


def test_threats_and_measures_are_the_assemblys_own(here: Gathering) -> None:
    dogs = watching.keep_threat(here.assembly, ThreatCard({"en": " Dogs at night ", "fr": ""}))
    bells = watching.keep_measure(here.assembly, MeasureCard({"en": "Bells"}, content={"root_cause": True}))
    watching.keep_threat(here.assembly, ThreatCard({"en": "Dogs"}, dogs))
    watching.stop_watching(here.assembly, "T04")
    watching.stop_offering(here.assembly, "M07")

    assert [(one.code, one.watched) for one in settled.threats(here.assembly)] == [
        ("T04", False),
        ("T12", True),
        ("own-threat-1", True),
    ]
    assert settled.threats(here.assembly)[-1].words == {"en": "Dogs"}
    assert {one.code: (one.offered, one.root_cause) for one in settled.measures(here.assembly)}[bells] == (True, True)
    assert [one.code for one in settled.measures(here.assembly) if not one.offered] == ["M07"]


def test_what_is_kept_has_words_and_a_code(here: Gathering) -> None:
    with pytest.raises(Refused, match="no_words"):
        watching.keep_threat(here.assembly, ThreatCard({"en": " "}))
    with pytest.raises(Refused, match="not_kept"):
        watching.stop_watching(here.assembly, "T99")


def test_the_plan_counts_what_treats_causes(here: Gathering) -> None:
    here.adopt(replace(WALK, measure="M42"))
    here.adopt()

    plan = decided.plan(here.assembly)

    assert (plan.roots, plan.total, plan.valid_until) == (1, 2, WALK.review)
    assert plan.valid_until == date(2026, 3, 1) + timedelta(days=92)


def test_the_catalogue_is_whole() -> None:
    assert {one.code for one in catalogue.measures()} >= {"M01", "M42"}
    assert len(catalogue.threats()) >= 27
    assert [rule.code for rule in catalogue.rules()] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert all(len(rule.stages) == len(rule.rule.stages) and rule.source for rule in catalogue.rules())
