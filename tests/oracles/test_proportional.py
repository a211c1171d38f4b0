"""Phragmén's list and the EJR+ audit against abcvoting's fractions, and D'Hondt's seats against apportionment."""

from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from surveys.domain import proportional
from tests.oracles.peers import peer

abcrules, preferences, properties = (
    peer(f"abcvoting.{module}") for module in ("abcrules", "preferences", "properties")
)
apportionment = peer("apportionment.methods")
projected, rules = peer("pabutools.election"), peer("pabutools.rules")
PLACES = 3


def drawn(seed: int) -> NDArray[np.bool_]:
    """Return approvals of 3 to 16 people over 4 to 9 items, everybody approving something."""
    dice = np.random.default_rng(seed)
    approvals = dice.random((dice.integers(3, 17), dice.integers(4, 10))) < dice.uniform(0.15, 0.7)
    approvals[np.arange(len(approvals)), dice.integers(0, approvals.shape[1], len(approvals))] = True
    return approvals


def profile(approvals: NDArray[np.bool_]) -> object:
    """Return the same ballots as abcvoting reads them."""
    made = preferences.Profile(approvals.shape[1])
    made.add_voters([np.flatnonzero(ballot).tolist() for ballot in approvals])
    return made


@pytest.mark.parametrize("seed", range(200))
def test_every_prefix_is_abcvotings_with_all_its_ties(seed: int) -> None:
    approvals = drawn(seed)
    ours = proportional.phragmen(proportional.pack(approvals), size=3)

    for prefix in ours:
        theirs = abcrules.compute_seqphragmen(
            profile(approvals), prefix.size, algorithm="standard-fractions", resolute=False
        )
        assert {frozenset(one) for one in theirs} == set(prefix.lists)


@pytest.mark.parametrize("seed", range(80))
def test_every_list_is_pabutools_with_all_its_ties(seed: int) -> None:
    approvals = drawn(seed)
    projects = [projected.Project(f"{item:02}", 1) for item in range(approvals.shape[1])]
    ballots = [projected.ApprovalBallot([projects[item] for item in np.flatnonzero(row)]) for row in approvals]

    theirs = rules.sequential_phragmen(
        projected.Instance(projects, budget_limit=3), projected.ApprovalProfile(ballots), resoluteness=False
    )

    ours = proportional.phragmen(proportional.pack(approvals), size=3)[-1]
    if ours.size == PLACES:  # where nobody wishes for what is left, we stop and pabutools goes on
        assert {frozenset(int(project.name) for project in one) for one in theirs} == set(ours.lists)


@pytest.mark.parametrize("seed", range(200))
def test_the_audit_says_what_abcvoting_says_of_any_set(seed: int) -> None:
    approvals = drawn(seed)
    chosen = np.random.default_rng(seed).permutation(approvals.shape[1])[:3].tolist()

    found = proportional.audit(proportional.pack(approvals), chosen, ballots=len(approvals))

    assert (found == ()) == properties.check_EJR_plus(profile(approvals), chosen)


@pytest.mark.parametrize("seed", range(100))
def test_separate_parties_get_the_seats_of_dhondt(seed: int) -> None:
    dice = np.random.default_rng(seed)
    people, seats = dice.choice(np.arange(2, 60), size=3, replace=False), 6
    quotients = sorted((count / share for count in people for share in range(1, seats + 1)), reverse=True)
    if any(first == second for first, second in pairwise(quotients[: seats + 1])):
        pytest.skip("a tie: apportionment would ask who breaks it")
    parties = np.repeat(np.arange(3), people)
    approvals = parties[:, None] == np.repeat(np.arange(3), seats)[None, :]

    (*_, last) = proportional.phragmen(proportional.pack(approvals), size=seats, key=range(3 * seats))

    assert {tuple(sum(item // seats == party for item in one) for party in range(3)) for one in last.lists} == {
        tuple(apportionment.compute("dhondt", people.tolist(), seats, verbose=False))
    }


def test_the_proprietary_solver_is_not_here() -> None:
    """abcvoting asks for gurobipy; what stands here is an empty module of ours."""
    import gurobipy  # type: ignore[import-not-found]  # noqa: PLC0415 - only after `peer` put it there

    assert isinstance(gurobipy, ModuleType)
    assert getattr(gurobipy, "__file__", None) is None
