"""What a release leaves open of a verdict: the true one is always among what the sheet allows."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain.leeway import Hedged, Told, redo
from deliberation.domain.presets import ending, read_preset
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
from deliberation.domain.worksheet import Kind, sheet
from surveys.domain.doubt import Cell, Shown, bands, place
from surveys.domain.spans import Span
from tests.surveys.domain.test_spans import released

CATALOGUE = json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))
SHIPPED = [stage for preset in CATALOGUE for stage in read_preset(preset).stages]
RULES = [*SHIPPED, *map(ending, SHIPPED), replace(SHIPPED[0], voices=SHIPPED[0].quorum)]
FOR = frozenset({Stance.SUPPORT, Stance.RESERVATION})
SIZES = st.tuples(st.integers(1, 4), st.integers(0, 6), st.integers(0, 12))
STANCES = st.lists(st.integers(0, 30), min_size=6, max_size=6)
LIMITS = (
    Limit(frozenset(Stance) - FOR, Fraction(3, 5), Reason.OPPOSED),
    Limit(frozenset(Stance) - {Stance.BLOCK}, Fraction(1), Reason.TALK_MORE, number=8),
    Limit(frozenset({Stance.DISAGREE}), Fraction(1, 3), Reason.OPPOSED),
)
HALF, ASIDE = Share(Fraction(1, 2)), frozenset({Stance.ASIDE})
WIDE = Rule(
    "wide", HALF, Base.ANSWERED, FOR, HALF, Share(Fraction(2, 5)), ASIDE, LIMITS, called=Called.CARDS, voices=HALF
)
ADOPTED, NOTED = (Verdict(one, Reason.AGREED) for one in (Outcome.ADOPTED, Outcome.WITH_RESERVATIONS))
LITTLE = Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
REFUSED = Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
OPPOSED, MORE, FEW, ABSENT, BLOCKED = (
    Verdict(Outcome.RETURNED, one)
    for one in (Reason.OPPOSED, Reason.TALK_MORE, Reason.TOO_FEW, Reason.VOICE_ABSENT, Reason.BLOCKED)
)
NEEDS, MOST = False, True
ON, OPEN = (True, False), (True, True)


def box(stances: list[int], infiltrators: int, harm: bool = False) -> Told:  # noqa: FBT001, FBT002 - what was asked
    answered, agreeing = sum(stances), sum(stances[:2])
    scale = bands(answered, infiltrators)
    shown = scale[place(scale, agreeing)].cell.shown
    return Told(shown, FOR, stances[5] > 0, 2 * infiltrators + 3, range(infiltrators, 5), harm)


def told_of(band: Shown, fewest: int, *, block: bool = False) -> Told:
    """What a release tells of one infiltrator's box by a band alone."""
    return Told(band, FOR, block, fewest, range(1, 2))


def percented(stances: list[int], infiltrators: int) -> Told:
    """What a release tells of twenty answers or more: the share of each stance, too."""
    levels = released(stances, infiltrators)
    return replace(box(stances, infiltrators), shares=levels.cells, fewest=20)


def read(lines: Sequence[Hedged]) -> list[tuple[Kind, Span, Span, bool, tuple[bool, bool]]]:
    return [(one.kind, one.held, one.asked, one.most, (one.goes_on, one.stops)) for one in lines]


@given(st.sampled_from(RULES), st.sampled_from(Base), STANCES, SIZES)
def test_the_verdict_is_among_those_the_release_allows_and_alone_where_it_is_certain(
    rule: Rule, base: Base, stances: list[int], sizes: tuple[int, int, int]
) -> None:
    infiltrators, silent, away = sizes
    stances[2] += max(0, 2 * infiltrators + 3 - sum(stances))
    handed_in = sum(stances) + silent
    rule = rule if rule.beside else replace(rule, base=base)
    turnout = Turnout(handed_in, handed_in + away, 2 * infiltrators + 3, handed_in + away, ((1, 9), (5, 6)))

    counts = dict(zip(Stance, stances, strict=True))

    lines, possible = redo(rule, turnout, box(stances, infiltrators))

    given_by_rule = verdict(counts, turnout, rule)
    assert given_by_rule in possible
    assert all(line.goes_on for line in lines[:-1])
    for line, true in () if rule.voices else zip(lines, sheet(rule, counts, turnout)[0], strict=False):
        asked = true.needs if true.most is None else true.most
        assert (line.kind, line.most) == (true.kind, true.most is not None)
        assert line.held[0] <= true.held <= line.held[1]
        assert line.asked[0] <= asked <= line.asked[1]
        assert line.goes_on if true.kept else line.stops
        assert line.otherwise == (true.otherwise or Verdict(Outcome.ADOPTED, Reason.AGREED))


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


def test_a_sheet_of_seven_to_nine_answers_spans_every_box_there_can_be() -> None:
    lines, possible = redo(SHIPPED[0], Turnout(9, 9, 5), told_of(Shown.MOST, 7))

    assert read(lines) == [
        (Kind.PRESENT, (9, 9), (5, 5), NEEDS, ON),
        (Kind.ANSWERED, (7, 9), (5, 5), NEEDS, ON),
        (Kind.AGAINST, (0, 3), (4, 8), MOST, ON),
        (Kind.LIMIT, (0, 0), (0, 0), MOST, ON),
        (Kind.LIMIT, (0, 3), (0, 0), MOST, OPEN),
        (Kind.LIMIT, (0, 3), (0, 0), MOST, OPEN),
        (Kind.AGREEING, (5, 9), (5, 9), NEEDS, OPEN),
        (Kind.RESERVING, (0, 9), (1, 1), NEEDS, OPEN),
    ]
    assert possible == {ADOPTED, NOTED, LITTLE, OPPOSED, MORE}


