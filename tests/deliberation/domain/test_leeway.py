"""What a release leaves open of a verdict: the true one is always among what the sheet allows."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain.leeway import Told, redo
from deliberation.domain.presets import ending, read_preset
from deliberation.domain.rules import Base, Outcome, Reason, Rule, Share, Stance, Turnout, Verdict, verdict
from deliberation.domain.worksheet import Kind
from surveys.domain.doubt import Cell, Shown, bands, place
from tests.surveys.domain.test_spans import released

CATALOGUE = json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))
SHIPPED = [stage for preset in CATALOGUE for stage in read_preset(preset).stages]
RULES = [*SHIPPED, *map(ending, SHIPPED), replace(SHIPPED[0], voices=SHIPPED[0].quorum)]
FOR = frozenset({Stance.SUPPORT, Stance.RESERVATION})
SIZES = st.tuples(st.integers(1, 4), st.integers(0, 6), st.integers(0, 12))
STANCES = st.lists(st.integers(0, 30), min_size=6, max_size=6)


def box(stances: list[int], infiltrators: int, harm: bool = False) -> Told:  # noqa: FBT001, FBT002 - what was asked
    answered, agreeing = sum(stances), sum(stances[:2])
    scale = bands(answered, infiltrators)
    shown = scale[place(scale, agreeing)].cell.shown
    return Told(shown, FOR, stances[5] > 0, 2 * infiltrators + 3, range(infiltrators, 5), harm)


def percented(stances: list[int], infiltrators: int) -> Told:
    """What a release tells of twenty answers or more: the share of each stance, too."""
    levels = released(stances, infiltrators)
    return replace(box(stances, infiltrators), shares=levels.cells, fewest=20)


@given(st.sampled_from(RULES), st.sampled_from(Base), STANCES, SIZES)
def test_the_verdict_is_among_those_the_release_allows_and_alone_where_it_is_certain(
    rule: Rule, base: Base, stances: list[int], sizes: tuple[int, int, int]
) -> None:
    infiltrators, silent, away = sizes
    stances[2] += max(0, 2 * infiltrators + 3 - sum(stances))
    handed_in = sum(stances) + silent
    rule = rule if rule.beside else replace(rule, base=base)
    turnout = Turnout(handed_in, handed_in + away, 2 * infiltrators + 3, handed_in + away, ((1, 9), (5, 6)))

    lines, possible = redo(rule, turnout, box(stances, infiltrators))

    given_by_rule = verdict(dict(zip(Stance, stances, strict=True)), turnout, rule)
    assert given_by_rule in possible
    assert all(line.goes_on for line in lines[:-1])


@given(st.sampled_from(RULES), STANCES, st.integers(1, 4), st.sampled_from([1, 7]))
@settings(max_examples=25)
def test_the_verdict_is_among_those_that_shares_allow_and_these_among_those_of_the_band(
    rule: Rule, stances: list[int], infiltrators: int, times: int
) -> None:
    stances = [one * times for one in stances]
    stances[2] += max(0, 20 - sum(stances))
    turnout = Turnout(sum(stances), sum(stances) + 3, 2 * infiltrators + 3, sum(stances) + 3)

    _, possible = redo(rule, turnout, percented(stances, infiltrators))

    assert verdict(dict(zip(Stance, stances, strict=True)), turnout, rule) in possible
    assert possible <= redo(rule, turnout, replace(box(stances, infiltrators), fewest=20))[1]


def test_shares_settle_what_a_band_leaves_open() -> None:
    asked = replace(SHIPPED[0], base=Base.ANSWERED, beside=frozenset(), limits=(), agreeing=FOR)
    rule = replace(asked, agreement=Share(Fraction(3, 4)))
    stances, turnout = [80, 15, 5, 0, 0, 0], Turnout(100, 100, 5, 100)

    by_band = redo(rule, turnout, box(stances, 1))[1]
    by_shares = redo(rule, turnout, percented(stances, 1))[1]

    assert len({one.outcome for one in by_band}) > 1
    assert Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT) in by_band - by_shares


def test_a_million_ballots_are_gone_through_in_blocks() -> None:
    stances = [700_000, 100_000, 100_000, 50_000, 50_000, 0]

    lines, possible = redo(SHIPPED[0], Turnout(10**6, 10**6, 5, 10**6), percented(stances, 1))

    assert lines
    assert verdict(dict(zip(Stance, stances, strict=True)), Turnout(10**6, 10**6, 5, 10**6), SHIPPED[0]) in possible


def test_shares_that_no_counts_give_allow_nothing() -> None:
    told = replace(percented([60, 10, 10, 10, 5, 5], 1), shares=(Cell(Shown.PERCENT, 90),) * 6)

    assert redo(SHIPPED[0], Turnout(100, 100, 5, 100), told) == ((), frozenset())


def test_whether_enough_of_each_voice_came_is_never_published() -> None:
    rule = replace(SHIPPED[0], voices=SHIPPED[0].quorum)

    lines, possible = redo(rule, Turnout(12, 12, 5), box([12, 0, 0, 0, 0, 0], 1))

    assert Verdict(Outcome.RETURNED, Reason.VOICE_ABSENT) in possible
    assert Kind.VOICES in {line.kind for line in lines if line.goes_on and line.stops}


def test_harm_may_send_back_what_would_be_adopted() -> None:
    harmful = Verdict(Outcome.RETURNED, Reason.HARMFUL)
    turnout = Turnout(12, 12, 5)

    asked, unasked = (redo(SHIPPED[0], turnout, box([12, 0, 0, 0, 0, 0], 1, harm))[1] for harm in (True, False))

    assert asked - unasked == {harmful}


def test_a_box_under_its_quorum_has_one_result_and_one_line() -> None:
    lines, possible = redo(SHIPPED[0], Turnout(7, 400, 5), box([7, 0, 0, 0, 0, 0], 1))

    assert possible == {Verdict(Outcome.RETURNED, Reason.TOO_FEW)}
    assert [line.kind for line in lines] == [Kind.PRESENT]


def test_what_cannot_have_been_told_allows_nothing() -> None:
    assert redo(SHIPPED[0], Turnout(4, 4, 5), box([7, 0, 0, 0, 0, 0], 1)) == ((), frozenset())


def test_few_in_favour_are_never_an_agreement_where_most_must_agree() -> None:
    rule = next(one for one in SHIPPED if 2 * one.agreement.part > 1 and one.agreeing == FOR and not one.beside)
    told = replace(box([2, 0, 0, 10, 0, 0], 1), fewest=12)

    lines, possible = redo(rule, Turnout(12, 12, 5), told)

    assert told.band is Shown.FEW
    assert not any(one.adopts for one in possible)
    assert lines[0].held == (12, 12)


def test_what_a_round_of_forty_proposals_allows_is_found_once_for_all_that_is_told_alike() -> None:
    told = box([9, 0, 0, 0, 0, 0], 2)

    assert redo(SHIPPED[0], Turnout(9, 9, 7), told) is redo(SHIPPED[0], Turnout(9, 9, 7), box([9, 0, 0, 0, 0, 0], 2))
