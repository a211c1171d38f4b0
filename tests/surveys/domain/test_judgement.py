"""Majority judgement takes medians away, one after the other, and never counts codes."""

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.agreement import lower_median
from surveys.domain.judgement import majority_ranks, typical, usual
from tests.surveys.domain.golden import GAUGE, MEDIANS

histograms = st.lists(st.integers(0, 9), min_size=5, max_size=5)


def histogram(answers: tuple[int, ...]) -> list[int]:
    return [answers.count(level) for level in range(1, 6)]


def medians_removed(counts: list[int]) -> list[int]:
    """The answers in the order in which the lower median is taken away, again and again."""
    left = [level for level, count in enumerate(counts, start=1) for _ in range(count)]
    taken = []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


def profile(random: Random) -> list[list[int]]:
    """A few items answered by the same number of people."""
    people, levels = random.randint(1, 15), random.randint(2, 7)
    table = [[0] * levels for _ in range(random.randint(2, 5))]
    for row in table:
        for _ in range(people):
            row[random.randrange(levels)] += 1
    return table


def test_medians_and_the_winner_are_those_of_pref_voting() -> None:
    table = [histogram(answers) for answers in zip(*MEDIANS, strict=True)]

    assert [lower_median(row) for row in table] == [3, 4, 3, 2]
    assert majority_ranks(table).index(0) == 1


def test_typical_and_usual_judgement_have_the_winner_of_pref_voting() -> None:
    table = [histogram(answers) for answers in zip(*MEDIANS, strict=True)]

    for rule in (typical, usual):
        scores = [score for row in table if (score := rule(row)) is not None]
        assert [item for item, score in enumerate(scores) if score == max(scores)] == [1]


def test_typical_and_usual_judgement_are_read_around_the_median() -> None:
    """Of ten, the lower median is 3: four stand above, two below, four at it."""
    counts = [1, 1, 4, 3, 1]

    assert (typical(counts), usual(counts)) == (3 + Fraction(1, 5), 3 + Fraction(1, 4))
    assert (typical([0, 0]), usual([0, 0])) == (None, None)


@given(histograms, st.integers(0, 3), st.integers(1, 9), st.sampled_from([typical, usual]))
def test_answers_that_rise_never_lower_a_judgement(
    counts: list[int], level: int, moved: int, rule: Callable[[list[int]], Fraction | None]
) -> None:
    """First-order dominance."""
    assume(sum(counts))
    raised = [*counts]
    raised[level] -= min(moved, counts[level])
    raised[level + 1] += min(moved, counts[level])
    before, after = rule(counts), rule(raised)

    assert before is not None
    assert after is not None
    assert after >= before


def test_it_goes_on_where_the_gauge_alone_would_tie() -> None:
    first, second = map(histogram, GAUGE)

    def gauge(counts: list[int]) -> tuple[int, int, int]:
        middle = lower_median(counts) or 0
        return middle, sum(counts[middle:]), sum(counts[: middle - 1])

    assert gauge(first) == gauge(second) == (4, 2, 3)
    assert majority_ranks([second, first]) == (1, 0)


@pytest.mark.parametrize("seed", range(8))
def test_ranks_are_those_of_medians_taken_away_one_by_one(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - profiles, not secrets
    for _ in range(500):
        table = profile(random)

        removed = [medians_removed(row) for row in table]

        assert majority_ranks(table) == tuple(sum(other > mine for other in removed) for mine in removed)


def test_equal_items_share_a_rank_and_an_unanswered_one_is_last() -> None:
    nobody, good, same = [0, 0, 0], [0, 1, 2], [0, 2, 4]

    assert majority_ranks([nobody, good, same, [1, 1, 1], nobody]) == (3, 0, 0, 2, 3)


@given(histograms, histograms, st.integers(2, 4))
def test_doubling_the_electorate_changes_no_rank(one: list[int], other: list[int], times: int) -> None:
    once = majority_ranks([one, other])

    assert majority_ranks([[times * count for count in one], [times * count for count in other]]) == once


@given(st.lists(histograms, min_size=3, max_size=6))
def test_ranks_compare_any_two_alike_and_go_on(table: list[list[int]]) -> None:
    """Antisymmetric and transitive: the ranks of many are those of every two of them."""
    ranks = majority_ranks(table)

    for one, mine in zip(ranks, table, strict=True):
        for other, theirs in zip(ranks, table, strict=True):
            alone = majority_ranks([mine, theirs])
            assert (alone[0] > alone[1]) == (one > other)
            assert alone in {(0, 0), (0, 1), (1, 0)}


@given(histograms, st.integers(0, 3), st.integers(1, 9))
def test_an_item_that_is_nowhere_lower_is_not_ranked_lower(counts: list[int], level: int, moved: int) -> None:
    raised = [*counts]
    raised[level] -= min(moved, counts[level])
    raised[level + 1] += min(moved, counts[level])

    better, worse = majority_ranks([raised, counts])

    assert better <= worse


@given(st.lists(histograms, min_size=2, max_size=4))
def test_empty_levels_between_change_no_rank(table: list[list[int]]) -> None:
    spread = [[count for some in row for count in (some, 0)] for row in table]

    assert majority_ranks(spread) == majority_ranks(table)


def test_a_single_answer_is_judged_like_many() -> None:
    assert majority_ranks([[1, 0], [0, 1], [0, 0]]) == (1, 0, 2)
    assert majority_ranks([[0, 0], [0, 1], [1, 0]]) == (2, 0, 1)


def test_one_answer_stands_above_none() -> None:
    assert majority_ranks([(0, 0, 0), (1, 0, 0)]) == (1, 0)
