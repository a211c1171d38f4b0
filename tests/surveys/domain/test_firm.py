"""The firm core holds whoever one leaves out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from surveys.domain.firm import ALONE, PARTS, each_ballot, each_part, firm, parts
from surveys.domain.proportional import pack, phragmen
from surveys.domain.purses import Planes
from tests.surveys.domain.approvals import few_ballots, minority, packed

Group = NDArray[np.bool_]


@given(few_ballots, st.integers(1, 4))
def test_what_is_firm_is_chosen_without_any_one_ballot(ballots: list[frozenset[int]], size: int) -> None:
    planes = packed(ballots)
    without = [phragmen(packed(ballots[:at] + ballots[at + 1 :]), size=size) for at in range(len(ballots))]
    each = [lists[-1].chosen if lists else frozenset() for lists in (phragmen(planes, size=size), *without)]

    assert firm(planes, each_ballot(planes), size=size) == frozenset.intersection(*map(frozenset[int], each))


def test_alike_ballots_are_left_out_once() -> None:
    planes = packed([{0}, {1, 2}, {0}, set(), {1, 2}, {0, 1}])

    alone = each_ballot(planes)

    assert np.array_equal(alone, packed([{0}, {1}, set(), set(), set(), {2}], 3))


def test_a_box_is_dealt_out_in_the_same_parts_whatever_its_order() -> None:
    dice = np.random.default_rng(7)
    small, great = (dice.random((size, 3)) < 0.5 for size in (ALONE, ALONE + 1))
    sizes = np.bitwise_count(parts(great)).sum(axis=1)

    assert np.array_equal(parts(small), each_ballot(pack(small)))
    assert (len(sizes), sizes.sum(), sizes.max() - sizes.min()) == (PARTS, ALONE + 1, 1)
    mixed = great[dice.permutation(len(great))]
    assert firm(pack(great), parts(great), size=2) == firm(pack(mixed), parts(mixed), size=2)
    wishes = [[sorted(map(tuple, box[_members(part, len(box))])) for part in parts(box)] for box in (great, mixed)]
    assert wishes[0] == wishes[1]


def _members(part: Planes, people: int) -> Group:
    return np.unpackbits(part.view(np.uint8))[:people].astype(np.bool_)


def test_what_hangs_on_one_ballot_is_not_firm() -> None:
    planes = packed([{0}, {0}, {0}, {1}, {1}, {2}])

    assert phragmen(planes, size=2)[-1].chosen == {0, 1}
    assert firm(planes, each_ballot(planes), size=2) == {0}


def test_a_great_box_is_left_out_part_by_part() -> None:
    ballots = minority(5, part=30)
    planes = packed(ballots, 40)
    dealt = np.arange(300, dtype=np.uint8) % 64

    core = firm(planes, each_part(dealt), size=10)

    assert len(each_part(dealt)) == 64
    assert core < phragmen(planes, size=10)[-1].chosen
    assert core


def test_the_key_is_asked_for_without_those_left_out() -> None:
    planes = packed([{0}, {1}, {0, 1}])
    asked = list[int]()

    def key(absent: Planes) -> tuple[int, ...]:
        asked.append(int(np.bitwise_count(absent).sum()))
        return (0, 1, 2, 3, 4, 5)

    assert firm(planes, each_part(np.arange(3, dtype=np.uint8)), size=1, key=key) == frozenset()
    assert asked == [0, 1, 1, 1]
