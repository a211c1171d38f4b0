"""What lists and orders cost beside the libraries of their field, on the same ballots: rows of `bench.mathematics`.

Peers compute with exact fractions, as we do; every list is compared with theirs before anything is timed.
"""

from functools import cache
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from bench.racing import Race, Target, peer
from surveys.domain.proportional import audit, pack, phragmen
from surveys.domain.purses import Planes
from surveys.domain.ranking import margins
from surveys.domain.shares import equal_shares

BALLOTS, ITEMS, PLACES, LEVELS, GREAT = 300, 40, 10, 5, 1_000_000


@cache
def approvals() -> NDArray[np.bool_]:
    """Return approvals, ballots by items, of items that are liked by few and by many."""
    dice = np.random.default_rng(20260302)
    drawn: NDArray[np.bool_] = dice.random((BALLOTS, ITEMS)) < dice.uniform(0.1, 0.6, ITEMS)
    return drawn


@cache
def planes() -> Planes:
    """Return the same approvals as planes."""
    return pack(approvals())


@cache
def profile() -> object:
    """Return the same approvals as abcvoting reads them."""
    made = _library("preferences").Profile(ITEMS)
    made.add_voters([np.flatnonzero(ballot).tolist() for ballot in approvals()])
    return made


def _library(module: str) -> ModuleType:
    return peer(f"abcvoting.{module}")


def list_by_phragmen() -> Race:
    """Ten places by sequential Phragmén, with every tie looked for."""

    def theirs() -> object:
        return _library("abcrules").compute_seqphragmen(profile(), PLACES, algorithm="standard-fractions")

    assert [set(phragmen(planes(), size=PLACES)[-1].chosen)] == [set(one) for one in theirs()]  # type: ignore[attr-defined]  # committees
    return Race(lambda: phragmen(planes(), size=PLACES), theirs)


def great_list_by_phragmen() -> Race:
    """Ten places out of a million ballots, exact, beside abcvoting's floats: one turn, for theirs takes minutes."""
    dice = np.random.default_rng(20260306)
    wishes = dice.random((GREAT, ITEMS), np.float32) < dice.uniform(0.1, 0.6, ITEMS)
    ours, theirs = pack(wishes), _library("preferences").Profile(ITEMS)
    theirs.add_voters([np.flatnonzero(ballot).tolist() for ballot in wishes])
    found = list[object]()

    def peers() -> None:
        found.append(_library("abcrules").compute_seqphragmen(theirs, PLACES, algorithm="float-fractions"))

    race = Race(lambda: phragmen(ours, size=PLACES), peers, turns=1)
    peers()
    assert [set(phragmen(ours, size=PLACES)[-1].chosen)] == [set(one) for one in found[0]]  # type: ignore[attr-defined]  # committees
    return race


def shares() -> Race:
    """Ten places by equal shares, without completion."""

    def ours() -> frozenset[int]:
        return equal_shares(planes(), [1] * ITEMS, PLACES, ballots=BALLOTS, complete=False).chosen

    def theirs() -> object:
        return _library("abcrules").compute_equal_shares(
            profile(), PLACES, algorithm="standard-fractions", completion=None
        )

    assert [set(ours())] == [set(one) for one in theirs()]  # type: ignore[attr-defined]  # committees
    return Race(ours, theirs)


def audited() -> Race:
    """Whether ten places leave anybody without their part."""
    chosen = phragmen(planes(), size=PLACES)[-1].chosen

    def theirs() -> object:
        return _library("properties").check_EJR_plus(profile(), chosen)

    assert (audit(planes(), chosen, ballots=BALLOTS) == ()) is theirs()
    return Race(lambda: audit(planes(), chosen, ballots=BALLOTS), theirs)


def ranked() -> Race:
    """The margins of all pairs from the answers themselves, beside a profile that holds the same."""
    answers = np.random.default_rng(20260303).integers(1, LEVELS + 1, (BALLOTS, ITEMS))
    ranks = [{item: LEVELS + 1 - level for item, level in enumerate(row)} for row in answers.tolist()]
    voting = peer("pref_voting.profiles_with_ties")
    read = voting.ProfileWithTies(ranks, candidates=[*range(ITEMS)])
    assert margins(answers).tolist() == [[read.margin(one, other) for other in range(ITEMS)] for one in range(ITEMS)]
    return Race(lambda: margins(answers), lambda: voting.ProfileWithTies(ranks, candidates=[*range(ITEMS)]))


TARGETS = (
    Target(
        "exact Phragmén of 300 × 40, ten places, beside abcvoting",
        list_by_phragmen,
        least=50,
        peer="abcvoting.abcrules",
    ),
    Target(
        "exact Phragmén of 1,000,000 × 40, ten places, beside abcvoting’s floats",
        great_list_by_phragmen,
        least=200,
        peer="abcvoting.abcrules",
        slow=True,
    ),
    Target("exact equal shares of 300 × 40, ten places, beside abcvoting", shares, least=15, peer="abcvoting.abcrules"),
    Target("the EJR+ audit of ten places of 300 × 40, beside abcvoting", audited, least=5, peer="abcvoting.properties"),
    Target("margins of 300 × 40 from the answers, beside pref_voting", ranked, least=100, peer="pref_voting"),
)
