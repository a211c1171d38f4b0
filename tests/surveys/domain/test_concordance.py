"""Agreement between people over several items: the numbers of other programs, from tables of counts alone."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.concordance import Metric, fleiss, kendall, krippendorff
from surveys.domain.planes import above, bulk, counts, ties
from tests.surveys.domain import golden

tables = st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=1, max_size=6)
orders = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=1, max_size=8)


def answered(rows: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    """Items by levels of what people (rows) answered."""
    table: list[list[int]] = counts(bulk(np.array(rows, np.uint8).T, levels=5)).tolist()
    return table


def concordance(rows: list[list[int]] | tuple[tuple[int, ...], ...]) -> Fraction | None:
    answers = bulk(np.array(rows, np.uint8).T, levels=5)
    found = above(answers)
    return kendall((found - found.T).sum(axis=1).tolist(), ties(answers), len(rows))


def by_pairs(table: list[list[int]]) -> Fraction | None:
    """Alpha with squared differences of levels, as its definition reads: over pairs of answers, one by one."""
    units = [[level for level, count in enumerate(row) for _ in range(count)] for row in table]
    units = [unit for unit in units if len(unit) > 1]
    every = [answer for unit in units for answer in unit]
    parts = (Fraction(sum((a - b) ** 2 for a in unit for b in unit), len(unit) - 1) for unit in units)
    found = sum(parts, Fraction(0))
    chance = sum((a - b) ** 2 for a in every for b in every)
    return Fraction(1) - (len(every) - 1) * found / chance if chance else None


@pytest.mark.parametrize("metric", Metric)
def test_alpha_is_that_of_the_krippendorff_library(metric: Metric) -> None:
    alpha = krippendorff(answered(golden.KRIPPENDORFF), metric)

    assert alpha is not None
    assert float(alpha) == pytest.approx(golden.KRIPPENDORFF_ALPHA[metric], abs=1e-12)


@given(tables)
def test_alpha_counts_pairs_without_looking_at_them(table: list[list[int]]) -> None:
    assert krippendorff(table, Metric.INTERVAL) == by_pairs(table)


@given(tables, st.sampled_from(Metric))
def test_alpha_is_one_at_most_and_only_where_items_alone_differ(table: list[list[int]], metric: Metric) -> None:
    alpha = krippendorff(table, metric)
    assume(alpha is not None)

    assert alpha is not None
    assert alpha <= 1
    assert (alpha == 1) == all(sum(map(bool, row)) <= 1 for row in table if sum(row) > 1)


@given(tables, st.sampled_from(Metric), st.randoms(use_true_random=False))
def test_alpha_is_the_same_in_any_order_and_from_either_side(
    table: list[list[int]], metric: Metric, random: Random
) -> None:
    mixed = random.sample(table, len(table))

    assert krippendorff(mixed, metric) == krippendorff(table, metric)
    assert krippendorff([row[::-1] for row in table], metric) == krippendorff(table, metric)


@given(tables)
def test_a_recoding_that_keeps_the_order_leaves_ordinal_alpha(table: list[list[int]]) -> None:
    spread = [[count for some in row for count in (some, 0)] for row in table]

    assert krippendorff(spread) == krippendorff(table)


def test_alpha_says_nothing_where_nothing_differs() -> None:
    assert krippendorff([]) is None
    assert krippendorff([[0, 0], [1, 0], [0, 1]]) is None
    assert krippendorff([[0, 3], [0, 2]]) is None


def test_alpha_of_a_great_box_is_exact() -> None:
    """A sum of squares beyond sixty-four bits."""
    great = [[10**6, 0, 10**6, 0, 10**6]] * 40

    alpha = krippendorff(great, Metric.ORDINAL)

    whole = 120 * 10**6
    assert alpha == 1 - Fraction((whole - 1) * 40 * 10**6 * 10**6, (3 * 10**6 - 1) * (40 * 10**6) ** 2)


def test_kappa_is_that_of_statsmodels() -> None:
    kappa = fleiss(golden.FLEISS)

    assert kappa is not None
    assert float(kappa) == pytest.approx(golden.FLEISS_KAPPA, abs=1e-12)


def test_kappa_of_two_people_is_worked_by_hand() -> None:
    """Alike on two items of three, where three of each level would be on half: (2/3 - 1/2) / (1 - 1/2)."""
    assert fleiss([[2, 0], [1, 1], [0, 2]]) == Fraction(1, 3)


def test_kappa_needs_as_many_answers_to_each_item() -> None:
    with pytest.raises(ValueError, match="the same number"):
        fleiss([[1, 2], [2, 2]])


@pytest.mark.parametrize("table", [[], [[0, 0]], [[1, 0], [0, 1]], [[0, 3], [0, 3]]])
def test_kappa_says_nothing_where_nothing_can_differ(table: list[list[int]]) -> None:
    assert fleiss(table) is None


def test_kappa_is_one_where_all_say_the_same_of_each_item() -> None:
    assert fleiss([[3, 0], [0, 3]]) == 1


def test_concordance_of_rankings_is_that_of_scipy() -> None:
    found = concordance(golden.KENDALL)

    assert found is not None
    assert float(found) == pytest.approx(golden.KENDALL_W, abs=1e-12)
    assert float(found * 7 * 4) == pytest.approx(golden.FRIEDMAN, abs=1e-12)


@given(orders)
def test_concordance_is_the_variance_of_rank_sums(rows: list[list[int]]) -> None:
    """By midranks, as Kendall (1948) writes it."""
    people, items = len(rows), 4
    ranks = [[Fraction(2 * sum(other < one for other in row) + row.count(one) + 1, 2) for one in row] for row in rows]
    sums = [sum(column) for column in zip(*ranks, strict=True)]
    spread = sum((one - Fraction(people * (items + 1), 2)) ** 2 for one in sums)
    tied = sum(row.count(level) ** 3 - row.count(level) for row in rows for level in range(1, 6))
    most = people**2 * (items**3 - items) - people * tied

    found = concordance(rows)

    assert found == (12 * spread / most if most else None)
    assert found is None or 0 <= found <= 1


def test_people_of_one_mind_agree_wholly_and_of_opposite_minds_not_at_all() -> None:
    assert concordance([[1, 2, 3, 4], [2, 3, 4, 5]]) == 1
    assert concordance([[1, 2, 3, 4], [4, 3, 2, 1]]) == 0
    assert kendall([], 0, 0) is None
