"""The picture of groups is the same for any order, hides where it would not hold, and its consensus is exact."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain import groups
from surveys.domain.groups import Hidden, Picture, Seen, Votes, alike, gathered, informed, spread, view
from tests.surveys.domain import golden


def camps(*sizes: int, items: int = 12, seed: int = 1, noise: float = 0.1) -> tuple[Votes, Seen, list[int]]:
    """Return people of camps that vote alike but for some noise, each having seen four items in five."""
    dice = np.random.default_rng(seed)
    lines = np.array([[1, 1, -1, -1], [-1, 1, 1, -1], [1, -1, 1, -1]])
    camp = np.repeat(np.arange(len(sizes)), sizes)
    votes = np.tile(lines[camp], items // 4)
    votes = np.where(dice.random(votes.shape) < noise, dice.integers(-1, 2, votes.shape), votes).astype(np.int8)
    seen = dice.random(votes.shape) < 0.8
    return np.where(seen, votes, 0).astype(np.int8), seen, camp.tolist()


def test_three_camps_are_found_and_numbered_from_the_largest() -> None:
    votes, seen, camp = camps(30, 70, 50, items=24, noise=0.05)

    picture = view(votes, seen, spread(votes, seen))

    assert isinstance(picture, Picture)
    assert picture.groups == 3
    assert alike(picture.labels.tolist(), camp) == 1
    assert np.bincount(picture.labels).tolist() == [70, 50, 30]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_people_and_items_changes_nothing(seed: int) -> None:
    votes, seen, _ = camps(30, 40, 50, seed=seed, noise=0.4)
    dice = np.random.default_rng(seed)
    people, items = dice.permutation(len(votes)), dice.permutation(votes.shape[1])

    one, other = gathered(votes, seen), gathered(votes[people][:, items], seen[people][:, items])

    assert one is not None
    assert other is not None
    assert one.groups == other.groups
    assert (one.labels[people] == other.labels).all()
    assert (one.places[people] == other.places).all()


def test_fewer_than_a_hundred_people_make_no_picture() -> None:
    votes, seen, _ = camps(50, 49)

    assert view(votes, seen, ()) == Hidden.TOO_FEW
    assert gathered(votes, seen) is not None


def test_a_group_under_ten_makes_no_picture() -> None:
    votes, seen, _ = camps(100, 9)

    assert view(votes, seen, ()) == Hidden.SMALL_GROUP


def test_people_who_all_vote_alike_are_one_group() -> None:
    votes = np.ones((120, 8), np.int8)

    assert view(votes, votes == 1, ()) == Hidden.ONE_GROUP


def test_a_number_of_groups_that_one_person_can_change_makes_no_picture() -> None:
    dice = np.random.default_rng(16)
    votes = dice.integers(-1, 2, (100, 12)).astype(np.int8)
    seen = np.ones_like(votes, bool)

    assert isinstance(view(votes, seen, ()), Picture)
    assert view(votes, seen, range(100)) == Hidden.UNSTEADY


def test_those_with_few_votes_are_placed_nowhere() -> None:
    votes, seen, _ = camps(60, 60, items=24)
    seen[:3] = False
    seen[3:5, 6:] = False

    picture = gathered(votes, seen)

    assert picture is not None
    assert (picture.labels[:5] == -1).all()
    assert (picture.labels[5:] >= 0).all()
    assert (picture.places[:5] == 0).all()


def test_two_people_or_one_item_are_no_groups_and_no_fault() -> None:
    two = np.array([[1, -1], [-1, 1]], np.int8)
    one_item = np.repeat(np.array([[1], [-1]], np.int8), 60, axis=0)

    assert gathered(two, two != 0) is None
    assert gathered(two[[0, 1, 0]], two[[0, 1, 0]] != 0) is not None
    found = gathered(one_item, one_item != 0)
    assert found is not None
    assert np.bincount(found.labels).tolist() == [60, 60]


def test_items_vary_together_as_if_a_missing_vote_were_the_mean() -> None:
    votes = np.array([[1, -1, 0], [1, 1, 0], [-1, 0, 0], [0, -1, 1]], np.int8)
    seen = np.array([[1, 1, 0], [1, 1, 0], [1, 1, 0], [0, 1, 1]], bool)

    varying, order = groups._covariances(votes, seen)

    centred = np.where(seen, votes - [1 / 3, -1 / 4, 1], 0)[:, order]
    assert varying == pytest.approx(centred.T @ centred)


def test_people_stand_by_what_they_said_and_most_of_them_on_the_positive_side() -> None:
    """Means are -1/3 and 1/2; whoever saw one of two is moved by sqrt(2); the second axis is turned round."""
    votes = np.array([[-1, 1], [-1, -1], [1, 1], [1, 1]], np.int8)
    seen = np.array([[1, 1], [1, 1], [1, 1], [0, 1]], bool)

    places = groups._places(votes, seen, np.diag([1.0, 4.0]))

    expected = np.array([[1 / 2, 2 / 3], [-3 / 2, 2 / 3], [1 / 2, -4 / 3], [2**0.5 / 2, 0]])
    assert (places.tolist(), places.dtype) == (np.rint(expected * groups.GRID).tolist(), np.dtype(np.int64))
    assert groups._places(votes[:1, 1:], seen[:1, 1:], np.eye(1)).tolist() == [[0, 0]]


def test_centres_begin_far_apart_and_in_slices() -> None:
    places = np.array([[0, 0], [10, 0], [0, 4], [1, 1], [1, 1]])

    assert groups._far_apart(places[:4], 3).tolist() == [[10, 0], [0, 4], [0, 0]]
    assert groups._slices(places, 2).tolist() == [[1 / 3, 5 / 3], [5.5, 0.5]]
    assert groups._slices(places, 5).tolist() == [[0, 0], [0, 4], [1, 1], [1, 1], [10, 0]]
    assert groups._around_centres(places[3:], 2) is None


def test_of_two_beginnings_the_tighter_groups_are_kept() -> None:
    """Slices along the first axis stay as they are, and would keep those together who are five apart, not four."""
    found = groups._around_centres(np.array([[0, 0], [4, 0], [0, 5], [4, 5]]), 2)

    assert found is not None
    assert found.tolist() == [0, 0, 1, 1]


def test_a_centre_that_nobody_is_near_waits_where_it_is() -> None:
    labels, width = groups._settled(np.array([[100, 0], [120, 0]]), np.array([[94.0, 0], [104, 0]]))

    assert (labels.tolist(), width) == ([0, 1], 0)


def test_groups_of_one_size_are_numbered_by_where_they_stand() -> None:
    places = np.array([[5, 0], [0, 9], [4, 2], [1, 0]])

    assert groups._numbered(places, np.array([0, 1, 0, 1])).tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize("block", [1, 8, groups.BLOCK])
def test_how_well_groups_separate_is_the_mean_silhouette(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand: in pairs the outer two are 1 and 10.5 away, the inner two 1 and 9.5; somebody alone counts as 0."""
    monkeypatch.setattr(groups, "BLOCK", block)
    places = np.array([[0, 0], [0, 1], [0, 10], [0, 11]]) * groups.GRID

    found = groups._silhouettes(places, [np.array(labels) for labels in ([0, 0, 1, 1], [0, 1, 2, 2], [0, 0, 0, 1])])

    pairs, two_alone, one_alone = (9.5 / 10.5 + 8.5 / 9.5) / 2, (8 / 9 + 9 / 10) / 4, (1 / 2 + 1 / 2 - 8.5 / 9.5) / 4
    assert found == pytest.approx([pairs, two_alone, one_alone], abs=1e-9)


