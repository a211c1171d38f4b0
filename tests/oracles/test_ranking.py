"""Margins and the orders made of them against pref_voting."""

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from surveys.domain.judgement import majority_ranks, typical, usual
from surveys.domain.ranking import (
    Levels,
    borda,
    bradley_terry,
    copeland,
    cycles,
    margins,
    minimax,
    ranked_pairs,
    schulze,
    split_cycle,
    tiers,
)
from tests.oracles.peers import peer, quietly

profiles, grades = peer("pref_voting.profiles_with_ties"), peer("pref_voting.grade_profiles")
graded, fits = peer("pref_voting.grade_methods"), peer("choix")
majorities, by_margin = peer("pref_voting.c1_methods"), peer("pref_voting.margin_based_methods")


def drawn(seed: int, people: int = 20, items: int = 6) -> Levels:
    """Return answers of a few people about a few items on five levels."""
    dice = np.random.default_rng(seed)
    return dice.integers(1, 6, (dice.integers(3, people + 1), dice.integers(3, items + 1)))


def profile(answers: Levels) -> ModuleType:
    """Return the same answers as pref_voting reads them: ranks, from 1 the best."""
    ranks = [{item: 6 - level for item, level in enumerate(row)} for row in answers.tolist()]
    made: ModuleType = profiles.ProfileWithTies(ranks)
    return made


@pytest.mark.parametrize("seed", range(200))
def test_margins_and_borda_are_those_of_their_profile(seed: int) -> None:
    answers = drawn(seed)
    items = range(answers.shape[1])
    theirs = profile(answers)

    counted = margins(answers)

    assert counted.tolist() == [[theirs.margin(one, other) for other in items] for one in items]
    assert borda(counted) == tuple(theirs.borda_scores()[item] for item in items)


@pytest.mark.parametrize("seed", range(200))
def test_the_winners_of_margins_are_theirs(seed: int) -> None:
    theirs, counted = profile(drawn(seed)), margins(drawn(seed))

    ours = [tiers(copeland(counted))[0], tiers(minimax(counted))[0], schulze(counted)[0], cycles(counted)[0]]
    ours.append(split_cycle(counted)[0])

    rules = [majorities.copeland, by_margin.minimax, by_margin.beat_path, majorities.top_cycle, by_margin.split_cycle]
    assert [sorted(tier) for tier in ours] == [quietly(rule)(theirs) for rule in rules]


@pytest.mark.parametrize("seed", range(200))
def test_ranked_pairs_find_the_winners_of_every_way_to_settle_ties(seed: int) -> None:
    answers = drawn(seed, people=15, items=4)

    found = ranked_pairs(margins(answers))

    assert found is not None
    assert sorted(found.winners) == quietly(by_margin.ranked_pairs)(profile(answers))


def winners(rule: Callable[..., object], ballots: object, **options: object) -> set[int]:
    """Return the winners of one of their rules."""
    return set(quietly(rule)(ballots, **options))  # type: ignore[call-overload,no-any-return]  # a peer has no types


@pytest.mark.parametrize("seed", range(400))
def test_judgements_have_their_winners_but_for_ties_their_floats_break(seed: int) -> None:
    """Their floats choose among our equals, and their majority judgement leaves equal what it compares no further."""
    answers = drawn(seed)
    items = range(answers.shape[1])
    theirs = grades.GradeProfile([dict(enumerate(row)) for row in answers.tolist()], [1, 2, 3, 4, 5])
    table = [np.bincount(column, minlength=6)[1:].tolist() for column in answers.T]

    for rule, broken in ((typical, "tiebreaker_diff"), (usual, "tiebreaker_normalized_difference")):
        scores = [rule(row) or 0 for row in table]
        found = winners(graded.greatest_median, theirs, tb_func=getattr(graded, broken))
        assert found <= {item for item in items if scores[item] == max(scores)}
    ranks = majority_ranks(table)
    assert {item for item in items if ranks[item] == 0} <= winners(graded.majority_judgement, theirs)


@pytest.mark.parametrize("seed", range(100))
def test_strengths_are_those_of_choix(seed: int) -> None:
    wins = np.random.default_rng(seed).integers(1, 12, (5, 5))
    np.fill_diagonal(wins, 0)
    pairs = [(one, other) for one, other in np.ndindex(5, 5) for _ in range(wins[one, other])]

    theirs = fits.opt_pairwise(5, pairs)

    assert bradley_terry(wins) == pytest.approx((theirs - theirs.mean()).tolist(), abs=1e-5)
