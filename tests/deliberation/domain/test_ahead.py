"""What comes stands month by month; what is late stands apart; a file tells days and nothing else."""

from datetime import date

import pytest

from deliberation.domain.ahead import Kind, Marked, calendar, icalendar, last_of, past

TODAY = date(2026, 5, 10)
REVIEW = Marked(date(2026, 5, 20), Kind.REVIEW, "walks")
CHECK = Marked(date(2026, 5, 20), Kind.CHECK, "dam")
TERMS = Marked(date(2026, 7, 1), Kind.TERMS, times=2)
LATE = Marked(date(2026, 5, 9), Kind.DEMAND, "wells")
ENDED = Marked(date(2026, 5, 9), Kind.CLOSES, "pulse")


def test_months_come_in_order_and_empty_ones_are_left_out() -> None:
    months = calendar([TERMS, CHECK, REVIEW, LATE], TODAY)

    assert [(one.month, one.marked) for one in months] == [("2026-05", (REVIEW, CHECK)), ("2026-07", (TERMS,))]


def test_only_what_waits_for_us_is_late() -> None:
    assert past([ENDED, LATE, REVIEW], TODAY) == (LATE,)


@pytest.mark.parametrize(("day", "last"), [(date(2026, 2, 28), 28), (date(2028, 2, 1), 29), (date(2026, 12, 31), 31)])
def test_a_month_has_a_last_day(day: date, last: int) -> None:
    assert last_of(day) == day.replace(day=last)


def test_today_is_ahead() -> None:
    today = Marked(TODAY, Kind.REVIEW, "walks")

    assert past([today], TODAY) == ()
    assert calendar([today], TODAY)[0].marked == (today,)


def test_a_file_tells_days_and_one_neutral_title() -> None:
    assert icalendar([(date(2026, 5, 20), "ab")], "Reminder").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//calendar//EN",
        "BEGIN:VEVENT",
        "UID:ab",
        "DTSTAMP:20000101T000000Z",
        "DTSTART;VALUE=DATE:20260520",
        "SUMMARY:Reminder",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert "VEVENT" not in icalendar([], "Reminder")
