"""No shortcut in later stages either: a second call, or a vote, under a rule the assembly wrote itself."""

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from commons import log
from deliberation.actions import records
from deliberation.actions.going_on import GO_ON
from deliberation.domain.presets import write_preset
from deliberation.domain.rules import Reason
from deliberation.queries import decided
from deliberation.queries.proposals import proposals as listed
from surveys import door
from tests.deliberation.gathering import Gathering, gathering
from tests.deliberation.test_no_shortcut import QUORUM, People, few_examples, numbers, signers
from tests.deliberation.test_own_rule import own

FEW, SECOND, VOTE = 5, 1, 2  # a third of twelve, and one more than K; the stages of the rule
later = st.sampled_from(
    ["few", "go_on", "second_call", "blocked", "go_on_to_vote", "meet_objections", "vote", "ratify"]
)


class OwnRule(People):
    """The same people under a rule of their own: a second call after too few came, a vote the assembly goes on to."""

    def gathered(self) -> Gathering:
        here = gathering(f"place-{next(numbers)}")
        wording = records.word(here.assembly, {"voices": [], "quiet": []})
        here.act("deliberation.choose", preset=write_preset(own()), priority="whole", wording=wording, members=12)
        here.watch()
        here.draw()
        return here

    def few(self, slug: str, people: int) -> None:
        self.hold_round(slug, people, [1] * FEW, people, patient=True)

    def second_call(self, slug: str, people: int) -> None:
        self.hold_round(slug, people, [1] * FEW, people, patient=True, stage=SECOND)

    def vote(self, slug: str, people: int) -> None:
        self.hold_round(slug, people, [1] * 8, people, patient=True, stage=VOTE)

    def go_on_to_vote(self, slug: str, people: int) -> None:
        said: dict[str, object] = {"proposal": slug, "stage": VOTE, "heard": self.here.heard()}
        self.attempt("deliberation.go_on", said, people)

    @rule(slug=People.slugs, steps=st.lists(later, min_size=1, max_size=4), people=signers)
    def go_through_later_stages(self, slug: str, steps: list[str], people: int) -> None:
        for step in steps:
            getattr(self, step)(slug, people)

    @rule(slug=People.slugs)
    def be_called_again_and_adopt(self, slug: str) -> None:
        """The whole way of a second call, wherever the text stands."""
        self.go_through_later_stages(slug, ["few", "go_on", "second_call", "ratify"], self.assembly.k)

    @rule(slug=People.slugs)
    def be_blocked_and_vote(self, slug: str) -> None:
        steps = ["blocked", "go_on_to_vote", "meet_objections", "vote", "ratify"]
        self.go_through_later_stages(slug, steps, self.assembly.k)

    def quorum(self, survey: str) -> int:
        return FEW if self.stage(survey) == SECOND else QUORUM

    def stage(self, survey: str) -> object:
        found = door.survey(self.assembly, survey)
        assert found is not None
        return found.terms["stage"]

    @invariant()
    def a_later_stage_was_called_for(self) -> None:
        said = {line.payload["proposal"] for line in log.entries(self.assembly, kind=GO_ON) if "stage" in line.payload}
        for one in listed(self.assembly):
            sealed = [(at, self.stage(held.survey)) for at, held in enumerate(one.rounds) if held.survey]
            assert all(one.slug in said for _, stage in sealed if stage == VOTE)
            before = [one.rounds[at - 1].verdict for at, stage in sealed if stage == SECOND and at]
            assert all(verdict and verdict.reason is Reason.TOO_FEW for verdict in before)
            assert (0, SECOND) not in sealed


@pytest.mark.slow
def test_nothing_is_adopted_by_a_shortcut_under_a_rule_of_ones_own(app: Flask) -> None:
    run_state_machine_as_test(OwnRule, settings=few_examples)


def test_the_ways_the_machine_tries_do_lead_to_decisions(app: Flask) -> None:
    people = OwnRule()
    try:
        second, vote = people.here.propose(), people.here.propose()
        people.be_called_again_and_adopt(second)
        people.be_blocked_and_vote(vote)

        adopted = {one.proposal for one in decided.decisions(people.assembly)}
        assert adopted == {second, vote}
        people.a_later_stage_was_called_for()
        people.every_decision_was_ratified_after_a_round()
    finally:
        people.teardown()