@pytest.mark.parametrize("block", [False, True])
def test_one_who_blocks_is_counted_where_blocks_are_and_missing_where_they_are_not(*, block: bool) -> None:
    lines, possible = redo(WIDE, Turnout(9, 30, 1, 12), told_of(Shown.SOME, 8, block=block))

    assert read(lines) == [
        (Kind.PRESENT, (9, 9), (6, 6), NEEDS, ON),
        (Kind.ANSWERED, (8, 9), (1, 6), NEEDS, ON),
        (Kind.VOICES, (0, 9), (0, 9), NEEDS, OPEN),
        (Kind.AGAINST, (int(block), 5), (1, 4), MOST, OPEN),
        (Kind.LIMIT, (3, 5), (1, 5), MOST, OPEN),
        (Kind.LIMIT, (3, 8) if block else (8, 9), (8, 8), MOST, ON if block else OPEN),
        (Kind.LIMIT, (0, 5), (1, 3 if block else 2), MOST, OPEN),
        (Kind.AGREEING, (3, 5), (2, 5 if block else 4), NEEDS, OPEN),
        (Kind.RESERVING, (0, 8), (2, 4), NEEDS, OPEN),
    ]
    assert possible == {ADOPTED, NOTED, LITTLE, REFUSED, OPPOSED, ABSENT} | (set() if block else {MORE})


def test_a_share_of_hardly_anybody_is_taken_of_one_at_least() -> None:
    lines, possible = redo(replace(SHIPPED[0], limits=()), Turnout(5, 9, 1), told_of(Shown.FEW, 5))

    assert read(lines) == [
        (Kind.PRESENT, (5, 5), (5, 5), NEEDS, ON),
        (Kind.ANSWERED, (5, 5), (1, 6), NEEDS, OPEN),
        (Kind.AGAINST, (0, 5), (0, 4), MOST, OPEN),
        (Kind.AGREEING, (0, 2), (1, 5), NEEDS, OPEN),
        (Kind.RESERVING, (0, 5), (1, 1), NEEDS, OPEN),
    ]
    assert possible == {ADOPTED, NOTED, LITTLE, REFUSED, FEW}


def test_shares_bound_who_stands_beside_and_what_is_taken_of_the_rest() -> None:
    rule, told = replace(WIDE, limits=(), voices=None), percented([40, 10, 30, 10, 10, 0], 1)

    lines, possible = redo(rule, Turnout(100, 100, 1, 100), replace(told, fewest=100))

    assert read(lines) == [
        (Kind.PRESENT, (100, 100), (50, 50), NEEDS, ON),
        (Kind.ANSWERED, (100, 100), (26, 35), NEEDS, ON),
        (Kind.AGAINST, (5, 14), (32, 37), MOST, ON),
        (Kind.AGREEING, (40, 58), (33, 38), NEEDS, ON),
        (Kind.RESERVING, (30, 48), (27, 30), NEEDS, ON),
    ]
    assert possible == {NOTED}


def test_a_block_of_many_answers_takes_its_shares_of_the_fewest_and_of_the_most() -> None:
    rule, told = (
        replace(WIDE, beside=frozenset(), voices=None),
        told_of(Shown.MOST, 101),
    )

    lines, possible = redo(replace(rule, limits=LIMITS[:1]), Turnout(103, 103, 1, 103), told)

    assert read(lines) == [
        (Kind.PRESENT, (103, 103), (52, 52), NEEDS, ON),
        (Kind.ANSWERED, (101, 103), (1, 1), NEEDS, ON),
        (Kind.AGAINST, (0, 35), (50, 51), MOST, ON),
        (Kind.LIMIT, (0, 35), (60, 61), MOST, ON),
        (Kind.AGREEING, (68, 103), (51, 52), NEEDS, ON),
        (Kind.RESERVING, (0, 103), (41, 42), NEEDS, OPEN),
    ]
    assert possible == {ADOPTED, NOTED}


def test_one_is_enough_for_it_and_one_against_refuses_where_a_tenth_of_nine_is_asked() -> None:
    rule = replace(SHIPPED[1], agreement=Share(Fraction(1, 10)))

    lines, possible = redo(rule, Turnout(9, 9, 5), told_of(Shown.MOST, 9))

    assert read(lines)[2:] == [
        (Kind.AGAINST, (0, 3), (0, 0), MOST, OPEN),
        (Kind.AGREEING, (6, 9), (1, 1), NEEDS, ON),
        (Kind.RESERVING, (0, 9), (1, 1), NEEDS, OPEN),
    ]
    assert possible == {REFUSED, ADOPTED, NOTED}


def test_a_line_is_open_as_soon_as_the_most_there_can_be_pass_the_least_it_may_allow() -> None:
    lines, possible = redo(SHIPPED[0], Turnout(9, 9, 5), told_of(Shown.SOME, 9))

    assert read(lines)[2] == (Kind.AGAINST, (0, 5), (3, 8), MOST, OPEN)
    assert REFUSED in possible


def test_no_harm_is_told_of_what_is_not_adopted() -> None:
    lines, possible = redo(SHIPPED[0], Turnout(12, 12, 5), box([6, 0, 0, 0, 0, 6], 1, harm=True))

    assert [line.kind for line in lines] == [Kind.PRESENT, Kind.ANSWERED, Kind.AGAINST, Kind.LIMIT]
    assert possible <= {REFUSED, BLOCKED}
