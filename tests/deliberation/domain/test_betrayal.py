"""What a verdict alone makes certain is computed exactly, and found again by trying every assembly."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest

from deliberation.domain.betrayal import Betrayal, Certainty, Known, betrays
from deliberation.domain.rules import Base, Limit, Outcome, Reason, Rule, Share, Stance, Verdict, decide

ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
AGREEING = frozenset({Stance.SUPPORT, Stance.RESERVATION, Stance.ASIDE})
VOTE = Rule("vote", Share(Fraction(0)), Base.ANSWERED, AGREEING, Share(Fraction(3, 4)), Share(Fraction(1, 2)))
NO_BLOCK = Rule(
    name="consent",
    quorum=Share(Fraction(1, 2)),
    base=Base.DECLARED,
    agreeing=frozenset({Stance.SUPPORT, Stance.RESERVATION}),
    agreement=Share(Fraction(1, 2)),
    noted=Share(Fraction(0), more=True),
    limits=(Limit(frozenset({Stance.BLOCK}), Fraction(0), Reason.BLOCKED),),
)


def sharings(people: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to share people among places, written out."""
    if places == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in sharings(people - first, places - 1):
            yield (first, *rest)


def by_hand(rule: Rule, infiltrators: int, declared: int, ballots: int, stances: frozenset[Stance]) -> set[Verdict]:
    """The verdicts after which nobody else can hold one of these stances, for some choice of the infiltrators."""
    certain = set()
    worlds = [
        (world, decide(dict(zip(Stance, world, strict=False)), handed_in=ballots, declared=declared, rule=rule))
        for world in sharings(ballots, 7)
    ]
    for own in combinations_with_replacement(range(7), infiltrators):
        rest = [tuple(world[at] - own.count(at) for at in range(7)) for world, _ in worlds]
        for verdict in {verdict for _, verdict in worlds}:
            others = [
                left for left, (_, given) in zip(rest, worlds, strict=True) if given == verdict and min(left) >= 0
            ]
            spoken = any(any(left[:6]) for left in others)
            if spoken and not any(left[stance - 1] for left in others for stance in stances):
                certain.add(verdict)
    return certain


def test_adopting_under_three_quarters_at_eight_tells_two_infiltrators_that_all_others_agreed() -> None:
    betrayal = betrays(VOTE, infiltrators=2, declared=8, ballots=range(8, 9))

    assert Certainty(ADOPTED, Known.ALL_AGREE, (8,)) in betrayal.certain


def test_the_same_rule_tells_it_no_more_from_twelve_ballots_on() -> None:
    betrayal = betrays(VOTE, infiltrators=2, declared=16, ballots=range(7, 17))

    assert [one.ballots for one in betrayal.certain if (one.verdict, one.known) == (ADOPTED, Known.ALL_AGREE)] == [
        (7, 8, 9, 10, 11)
    ]


def test_one_infiltrator_more_learns_more() -> None:
    two = betrays(VOTE, infiltrators=2, declared=16, ballots=range(12, 13))
    three = betrays(VOTE, infiltrators=3, declared=16, ballots=range(12, 13))

    assert two == Betrayal(2, ())
    assert Certainty(ADOPTED, Known.ALL_AGREE, (12,)) in three.certain


def test_a_rule_that_any_block_stops_always_tells_that_nobody_blocked() -> None:
    betrayal = betrays(NO_BLOCK, infiltrators=1, declared=12, ballots=range(10, 13))

    assert Certainty(ADOPTED, Known.NOBODY_BLOCKS, (10, 11, 12)) in betrayal.certain
    assert Certainty(ADOPTED, Known.NOBODY_RESERVES, (10, 11, 12)) in betrayal.certain


def test_only_the_most_telling_is_said() -> None:
    betrayal = betrays(VOTE, infiltrators=2, declared=8, ballots=range(8, 9))

    assert [one.known for one in betrayal.certain if one.verdict == ADOPTED] == [Known.ALL_AGREE]


@pytest.mark.parametrize("rule", [VOTE, NO_BLOCK])
@pytest.mark.parametrize(
    ("known", "stances"),
    [
        (Known.ALL_AGREE, None),
        (Known.NOBODY_BLOCKS, frozenset({Stance.BLOCK})),
        (Known.NOBODY_OPPOSES, frozenset({Stance.DISAGREE, Stance.BLOCK})),
    ],
)
def test_what_is_said_is_found_by_trying_every_assembly(
    rule: Rule, known: Known, stances: frozenset[Stance] | None
) -> None:
    excluded = stances or frozenset(Stance) - rule.agreeing

    betrayal = betrays(rule, infiltrators=1, declared=5, ballots=range(5, 6))

    expected = by_hand(rule, 1, 5, 5, excluded)
    said = {one.verdict for one in betrayal.certain if one.known is known}
    assert said <= expected
    if known is Known.ALL_AGREE:
        telling = by_hand(rule, 1, 5, 5, frozenset(Stance) - {Stance.SUPPORT})
        assert said == expected - telling


def test_a_floor_of_answers_leaves_fewer_assemblies_to_hide_among() -> None:
    open_to_few = betrays(NO_BLOCK, infiltrators=2, declared=8, ballots=range(8, 9))
    floored = betrays(NO_BLOCK, infiltrators=2, declared=8, ballots=range(8, 9), floor=8)

    assert len(floored.certain) >= len(open_to_few.certain)


def test_below_the_quorum_the_one_possible_verdict_tells_nothing() -> None:
    assert betrays(NO_BLOCK, infiltrators=2, declared=20, ballots=range(7, 8)) == Betrayal(2, ())
