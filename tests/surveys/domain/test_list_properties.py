"""What nobody can do to a proportional list, and what each group can count on, whatever the ballots."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.comparison import approval_order
from surveys.domain.proportional import Prefix, audit, pack, phragmen, places
from surveys.domain.shares import equal_shares
from tests.surveys.domain.approvals import ITEMS, few_ballots, minority, packed

Ballot = frozenset[int]
item = st.integers(0, ITEMS - 1)
KEY = tuple(range(ITEMS))


def listed(ballots: Sequence[Ballot], items: int = ITEMS) -> tuple[Prefix, ...]:
    return phragmen(packed(ballots, items), size=items)


def order(ballots: Sequence[Ballot], key: Sequence[int] = KEY) -> list[int]:
    """The whole list, its ties settled by a key."""
    settled = places(phragmen(packed(ballots, len(key)), size=len(key), key=key))
    return sorted(settled, key=lambda one: settled[one][0])


@given(few_ballots)
def test_doubling_the_electorate_changes_nothing(ballots: list[Ballot]) -> None:
    lists = [prefix.lists for prefix in listed(ballots)]

    assert [prefix.lists for prefix in listed(ballots * 2)] == lists
    assert [prefix.times for prefix in listed(ballots * 2)] == [
        tuple(time / 2 for time in prefix.times) for prefix in listed(ballots)
    ]


@given(few_ballots, st.integers(1, 5))
def test_doubling_the_electorate_changes_no_shares(ballots: list[Ballot], budget: int) -> None:
    costs = [1, 2, 1, 3, 1, 2]

    once = equal_shares(packed(ballots), costs, budget, ballots=len(ballots))

    twice = equal_shares(packed(ballots * 2), costs, budget, ballots=2 * len(ballots))

    assert twice.lists == once.lists
    assert [step.item for step in twice.steps] == [step.item for step in once.steps]


@given(few_ballots)
def test_times_never_go_back_and_a_longer_list_keeps_its_beginning(ballots: list[Ballot]) -> None:
    prefixes = phragmen(packed(ballots), size=ITEMS, key=KEY)

    times = [time for prefix in prefixes for time in prefix.times]

    assert times == sorted(times)
    assert all(one.chosen < other.chosen for one, other in pairwise(prefixes))
    assert phragmen(packed(ballots), size=2, key=KEY) == prefixes[:2]


@given(few_ballots, item, item)
def test_an_item_with_all_the_supporters_of_another_never_stands_behind_it(
    ballots: list[Ballot], one: int, other: int
) -> None:
    more = [ballot | {one} if other in ballot else ballot for ballot in ballots]
    ranks = places(listed(more))

    if one != other and other in ranks:
        assert ranks[one][0] <= ranks[other][0]
        assert (ranks[one][1] or ITEMS) <= (ranks[other][1] or ITEMS)


@given(few_ballots, item)
def test_a_newcomer_with_one_wish_never_pushes_it_back(ballots: list[Ballot], wish: int) -> None:
    before, after = order(ballots), order([*ballots, frozenset({wish})])

    assert wish not in before or after.index(wish) <= before.index(wish)


@given(few_ballots, item, st.data())
def test_a_wish_more_on_a_ballot_never_pushes_it_back(ballots: list[Ballot], wish: int, data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(ballots) - 1))
    more = [ballot | {wish} if at == which else ballot for at, ballot in enumerate(ballots)]
    before, after = order(ballots), order(more)

    assert wish not in before or after.index(wish) <= before.index(wish)


@given(few_ballots, item)
def test_a_clone_leaves_everything_before_it_unchanged(ballots: list[Ballot], twin: int) -> None:
    cloned = [ballot | {ITEMS} if twin in ballot else ballot for ballot in ballots]
    before, after = order(ballots), order(cloned, (*KEY, twin))

    ahead = before.index(twin) if twin in before else len(before)
    assert after[:ahead] == before[:ahead]


@given(few_ballots, st.data())
def test_a_twin_never_makes_anybody_wait_longer_for_a_first_wish(ballots: list[Ballot], data: st.DataObject) -> None:
    voter = data.draw(st.sampled_from(ballots))

    def first(ranked: list[int]) -> int:
        return next((place for place, one in enumerate(ranked) if one in voter), ITEMS)

    assert first(order([*ballots, voter])) <= first(order(ballots))


@given(few_ballots, item)
def test_what_everybody_wishes_for_comes_first(ballots: list[Ballot], wish: int) -> None:
    unanimous = [ballot | {wish} for ballot in ballots]

    assert places(listed(unanimous))[wish][0] == 1
    bundle = equal_shares(packed(unanimous), [1] * ITEMS, 1, ballots=len(ballots))
    assert wish in bundle.chosen | bundle.tied


@given(few_ballots, st.integers(1, ITEMS))
def test_equal_shares_always_pass_the_audit(ballots: list[Ballot], size: int) -> None:
    planes = packed(ballots)

    bundle = equal_shares(planes, [1] * ITEMS, size, ballots=len(ballots), complete=False)

    outside = [sorted(set(range(ITEMS)) - chosen) for chosen in bundle.lists]
    filled = [[*chosen, *rest[: size - len(chosen)]] for chosen, rest in zip(bundle.lists, outside, strict=True)]
    assert all(audit(planes, chosen, ballots=len(ballots)) == () for chosen in filled)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=4), st.integers(1, 6))
def test_separate_parties_get_the_seats_of_dhondt(people: list[int], seats: int) -> None:
    ballots = [
        frozenset(range(party * seats, (party + 1) * seats)) for party, size in enumerate(people) for _ in range(size)
    ]
    quotients = sorted(
        ((Fraction(size, turn), party) for party, size in enumerate(people) for turn in range(1, seats + 1)),
        reverse=True,
    )
    sure = [party for quotient, party in quotients if quotient > quotients[seats - 1][0]]

    everything = range(seats * len(people))
    prefixes = phragmen(packed(ballots, len(everything)), size=seats, key=everything)
    won = [one // seats for one in prefixes[-1].chosen]

    assert all(won.count(party) >= sure.count(party) for party in range(len(people)))
    assert [prefix.times for prefix in prefixes] == [(1 / quotient,) for quotient, _ in quotients[:seats]]


@pytest.mark.parametrize("seed", range(30))
def test_a_planted_minority_gets_its_part_where_approval_order_gives_it_nothing(seed: int) -> None:
    ballots = minority(seed, part=30)
    planes = packed(ballots, 40)
    theirs = frozenset(range(30, 40))

    by_number = approval_order(planes, size=10, key=tuple(range(40)))[-1].chosen
    by_purse = phragmen(planes, size=10, key=tuple(range(40)))[-1].chosen
    by_share = equal_shares(planes, [1] * 40, 10, ballots=300, key=tuple(range(40))).chosen

    assert len(by_number & theirs) == 0
    assert audit(planes, by_number, ballots=300) != ()
    assert (len(by_purse & theirs), len(by_share & theirs)) == (3, 3)
    assert (audit(planes, by_purse, ballots=300), audit(planes, by_share, ballots=300)) == ((), ())


def test_the_order_of_ballots_and_of_items_changes_no_bit_of_a_great_list() -> None:
    dice = np.random.default_rng(7)
    approvals = dice.random((700, 12)) < dice.uniform(0.2, 0.6, 12)
    rows, columns = dice.permutation(700), dice.permutation(12)

    here, there = phragmen(pack(approvals), size=8), phragmen(pack(approvals[rows][:, columns]), size=8)

    assert [prefix.times for prefix in here] == [prefix.times for prefix in there]
    assert [prefix.chosen for prefix in here] == [
        frozenset(int(columns[one]) for one in prefix.chosen) for prefix in there
    ]
