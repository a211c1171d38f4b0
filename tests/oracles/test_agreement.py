"""Indices of agreement against the libraries of the field, on answers drawn anew for each number."""

import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

from surveys.domain.agreement import wilson
from surveys.domain.concordance import Metric, fleiss, kendall, krippendorff
from surveys.domain.planes import above, bulk, counts, ties
from surveys.domain.stability import bowker, chi_squared_tail, mcnemar, stuart_maxwell
from tests.oracles.peers import peer

library = peer("krippendorff")
stats = peer("scipy.stats")
voting = peer("pref_voting.profiles_with_ties")
raters, tables, proportion = (
    peer(f"statsmodels.stats.{module}") for module in ("inter_rater", "contingency_tables", "proportion")
)
LEVELS = 5
seeds = pytest.mark.parametrize("seed", range(200))


def drawn(seed: int, *, least: int = 0) -> NDArray[np.uint8]:
    """Return answers of 3 to 30 people to 3 to 8 items, 0 for none unless `least` says otherwise."""
    dice = np.random.default_rng(seed)
    shape = dice.integers(3, 9), dice.integers(3, 31)
    return dice.integers(least, LEVELS + 1, shape, np.uint8)


@seeds
@pytest.mark.parametrize("metric", Metric)
def test_alpha_is_krippendorffs(seed: int, metric: Metric) -> None:
    answers = drawn(seed)
    people = np.where(answers == 0, np.nan, answers).T

    ours = krippendorff(counts(bulk(answers, levels=LEVELS)), metric)

    assert ours is not None
    assert float(ours) == pytest.approx(library.alpha(people, level_of_measurement=metric.value), abs=1e-12)


@seeds
def test_kappa_is_that_of_statsmodels(seed: int) -> None:
    table = counts(bulk(drawn(seed, least=1), levels=LEVELS))

    ours = fleiss(table)

    assert ours is not None
    assert float(ours) == pytest.approx(raters.fleiss_kappa(table), abs=1e-12)


@seeds
def test_concordance_is_friedmans_statistic(seed: int) -> None:
    answers = drawn(seed, least=1)
    held = bulk(answers, levels=LEVELS)
    items, people = answers.shape

    found = above(held)
    ours = kendall((found - found.T).sum(axis=1).tolist(), ties(held), people)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how it is written is its affair
        theirs = stats.friedmanchisquare(*answers)
    assert ours is not None
    assert float(ours * people * (items - 1)) == pytest.approx(theirs.statistic, abs=1e-9)
    assert chi_squared_tail(ours * people * (items - 1), items - 1) == pytest.approx(theirs.pvalue, abs=1e-9)


@seeds
def test_pairs_are_the_support_of_pref_voting(seed: int) -> None:
    answers = drawn(seed)
    items = [*range(len(answers))]
    ballots = [{item: LEVELS + 1 - int(level) for item, level in enumerate(row) if level} for row in answers.T]

    profile = voting.ProfileWithTies(ballots, candidates=items)

    ours = above(bulk(answers, levels=LEVELS)).tolist()
    assert ours == [[profile.support(one, other) for other in items] for one in items]


@pytest.mark.parametrize("seed", range(500))
def test_the_interval_of_a_share_is_that_of_statsmodels(seed: int) -> None:
    dice = np.random.default_rng(seed)
    total = int(dice.integers(1, 200))
    count = int(dice.integers(0, total + 1))

    theirs = proportion.proportion_confint(count, total, alpha=0.1, method="wilson")

    assert wilson(count, total) == pytest.approx(theirs, abs=1e-12)


@seeds
def test_moves_between_rounds_are_tested_as_statsmodels_does(seed: int) -> None:
    moves = np.random.default_rng(seed).integers(1, 9, (4, 4))
    square = tables.SquareTable(moves, shift_zeros=False)

    sides, pairs = stuart_maxwell(moves.tolist()), bowker(moves.tolist())

    assert sides is not None
    assert float(sides[0]) == pytest.approx(square.homogeneity("stuart_maxwell").statistic, abs=1e-9)
    assert chi_squared_tail(*sides) == pytest.approx(square.homogeneity("stuart_maxwell").pvalue, abs=1e-9)
    assert float(pairs[0]) == pytest.approx(square.symmetry("bowker").statistic, abs=1e-9)
    assert chi_squared_tail(*pairs) == pytest.approx(square.symmetry("bowker").pvalue, abs=1e-9)
    two = [[5, int(moves[0, 1])], [int(moves[1, 0]), 5]]
    assert float(mcnemar(two[0][1], two[1][0])) == pytest.approx(tables.mcnemar(two, exact=True).pvalue, abs=1e-9)
