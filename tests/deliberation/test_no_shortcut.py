"""Whatever people do and in whatever order: nothing is adopted without a closed round, a quorum and a ratification."""

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
from tests.deliberation.gathering import WALK, Gathering, ready

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=170)  # while every term runs
numbers = count(1)
QUORUM = 6  # half of the twelve declared members
signers = st.integers(0, 5)
stances = st.lists(st.sampled_from([1, 1, 1, 2, 5, 6]), min_size=3, max_size=9)
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
        self.here: Gathering = ready(slug=f"place-{next(numbers)}")
        self.assembly = self.here.assembly

    def teardown(self) -> None:
        self.stack.close()

    def attempt(self, kind: str, params: dict[str, object], people: int) -> None:
        """Try an act with some signatures; a refusal changes nothing."""
        try:
            done = self.here.sign(kind, params, people)
        except Refused:
            return
        assert done is None or people >= self.assembly.k

    @initialize(target=slugs)
    def begun(self) -> str:
        return self.here.propose()

    @rule(target=slugs)
    def table(self) -> str:
        return proposals.table(self.assembly, WALK)

    @rule(slug=slugs, short=st.booleans())
    def explain(self, slug: str, *, short: bool) -> None:
        self.alone(lambda: proposals.explain(self.assembly, slug, short=short))

    @rule(slug=slugs, stage=st.sampled_from(sorted(TALKING)))
    def talk(self, slug: str, stage: str) -> None:
        self.alone(lambda: proposals.talk(self.assembly, slug, next(one for one in TALKING if one == stage)))

    @rule(slug=slugs)
    def meet_objections(self, slug: str) -> None:
        unmet = next(one.unmet for one in listed(self.assembly) if one.slug == slug)
        for raised in unmet:
            proposals.reply(self.assembly, slug, raised, proposals.How.RECORDED, {"en": "heard"})

    @rule(slug=slugs)
    def draft_round(self, slug: str) -> None:
        self.alone(lambda: self.here.round(slug))

    @rule(slug=slugs, people=signers, given=stances)
    def open_and_answer(self, slug: str, people: int, given: list[int]) -> None:
        survey = next(one.survey for one in listed(self.assembly) if one.slug == slug)
        self.attempt("surveys.open", {"survey": survey}, people)
        found = door.survey(self.assembly, survey)
        if found is not None and found.open:
            for code, stance in zip(self.here.cards, given, strict=False):
                try:
                    door.hand_in(self.assembly, survey, found.questionnaire, code, {f"S1.{slug}": stance})
                except door.AlreadyAnswered:
                    continue

    @rule(slug=slugs, people=signers)
    def count(self, slug: str, people: int) -> None:
        survey = next(one.survey for one in listed(self.assembly) if one.slug == slug)
        self.attempt("surveys.count", {"survey": survey}, people)

    @rule(slug=slugs, people=signers, told=spoken, present=st.booleans())
    def decide_aloud(self, slug: str, people: int, told: tuple[str, str], *, present: bool) -> None:
        said: dict[str, object] = {"outcome": told[0], "reason": told[1], "quorum": present}
        self.attempt("deliberation.aloud", {"proposal": slug, "heard": self.here.heard(), **said}, people)

    @rule(slug=slugs, people=signers, listened=st.booleans())
    def ratify(self, slug: str, people: int, *, listened: bool) -> None:
        heard = self.here.heard() if listened else "nothing was read"
        self.attempt("deliberation.ratify", {"proposal": slug, "heard": heard}, people)

    @rule(slug=slugs, people=signers, kind=st.sampled_from(["go_on", "take_back"]))
    def turn_back(self, slug: str, people: int, kind: str) -> None:
        self.attempt(f"deliberation.{kind}", {"proposal": slug}, people)

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
            assert not last.survey or self.ballots(last.survey) >= QUORUM

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


@pytest.mark.slow
def test_nothing_is_adopted_by_a_shortcut(either: Flask) -> None:
    few = settings(
        max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )

    run_state_machine_as_test(People, settings=few)