def test_someone_alone_in_a_group_is_kept_apart_when_far() -> None:
    votes, seen, _ = camps(40, noise=0.0)
    votes[0], seen[:] = -votes[0], True

    found = gathered(votes, seen)

    assert found is not None
    assert np.bincount(found.labels).min() == 1


def test_it_ends_even_while_people_still_change_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    votes, seen, _ = camps(30, 40, 50, noise=0.6)
    monkeypatch.setattr(groups, "MOST_STEPS", 1)

    assert gathered(votes, seen) is not None


def test_the_consensus_is_that_of_red_dwarf_for_and_against() -> None:
    votes = np.array([[vote or 0 for vote in row] for row in golden.GROUP_VOTES], np.int8)
    seen = np.array([[vote is not None for vote in row] for row in golden.GROUP_VOTES])

    agree, disagree = (informed(sign * votes, seen, golden.GROUP_LABELS) for sign in (np.int8(1), np.int8(-1)))

    assert [float(one) for one in agree] == pytest.approx(golden.GROUP_AGREE, abs=1e-12)
    assert [float(one) for one in disagree] == pytest.approx(golden.GROUP_DISAGREE, abs=1e-12)


def test_the_consensus_is_the_product_over_the_groups() -> None:
    """The worked case of the formula: 3 of 4 in one group, 1 of 2 in the other, gives 4/6 times 2/4."""
    votes = np.array([[1], [1], [1], [-1], [1], [0], [1]], np.int8)

    found = informed(votes, np.ones_like(votes, bool), [0, 0, 0, 0, 1, 1, -1])

    assert found == (Fraction(4, 6) * Fraction(2, 4),)


