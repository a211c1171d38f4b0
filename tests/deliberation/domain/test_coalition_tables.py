"""What threats give by a table of classes tells a coalition nothing, whatever the table: beside all their figures."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from itertools import product

import pytest

from deliberation.domain.priorities import judge_baseline
from deliberation.domain.risk import MILDER, STARTING, STRICTER, Table
from surveys.domain import closed, disclosure
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import fill
from surveys.domain.release import Release, write
from surveys.domain.tally import Ballots, Tally
from surveys.interchange import shipped
from tests.deliberation.domain.coalition import Kind, learned
from tests.surveys.hall import choices


def asked(*threats: str) -> Questionnaire:
    """Only the sections a test needs: how likely and how grave each threat is."""
    whole = fill(
        shipped("short-baseline"), threats=choices(*threats), measures=choices("bell"), voices=choices("a", "b")
    )
    dangers = next(one for one in whole.sections if one.id == "dangers")
    return replace(whole, sections=(dangers,), voice="")


def pair(threat: str, likely: int, severe: int) -> Kind:
    return Kind({f"C2.{threat}": likely, f"C3.{threat}": severe}, {f"both {threat}": min(likely, severe) > 3})


def two(one: Kind, other: Kind) -> Kind:
    return Kind({**one.answers, **other.answers}, {**one.more, **other.more})


def learn(of: Questionnaire, kinds: list[Kind], size: tuple[int, int, int], terms: Mapping[str, object]) -> set[str]:
    """What so many infiltrators learn of an opening that assumes so many."""
    people, infiltrators, assumed = size

    def told(tally: Tally, ballots: Ballots) -> Hashable:
        row = disclosure.row(tally.ballots, assumed, tally.ballots)
        values = judge_baseline(of, {"infiltrators": assumed, **terms}, tally, ballots)
        passed = closed.closed(values, row, closed.things(of))
        figures = disclosure.disclose(of, tally, assumed)
        return repr(write(Release("s", "k", "00", tally.ballots, row, (), figures, passed)))

    return {key for key, _ in learned(of, kinds, people, infiltrators, told)}


ONE = asked("fire")
TWO = asked("fire", "flood")
HALVES = [pair("fire", *levels) for levels in product((2, 5), repeat=2)]
EXTREMES = [pair("fire", *levels) for levels in product((1, 5), repeat=2)]
EACH = [two(pair("fire", *one), pair("flood", *other)) for one, other in product(((1, 1), (5, 5)), repeat=2)]
TABLES = {"starting": STARTING, "stricter": STRICTER, "milder": MILDER}


BESIDE = [two(one, pair("flood", 1, 1)) for one in HALVES]


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_where_a_threat_stands_beside_a_calm_one_makes_no_answer_certain(table: Table) -> None:
    assert learn(TWO, BESIDE, (20, 2, 2), {"table": table}) - {"C2.flood", "C3.flood", "both flood"} == set()


@pytest.mark.slow
@pytest.mark.parametrize("declared", [0, 40])
def test_the_order_of_two_threats_makes_no_answer_certain(declared: int) -> None:
    terms = {"declared": declared}

    assert learn(TWO, EACH, (20, 2, 2), terms) == set()
    assert learn(TWO, EACH, (20, 2, 0), terms) != set(), "the vulnerable twin must be broken"


@pytest.mark.slow
@pytest.mark.parametrize(("people", "certain"), [(20, set()), (21, {"C2.fire"})])
def test_the_known_boxes_in_which_a_reason_beside_percentages_closes_an_answer(people: int, certain: set[str]) -> None:
    middle = [pair("fire", *levels) for levels in ((2, 2), (2, 5), (5, 2), (3, 5))]

    assert learn(ONE, middle, (people, 2, 2), {}) == certain
