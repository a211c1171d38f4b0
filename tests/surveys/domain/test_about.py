"""Indices from rounded figures: near those of the exact counts, and intervals that hold the exact ones."""

from functools import partial
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.about import INDICES_FROM, alpha, changed, indices, weights, within
from surveys.domain.agreement import van_der_eijk, wilson
from surveys.domain.concordance import krippendorff
from surveys.domain.disclosure import Band
from surveys.domain.dispersion import leik, tastle_wierman
from surveys.domain.doubt import Asked, Cell, Shown, Voice, bands, levels_open, opened, percents, place
from surveys.domain.stability import net_change

LOW, HIGH = Cell(Shown.LOW), Cell(Shown.HIGH)


def part(percent: int) -> Cell:
    return Cell(Shown.PERCENT, percent)


def test_what_is_left_of_a_hundred_goes_to_the_tails() -> None:
    assert weights([part(50), part(30), LOW, LOW]) == (100, 60, 20, 20)
    assert weights([HIGH, LOW, LOW]) == (100, 0, 0)
    assert weights([part(60), part(50), LOW]) == (60, 50, 0)


def test_no_share_told_gives_no_index() -> None:
    assert indices([]) is None


def test_all_alike_and_two_camps_stand_at_the_ends() -> None:
    assert indices([HIGH, LOW, LOW, LOW, LOW]) == (1.0, 0.0, 1.0)
    assert indices([part(50), LOW, LOW, LOW, part(50)]) == (-1.0, 1.0, 0.0)


@given(st.integers(20, 400), st.integers(0, 400), st.integers(1, 4))
def test_the_interval_of_a_band_holds_that_of_the_exact_share(answers: int, yes: int, infiltrators: int) -> None:
    assume(yes <= answers)
    scale = bands(answers, infiltrators)

    low, high = within(Band(scale[place(scale, yes)].cell.shown.value))

    exact = wilson(yes, answers)
    assert low / 100 <= exact[0] + 1e-9
    assert exact[1] - 1e-9 <= high / 100


def drawn(dice: Random, fewest: int, most: int) -> tuple[list[int], int]:
    """The counts of a box at random, and its infiltrators: its shares are even, uneven, or very uneven."""
    steps, infiltrators = dice.randint(3, 6), dice.randint(1, 4)
    shares = [dice.random() ** dice.choice((1, 2, 4)) for _ in range(steps)]
    answers = dice.choices(range(steps), shares, k=dice.randint(fewest, most))
    return [answers.count(step) for step in range(steps)], infiltrators


def published(counts: list[int], infiltrators: int) -> list[Cell]:
    """The shares a release shows of the counts of one question."""
    answers, cut = sum(counts), frozenset({len(counts) - 2, len(counts) - 1})
    yes = Voice(answers, (scale := bands(answers, infiltrators))[place(scale, sum(counts[-2:]))])
    rule = partial(levels_open, Asked(yes, infiltrators, cut))
    ranges = opened(counts, [percents(answers, infiltrators)] * len(counts), rule)
    return [one.cell for one in ranges]


def beside(counts: list[int], infiltrators: int) -> tuple[float, ...] | None:
    """How far A, D and consensus from the published shares lie from those of the counts; None where nothing is."""
    found = indices(published(counts, infiltrators))
    exact = van_der_eijk(counts), leik(counts), tastle_wierman(counts)
    return None if found is None else tuple(abs(one - float(true or 0)) for one, true in zip(found, exact, strict=True))


@pytest.mark.parametrize(("fewest", "most"), [(INDICES_FROM, 100), (101, 400)])
def test_nine_indices_in_ten_lie_within_two_tenths_and_none_at_the_other_end(fewest: int, most: int) -> None:
    dice = Random(f"{fewest} to {most}")  # noqa: S311 - boxes at random, no secret
    far = [one for _ in range(300) if (one := beside(*drawn(dice, fewest, most)))]

    for index in range(3):
        found = sorted(one[index] for one in far)
        assert found[len(found) * 9 // 10] <= 0.2
        assert found[-1] <= 0.6
    assert len(far) > 290


@pytest.mark.parametrize("tilt", range(1, 8))
@pytest.mark.parametrize("answers", [40, 90, 300])
def test_indices_lie_near_those_of_the_exact_counts(answers: int, tilt: int) -> None:
    shares = [1 + (at * tilt) % 5 for at in range(5)]
    counts = [answers * one // sum(shares) for one in shares]
    counts[0] += answers - sum(counts)

    found = beside(counts, 2)

    assert found is not None
    assert max(found[:2]) <= 0.2


def test_things_seen_alike_and_told_apart_have_an_alpha_of_one_and_mixed_ones_of_nothing() -> None:
    assert alpha([[HIGH, LOW, LOW], [LOW, LOW, HIGH]], 400) == 1.0
    assert alpha([[part(50), LOW, part(50)]] * 3, 400) == 0.0


def test_alpha_is_not_told_where_nothing_is_told_or_nothing_differs() -> None:
    assert alpha([], 60) is None
    assert alpha([(), ()], 60) is None
    assert alpha([[HIGH, LOW, LOW]] * 2, 60) is None


def test_a_change_is_as_coarse_as_the_shares_it_is_found_from() -> None:
    assert changed([part(50), part(50), LOW], [part(50), part(50), LOW]) == 0
    assert changed([HIGH, LOW, LOW], [LOW, LOW, HIGH]) == 100
    assert changed([part(60), part(40)], [part(40), part(60)]) == 20
    assert changed([], [part(40), part(60)]) is None


def grid(dice: Random, fewest: int, most: int) -> tuple[list[list[int]], int, int]:
    """The counts of some things asked by the same steps, of which up to a tenth skip each; ballots, infiltrators."""
    first, infiltrators = drawn(dice, fewest, most)
    ballots, steps = sum(first), len(first)
    rows = [first]
    for _ in range(dice.randint(1, 11)):
        shares = [dice.random() ** dice.choice((1, 2, 4)) for _ in range(steps)]
        answers = dice.choices(range(steps), shares, k=max(20, ballots - dice.randint(0, ballots // 10)))
        rows.append([answers.count(step) for step in range(steps)])
    return rows, ballots, infiltrators


@pytest.mark.parametrize(("fewest", "most"), [(INDICES_FROM, 100), (101, 400)])
def test_nine_alphas_and_changes_in_ten_lie_within_a_tenth(fewest: int, most: int) -> None:
    dice = Random(f"alpha, {fewest} to {most}")  # noqa: S311 - boxes at random, no secret
    alphas, changes = list[float](), list[float]()
    for _ in range(80):
        rows, ballots, infiltrators = grid(dice, fewest, most)
        told = [published(row, infiltrators) for row in rows]
        found, exact = alpha(told, ballots), krippendorff(rows)
        net, true = changed(told[0], told[1]), net_change(rows[0], rows[1])
        assert None not in {found, exact, net, true}
        alphas.append(abs((found or 0) - float(exact or 0)))
        changes.append(abs((net or 0) / 100 - float(true or 0)))

    for far, worst in ((alphas, 0.4), (changes, 0.25)):
        assert sorted(far)[len(far) * 9 // 10] <= 0.1
        assert max(far) <= worst
