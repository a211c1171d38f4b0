"""Equal shares: everyone holds the same part of the budget, costs are heeded, what is left is spent as by Phragmén."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain import shares
from surveys.domain.proportional import Neglect, audit
from surveys.domain.shares import Bundle, Step, Worth, equal_shares, neglected
from tests.surveys.domain.approvals import ITEMS, SEVEN_AND_THREE, few_ballots, packed

# mes-with-costs, by pabutools 1.2.3
COSTS, BUDGET = [30, 20, 50, 40, 10], 100
TEN = [{0, 1}, {0, 1, 4}, {0, 2}, {2, 3}, {2, 3}, {3, 4}, {1, 4}, {2}, {0, 3}, {1, 2}]
prices = st.lists(st.integers(1, 7), min_size=ITEMS, max_size=ITEMS)


def bought(bundle: Bundle) -> list[list[int]]:
    return sorted(sorted(one) for one in bundle.lists)


def person_by_person(ballots: Sequence[frozenset[int]], costs: Sequence[int], budget: int) -> set[frozenset[int]]:
    """The rule as told: a purse for each person, every tie followed, without completion."""
    ways = {(frozenset[int](), (Fraction(budget, len(ballots)),) * len(ballots))}
    ended = set()
    while ways:
        after = set()
        for taken, purses in ways:
            asks = {
                item: rate
                for item in set(range(len(costs))) - taken
                if (rate := asked([purses[at] for at, one in enumerate(ballots) if item in one], costs[item]))
                is not None
            }
            if not asks:
                ended.add(taken)
            for item in (item for item, rate in asks.items() if rate == min(asks.values())):
                most = asks[item] * costs[item]
                left = tuple(
                    purse - min(purse, most) if item in one else purse
                    for purse, one in zip(purses, ballots, strict=True)
                )
                after.add((taken | {item}, left))
        ways = after
    return ended


def asked(purses: Iterable[Fraction], cost: int) -> Fraction | None:
    """The least each supporter pays per unit of cost: those who hold less give all."""
    held = sorted(purses)
    for poorer in range(len(held)):
        most = (cost - sum(held[:poorer])) / Fraction(len(held) - poorer)
        if most <= held[poorer]:
            return most / cost
    return None


def test_costs_are_heeded_as_by_pabutools() -> None:
    planes = packed(TEN, 5)

    by_cost = equal_shares(planes, COSTS, BUDGET, ballots=10, complete=False)
    by_number = equal_shares(planes, COSTS, BUDGET, ballots=10, worth=Worth.ONE, complete=False)

    assert (by_cost.chosen, by_cost.tied, by_cost.settled) == (frozenset({2, 4}), frozenset({0, 1}), True)
    assert bought(by_cost) == [[0, 2, 4], [1, 2, 4]]
    assert bought(by_number) == [[1, 4]]


def test_what_is_left_of_the_budget_is_spent_as_by_phragmen() -> None:
    bundle = equal_shares(packed(TEN, 5), COSTS, BUDGET, ballots=10, worth=Worth.ONE)

    assert bought(bundle) == [[0, 1, 3, 4]]
    assert sum(COSTS[item] for item in bundle.chosen) == BUDGET


def test_each_purchase_says_what_it_asks_and_then_when() -> None:
    """Four people with 5 each buy item 0 for 3 each; the fourth holds the 4 of item 1 after two more."""
    bundle = equal_shares(packed([{0}, {0}, {0}, {0, 1}]), [12, 4, 9, 9, 9, 9], 20, ballots=4)
    shared, late = Step(0, Fraction(3), late=False), Step(1, Fraction(2), late=True)

    assert (bundle.steps, bundle.order) == ((shared, late), (0, 1))


def test_each_purchase_is_told_while_it_goes_on() -> None:
    counted = list[int]()

    equal_shares(packed([{0}, {0}, {0}, {0, 1}]), [12, 4, 9, 9, 9, 9], 20, ballots=4, bought=counted.append)

    assert counted == [1, 2]


def test_equally_right_lists_stand_in_the_order_of_their_items() -> None:
    """Item 1 alone, or 0 and 2: whichever is found first, and the order of purchase is that of the first list."""
    bundle = equal_shares(packed([{1, 2}, {0, 1, 2}], 3), [1, 4, 1], 4, ballots=2, complete=False)

    assert [sorted(one) for one in bundle.lists] == [[0, 2], [1]]
    assert set(bundle.order) == {0, 2}


def test_after_a_tie_purchases_are_not_told_in_turn() -> None:
    bundle = equal_shares(packed([{0, 1, 2}] * 3), [1] * 6, 3, ballots=3)

    assert (bundle.chosen, bundle.steps) == (frozenset({0, 1, 2}), ())
    assert equal_shares(packed([{0, 1}] * 3), [1] * 6, 2, ballots=3).steps == ()


def test_who_gave_all_owes_nothing_to_the_next_purchase() -> None:
    """Of 4 each, three pay 3 for item 0; one of them gives the last 1 for item 1, and nothing for item 2."""
    ballots = [{0, 1, 2}, {0}, {0}, {1}, {2}]

    bundle = equal_shares(packed(ballots, 3), [9, 4, 4], 20, ballots=5, complete=False)

    assert bundle.chosen == frozenset({0, 1, 2})


def test_a_neutral_key_settles_ties_of_both_halves() -> None:
    first = equal_shares(packed(TEN, 5), COSTS, BUDGET, ballots=10, key=(1, 0, 0, 0, 0), complete=False)
    second = equal_shares(packed([{0}, {1}]), [2] * ITEMS, 2, ballots=2, key=(1, 0, 0, 0, 0, 0))

    assert bought(first) == [[1, 2, 4]]
    assert bought(second) == [[1]]


def test_seven_and_three_give_all_the_lists_of_abcvoting() -> None:
    """minority-3-of-10, by abcvoting 2.19.2."""
    planes = packed(SEVEN_AND_THREE)
    twelve = [[0, 1, 4], [0, 1, 5], [0, 2, 4], [0, 2, 5], [0, 3, 4], [0, 3, 5]]
    twelve += [[1, 2, 4], [1, 2, 5], [1, 3, 4], [1, 3, 5], [2, 3, 4], [2, 3, 5]]
    eight = [[0, 1, 2, 4], [0, 1, 2, 5], [0, 1, 3, 4], [0, 1, 3, 5]]
    eight += [[0, 2, 3, 4], [0, 2, 3, 5], [1, 2, 3, 4], [1, 2, 3, 5]]

    lists = [bought(equal_shares(planes, [1] * 6, size, ballots=10, complete=False)) for size in (4, 5)]

    assert lists == [twelve, eight]
    assert [sorted(one) for one in equal_shares(planes, [1] * 6, 5, ballots=10, complete=False).lists] == eight


def test_random_approvals_give_the_lists_of_abcvoting() -> None:
    """approval-random-15x8, by abcvoting 2.19.2."""
    ballots = [{4}, {0, 2, 7}, {1, 5}, {1, 3, 4}, {0, 1, 3, 4, 6}, {3, 6, 7}, {1, 2, 3}, {2, 3}]
    ballots += [{3, 4, 6}, {1, 2, 3, 4}, {3, 4, 5}, {0, 2, 5, 6}, {0, 1, 2, 6}, {3, 4, 7}, {0, 2}]
    planes = packed(ballots, 8)

    lists = [bought(equal_shares(planes, [1] * 8, size, ballots=15, complete=False)) for size in (3, 4, 5)]

    assert lists == [[[2, 3]], [[2, 3, 4]], [[2, 3, 4]]]


@given(few_ballots, prices, st.integers(0, 20))
def test_the_shares_are_those_of_purses_paid_person_by_person(
    ballots: list[frozenset[int]], costs: list[int], budget: int
) -> None:
    bundle = equal_shares(packed(ballots), costs, budget, ballots=len(ballots), complete=False)

    assert set(bundle.lists) == person_by_person(ballots, costs, budget)


@given(few_ballots, prices, st.integers(0, 20))
def test_the_budget_holds_and_nothing_wished_for_that_fits_is_left(
    ballots: list[frozenset[int]], costs: list[int], budget: int
) -> None:
    wished = frozenset[int]().union(*ballots)

    bundle = equal_shares(packed(ballots), costs, budget, ballots=len(ballots))

    for one in bundle.lists:
        left = budget - sum(costs[item] for item in one)
        assert left >= 0
        assert all(costs[item] > left for item in wished - one)


@given(few_ballots, st.randoms())
def test_the_order_of_ballots_and_names_of_items_change_nothing(ballots: list[frozenset[int]], random: object) -> None:
    renamed = [frozenset(ITEMS - 1 - item for item in ballot) for ballot in reversed(ballots)]
    costs = [3, 1, 2, 2, 1, 3]

    before = equal_shares(packed(ballots), costs, 6, ballots=len(ballots))
    after = equal_shares(packed(renamed), costs[::-1], 6, ballots=len(ballots))

    assert bought(after) == sorted(sorted(ITEMS - 1 - item for item in one) for one in before.lists)


def test_more_than_one_word_of_ballots_counts_the_same() -> None:
    few = equal_shares(packed(TEN, 5), COSTS, BUDGET, ballots=10)

    assert equal_shares(packed(TEN * 50, 5), COSTS, BUDGET, ballots=500).lists == few.lists


def test_too_many_equal_choices_stay_unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MANY", 5)

    bundle = equal_shares(packed([set(range(6))] * 3), [1] * 6, 3, ballots=3)

    monkeypatch.setattr(shares, "MANY", 20)
    assert equal_shares(packed([set(range(6))] * 3), [1] * 6, 3, ballots=3).settled
    assert not bundle.settled
    assert bundle.tied == frozenset(range(6))


def test_nothing_to_spend_buys_nothing() -> None:
    nothing = Bundle(frozenset(), frozenset(), (frozenset(),), settled=True)

    assert equal_shares(packed(TEN, 5), COSTS, 0, ballots=10) == nothing
    assert equal_shares(packed([set(), set()]), [1] * 6, 4, ballots=2) == nothing
    assert equal_shares(packed([set()], 0), [], 4, ballots=1) == nothing


@pytest.mark.parametrize(("costs", "budget", "ballots"), [([0, 1, 1, 1, 1], 5, 10), ([1] * 5, -1, 10), ([1] * 5, 5, 0)])
def test_costs_and_shares_that_mean_nothing_are_refused(costs: list[int], budget: int, ballots: int) -> None:
    with pytest.raises(ValueError, match="costs stand above 0"):
        equal_shares(packed(TEN, 5), costs, budget, ballots=ballots)


@given(few_ballots, prices, st.integers(0, 20))
def test_equal_shares_never_leave_anybody_short_by_more_than_one_item(
    ballots: list[frozenset[int]], costs: list[int], budget: int
) -> None:
    planes, people = packed(ballots), len(ballots)
    for complete in (False, True):
        found = equal_shares(planes, costs, budget, ballots=people, complete=complete)

        assert not any(neglected(planes, costs, one, budget, ballots=people) for one in found.lists)


@given(few_ballots, st.sets(st.integers(0, ITEMS - 1), min_size=1))
def test_with_unit_costs_it_is_the_audit_of_places(ballots: list[frozenset[int]], chosen: set[int]) -> None:
    planes = packed(ballots)

    found = neglected(planes, [1] * ITEMS, chosen, len(chosen), ballots=len(ballots))

    assert {one.item for one in found} == {one.item for one in audit(planes, chosen, ballots=len(ballots))}


def person_by_person_short(ballots: Sequence[frozenset[int]], costs: list[int], chosen: set[int], budget: int) -> bool:
    """As it is said: some people share a wish left out, and each holds too little, that item taken too."""
    for item in set(range(ITEMS)) - chosen:
        held = sorted(sum(costs[one] for one in mine & chosen) for mine in ballots if item in mine)
        if any((most + costs[item]) * len(ballots) <= at * budget for at, most in enumerate(held, start=1)):
            return True
    return False


@given(few_ballots, prices, st.sets(st.integers(0, ITEMS - 1)), st.integers(0, 20))
def test_who_is_short_is_found_as_it_is_said(
    ballots: list[frozenset[int]], costs: list[int], chosen: set[int], budget: int
) -> None:
    found = neglected(packed(ballots), costs, chosen, budget, ballots=len(ballots))

    assert bool(found) == person_by_person_short(ballots, costs, chosen, budget)


def test_votes_alone_leave_three_people_short_of_a_cheap_item() -> None:
    found = neglected(packed(SEVEN_AND_THREE), [1] * ITEMS, {0, 1, 2, 3}, 4, ballots=10)

    assert found == (Neglect(4, 1, 3), Neglect(5, 1, 3))
