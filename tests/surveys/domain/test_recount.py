"""Ballots come, change and go in any order: what adds them up and takes them away is what a recount finds."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from surveys.domain.planes import above, bulk, counts, joint, paired
from surveys.domain.ranking import margins

ITEMS, LEVELS = 3, 5
ballot = st.lists(st.integers(0, LEVELS), min_size=ITEMS, max_size=ITEMS)
Ballots = list[list[int]]


def told(ballots: Ballots) -> list[list[int]]:
    """Everything that is counted of ballots, in one row a statistic."""
    columns = np.array(ballots, np.uint8).reshape(len(ballots), ITEMS).T
    held = bulk(columns, levels=LEVELS)
    found = above(held)
    every = [counts(held), joint(held, held), *paired(held, 4), found, found - found.T]
    return [one.ravel().tolist() for one in every]


class Box(RuleBasedStateMachine):
    """A box beside running sums of its ballots, each counted alone."""

    def __init__(self) -> None:
        """Start with nothing in it."""
        super().__init__()
        self.ballots: Ballots = []
        self.sums = told([])

    def add(self, one: list[int], sign: int) -> None:
        """Add a ballot to the sums, or take it away."""
        rows = zip(self.sums, told([one]), strict=True)
        self.sums = [[held + sign * more for held, more in zip(*row, strict=True)] for row in rows]

    @initialize(first=st.lists(ballot, max_size=5))
    def fill(self, first: Ballots) -> None:
        """Begin with a few ballots."""
        for one in first:
            self.hand_in(one)

    @rule(one=ballot)
    def hand_in(self, one: list[int]) -> None:
        """One more ballot."""
        self.ballots.append(one)
        self.add(one, 1)

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """One ballot fewer."""
        if self.ballots:
            self.add(self.ballots.pop(data.draw(st.integers(0, len(self.ballots) - 1))), -1)

    @rule(data=st.data(), one=ballot)
    def replace(self, data: st.DataObject, one: list[int]) -> None:
        """Another ballot in the place of one."""
        self.withdraw(data)
        self.hand_in(one)

    @invariant()
    def a_recount_finds_the_sums(self) -> None:
        """Counting the whole box again gives the running sums, and the margins of the ranking rules."""
        assert told(self.ballots) == self.sums
        assert margins(np.array(self.ballots).reshape(len(self.ballots), ITEMS)).ravel().tolist() == self.sums[-1]


TestRecount = Box.TestCase
TestRecount.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
