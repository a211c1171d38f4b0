"""Agreement is computed from exact counts, and gives the numbers other programs give."""

from fractions import Fraction
from itertools import accumulate
from statistics import quantiles

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.agreement import (
    Consensus,
    consensus,
    lower_median,
    quartiles,
    share,
    van_der_eijk,
    wilson,
)
from tests.surveys.domain.golden import ORDINAL, WILSON

histograms = st.lists(st.integers(0, 9), min_size=5, max_size=5)


def answers(counts: list[int]) -> list[int]:
    return [level for level, count in enumerate(counts, start=1) for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        *((case.counts, case.van_der_eijk) for case in ORDINAL),
        ((10, 0, 0, 0, 10), -1.0),
        ((2, 3, 5, 6, 4), 0.25),
    ],
)
def test_van_der_eijk_gives_the_numbers_of_agrmt(counts: tuple[int, ...], expected: float) -> None:
    agreement = van_der_eijk(counts)

    assert agreement is not None
    assert float(agreement) == pytest.approx(expected, abs=1e-12)


@given(histograms)
def test_van_der_eijk_stays_between_its_ends_and_is_the_same_from_either_side(counts: list[int]) -> None:
    assume(sum(counts))
    agreement = van_der_eijk(counts)

    assert agreement is not None
    assert -1 <= agreement <= 1
    assert agreement == van_der_eijk(counts[::-1])
    assert (agreement == 1) == (sum(map(bool, counts)) == 1)


def test_two_levels_agree_wholly_or_not_at_all() -> None:
    assert van_der_eijk([3, 0]) == 1
    assert van_der_eijk([3, 3]) == 0


def test_wilson_gives_the_interval_of_statsmodels() -> None:
    count, total, confidence, low, high = WILSON

    assert wilson(count, total, confidence) == pytest.approx((low, high), abs=1e-12)


def test_an_interval_needs_answers() -> None:
    with pytest.raises(ValueError, match="without answers"):
        wilson(0, 0)


def test_nothing_is_said_of_a_question_nobody_answered() -> None:
    nobody = [0, 0, 0, 0, 0]

    assert (share(nobody, 4), lower_median(nobody), quartiles(nobody), van_der_eijk(nobody)) == (None,) * 4


def test_share_counts_the_level_and_those_above() -> None:
    assert share([2, 3, 5, 18, 12], 4) == Fraction(3, 4)


def test_the_lower_of_two_middle_answers_is_the_median() -> None:
    assert lower_median([2, 0, 0, 0, 2]) == 1
    assert lower_median([2, 0, 0, 0, 3]) == 5
    assert lower_median([3, 4, 3, 4, 2]) == 3


@given(histograms)
def test_quartiles_are_those_of_the_answers_written_out(counts: list[int]) -> None:
    assume(sum(counts) > 1)

    assert quartiles(counts) == tuple(quantiles(map(Fraction, answers(counts)), n=4, method="inclusive"))


def test_one_answer_is_all_its_quartiles() -> None:
    assert quartiles([0, 0, 1]) == (Fraction(3), Fraction(3), Fraction(3))


@pytest.mark.parametrize(
    ("for_it", "against", "answered", "state"),
    [
        (31, 4, 40, Consensus.AGREED),
        (30, 4, 40, Consensus.MAYBE_AGREED),
        (31, 8, 40, Consensus.MAYBE_AGREED),
        (31, 9, 40, Consensus.OPEN),
        (4, 31, 40, Consensus.REFUSED),
        (4, 30, 40, Consensus.MAYBE_REFUSED),
        (8, 31, 40, Consensus.MAYBE_REFUSED),
        (14, 14, 40, Consensus.DIVIDED),
        (13, 14, 40, Consensus.OPEN),
        (8, 0, 8, Consensus.FEW),
        (19, 0, 19, Consensus.FEW),
        (20, 0, 20, Consensus.AGREED),
    ],
)
def test_the_automatic_state_follows_three_quarters_one_fifth_and_the_reserve(
    for_it: int, against: int, answered: int, state: Consensus
) -> None:
    assert consensus(for_it, against, answered=answered, invited=40, floor=9) is state


@pytest.mark.parametrize("answered", range(9, 31))
def test_no_single_ballot_undoes_what_is_agreed(answered: int) -> None:
    def state(for_it: int, against: int) -> Consensus:
        return consensus(for_it, against, answered=answered, invited=answered, floor=9)

    agreed = [
        (for_it, against)
        for for_it in range(answered + 1)
        for against in range(answered + 1 - for_it)
        if state(for_it, against) is Consensus.AGREED
    ]
    turned = {state(for_it - 1, against + more) for for_it, against in agreed for more in (0, 1)}
    joined = {state(for_it, against + 1) for for_it, against in agreed if for_it + against < answered}

    assert agreed
    assert turned | joined <= {Consensus.AGREED, Consensus.MAYBE_AGREED}


def test_one_answer_has_an_interval() -> None:
    low, high = wilson(1, 1)

    assert 0 < low < high <= 1


def test_a_refusal_keeps_its_reserve_to_the_last_ballot() -> None:
    assert consensus(1, 9, answered=10, invited=10, floor=7) == Consensus.REFUSED
    assert consensus(9, 1, answered=10, invited=10, floor=7) == Consensus.AGREED


def test_a_third_on_each_side_is_divided() -> None:
    assert consensus(3, 3, answered=9, invited=9, floor=7) == Consensus.DIVIDED
    assert consensus(3, 2, answered=9, invited=9, floor=7) == Consensus.OPEN


@pytest.mark.parametrize("answered", range(1, 31))
def test_a_third_on_each_side_is_two_camps_by_van_der_eijk_but_for_three_equal_thirds(answered: int) -> None:
    """Decision 83: of against, between and for, the thirds already say what van der Eijk's A would confirm."""
    parts = [
        (against, answered - against - for_it, for_it)
        for against in range(answered + 1)
        for for_it in range(answered - against + 1)
        if 3 * min(against, for_it) >= answered
    ]
    apart = {part: van_der_eijk(part) for part in parts}

    assert all(found is not None and found <= 0 for found in apart.values())
    assert {part for part, found in apart.items() if found == 0} == {part for part in parts if len(set(part)) == 1}


@given(histograms, st.integers(2, 5))
def test_the_scale_turned_round_turns_a_share_round(counts: list[int], level: int) -> None:
    assume(sum(counts))

    assert share(counts[::-1], 7 - level) == 1 - (share(counts, level) or 0)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 90))
def test_the_state_of_the_mirror_image_is_the_mirror_image(for_it: int, against: int, rest: int, invited: int) -> None:
    answered = for_it + against + rest
    pairs = [("agreed", "refused"), ("maybe_agreed", "maybe_refused")]
    mirror = dict(pairs) | {other: one for one, other in pairs}

    state = consensus(for_it, against, answered=answered, invited=invited, floor=7)

    assert consensus(against, for_it, answered=answered, invited=invited, floor=7) == mirror.get(state, state)


@given(histograms, st.lists(st.integers(1, 3), min_size=5, max_size=5), st.integers(1, 5))
def test_a_recoding_that_keeps_the_order_keeps_shares_and_recodes_medians(
    counts: list[int], steps: list[int], level: int
) -> None:
    codes = list(accumulate(steps))
    recoded = [0] * codes[-1]
    for code, count in zip(codes, counts, strict=True):
        recoded[code - 1] = count
    median = lower_median(counts)

    assert share(recoded, codes[level - 1]) == share(counts, level)
    assert lower_median(recoded) == (None if median is None else codes[median - 1])
