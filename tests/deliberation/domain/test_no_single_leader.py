"""No single leader, as eight properties of everything that judges say; told in docs/no-single-leader.md."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain import risk, rounds
from deliberation.domain.presets import read_rule
from deliberation.domain.priorities import judge_baseline
from deliberation.domain.rules import Stance, decide
from surveys.domain.agreement import Consensus, consensus
from surveys.domain.judgement import majority_ranks
from surveys.domain.proportional import audit, pack, phragmen
from surveys.domain.questionnaire import Kind, Question, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale
from tests.deliberation.domain.test_conversation import RULE

NAMES = ("T1", "T2", "T3")
VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),))
DANGERS = Section("dangers", {}, (scale("C2"), scale("C3")), repeat="threats")
WISHES = Section("first", {}, (Question("H1", Kind.APPROVAL, {}, choices_from="measures"),))
HARMS = Section("harms", {}, (Question("H3", Kind.MULTIPLE, {}, choices_from="measures"),))
STANCES = Section("proposals", {}, (scale("S1", 6),), repeat="proposals")
LEVEL = st.integers(1, 5)
LEVELS = st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any)
PERSON = st.fixed_dictionaries(
    {f"{key}.{name}": LEVEL for key in ("C2", "C3") for name in NAMES}
    | {"A2": st.integers(0, 2)}
    | {key: st.frozensets(st.integers(1, 3)) for key in ("H1", "H3")}
)
PEOPLE = st.lists(PERSON, min_size=20, max_size=30)
APPROVALS = st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=24)


MEASURES = ("M1", "M2", "M3")
WEIGHED: Mapping[str, object] = {"effort": {"M1": 1, "M2": 3, "M3": 2}, "carry": 4}
ONE_OF_TWO: Mapping[str, object] = {"effort": {"M1": 1, "M2": 1}, "carry": 1}


def judged(
    people: Sequence[Given],
    names: Sequence[str] = NAMES,
    measures: Sequence[str] = MEASURES,
    more: Mapping[str, object] | None = None,
) -> Mapping[str, object]:
    lists = {"voices": choices("river", "hill"), "threats": choices(*names), "measures": choices(*measures)}
    asked = questionnaire([VOICE, DANGERS, WISHES, HARMS], "A2", **lists)
    return judge_baseline(asked, {"infiltrators": 2, "places": 2, **(more or {})}, *box(asked, people))


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_anonymity_no_order_of_people_changes_a_word(people: list[Given], dice: Random) -> None:
    shuffled = list(people)
    dice.shuffle(shuffled)

    assert judged(shuffled) == judged(people)
    assert judged(shuffled, more=WEIGHED) == judged(people, more=WEIGHED)


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.permutations(NAMES))
def test_neutrality_new_names_only_rename_what_is_said(people: list[Given], names: Sequence[str]) -> None:
    new = dict(zip(NAMES, names, strict=True))
    renamed = [{f"{key[:3]}{new[key[3:]]}" if key[3:] in new else key: one[key] for key in one} for one in people]

    before, after = judged(people), judged(renamed)

    for kind in ("tier", "tier_reason"):
        found, other = before[kind], after[kind]
        assert isinstance(found, dict)
        assert {new[name]: word for name, word in found.items()} == other
    for kind in ("order", "order_by_voice"):
        lines, other = before[kind], after[kind]
        assert isinstance(lines, list)
        assert [sorted(new[name] for name in line) for line in lines] == other


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.permutations(MEASURES), st.sampled_from([{}, WEIGHED]))
def test_neutrality_new_names_only_rename_which_measures_are_chosen(
    people: list[Given], measures: Sequence[str], terms: Mapping[str, object]
) -> None:
    new = dict(zip(MEASURES, measures, strict=True))
    costs = terms.get("effort", {})
    assert isinstance(costs, dict)
    renamed = {**terms, "effort": {new[one]: cost for one, cost in costs.items()}}

    before = judged(people, more=terms)
    after = judged(people, measures=measures, more=renamed)

    for kind in ("chosen", "tied"):
        found = before[kind]
        assert isinstance(found, list)
        assert sorted(new[name] for name in found) == after[kind]


@given(st.dictionaries(st.sampled_from(NAMES), LEVELS, min_size=2), st.lists(st.tuples(LEVEL, LEVEL), min_size=1))
def test_equal_weight_each_ballot_is_one_unit_of_one_count(
    counts: dict[str, list[int]], pairs: list[tuple[int, int]]
) -> None:
    rows = {one: tuple(row) for one, row in counts.items()}
    twice = {one: tuple(2 * times for times in row) for one, row in rows.items()}
    likely, grave = np.array(pairs, dtype=np.uint8).T

    everybody, others = risk.grid(likely, grave), risk.grid(likely[1:], grave[1:])

    assert sorted(one - other for one, other in zip(everybody, others, strict=True)) == [0] * 24 + [1]
    assert risk.ranked(twice) == risk.ranked(rows)


@given(LEVELS, st.integers(1, 4), st.lists(LEVEL, min_size=4, max_size=4), st.randoms(use_true_random=False))
def test_bounded_influence_nobody_moves_a_share_beyond_its_certificate(
    counts: list[int], people: int, instead: list[int], dice: Random
) -> None:
    answers = [level for level, times in enumerate(counts, start=1) for _ in range(times)]
    dice.shuffle(answers)
    people = min(people, len(answers))

    changed = Counter(answers[people:] + instead[:people])
    now = tuple(changed[level] for level in range(1, 6))

    worst, best = risk.reach(counts, people)
    shares = [Fraction(sum(one[3:]), len(answers)) for one in (worst, now, best)]
    assert shares == sorted(shares)
    assert abs(shares[1] - Fraction(sum(counts[3:]), len(answers))) <= Fraction(people, len(answers))
    low, middle, high = majority_ranks([worst, now, best])
    assert high <= middle <= low


@given(st.integers(9, 400), st.data())
def test_reserve_what_is_agreed_or_firm_survives_any_one_ballot(answered: int, data: st.DataObject) -> None:
    for_it = data.draw(st.integers(0, answered))
    against = data.draw(st.integers(0, answered - for_it))
    state = consensus(for_it, against, answered=answered, invited=answered, floor=9)
    margin = data.draw(st.integers(-answered, answered))

    if state in (Consensus.AGREED, Consensus.REFUSED):
        moves = [(one, other) for one in (-1, 0, 1) for other in (-1, 0, 1) if abs(one + other) < 2]
        near = [(for_it + one, against + other) for one, other in moves]
        possible = [(one, other) for one, other in near if min(one, other) >= 0 and one + other <= answered]
        states = {consensus(one, other, answered=answered, invited=answered, floor=9) for one, other in possible}
        assert states <= {state, Consensus(f"maybe_{state}")}
    if risk.reserved(risk.Paired(answered, answered, margin)):
        assert margin - 2 > 0


@given(st.integers(1, 4), st.integers(0, 40), st.data())
def test_no_singling_out_nothing_turns_on_fewer_than_two_more_than_the_infiltrators(
    infiltrators: int, more: int, data: st.DataObject
) -> None:
    answered = 2 * infiltrators + 3 + more
    few = data.draw(st.integers(0, infiltrators + 1))
    asked = questionnaire([DANGERS, WISHES], threats=choices("T1"), measures=choices("M1", "M2"))
    grave: Given = {"C2.T1": 5, "C3.T1": 5, "H1": frozenset({1})}
    calm: Given = {"C2.T1": 1, "C3.T1": 1, "H1": frozenset({2})}

    def told(alarmed: int) -> Mapping[str, object]:
        people = [grave] * alarmed + [calm] * (answered - alarmed)
        return judge_baseline(asked, {"infiltrators": infiltrators, "places": 2}, *box(asked, people))

    assert told(few) == told(0)
    heard = risk.bounded(few, likely=answered, grave=answered, answered=answered, infiltrators=infiltrators)
    assert heard == infiltrators + 1


@given(st.integers(1, 4), st.integers(0, 40), st.sampled_from([{}, ONE_OF_TWO]), st.data())
def test_no_singling_out_harm_said_by_so_few_tells_no_tie_apart(
    infiltrators: int, more: int, weighed: Mapping[str, object], data: st.DataObject
) -> None:
    half = max(infiltrators + 2, 10 + more)
    few = data.draw(st.integers(0, infiltrators + 1))
    asked = questionnaire([WISHES, HARMS], measures=choices("M1", "M2"))
    terms = {"infiltrators": infiltrators, "places": 1, **weighed}

    def told(harmed: int) -> Mapping[str, object]:
        says: Given = {"H1": frozenset({2}), "H3": frozenset({1})}
        silent = [{"H1": frozenset({1})}] * half + [{"H1": frozenset({2})}] * (half - harmed)
        return judge_baseline(asked, terms, *box(asked, [*[says] * harmed, *silent]))

    assert told(few) == told(0)
    assert told(0)["tied"] == ["M1", "M2"]


@given(APPROVALS)
def test_proportionality_a_group_that_shares_a_wish_has_a_part_of_every_beginning(wishes: list[list[bool]]) -> None:
    ballots = np.array(wishes, dtype=np.bool_)
    planes = pack(ballots)

    for prefix in phragmen(planes, size=5):
        for chosen in prefix.lists:
            served = ballots[:, sorted(chosen)].any(axis=1)
            unserved = ballots[~served].sum(axis=0) * prefix.size
            assert all(unserved < max(1, len(wishes)))
            neglected = {one.item for one in audit(planes, chosen, ballots=len(wishes))}
            assert neglected.isdisjoint(chosen)


@given(st.lists(st.integers(0, 6), min_size=7, max_size=40), st.integers(7, 60))
def test_zero_facilitator_weight_a_verdict_is_what_its_counts_give_and_nothing_else(
    stances: list[int], declared: int
) -> None:
    asked = questionnaire([STANCES], proposals=choices("a"))
    terms = {"infiltrators": 2, "declared": declared, "rule": RULE}

    told = rounds.judge(asked, terms, *box(asked, [{"S1.a": one} for one in stances]))

    counts = Counter(Stance(one) for one in stances if one)
    given_by_hand = decide(counts, handed_in=len(stances), declared=declared, rule=read_rule(RULE), floor=7)
    assert (told["outcome"], told["reason"]) == ({"a": given_by_hand.outcome}, {"a": given_by_hand.reason})
