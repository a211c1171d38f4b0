"""Whatever people do and in whatever order: nothing is adopted without a closed round, a quorum and a ratification."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from commons import clock, log
from commons.acts import ActRow, Approval, State
from commons.db import session
from commons.quorum import Refused
from deliberation.actions import living, proposals
from deliberation.domain.rounds import DECIDED, TALKING
from deliberation.queries import decided
from deliberation.queries.proposals import proposals as listed
from surveys import door
from surveys.domain.cards import Code
from surveys.domain.logic import Answer
from tests.deliberation.gathering import WALK, Gathering, ready

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=170)  # while every term runs
numbers = count(1)
QUORUM = 6  # half of the twelve declared members
signers = st.sampled_from([3, 3, 3, 4, 2, 1, 0])
moves = st.sampled_from(["sealed", "ratify", "aloud", "ratify", "blocked", "go_on", "meet_objections", "take_back"])
stages = st.sampled_from([0, 0, 1, 2])
stances = st.sampled_from([[1] * 8, [1] * 7 + [5], [1] * 7 + [6], [5] * 8, [1] * 5, [1] * 3])
spoken = st.sampled_from(
    [("adopted", "agreed"), ("returned", "blocked"), ("adopted", "too_few"), ("returned", "too_few")]
)


class People(RuleBasedStateMachine):
    """A circle that tries everything, with as many or as few signatures as it likes."""

    slugs = Bundle("slugs")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.time = self.stack.enter_context(clock.stopped(START))
        self.here: Gathering = self.gathered()
        self.assembly = self.here.assembly

    def gathered(self) -> Gathering:
        """An assembly with a rule of the catalogue, of a single stage."""
        return ready(slug=f"place-{next(numbers)}")

    def teardown(self) -> None:
        self.stack.close()

    def attempt(self, kind: str, params: dict[str, object], people: int) -> None:
        """Try an act with some signatures; a refusal changes nothing."""
        try:
            done = self.here.sign(kind, params, people)
        except Refused:
            return
        assert done is None or people >= self.assembly.k

    @initialize(
        target=slugs, before=st.sampled_from([[], ["sealed"], ["aloud"], ["blocked", "go_on"], ["aloud", "ratify"]])
    )
    def begun(self, before: list[str]) -> str:
        """Begin somewhere on the way: in amendments, after a closed round, with a decision in force."""
        slug = self.here.propose()
        for step in before:
            getattr(self, step)(slug, self.assembly.k)
        return slug

    @rule(target=slugs, amended=st.booleans())
    def propose(self, *, amended: bool) -> str:
        return self.here.propose() if amended else proposals.table(self.assembly, WALK)

    @rule(slug=slugs, short=st.booleans())
    def explain(self, slug: str, *, short: bool) -> None:
        self.alone(lambda: proposals.explain(self.assembly, slug, short=short))

    @rule(slug=slugs, stage=st.sampled_from(sorted(TALKING)))
    def talk(self, slug: str, stage: str) -> None:
        self.alone(lambda: proposals.talk(self.assembly, slug, next(one for one in TALKING if one == stage)))

    @rule(slug=slugs, steps=st.lists(moves, min_size=1, max_size=5), people=signers)
    def sit_together(self, slug: str, steps: list[str], people: int) -> None:
        """Take some steps one after the other, with the same number of signatures each time."""
        for step in steps:
            getattr(self, step)(slug, people)

    @rule(slug=slugs, people=signers, told=spoken, present=st.booleans())
    def decide_aloud(self, slug: str, people: int, told: tuple[str, str], *, present: bool) -> None:
        said: dict[str, object] = {"outcome": told[0], "reason": told[1], "quorum": present}
        self.attempt("deliberation.aloud", {"proposal": slug, "heard": self.here.heard(), **said}, people)

    @rule(slug=slugs, people=signers)
    def ratify_unheard(self, slug: str, people: int) -> None:
        self.attempt("deliberation.ratify", {"proposal": slug, "heard": "nothing was read"}, people)

    @rule(slug=slugs, openers=signers, given=stances, patient=st.booleans(), counters=signers, stage=stages)
    def hold_round(
        self, slug: str, openers: int, given: list[int], counters: int, *, patient: bool, stage: int = 0
    ) -> None:
        """Draft, open, answer, wait or not, and count, whoever signs and however many answer, under any stage."""
        self.alone(lambda: self.here.round(slug, stage=stage))
        survey = next(one.survey for one in listed(self.assembly) if one.slug == slug)
        self.attempt("surveys.open", {"survey": survey}, openers)
        found = door.survey(self.assembly, survey)
        if found is not None and found.open:
            for code, stance in zip(self.here.cards, given, strict=False):
                self.put(found, code, {f"S1.{slug}": stance})
        door.discard(self.assembly, survey)  # unless it was opened
        if patient:
            self.time.move(days=8)
        self.attempt("surveys.count", {"survey": survey}, counters)

    def put(self, box: door.Survey, code: Code, answers: Mapping[str, Answer]) -> None:
        """Hand in a ballot, unless this card has spoken."""
        try:
            door.hand_in(self.assembly, box.slug, box.questionnaire, code, answers)
        except door.AlreadyAnswered:
            return

    def sealed(self, slug: str, people: int) -> None:
        self.hold_round(slug, people, [1] * 8, people, patient=True)

    def blocked(self, slug: str, people: int) -> None:
        self.hold_round(slug, people, [1] * 7 + [6], people, patient=True)

    def aloud(self, slug: str, people: int) -> None:
        self.decide_aloud(slug, people, ("adopted", "agreed"), present=True)

    def ratify(self, slug: str, people: int) -> None:
        self.attempt("deliberation.ratify", {"proposal": slug, "heard": self.here.heard()}, people)

    def go_on(self, slug: str, people: int) -> None:
        self.attempt("deliberation.go_on", {"proposal": slug}, people)

    def take_back(self, slug: str, people: int) -> None:
        self.attempt("deliberation.take_back", {"proposal": slug}, people)

    def meet_objections(self, slug: str, _people: int) -> None:
        unmet = next(one.unmet for one in listed(self.assembly) if one.slug == slug)
        for raised in unmet:
            proposals.reply(self.assembly, slug, raised, proposals.How.RECORDED, {"en": "heard"})

    @rule(days=st.integers(3, 7))
    def start_emergency(self, days: int) -> None:
        self.alone(lambda: living.start_emergency(self.assembly, "decision-1", days))

    @precondition(lambda _: clock.now() < START + HALF_A_YEAR)
    @rule()
    def a_week_passes(self) -> None:
        self.time.move(days=8)

    def alone(self, step: object) -> None:
        """Try what one may do alone."""
        assert callable(step)
        try:
            step()
        except Refused:
            return

    @invariant()
    def every_decision_was_ratified_after_a_round(self) -> None:
        ratified = {
            line.payload.get("decision"): line for line in log.entries(self.assembly, kind="deliberation.ratify")
        }
        found = {one.slug: one for one in listed(self.assembly)}
        for one in decided.decisions(self.assembly):
            assert one.until is None, "nothing was agreed on as an emergency"
            assert ratified[one.slug].payload["signed"] == self.assembly.k
            last = found[one.proposal].rounds[-1]
            assert last.verdict is not None
            assert last.verdict.adopts
            assert not last.survey or self.ballots(last.survey) >= self.quorum(last.survey)

    def quorum(self, _survey: str) -> int:
        """How many had to hand in a ballot for a round to adopt."""
        return QUORUM

    def ballots(self, survey: str) -> int:
        release = door.release(self.assembly, survey)
        assert release is not None
        return int(str(release.data["ballots"]))

    @invariant()
    def what_is_adopted_is_a_decision(self) -> None:
        adopted = {one.slug for one in listed(self.assembly) if one.way.stage in DECIDED}
        assert adopted == {one.proposal for one in decided.decisions(self.assembly)}

    @invariant()
    def no_act_was_carried_out_with_fewer_signatures_than_it_needs(self) -> None:
        keys = {one.slot: one.signing.verify_key for one in self.here.keys}
        done = select(ActRow.id).where(ActRow.assembly == self.assembly.id, ActRow.state == State.DONE)
        for act in session.scalars(done).all():
            signed = session.scalars(select(Approval).where(Approval.assembly == self.assembly.id, Approval.act == act))
            good = {one.slot for one in signed if keys[one.slot].verify(act, one.signature) == act}
            assert len(good) >= self.assembly.k


few_examples = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@pytest.mark.slow
def test_nothing_is_adopted_by_a_shortcut(either: Flask) -> None:
    run_state_machine_as_test(People, settings=few_examples)
