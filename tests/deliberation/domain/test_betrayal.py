"""What a verdict makes certain is reasoned out for any size, and found again by trying every small assembly."""

import json
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest

from deliberation.domain.betrayal import Betrayal, Certainty, Known, betrays
from deliberation.domain.presets import read_preset
from deliberation.domain.rules import Base, Limit, Outcome, Reason, Rule, Share, Stance, Verdict, decide
from tests.deliberation.domain import imagined

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
    limits=(
        Limit(frozenset({Stance.BLOCK}), Fraction(0), Reason.BLOCKED),
        Limit(frozenset({Stance.DISCUSS}), Fraction(1, 5), Reason.TALK_MORE),
        Limit(frozenset({Stance.DISAGREE}), Fraction(1, 5), Reason.TALK_MORE),
    ),
)
HALF, QUARTER = Share(Fraction(1, 2)), Share(Fraction(1, 4))
APART = Rule("apart", Share(Fraction(0)), Base.ANSWERED, frozenset({Stance.SUPPORT}), HALF, HALF)
CATALOGUE = json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))
SHIPPED = tuple(stage for preset in CATALOGUE for stage in read_preset(preset).stages)
RULES = (VOTE, NO_BLOCK, *SHIPPED)


def limited(*stances: Stance, most: int, **rest: object) -> Rule:
    """A rule where no more than `most` may hold these stances."""
    limit = Limit(frozenset(stances), Fraction(1), Reason.TALK_MORE, number=most)
    return replace(APART, limits=(limit,), **rest)  # type: ignore[arg-type]  # whatever the test sets


def found_again(rule: Rule, infiltrators: int, declared: int, ballots: int, floor: int) -> None:
    """Compare what is said of one number of ballots with what trying every assembly finds."""
    one = range(ballots, ballots + 1)
    betrayal = betrays(rule, infiltrators=infiltrators, declared=declared, ballots=one, floor=floor)

    told = imagined.told(rule, ballots=ballots, declared=declared, floor=floor)
    expected = {
        (verdict, known)
        for (verdict, _), worlds in told.items()
        for known in imagined.certain(rule, worlds, infiltrators)
    }
    assert {(one.verdict, one.known) for one in betrayal.certain} == expected
    worst = max(imagined.worst(rule, worlds, infiltrators) for worlds in told.values())
    assert betrayal.worst == (worst,) or (rule is NO_BLOCK and betrayal.worst < (worst,))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_said_is_found_by_trying_every_assembly(rule: Rule) -> None:
    found_again(rule, 1, 6, 6, 5)


@pytest.mark.parametrize(
    ("rule", "floor"),
    [
        (APART, 1),
        (APART, 2),
        (replace(APART, agreement=QUARTER), 3),
        (limited(Stance.DISAGREE, most=1, base=Base.DECLARED), 1),
        (limited(*list(Stance)[:2], Stance.DISAGREE, most=1, agreement=Share(Fraction(3, 4)), noted=QUARTER), 3),
        (limited(Stance.SUPPORT, most=2, noted=QUARTER), 3),
        (limited(Stance.SUPPORT, Stance.DISCUSS, most=0, agreement=QUARTER), 2),
        (SHIPPED[0], 1),
    ],
)
def test_it_is_found_where_blocks_or_limits_weigh_apart_and_few_answers_are_enough(rule: Rule, floor: int) -> None:
    found_again(rule, 1, 5, 5, floor)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize(("ballots", "infiltrators"), [(5, 1), (7, 1), (8, 1), (7, 2), (8, 2)])
def test_what_is_said_is_found_for_more_people_too(rule: Rule, ballots: int, infiltrators: int) -> None:
    found_again(rule, infiltrators, ballots, ballots, 2 * infiltrators + 3)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_said_of_many_numbers_of_ballots_is_what_is_said_of_each(rule: Rule) -> None:
    together = betrays(rule, infiltrators=2, declared=20, ballots=range(7, 26), floor=7)

    for at, number in enumerate(together.checked):
        alone = betrays(rule, infiltrators=2, declared=20, ballots=range(number, number + 1), floor=7)
        said = {(one.verdict, one.known) for one in together.certain if number in one.ballots}
        assert said == {(one.verdict, one.known) for one in alone.certain}
        assert together.worst[at] == alone.worst[0]


