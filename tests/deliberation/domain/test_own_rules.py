"""Rules an assembly writes itself decide exactly what their words say, and what they could betray is still found."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.betrayal import betrays
from deliberation.domain.presets import (
    After,
    Again,
    Malformed,
    Preset,
    ending,
    read_preset,
    read_rule,
    write_preset,
    write_rule,
)
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
    decide,
    verdict,
)
from tests.deliberation.domain.test_betrayal import found_again

TWO, THREE = frozenset({Stance.SUPPORT, Stance.RESERVATION}), frozenset(list(Stance)[:3])
LIMITED = {
    Reason.BLOCKED: frozenset({Stance.BLOCK}),
    Reason.OPPOSED: frozenset({Stance.DISAGREE}),
    Reason.TOO_MANY_RESERVED: frozenset({Stance.RESERVATION, Stance.ASIDE}),
    Reason.TALK_MORE: frozenset({Stance.DISCUSS}),
}
parts = st.builds(Fraction, st.integers(0, 4), st.just(4)) | st.fractions(0, 1, max_denominator=12)
shares = st.builds(Share, parts, st.booleans())
agreements = st.builds(Share, st.fractions(Fraction(1, 2), 1, max_denominator=12), st.booleans())
counted = st.lists(st.integers(0, 9), min_size=6, max_size=6)


@st.composite
def limits(draw: st.DrawFn) -> tuple[Limit, ...]:
    chosen = draw(st.lists(st.sampled_from(list(LIMITED)), unique=True))
    numbers = st.none() | st.integers(0, 4)
    return tuple(Limit(LIMITED[one], draw(parts), one, draw(numbers), draw(st.booleans())) for one in chosen)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    agreeing, base = draw(st.sampled_from([TWO, THREE])), draw(st.sampled_from(Base))
    apart = agreeing is TWO and base is Base.ANSWERED and draw(st.booleans())
    return Rule(
        "own",
        draw(shares),
        base,
        agreeing,
        draw(agreements),
        Share(Fraction(0), more=True),
        frozenset({Stance.ASIDE}) if apart else frozenset(),
        draw(limits()),
        draw(st.sampled_from(Called)),
        draw(st.none() | shares),
    )


def reaches(count: int, share: Share, whole: int) -> bool:
    """Whether a count reaches a share, by plain fractions."""
    return count > share.part * whole if share.more else count >= share.part * whole


def by_its_words(rule: Rule, numbers: list[int], turnout: Turnout) -> Verdict:
    """The verdict by the words of the rule, one sentence after the other, in plain fractions."""
    held = dict(zip(Stance, numbers, strict=True))
    everybody = {Base.ANSWERED: sum(numbers), Base.HANDED_IN: turnout.handed_in, Base.DECLARED: turnout.declared}
    whole = everybody[rule.base] - sum(held[one] for one in rule.beside)
    asked = turnout.cards if rule.called is Called.CARDS else turnout.declared
    if whole <= 0 or sum(numbers) < turnout.floor or not reaches(turnout.handed_in, rule.quorum, asked):
        return Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    if rule.voices and not all(reaches(some, rule.voices, members) for some, members in turnout.voices):
        return Verdict(Outcome.RETURNED, Reason.VOICE_ABSENT)
    if reaches(held[Stance.DISAGREE] + held[Stance.BLOCK], rule.agreement, whole):
        return Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    for limit in rule.limits:
        allowed = limit.most * whole if limit.number is None else limit.number
        if sum(held[one] for one in limit.stances) > allowed:
            return Verdict(Outcome.NO_AGREEMENT if limit.ends else Outcome.RETURNED, limit.reason)
    agreeing = sum(held[one] for one in rule.agreeing)
    if not agreeing or not reaches(agreeing, rule.agreement, whole):
        return Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    noted = held[Stance.RESERVATION] + held[Stance.ASIDE]
    return Verdict(Outcome.WITH_RESERVATIONS if noted else Outcome.ADOPTED, Reason.AGREED)


turnouts = st.builds(
    Turnout,
    handed_in=st.integers(0, 5),
    declared=st.integers(1, 60),
    floor=st.integers(1, 9),
    cards=st.integers(1, 60),
    voices=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=4).map(tuple),
)


@given(rules(), counted, turnouts)
def test_a_rule_of_ones_own_decides_what_its_words_say(rule: Rule, numbers: list[int], beside: Turnout) -> None:
    turnout = replace(beside, handed_in=beside.handed_in + sum(numbers))

    given = verdict(dict(zip(Stance, numbers, strict=True)), turnout, rule)

    assert given == by_its_words(rule, numbers, turnout)


@given(rules())
def test_a_rule_of_ones_own_is_read_back_the_same(rule: Rule) -> None:
    plain = replace(rule, limits=tuple(replace(one, ends=False) for one in rule.limits))
    counted = [one if one.number is None else replace(one, most=Fraction(0)) for one in plain.limits]

    assert read_rule(write_rule(plain)) == replace(plain, limits=tuple(counted))


@given(rules(), st.integers(1, 2), st.integers(7, 30))
def test_what_a_rule_of_ones_own_could_betray_is_always_looked_at(rule: Rule, infiltrators: int, members: int) -> None:
    ballots = range(7, members + 1)
    found = betrays(rule, infiltrators=infiltrators, declared=members, ballots=ballots, floor=7, cards=members)

    assert found.checked == range(max(7, rule.fewest(members, members)), members + 1)


def own(*, blocks: Limit, called: Called = Called.DECLARED, voices: Share | None = None) -> Rule:
    half = Share(Fraction(1, 2))
    return Rule(
        "own", half, Base.ANSWERED, TWO, half, Share(Fraction(0), more=True), frozenset(), (blocks,), called, voices
    )


ONE_BLOCK = Limit(frozenset({Stance.BLOCK}), Fraction(0), Reason.BLOCKED, number=1)
TENTH = Limit(frozenset({Stance.BLOCK}), Fraction(1, 10), Reason.BLOCKED)
COUNTED = {Stance.SUPPORT: 8, Stance.BLOCK: 2}


@pytest.mark.parametrize(
    "rule", [own(blocks=ONE_BLOCK), own(blocks=TENTH), ending(own(blocks=ONE_BLOCK))], ids=["number", "share", "last"]
)
def test_what_a_limit_in_numbers_betrays_is_found_by_trying_every_assembly(rule: Rule) -> None:
    found_again(rule, 1, 6, 6, 5)


def test_one_block_may_be_allowed_by_number_or_by_share() -> None:
    one = {Stance.SUPPORT: 9, Stance.BLOCK: 1}

    assert decide(one, handed_in=10, declared=10, rule=own(blocks=ONE_BLOCK)).adopts
    assert decide(one, handed_in=10, declared=10, rule=own(blocks=TENTH)).adopts
    assert decide(COUNTED, handed_in=10, declared=10, rule=own(blocks=ONE_BLOCK)).reason is Reason.BLOCKED
    assert decide(COUNTED, handed_in=10, declared=10, rule=own(blocks=TENTH)).reason is Reason.BLOCKED


def test_a_second_block_ends_the_matter_where_the_rule_says_so() -> None:
    first, last = own(blocks=ONE_BLOCK), ending(own(blocks=ONE_BLOCK))

    assert decide(COUNTED, handed_in=10, declared=10, rule=first) == Verdict(Outcome.RETURNED, Reason.BLOCKED)
    assert decide(COUNTED, handed_in=10, declared=10, rule=last) == Verdict(Outcome.NO_AGREEMENT, Reason.BLOCKED)


def test_a_quorum_of_the_cards_asks_nothing_of_the_members() -> None:
    rule, given = own(blocks=ONE_BLOCK, called=Called.CARDS), {Stance.SUPPORT: 10}

    assert verdict(given, Turnout(10, 500, 1, cards=20), rule).adopts
    assert verdict(given, Turnout(10, 10, 1, cards=21), rule).reason is Reason.TOO_FEW


def test_every_voice_must_have_come_where_the_rule_asks_it() -> None:
    rule, given = own(blocks=ONE_BLOCK, voices=Share(Fraction(1, 3))), {Stance.SUPPORT: 10}

    assert verdict(given, Turnout(10, 20, 1, voices=((4, 10), (4, 12))), rule).adopts
    assert verdict(given, Turnout(10, 20, 1, voices=((4, 10), (3, 12))), rule).reason is Reason.VOICE_ABSENT


def test_a_preset_keeps_how_one_goes_on_and_what_a_second_block_does() -> None:
    rule = own(blocks=ONE_BLOCK)
    preset = Preset("own", (rule, rule, rule), (After.TOO_FEW, After.VOICES), Again.END)

    assert read_preset(write_preset(preset)) == preset


@pytest.mark.parametrize(
    "change",
    [
        {"again": "never"},
        {"stages": [write_rule(own(blocks=TENTH)), write_rule(own(blocks=TENTH)) | {"after": "a facilitator"}]},
        {"stages": [write_rule(own(blocks=TENTH)) | {"called": "guests"}]},
        {"stages": [write_rule(own(blocks=TENTH)) | {"voices": "1/2"}]},
        {"stages": [write_rule(own(blocks=replace(ONE_BLOCK, number=-1)))]},
        {"stages": [write_rule(own(blocks=replace(ONE_BLOCK, number=True)))]},
    ],
)
def test_a_rule_of_ones_own_that_says_what_no_rule_says_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        read_preset({"id": "own", "stages": [write_rule(own(blocks=TENTH))], **change})
