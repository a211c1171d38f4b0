"""Equal shares against abcvoting's fractions for unit costs, and against pabutools with costs; all ties of both."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

from surveys.domain.proportional import pack
from surveys.domain.shares import Bundle, Worth, equal_shares
from tests.oracles.peers import peer

abcrules, preferences = (peer(f"abcvoting.{module}") for module in ("abcrules", "preferences"))
election, rules = peer("pabutools.election"), peer("pabutools.rules")


def drawn(seed: int) -> NDArray[np.bool_]:
    """Return approvals of 3 to 14 people over 4 to 8 items, everybody approving something."""
    dice = np.random.default_rng(seed)
    approvals = dice.random((dice.integers(3, 15), dice.integers(4, 9))) < dice.uniform(0.2, 0.7)
    approvals[np.arange(len(approvals)), dice.integers(0, approvals.shape[1], len(approvals))] = True
    return approvals


def by_abcvoting(approvals: NDArray[np.bool_], size: int, completion: str | None) -> set[frozenset[int]]:
    """Return every committee that abcvoting finds."""
    profile = preferences.Profile(approvals.shape[1])
    profile.add_voters([np.flatnonzero(ballot).tolist() for ballot in approvals])
    found = abcrules.compute_equal_shares(
        profile, size, algorithm="standard-fractions", resolute=False, completion=completion
    )
    return {frozenset(one) for one in found}


def names(choices: Iterable[Iterable[object]]) -> list[list[str]]:
    """Return the names of the projects of several choices, sorted."""
    return sorted(sorted(map(str, one)) for one in choices)


def ours(approvals: NDArray[np.bool_], size: int, *, complete: bool) -> Bundle:
    """Return what we buy when everything costs one place."""
    return equal_shares(pack(approvals), [1] * approvals.shape[1], size, ballots=len(approvals), complete=complete)


@pytest.mark.parametrize("seed", range(200))
def test_unit_costs_give_the_committees_of_abcvoting(seed: int) -> None:
    approvals = drawn(seed)

    for size in (2, 4):
        assert set(ours(approvals, size, complete=False).lists) == by_abcvoting(approvals, size, None)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_left_is_spent_as_by_abcvoting(seed: int) -> None:
    approvals = drawn(seed)
    size = min(4, int(approvals.any(axis=0).sum()))

    assert set(ours(approvals, size, complete=True).lists) == by_abcvoting(approvals, size, "seqphragmen")


@pytest.mark.parametrize("seed", range(200))
@pytest.mark.parametrize(("worth", "satisfaction"), [(Worth.COST, "Cost_Sat"), (Worth.ONE, "Cardinality_Sat")])
def test_costs_give_the_choices_of_pabutools(seed: int, worth: Worth, satisfaction: str) -> None:
    dice, approvals = np.random.default_rng(seed), drawn(seed)
    costs: list[int] = dice.integers(1, 12, (approvals.shape[1],)).tolist()
    budget = int(dice.integers(5, 40))
    projects = [election.Project(f"{item:02}", cost) for item, cost in enumerate(costs)]
    ballots = [election.ApprovalBallot([projects[item] for item in np.flatnonzero(row)]) for row in approvals]

    buy: Callable[..., Iterable[Iterable[object]]] = rules.method_of_equal_shares
    theirs = buy(
        election.Instance(projects, budget_limit=budget),
        election.ApprovalProfile(ballots),
        sat_class=getattr(election, satisfaction),
        resoluteness=False,
    )

    found = equal_shares(pack(approvals), costs, budget, ballots=len(approvals), worth=worth, complete=False)
    assert sorted(sorted(f"{item:02}" for item in one) for one in found.lists) == names(theirs)