def test_adopting_under_three_quarters_at_eight_tells_two_infiltrators_that_all_others_agreed() -> None:
    betrayal = betrays(VOTE, infiltrators=2, declared=8, ballots=range(8, 9))

    assert Certainty(ADOPTED, Known.ALL_AGREE, (8,)) in betrayal.certain
    assert betrayal.worst == (100,)


def test_the_same_rule_tells_it_no_more_of_twelve_who_answered() -> None:
    betrayal = betrays(replace(VOTE, base=Base.HANDED_IN), infiltrators=2, declared=16, ballots=range(7, 17), floor=7)

    assert [one.ballots for one in betrayal.certain if (one.verdict, one.known) == (ADOPTED, Known.ALL_AGREE)] == [
        (7, 8, 9, 10, 11)
    ]


def test_one_infiltrator_more_learns_more() -> None:
    certain = [
        betrays(replace(VOTE, base=Base.HANDED_IN), infiltrators=some, declared=16, ballots=range(12, 13)).certain
        for some in (2, 3)
    ]

    assert Certainty(ADOPTED, Known.ALL_AGREE, (12,)) not in certain[0]
    assert Certainty(ADOPTED, Known.ALL_AGREE, (12,)) in certain[1]


def test_only_the_most_telling_is_said() -> None:
    betrayal = betrays(VOTE, infiltrators=2, declared=8, ballots=range(8, 9))

    assert [one.known for one in betrayal.certain if one.verdict == ADOPTED] == [Known.ALL_AGREE]


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
def test_at_forty_and_three_hundred_every_shipped_rule_still_tells_something(rule: Rule) -> None:
    for members in (40, 300):
        betrayal = betrays(rule, infiltrators=2, declared=members, ballots=range(7, members + 1), floor=7)

        assert betrayal.checked == range(rule.quorum.least(members), members + 1)
        assert members in {number for one in betrayal.certain for number in one.ballots}
        assert min(betrayal.worst) >= 50


def test_below_the_quorum_the_one_possible_verdict_is_not_looked_at() -> None:
    assert betrays(NO_BLOCK, infiltrators=2, declared=20, ballots=range(7, 8)) == Betrayal(2, range(0))
    assert betrays(NO_BLOCK, infiltrators=2, declared=20, ballots=range(7, 12)).checked == range(10, 12)


def test_a_rule_that_cannot_be_followed_is_not_checked() -> None:
    three = [Limit(frozenset({Stance.SUPPORT, other}), Fraction(1, 2), Reason.TALK_MORE) for other in list(Stance)[3:]]
    apart = replace(NO_BLOCK, beside=frozenset({Stance.ASIDE}))

    for rule in (replace(NO_BLOCK, limits=tuple(three)), apart):
        assert betrays(rule, infiltrators=2, declared=8, ballots=range(7, 9)) == Betrayal(2, range(0))


def test_a_limit_on_no_stance_bounds_nothing() -> None:
    nothing = replace(VOTE, limits=(Limit(frozenset(), Fraction(0), Reason.BLOCKED),))

    assert betrays(nothing, infiltrators=1, declared=5, ballots=range(5, 6)).certain == (
        betrays(VOTE, infiltrators=1, declared=5, ballots=range(5, 6)).certain
    )


def test_two_proposals_together_tell_no_more_of_one_of_them() -> None:
    some = (Stance.SUPPORT, Stance.RESERVATION, Stance.DISAGREE)
    seen: dict[tuple[Verdict, Verdict], set[tuple[tuple[Stance, Stance], ...]]] = defaultdict(set)
    alone: dict[Verdict, set[Stance]] = defaultdict(set)
    for people in combinations_with_replacement(list(product(some, some)), 4):
        first, second = (
            decide({one: column.count(one) for one in some}, handed_in=4, declared=4, rule=VOTE)
            for column in zip(*people, strict=True)
        )
        seen[first, second].add(people)
        alone[first] |= {held for held, _ in people}

    for (first, _), boxes in seen.items():
        assert {held for people in boxes for held, _ in people} == alone[first]