def test_what_nobody_saw_is_half_in_every_group() -> None:
    votes = np.zeros((4, 1), np.int8)

    assert informed(votes, np.zeros_like(votes, bool), [0, 0, 1, 1]) == (Fraction(1, 4),)


def test_without_a_group_nobody_disagrees() -> None:
    votes = np.ones((1, 3), np.int8)

    assert informed(votes, votes == 1, [-1]) == (Fraction(1),) * 3


def test_two_groupings_are_as_alike_as_hubert_and_arabie_say() -> None:
    """One of six changed over: 4 pairs stay together, 6 times 7 of 15 by chance, 6.5 at most: 1.2 of 3.7."""
    assert alike([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0]) == 1
    assert alike([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1]) == Fraction(12, 37)
    assert alike([0, 0, -1], [0, 0, 1]) == 1


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=12))
def test_likeness_is_mutual(pairs: list[tuple[int, int]]) -> None:
    one, other = [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    assert alike(one, other) == alike(other, one) <= 1


def test_those_left_out_are_spread_over_all() -> None:
    votes, seen, _ = camps(60, 60)

    assert len(set(spread(votes, seen))) == 20
    assert len(spread(votes[:3], seen[:3])) == 3


def test_one_and_the_same_vote_throughout_is_told_from_seven_items_on() -> None:
    votes = np.array([[1] * 8, [-1] * 8, [0] * 8, [1] * 7 + [0], [1] * 6 + [0, 0], [0] * 8], np.int8)
    seen = np.array([[True] * 8] * 4 + [[True] * 6 + [False] * 2, [False] * 8])

    assert groups.straight(votes, seen).tolist() == [True, True, True, False, False, False]


def test_of_some_votes_those_that_were_not_given_are_no_other_vote() -> None:
    votes = np.array([[1] * 7 + [0], [1] * 7 + [0]], np.int8)
    seen = np.array([[True] * 7 + [False], [True] * 8])

    assert groups.straight(votes, seen).tolist() == [True, False]


def test_they_are_spread_by_passes_then_disagreements_then_agreements() -> None:
    votes = np.array([[0, 0, 0], [-1, 0, 0], [1, 0, 0], [-1, -1, 1], [1, 1, 0]], np.int8)
    seen = votes != 0
    seen[0, 0] = True

    assert spread(votes, seen) == (2, 4, 1, 3, 0)
    assert spread(votes, seen, 3) == (2, 1, 0)
