"""Approval order and sequential proportional approval keep their ties; the numbers are abcvoting's (2.19.2)."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.comparison import approval_order, sequential_pav
from surveys.domain.proportional import Prefix
from tests.surveys.domain.approvals import ITEMS, SEVEN_AND_THREE, few_ballots, packed

FIFTEEN = [{4}, {0, 2, 7}, {1, 5}, {1, 3, 4}, {0, 1, 3, 4, 6}, {3, 6, 7}, {1, 2, 3}, {2, 3}]
FIFTEEN += [{3, 4, 6}, {1, 2, 3, 4}, {3, 4, 5}, {0, 2, 5, 6}, {0, 1, 2, 6}, {3, 4, 7}, {0, 2}]


def lists(prefixes: tuple[Prefix, ...]) -> list[list[list[int]]]:
    return [sorted(sorted(one) for one in prefix.lists) for prefix in prefixes]


def satisfaction(ballots: list[frozenset[int]], taken: frozenset[int]) -> Fraction:
    """What a set is worth: each ballot adds 1 + 1/2 + … for its wishes in it."""
    return sum((Fraction(1, turn) for one in ballots for turn in range(1, len(one & taken) + 1)), Fraction(0))


def test_approval_order_forgets_the_minority() -> None:
    assert lists(approval_order(packed(SEVEN_AND_THREE), size=4))[-1] == [[0, 1, 2, 3]]


def test_approval_order_keeps_ties_and_leaves_out_what_nobody_wants() -> None:
    planes = packed([{0, 1}, {0, 2}, {0}])

    assert lists(approval_order(planes, size=9)) == [[[0]], [[0, 1], [0, 2]], [[0, 1, 2]]]
    assert lists(approval_order(planes, size=2, key=(0, 1, 0, 0, 0, 0))) == [[[0]], [[0, 2]]]
    assert [prefix.size for prefix in approval_order(planes, size=9)] == [1, 2, 3]


def test_sequential_pav_gives_the_minority_the_third_place() -> None:
    found = lists(sequential_pav(packed(SEVEN_AND_THREE), size=5))

    expected = [
        [[*big, *small] for big in combinations(range(4), majority) for small in combinations((4, 5), minority)]
        for majority, minority in ((1, 0), (2, 0), (2, 1), (3, 1), (4, 1))
    ]
    assert found == expected


def test_a_key_settles_what_sequential_pav_would_tie() -> None:
    planes = packed([{0, 1}, {0, 2}])

    assert lists(sequential_pav(planes, size=2)) == [[[0]], [[0, 1], [0, 2]]]
    assert lists(sequential_pav(planes, size=2, key=(0, 1, 0, 0, 0, 0))) == [[[0]], [[0, 2]]]


def test_thirds_of_forty_eight_places_are_still_whole() -> None:
    """Three thirds are one: floats would lose it in the least common multiple of 1 to 48, beyond 2**53."""
    planes = packed([{0, 1}] * 5 + [{0, 1, 2}] * 3 + [{3}], 4)

    assert lists(sequential_pav(planes, size=48))[2] == [[0, 1, 2], [0, 1, 3]]


def test_on_random_approvals_it_finds_what_adds_most_of_all_sets() -> None:
    """approval-random-15x8: PAV itself (abcvoting), with three and four places; it is too slow for many items."""
    found = lists(sequential_pav(packed(FIFTEEN, 8), size=4))

    assert [found[2], found[3]] == [[[2, 3, 4]], [[1, 2, 3, 4]]]
    for size in (3, 4):
        worth = {one: satisfaction([*map(frozenset, FIFTEEN)], frozenset(one)) for one in combinations(range(8), size)}
        assert [[*one] for one, most in worth.items() if most == max(worth.values())] == found[size - 1]


def test_sequential_pav_gives_the_lists_of_abcvoting() -> None:
    assert lists(sequential_pav(packed(FIFTEEN, 8), size=8)) == [
        [[3]],
        [[2, 3]],
        [[2, 3, 4]],
        [[1, 2, 3, 4]],
        [[0, 1, 2, 3, 4]],
        [[0, 1, 2, 3, 4, 6]],
        [[0, 1, 2, 3, 4, 5, 6]],
        [[0, 1, 2, 3, 4, 5, 6, 7]],
    ]


@given(few_ballots, st.integers(1, 4))
def test_each_item_taken_adds_most(ballots: list[frozenset[int]], size: int) -> None:
    ways = {frozenset[int]()}
    for _ in range(size):
        gains = {(way, item): satisfaction(ballots, way | {item}) for way in ways for item in set(range(ITEMS)) - way}
        best = {way: max((gain for (one, _), gain in gains.items() if one == way), default=Fraction(0)) for way in ways}
        after = {way | {item} for (way, item), gain in gains.items() if gain == best[way] > satisfaction(ballots, way)}
        ways = after or ways

    prefixes = sequential_pav(packed(ballots), size=size)

    assert set(prefixes[-1].lists if prefixes else [frozenset()]) == ways
