"""What a release leaves of counts always holds the true ones."""

from functools import partial
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.doubt import (
    FARTHEST,
    Asked,
    Cell,
    Range,
    Shown,
    Voice,
    bands,
    levels_open,
    opened,
    percents,
    place,
)
from surveys.domain.spans import FINE, Levels, Ways, banded, blocks, together, ways

LOW, HIGH = Cell(Shown.LOW), Cell(Shown.HIGH)


def part(percent: int) -> Cell:
    return Cell(Shown.PERCENT, percent)


def cut_of(steps: int) -> frozenset[int]:
    """The usual cut: the two last of five steps, the two first of the six stances."""
    return frozenset({0, 1}) if steps == 6 else frozenset({steps - 2, steps - 1})


def yes_of(counts: list[int], infiltrators: int) -> Range:
    scale = bands(sum(counts), infiltrators)
    return scale[place(scale, sum(counts[at] for at in cut_of(len(counts))))]


def published(counts: list[int], infiltrators: int) -> tuple[Range, ...]:
    """What a release shows of counts: the ranges of its percentages."""
    yes, answers = yes_of(counts, infiltrators), sum(counts)
    rule = partial(levels_open, Asked(Voice(answers, yes), infiltrators, cut_of(len(counts))))
    return opened(counts, [percents(answers, infiltrators)] * len(counts), rule)


def released(counts: list[int], infiltrators: int) -> Levels:
    cells = tuple(one.cell for one in published(counts, infiltrators))
    return Levels(cells, cut_of(len(counts)), yes_of(counts, infiltrators).cell.shown)


def holds(found: Ways, counts: list[int]) -> bool:
    return any(all(low <= count <= high for count, (low, high) in zip(counts, way, strict=True)) for way in found)


def drawn(dice: Random, answers: int, steps: int, infiltrators: int) -> list[int]:
    """Counts at random, half of them at the feet of published ranges, where these have to move."""
    if dice.random() < 0.5:
        shares = [dice.random() ** dice.choice((1, 2, 4)) for _ in range(steps)]
        given_answers = dice.choices(range(steps), shares, k=answers)
        return [given_answers.count(step) for step in range(steps)]
    feet, found = [one.low for one in percents(answers, infiltrators)], list[int]()
    for _ in range(steps - 1):
        found.append(dice.choice([foot for foot in feet if foot <= answers - sum(found)]))
    return [*found, answers - sum(found)]


@pytest.mark.parametrize("infiltrators", [1, 2, 3, 4])
def test_the_true_counts_are_always_among_what_the_shares_leave(infiltrators: int) -> None:
    dice = Random(f"spans {infiltrators}")  # noqa: S311 - boxes at random, no secret
    for _ in range(400):
        answers, steps = dice.choice((dice.randint(20, 60), dice.randint(20, 400))), dice.choice((3, 4, 5, 6))
        counts = drawn(dice, answers, steps, infiltrators)
        levels, cut = released(counts, infiltrators), cut_of(steps)

        found = ways(levels, (answers, answers), infiltrators)

        assert holds(found, counts), counts
        low, high = together(found, cut, (answers, answers))
        assert low <= sum(counts[at] for at in cut) <= high


@pytest.mark.parametrize("infiltrators", [1, 4])
def test_the_true_counts_are_among_what_is_left_of_a_block_of_answers(infiltrators: int) -> None:
    dice = Random(f"blocks {infiltrators}")  # noqa: S311 - boxes at random, no secret
    for _ in range(150):
        answers = dice.randint(FINE + 1, 2000)
        counts = drawn(dice, answers, 6, infiltrators)
        block = next(one for one in blocks(20, answers + dice.randint(0, 99)) if one[0] <= answers <= one[1])

        found = ways(released(counts, infiltrators), block, infiltrators)

        assert holds(found, counts), counts


@pytest.mark.parametrize(("answers", "infiltrators"), [(20, 1), (20, 2), (20, 4), (21, 3), (30, 4), (40, 3)])
def test_published_shares_stand_so_few_steps_beside_as_is_reckoned(answers: int, infiltrators: int) -> None:
    """Every box of three steps of these sizes; with more steps, sizes from 20 to 45 were tried once (decision 106)."""
    scale = percents(answers, infiltrators)
    most = min(FARTHEST, 2 * -(-(infiltrators + 1) // (answers // 10)))

    for one, other in product(range(answers + 1), repeat=2):
        if one + other <= answers:
            counts = [one, other, answers - one - other]
            moved = zip(published(counts, infiltrators), counts, strict=True)
            assert sum(abs(scale.index(at) - place(scale, count)) for at, count in moved) <= most


@given(st.integers(20, 300), st.integers(1, 4), st.integers(0, 300))
def test_a_block_holds_the_band_of_every_number_in_it(fewest: int, infiltrators: int, yes: int) -> None:
    block = fewest, fewest + fewest // 50

    for answers in range(block[0], block[1] + 1):
        scale = bands(answers, infiltrators)
        within = scale[place(scale, min(yes, answers))]
        found = banded(within.cell.shown, block, infiltrators)
        assert found is not None
        assert found[0] <= within.low
        assert within.high <= found[1]


def test_where_no_count_lies_between_few_and_most_nothing_is_some() -> None:
    assert banded(Shown.SOME, (5, 5), 1) is None
    assert ways(Levels((part(50), part(50)), frozenset({0}), Shown.SOME), (5, 5), 1) == ()


def test_blocks_hold_every_number_once_and_are_few() -> None:
    found = list(blocks(7, 1_000_000))

    assert found[0] == (7, 7)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(found))
    assert found[-1][1] == 1_000_000
    assert len(found) < 600
    assert list(blocks(8, 7)) == []


def test_plain_shares_leave_one_way_and_shares_that_cannot_be_leave_none() -> None:
    plain = Levels((part(50), part(20), part(20), LOW, LOW, LOW), frozenset({0, 1}), Shown.MOST)

    assert len(ways(plain, (100, 100), 2)) == 1
    assert ways(Levels((part(90), part(90), LOW), frozenset({1, 2}), Shown.MOST), (100, 100), 2) == ()
    assert ways(Levels((part(10), part(90)), frozenset({1}), Shown.MOST), (20, 20), 4) == ()


def test_a_share_that_may_have_moved_leaves_more_than_one_way() -> None:
    counts = [75, 25, 0, 0, 0, 0]

    found = ways(released(counts, 2), (100, 100), 2)

    assert len(found) > 1
    assert holds(found, counts)
