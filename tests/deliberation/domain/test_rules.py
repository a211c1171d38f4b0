"""A rule read from data decides with exact numbers, and says why."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.rules import Base, Limit, Outcome, Reason, Rule, Share, Stance, Verdict, decide

VOTE = Rule(
    name="vote",
    quorum=Share(Fraction(1, 2)),
    base=Base.ANSWERED,
    agreeing=frozenset({Stance.SUPPORT, Stance.RESERVATION}),
    agreement=Share(Fraction(3, 4)),
    noted=Share(Fraction(1, 5)),
)
CONSENSUS = Rule(
    name="consensus",
    quorum=Share(Fraction(1, 2)),
    base=Base.ANSWERED,
    agreeing=frozenset({Stance.SUPPORT, Stance.RESERVATION}),
    agreement=Share(Fraction(1, 2), more=True),
    noted=Share(Fraction(0), more=True),
    beside=frozenset({Stance.ASIDE}),
    limits=(
        Limit(frozenset({Stance.BLOCK}), Fraction(0), Reason.BLOCKED),
        Limit(frozenset({Stance.DISCUSS}), Fraction(1, 4), Reason.TALK_MORE),
    ),
)
numbers = st.integers(0, 12)
some_counts = st.fixed_dictionaries(dict.fromkeys(Stance, numbers))


def counted(*numbers: int) -> dict[Stance, int]:
    return dict(zip(Stance, numbers, strict=True))


def verdict(rule: Rule, *numbers: int, skipped: int = 0, declared: int | None = None) -> Verdict:
    handed_in = sum(numbers) + skipped
    return decide(counted(*numbers), handed_in=handed_in, declared=declared or handed_in, rule=rule)


def test_three_quarters_are_enough_and_one_less_is_not() -> None:
    assert verdict(VOTE, 6, 0, 0, 0, 2, 0) == Verdict(Outcome.ADOPTED, Reason.AGREED)
    assert verdict(VOTE, 5, 0, 0, 0, 3, 0) == Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)


def test_more_than_half_is_not_reached_by_half() -> None:
    assert verdict(CONSENSUS, 4, 0, 0, 2, 2, 0) == Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    assert verdict(CONSENSUS, 5, 0, 0, 2, 1, 0) == Verdict(Outcome.ADOPTED, Reason.AGREED)


def test_reservations_are_named_from_the_share_the_rule_says() -> None:
    assert verdict(VOTE, 9, 1, 0, 0, 0, 0) == Verdict(Outcome.ADOPTED, Reason.AGREED)
    assert verdict(VOTE, 8, 1, 1, 0, 0, 0) == Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)
    assert verdict(CONSENSUS, 9, 1, 0, 0, 0, 0) == Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)


def test_too_few_ballots_return_the_text_whatever_they_say() -> None:
    assert verdict(VOTE, 9, 0, 0, 0, 0, 0, declared=19) == Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    assert verdict(VOTE, 9, 0, 0, 0, 0, 0, declared=18) == Verdict(Outcome.ADOPTED, Reason.AGREED)


def test_a_question_nobody_answered_decides_nothing() -> None:
    assert verdict(VOTE, 0, 0, 0, 0, 0, 0, skipped=9) == Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    assert verdict(CONSENSUS, 0, 0, 9, 0, 0, 0) == Verdict(Outcome.RETURNED, Reason.TOO_FEW)


def test_as_many_against_as_are_asked_for_refuse() -> None:
    assert verdict(VOTE, 1, 1, 0, 0, 5, 1) == Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    assert verdict(CONSENSUS, 1, 0, 4, 0, 1, 2) == Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)


def test_one_block_returns_the_text_where_the_rule_knows_blocks() -> None:
    assert verdict(CONSENSUS, 20, 0, 0, 0, 0, 1) == Verdict(Outcome.RETURNED, Reason.BLOCKED)
    assert verdict(VOTE, 20, 0, 0, 0, 0, 1) == Verdict(Outcome.ADOPTED, Reason.AGREED)


def test_the_first_limit_passed_gives_the_reason() -> None:
    assert verdict(CONSENSUS, 4, 0, 0, 3, 0, 1) == Verdict(Outcome.RETURNED, Reason.BLOCKED)
    assert verdict(CONSENSUS, 5, 0, 0, 3, 0, 0) == Verdict(Outcome.RETURNED, Reason.TALK_MORE)


def test_standing_aside_leaves_the_decision_to_the_others() -> None:
    assert verdict(CONSENSUS, 2, 0, 9, 0, 1, 0) == Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)


@pytest.mark.parametrize(
    ("base", "outcome"),
    [
        (Base.ANSWERED, Outcome.ADOPTED),
        (Base.HANDED_IN, Outcome.ADOPTED),
        (Base.DECLARED, Outcome.NO_AGREEMENT),
    ],
)
def test_the_denominator_is_the_one_the_rule_states(base: Base, outcome: Outcome) -> None:
    rule = Rule("vote", VOTE.quorum, base, VOTE.agreeing, VOTE.agreement, VOTE.noted)

    assert verdict(rule, 9, 0, 0, 0, 1, 0, skipped=2, declared=13).outcome is outcome


@pytest.mark.parametrize("numbers", [(9, 0, 0, 0, 0, 0), (-1, 0, 0, 0, 0, 0)])
def test_counts_that_fit_no_ballots_are_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        decide(counted(*numbers), handed_in=8, declared=8, rule=VOTE)


@given(some_counts, st.sampled_from([VOTE, CONSENSUS]))
def test_nothing_is_adopted_without_somebody_for_it(counts: dict[Stance, int], rule: Rule) -> None:
    counts |= {Stance.SUPPORT: 0, Stance.RESERVATION: 0}
    total = sum(counts.values())

    assert not decide(counts, handed_in=total, declared=total, rule=rule).adopts


@given(some_counts, st.integers(2, 5))
def test_doubling_the_assembly_changes_no_verdict(counts: dict[Stance, int], times: int) -> None:
    total = sum(counts.values())
    more = {stance: times * count for stance, count in counts.items()}

    once = decide(counts, handed_in=total, declared=total, rule=VOTE)

    assert decide(more, handed_in=times * total, declared=times * total, rule=VOTE) == once


@given(some_counts)
def test_one_more_supporter_never_loses_an_adoption(counts: dict[Stance, int]) -> None:
    total = sum(counts.values())
    before = decide(counts, handed_in=total, declared=total, rule=CONSENSUS)
    counts[Stance.SUPPORT] += 1

    after = decide(counts, handed_in=total + 1, declared=total + 1, rule=CONSENSUS)

    assert after.adopts >= before.adopts


@given(part=st.fractions(0, 1), more=st.booleans(), whole=st.integers(0, 200))
def test_least_is_the_smallest_count_that_reaches_the_share(*, part: Fraction, more: bool, whole: int) -> None:
    least = Share(part, more=more).least(whole)

    assert least > part * whole if more else least >= part * whole
    assert not (least - 1 > part * whole if more else least - 1 >= part * whole)


def test_fewer_answers_than_the_floor_decide_nothing() -> None:
    six = counted(6, 0, 0, 0, 0, 0)

    assert decide(six, handed_in=9, declared=9, rule=VOTE, floor=7) == Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    assert decide(six, handed_in=9, declared=9, rule=VOTE, floor=6) == Verdict(Outcome.ADOPTED, Reason.AGREED)


def test_one_answer_alone_decides_where_no_floor_is_said() -> None:
    agreed = Verdict(Outcome.ADOPTED, Reason.AGREED)

    assert decide({Stance.SUPPORT: 1}, handed_in=1, declared=1, rule=VOTE) == agreed
    assert decide({Stance.SUPPORT: 1}, handed_in=1, declared=1, rule=CONSENSUS) == agreed


def test_no_counts_at_all_are_too_few() -> None:
    assert decide({}, handed_in=0, declared=0, rule=VOTE) == Verdict(Outcome.RETURNED, Reason.TOO_FEW)


def test_nothing_is_named_where_nobody_has_a_reservation() -> None:
    always = Rule("vote", VOTE.quorum, Base.ANSWERED, VOTE.agreeing, VOTE.agreement, Share(Fraction(0)))

    assert verdict(always, 5, 0, 0, 0, 0, 0) == Verdict(Outcome.ADOPTED, Reason.AGREED)


def test_a_limit_is_a_whole_number() -> None:
    largest = Limit(frozenset({Stance.BLOCK}), Fraction(1, 3), Reason.BLOCKED).largest(10)

    assert (largest, type(largest)) == (3, int)
