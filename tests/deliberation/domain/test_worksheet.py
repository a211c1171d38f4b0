"""The sheet filled in by hand gives what the rule gives, on any counts: two ways to one verdict."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.presets import read_preset
from deliberation.domain.rules import Base, Outcome, Rule, Stance, Turnout, decide
from deliberation.domain.worksheet import Kind, Line, sheet

CATALOGUE = json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))
RULES = [stage for preset in CATALOGUE for stage in read_preset(preset).stages]
COUNTS = st.lists(st.integers(0, 12), min_size=6, max_size=6)
OTHERS = st.tuples(st.integers(0, 5), st.integers(1, 80), st.integers(1, 9))


@given(st.sampled_from(RULES), st.sampled_from(Base), COUNTS, OTHERS)
def test_by_hand_and_by_rule_the_verdict_is_the_same(
    rule: Rule, base: Base, stances: list[int], others: tuple[int, int, int]
) -> None:
    (silent, declared, floor), counts = others, dict(zip(Stance, stances, strict=True))
    handed_in = sum(stances) + silent
    rule = rule if rule.beside else replace(rule, base=base)

    lines, verdict = sheet(rule, counts, Turnout(handed_in, declared, floor))

    assert verdict == decide(counts, handed_in=handed_in, declared=declared, rule=rule, floor=floor)
    assert all(line.kept for line in lines[:-1])


def test_three_quarters_of_forty_are_thirty() -> None:
    counts = {Stance.SUPPORT: 25, Stance.RESERVATION: 6, Stance.DISCUSS: 5, Stance.DISAGREE: 4}
    rule = next(one for one in RULES if one.agreement.part.denominator == 4)

    lines, verdict = sheet(rule, counts, Turnout(40, 40))

    agreeing = next(line for line in lines if line.kind is Kind.AGREEING)
    assert (agreeing.held, agreeing.needs, agreeing.whole) == (31, 30, 40)
    assert verdict.adopts


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_empty_hall_is_sent_home_at_the_first_or_second_line(rule: Rule) -> None:
    lines, verdict = sheet(rule, {}, Turnout(0, 0))

    assert verdict.outcome is Outcome.RETURNED
    assert len(lines) <= 2


def test_a_line_is_kept_between_what_it_needs_and_what_it_allows() -> None:
    kept = [Line(Kind.LIMIT, frozenset(), held, 9, needs=2, most=3).kept for held in range(1, 5)]

    assert kept == [False, True, True, False]
