"""The plan shows what is decided about each threat, and what has grown old."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deliberation.domain.plan import Age, Decision, Threat, age, burdened, by_voice, carried, outside, plan, rising

TODAY = date(2026, 5, 1)
WALK = Decision("D1", {"en": "Boundary walks"}, frozenset({"T12"}), TODAY + timedelta(days=90), measure="M07")
LEGAL = Decision("D2", {"en": "Legal team"}, frozenset({"T04", "T12"}), TODAY - timedelta(days=1), root_cause=True)
LAND = Threat("T12", {"en": "Eviction"}, tier="now")
COURT = Threat("T04", {"en": "Courts"}, tier="next")


@pytest.mark.parametrize(("days", "expected"), [(-1, Age.OVERDUE), (0, Age.SOON), (14, Age.SOON), (15, Age.VALID)])
def test_a_decision_ages_towards_its_review(days: int, expected: Age) -> None:
    assert age(replace(WALK, review=TODAY + timedelta(days=days)), TODAY) is expected


def test_an_emergency_measure_ends_by_itself() -> None:
    emergency = replace(WALK, until=TODAY - timedelta(days=1))

    assert age(emergency, TODAY) is Age.RUN_OUT
    assert plan([LAND], [emergency], TODAY).lines[0].entries == ()
    assert age(replace(WALK, until=TODAY), TODAY) is Age.VALID


def test_threats_to_treat_now_come_first_with_their_decisions() -> None:
    shown = plan([COURT, LAND, Threat("T01", {"en": "Watched"})], [WALK, LEGAL], TODAY)

    assert [line.threat.id for line in shown.lines] == ["T12", "T04", "T01"]
    assert [[entry.decision.id for entry in line.entries] for line in shown.lines] == [["D2", "D1"], ["D2"], []]
    assert (shown.valid_until, shown.roots, shown.total) == (WALK.review, 1, 2)


def test_a_threat_to_treat_now_with_nothing_is_bare() -> None:
    shown = plan([LAND, COURT], [], TODAY)

    assert [line.bare for line in shown.lines] == [True, False]
    assert shown.valid_until is None


def test_a_decision_about_no_listed_threat_is_kept() -> None:
    shown = plan([COURT], [WALK], TODAY)

    assert [entry.decision.id for entry in shown.others] == ["D1"]


def test_what_is_overdue_or_reopened_is_said_once() -> None:
    shown = plan([LAND, COURT], [WALK, LEGAL], TODAY, risen={"T12": TODAY})

    assert [entry.decision.id for entry in shown.overdue] == ["D2", "D1"]
    assert all(entry.reopened for entry in shown.overdue)


def test_a_threat_rises_when_its_tier_does() -> None:
    before = {"T01": "watch", "T04": "now", "T12": "next", "T13": "unknown"}
    after = {"T01": "next", "T04": "next", "T12": "next", "T13": "watch", "T20": "now"}

    assert rising(before, after) == {"T01", "T13"}


def test_a_group_that_carries_most_decisions_is_named() -> None:
    women, all_in_turn = {"en": "women's circle"}, {"en": "everyone in turn"}
    three = [replace(WALK, effort=women), replace(WALK, effort=women), replace(WALK, effort=all_in_turn)]

    assert burdened(three) == (women,)
    assert burdened(three[:2]) == ()
    assert burdened([WALK] * 3) == ()


def test_what_was_looked_at_since_the_danger_rose_is_not_reopened() -> None:
    seen = replace(WALK, looked=TODAY)

    shown = plan([LAND], [seen, LEGAL], TODAY, risen={"T12": TODAY})

    assert [(entry.decision.id, entry.reopened) for entry in shown.entries] == [("D2", True), ("D1", False)]


def test_a_decision_nobody_looked_at_again_is_unconfirmed() -> None:
    looked = replace(LEGAL, id="D3", looked=TODAY - timedelta(days=400))

    shown = plan([LAND], [WALK, LEGAL, looked], TODAY)

    assert [entry.decision.id for entry in shown.unconfirmed] == ["D2"]


def test_the_share_of_causes_and_the_bare_threats_are_told() -> None:
    shown = plan([LAND, COURT], [replace(LEGAL, threats=frozenset({"T04"}))], TODAY)

    assert (shown.roots_percent, shown.bare) == (100, (LAND,))
    assert plan([], [], TODAY).roots_percent == 0
    assert plan([], [WALK, replace(WALK, id="D3"), LEGAL], TODAY).roots_percent == 33


def test_each_group_is_told_with_what_it_carries() -> None:
    women, turn = {"en": "women's circle"}, {"en": "everyone in turn"}
    decisions = [
        replace(WALK, effort=turn),
        replace(WALK, id="D3", effort=women),
        replace(WALK, id="D4", effort=women),
        replace(WALK, id="D5"),
    ]

    told = carried(plan([LAND], decisions, TODAY).entries)

    assert [(group, [entry.decision.id for entry in found]) for group, found in told] == [
        (women, ["D3", "D4"]),
        (turn, ["D1"]),
    ]


def test_a_voice_that_carries_a_decision_more_than_its_share_is_told() -> None:
    river, hill = {"en": "River", "fr": "Rivière"}, {"en": "Hill"}
    named = [{"fr": "rivière."}, {"en": "River"}, {"en": " river "}, {"en": "Hill"}, {"en": "everyone"}, None]
    decisions = [replace(WALK, id=f"D{at}", effort=group) for at, group in enumerate(named)]
    entries = plan([LAND], decisions, TODAY).entries

    told = [(one.carried, one.total, one.over) for one in by_voice(entries, [(river, 10), (hill, 10)])]
    most_are = [one.over for one in by_voice(entries, [(river, 30), (hill, 10)])]

    assert told == [(3, 4, True), (1, 4, False)]
    assert most_are == [False, False]


def test_no_voice_is_told_where_one_does_not_say_how_many_it_is_or_none_carries_anything() -> None:
    river, hill = {"en": "River"}, {"en": "Hill"}
    entries = plan([LAND], [replace(WALK, effort=river)], TODAY).entries

    assert by_voice(entries, [(river, 10), (hill, 0)]) == ()
    assert by_voice(entries, [(hill, 10)]) == ()
    assert by_voice(entries, []) == ()


def test_outside_nobody_carries_anything_and_nothing_rises() -> None:
    mine = [replace(WALK, effort={"en": "everyone"}), replace(LEGAL, threats=frozenset({"T99"}), effort={"en": "some"})]
    rose = {"T12": TODAY, "T99": TODAY}

    shown = outside(plan([LAND], mine, TODAY, risen=rose))

    assert [(one.decision.id, one.decision.effort, one.reopened) for one in shown.entries] == [
        ("D1", None, False),
        ("D2", None, False),
    ]
    assert [one.age for one in shown.entries] == [Age.VALID, Age.OVERDUE]
