"""Incidents have a month and no day; demands have a day on which they are overdue."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.around import (
    ASK_FROM,
    Demand,
    Incident,
    Standing,
    asks_for_pulse,
    by_month,
    frequent,
    months,
)

TODAY = date(2026, 2, 3)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def happened(threat: str, month: str, times: int = 1) -> list[Incident]:
    return [Incident(threat, month, {})] * times


@given(days)
def test_twelve_months_reach_back_from_this_one(today: date) -> None:
    reach = months(today)

    assert reach[0] == today.isoformat()[:7]
    assert len(set(reach)) == 12
    assert list(reach) == sorted(reach, reverse=True)
    assert reach[1] == (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]


def test_months_show_what_happened_most_first() -> None:
    found = [*happened("T02", "2026-02"), *happened("T01", "2026-02", 2), *happened("T01", "2025-01", 4)]

    assert [(one.month, one.times) for one in by_month(found, TODAY)] == [("2026-02", (("T01", 2), ("T02", 1)))]


def test_three_of_one_threat_in_one_month_ask_for_a_pulse() -> None:
    assert asks_for_pulse(happened("T01", "2026-01", ASK_FROM), TODAY) == ("T01",)
    assert asks_for_pulse(happened("T01", "2025-12", ASK_FROM), TODAY) == ()
    scattered = [*happened("T01", "2026-01", 2), *happened("T01", "2026-02", 2), *happened("T02", "2026-02", 2)]
    assert asks_for_pulse(scattered, TODAY) == ()


def test_a_demand_is_overdue_from_the_day_after() -> None:
    due = date(2026, 2, 3)
    one = Demand("demand-1", {}, {}, {}, date(2026, 1, 1), due, None, {}, closed=False)
    answered = Demand("demand-1", {}, {}, {}, date(2026, 1, 1), due, due, {"en": "soon"}, closed=False)
    closed = Demand("demand-1", {}, {}, {}, date(2026, 1, 1), due, due, {"en": "soon"}, closed=True)

    assert one.standing(due) is Standing.WAITING
    assert one.standing(due + timedelta(days=1)) is Standing.OVERDUE
    assert answered.standing(due + timedelta(days=9)) is Standing.ANSWERED
    assert closed.standing(due) is Standing.CLOSED


def test_incidents_that_rise_say_since_which_month() -> None:
    once, often = happened("T04", "2026-02", 2), happened("T12", "2026-02", ASK_FROM)

    assert frequent([*once, *often], TODAY) == {"T12": date(2026, 2, 1)}


def test_incidents_that_stay_as_many_do_not_rise_again() -> None:
    before, now = happened("T12", "2026-01", ASK_FROM), happened("T12", "2026-02", ASK_FROM)

    assert frequent([*before, *now], TODAY) == {"T12": date(2026, 1, 1)}
    assert frequent([*before, *now, *happened("T12", "2026-02")], TODAY) == {"T12": date(2026, 2, 1)}
    assert frequent([*happened("T12", "2025-12", ASK_FROM), *before], TODAY) == {}
