"""Classes of risk by a table, the order they give, and how firm it is: exact, and the same for any table's taste."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import risk
from deliberation.domain.risk import MILDER, STARTING, STRICTER, BadTable, Paired, Table
from tests.surveys.domain import golden

Cell = tuple[int, int, int]
GRIDS = st.lists(st.integers(0, 4), min_size=25, max_size=25).filter(any)


def changed(*cells: Cell) -> list[list[int]]:
    table = [list(row) for row in STARTING]
    for row, column, value in cells:
        table[row - 1][column - 1] = value
    return table


BARELY_CALM: Table = ((3, 4, 4, 4, 4), *[(4,) * 5] * 4)
BARELY_HIGH: Table = (*[(3,) * 5] * 4, (3, 3, 3, 3, 4))


@pytest.mark.parametrize("table", [STARTING, STRICTER, MILDER, BARELY_CALM, BARELY_HIGH])
def test_the_tables_shipped_are_tables(table: Table) -> None:
    assert risk.read_table([list(row) for row in table]) == table


def test_the_starting_table_is_the_middle_of_both_rounded_up() -> None:
    assert STARTING[1][4] == 4
    assert STARTING[0][4] == 3
    assert STARTING[2] == (2, 3, 3, 4, 4)


@pytest.mark.parametrize(
    ("table", "faults"),
    [
        (None, ((1, 1, "no_class"),)),
        ([[1, 2], 3], ((1, 1, "no_class"),)),
        (changed((2, 2, 6), (3, 3, True)), ((2, 2, "no_class"), (3, 3, "no_class"))),
        (changed((5, 5, 4), (4, 5, 5)), ((5, 5, "falls"),)),
        (changed((1, 1, 3)), ((1, 2, "falls"), (2, 1, "falls"))),
        (changed((1, 2, 3), (2, 2, 3), (1, 3, 3)), ((1, 2, "jumps"),)),
        ([[4] * 5] * 5, ((1, 1, "always_high"),)),
        ([[3] * 5] * 5, ((5, 5, "never_high"),)),
    ],
)
def test_a_table_that_falls_jumps_or_tells_nothing_is_refused_cell_by_cell(
    table: object, faults: tuple[tuple[int, int, str], ...]
) -> None:
    with pytest.raises(BadTable) as refused:
        risk.read_table(table)

    assert refused.value.faults == faults


def test_each_pair_goes_to_its_class_and_half_an_answer_to_none() -> None:
    likely = np.array([1, 2, 5, 0, 5, 255, 9], dtype=np.uint8)
    grave = np.array([1, 5, 5, 5, 0, 5, 9], dtype=np.uint8)

    assert risk.classes(STARTING, likely, grave).tolist() == [1, 4, 5, 0, 0, 0, 5]
    assert sum(risk.grid(likely, grave)) == 4
    assert risk.grid(likely, grave)[0] == 1
    assert risk.grid(likely, grave)[24] == 2


def test_threats_are_ranked_by_how_many_put_them_high_then_by_majority_judgement() -> None:
    counts = {
        "half": (5, 0, 0, 5, 0),
        "twice": (10, 0, 0, 10, 0),
        "worse": (0, 0, 5, 0, 5),
        "most": (0, 0, 1, 2, 0),
        "unasked": (0, 0, 0, 0, 0),
    }

    assert risk.ranked(counts) == (("most",), ("worse",), ("half", "twice"))


def test_high_is_the_fourth_class_and_the_fifth() -> None:
    counts = {"middling": (5, 0, 3, 2, 0), "high": (7, 0, 0, 3, 0)}

    assert risk.ranked(counts) == (("high",), ("middling",))


def test_paired_counts_are_of_those_who_tell_two_threats_apart() -> None:
    one, other = np.array([True, True, False, True, True]), np.array([False, False, True, True, False])

    assert risk.paired(one, other, np.array([True, True, True, True, False])) == Paired(4, 3, 1)


def test_people_who_turn_their_answers_round_reach_both_ends() -> None:
    assert risk.reach((1, 2, 1), 2) == ((3, 1, 0), (0, 1, 3))
    assert risk.reach((1, 2, 1), 9) == ((4, 0, 0), (0, 0, 4))


def test_there_are_252_upper_sets_of_five_by_five_and_each_is_one() -> None:
    sets = risk.upper_sets().reshape(-1, 5, 5)

    assert len({one.tobytes() for one in sets}) == 252
    assert (np.diff(sets, axis=1) >= 0).all()
    assert (np.diff(sets, axis=2) >= 0).all()


def tables() -> list[Table]:
    """Every monotone table of two classes, low and high: each upper set is one."""
    return [tuple(tuple(int(4 * cell) + 1 for cell in row) for row in one.reshape(5, 5)) for one in risk.upper_sets()]


@given(GRIDS, GRIDS)
def test_a_threat_dominates_exactly_when_no_table_puts_it_lower(one: list[int], other: list[int]) -> None:
    def high(grid: list[int], table: Table) -> Fraction:
        cells = zip(grid, product(range(5), repeat=2), strict=True)
        return Fraction(sum(people for people, (row, column) in cells if table[row][column] >= 4), sum(grid))

    assert risk.dominates(one, other) == all(high(one, table) >= high(other, table) for table in tables())


def test_the_margin_of_two_dangers_has_the_error_of_statsmodels() -> None:
    both, first, second, neither = golden.PAIRED
    pair = Paired(both + first + second + neither, first + second, first - second)

    error = sqrt(pair.variance)

    assert pair.margin == golden.PAIRED_MARGIN
    assert (error, pair.margin / error) == pytest.approx((golden.PAIRED_ERROR, golden.PAIRED_Z), abs=1e-9)
    assert Paired(0, 0, 0).variance == 0


def test_a_margin_of_three_is_firm_when_everybody_answered_and_one_of_two_never() -> None:
    assert risk.firm(Paired(12, 3, 3), members=12, threats=9)
    assert risk.firm(Paired(12, 3, 3), members=12, threats=61)
    assert not risk.firm(Paired(12, 2, 2), members=12, threats=9)
    assert risk.reserved(Paired(12, 3, 3))


def test_a_sample_must_pass_chance_as_well() -> None:
    assert not risk.firm(Paired(30, 12, 6), members=3000, threats=10)
    assert risk.firm(Paired(30, 28, 26), members=3000, threats=10)
    assert not risk.firm(Paired(30, 30, 30), members=3000, threats=61)


def test_a_margin_exactly_where_chance_ends_is_not_firm() -> None:
    pair, square = Paired(21, 21, 7), risk.Z_SQUARED[2]

    assert 100 * pair.margin**2 == square * pair.variance * (1 - Fraction(21, 66))
    assert not risk.firm(pair, members=66, threats=2)
    assert risk.firm(pair, members=65, threats=2)


def test_where_nobody_declared_how_many_we_are_it_is_a_sample_of_many() -> None:
    assert not risk.firm(Paired(30, 12, 6), members=0, threats=10)
    assert risk.firm(Paired(30, 28, 26), members=0, threats=10)


@given(st.integers(3, 60), st.integers(0, 60), st.just(0) | st.integers(61, 4000), st.integers(2, 60))
def test_whole_numbers_decide_as_the_formula_does(margin: int, more: int, members: int, threats: int) -> None:
    answered, apart = 60, min(60, margin + 2 * (more // 2))
    square = next(value for most, value in risk.Z_SQUARED.items() if threats <= most)
    chance = (
        Fraction(square, 100)
        * (apart - Fraction(margin**2, answered))
        * (1 - (Fraction(answered, members) if members else 0))
    )

    assert risk.firm(Paired(answered, apart, margin), members=members, threats=threats) == (margin**2 > chance)


def test_each_square_is_that_of_the_normal_quantile_rounded_up() -> None:
    def square(threats: int) -> int:
        pairs = threats * (threats - 1) // 2
        return ceil(100 * NormalDist().inv_cdf(1 - 0.05 / (2 * pairs)) ** 2)

    assert {threats: square(threats) for threats in risk.Z_SQUARED} == risk.Z_SQUARED


def test_a_place_reaches_from_those_firmly_above_to_those_firmly_below() -> None:
    above = {"fire": frozenset[str](), "flood": frozenset({"fire"}), "dogs": frozenset[str]()}

    assert risk.places(above) == {"fire": (1, 2), "flood": (2, 3), "dogs": (1, 3)}


@pytest.mark.parametrize(
    ("high", "likely", "grave", "heard"),
    [(0, 5, 5, 3), (20, 20, 20, 17), (9, 9, 5, 9), (10, 5, 5, 7), (6, 3, 3, 3), (6, 0, 6, 6)],
)
def test_a_count_is_heard_as_far_as_its_figures_leave_everything_open(
    high: int, likely: int, grave: int, heard: int
) -> None:
    assert risk.bounded(high, likely=likely, grave=grave, answered=20, infiltrators=2) == heard


PLACED: dict[str, Callable[[int], int]] = {"doubled": lambda times: 2 * times, "same": lambda times: times}


@pytest.mark.parametrize("times", PLACED.values(), ids=PLACED)
def test_as_many_people_again_change_no_order(times: Callable[[int], int]) -> None:
    counts = {"one": (3, 2, 1, 4, 2), "other": (2, 3, 1, 3, 3), "third": (9, 0, 0, 1, 2)}

    many = {name: tuple(map(times, row)) for name, row in counts.items()}

    assert risk.ranked(many) == risk.ranked(counts)
