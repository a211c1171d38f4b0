"""Margins and the orders made of them against pref_voting."""

from types import ModuleType

import numpy as np
import pytest

from surveys.domain.ranking import Levels, borda, copeland, cycles, margins, minimax, ranked_pairs, schulze, tiers
from tests.oracles.peers import peer, quietly

profiles = peer("pref_voting.profiles_with_ties")
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

    rules = (majorities.copeland, by_margin.minimax, by_margin.beat_path, majorities.top_cycle)
    assert [sorted(tier) for tier in ours] == [quietly(rule)(theirs) for rule in rules]


@pytest.mark.parametrize("seed", range(200))
def test_ranked_pairs_find_the_winners_of_every_way_to_settle_ties(seed: int) -> None:
    answers = drawn(seed, people=15, items=4)

    found = ranked_pairs(margins(answers))

    assert found is not None
    assert sorted(found.winners) == quietly(by_margin.ranked_pairs)(profile(answers))
