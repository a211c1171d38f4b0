"""The sheet filled in by hand gives what the rule gives, on any counts: two ways to one verdict."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.presets import read_preset
from deliberation.domain.rules import (
    Base,
    Called,
    Limit,
    Outcome,
    Reason,
    Rule,
    Share,
    Stance,
    Turnout,
    Verdict,
    verdict,
)
from deliberation.domain.worksheet import Kind, Line, sheet

CATALOGUE = json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))
RULES = [stage for preset in CATALOGUE for stage in read_preset(preset).stages]
COUNTS = st.lists(st.integers(0, 12), min_size=6, max_size=6)
OTHERS = st.tuples(st.integers(0, 5), st.integers(1, 80), st.integers(1, 9), st.integers(1, 80))
VOICES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=4)
PARTS = st.sampled_from([None, Share(Fraction(1, 2)), Share(Fraction(1, 3), more=True)])


@st.composite
def asked(draw: st.DrawFn) -> Rule:
    """A shipped rule, with a base, a quorum and a part of each voice of its own."""
    rule = draw(st.sampled_from(RULES))
    base = rule.base if rule.beside else draw(st.sampled_from(Base))
    return replace(rule, base=base, called=draw(st.sampled_from(Called)), voices=draw(PARTS))


@given(asked(), COUNTS, OTHERS, VOICES)
def test_by_hand_and_by_rule_the_verdict_is_the_same(
    rule: Rule, stances: list[int], others: tuple[int, int, int, int], voices: list[tuple[int, int]]
) -> None:
    (silent, declared, floor, cards), counts = others, dict(zip(Stance, stances, strict=True))
    turnout = Turnout(sum(stances) + silent, declared, floor, cards, tuple(voices))

    lines, found = sheet(rule, counts, turnout)

    assert found == verdict(counts, turnout, rule)
    assert all(line.kept for line in lines[:-1])


def test_a_quorum_of_cards_is_taken_of_the_cards_and_that_of_voices_of_each() -> None:
    rule = replace(RULES[0], quorum=Share(Fraction(1, 2)), called=Called.CARDS, voices=Share(Fraction(1, 3)))

    lines, found = sheet(rule, {Stance.SUPPORT: 12}, Turnout(12, 90, cards=24, voices=((3, 9), (2, 7))))

    assert (lines[0].held, lines[0].needs, lines[0].whole) == (12, 12, 24)
    assert [(one.held, one.needs, one.kept) for one in lines if one.kind is Kind.VOICES] == [
        (3, 3, True),
        (2, 3, False),
    ]
    assert found.reason is Reason.VOICE_ABSENT


def test_three_quarters_of_forty_are_thirty() -> None:
    counts = {Stance.SUPPORT: 25, Stance.RESERVATION: 6, Stance.DISCUSS: 5, Stance.DISAGREE: 4}
    rule = next(one for one in RULES if one.agreement.part.denominator == 4)

    lines, found = sheet(rule, counts, Turnout(40, 40))

    agreeing = next(line for line in lines if line.kind is Kind.AGREEING)
    assert (agreeing.held, agreeing.needs, agreeing.whole) == (31, 30, 40)
    assert found.adopts


def test_each_line_says_what_to_count_of_whom_and_what_it_takes() -> None:
    rule = next(one for one in RULES if one.agreement.part.denominator == 4)
    everybody, opposing = frozenset(Stance), frozenset({Stance.DISAGREE, Stance.BLOCK})
    agreeing, reserving = {Stance.SUPPORT, Stance.RESERVATION}, {Stance.RESERVATION, Stance.ASIDE}
    few, little = Verdict(Outcome.RETURNED, Reason.TOO_FEW), Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    refused = Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)

    lines, found = sheet(rule, {Stance.SUPPORT: 30}, Turnout(32, 40, 7))

    assert lines == (
        Line(Kind.PRESENT, frozenset(), 32, 40, needs=20, otherwise=few),
        Line(Kind.ANSWERED, everybody, 30, 32, needs=7, otherwise=few),
        Line(Kind.AGAINST, opposing, 0, 32, most=23, otherwise=refused),
        Line(Kind.AGREEING, frozenset(agreeing), 30, 32, needs=24, otherwise=little),
        Line(Kind.RESERVING, frozenset(reserving), 0, 32, needs=1),
    )
    assert found == Verdict(Outcome.ADOPTED, Reason.AGREED)


def test_a_line_of_a_voice_and_of_a_limit_say_of_whom_too() -> None:
    absent = Verdict(Outcome.RETURNED, Reason.VOICE_ABSENT)
    limit = Limit(frozenset({Stance.BLOCK}), Fraction(1, 8), Reason.BLOCKED)
    plain = next(one for one in RULES if not one.limits and not one.beside)
    rule = replace(plain, base=Base.ANSWERED, voices=Share(Fraction(1, 3)), limits=(limit,))

    lines, _ = sheet(rule, {Stance.SUPPORT: 28, Stance.BLOCK: 2}, Turnout(32, 40, voices=((3, 9),)))

    assert [one for one in lines if one.kind in {Kind.VOICES, Kind.LIMIT}] == [
        Line(Kind.VOICES, frozenset(), 3, 9, needs=3, otherwise=absent),
        Line(Kind.LIMIT, limit.stances, 2, 30, most=3, otherwise=limit.passed),
    ]


def test_one_at_least_must_answer_who_does_not_stand_beside() -> None:
    rule = next(one for one in RULES if one.beside)
    (beside,) = rule.beside

    assert sheet(rule, {beside: 9, Stance.SUPPORT: 1}, Turnout(10, 10))[1].adopts
    assert sheet(rule, {beside: 9}, Turnout(9, 9))[1].reason is Reason.TOO_FEW


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_empty_hall_is_sent_home_at_the_first_or_second_line(rule: Rule) -> None:
    lines, found = sheet(rule, {}, Turnout(0, 0))

    assert found.outcome is Outcome.RETURNED
    assert len(lines) <= 2


def test_a_line_is_kept_between_what_it_needs_and_what_it_allows() -> None:
    kept = [Line(Kind.LIMIT, frozenset(), held, 9, needs=2, most=3).kept for held in range(1, 5)]

    assert kept == [False, True, True, False]
