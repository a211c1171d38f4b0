"""What comes, month by month: reviews, checks, demands due, boxes that close, terms that end, days kept free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby


class Kind(StrEnum):
    """Why a day is marked."""

    REVIEW = "review"
    CHECK = "check"
    DEMAND = "demand"
    CLOSES = "closes"
    TERMS = "terms"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked day: why, and what it is about. Of terms that end it tells how many, `times`, and never whose.

    Of days kept free it is the first, or today among them, and `about` is the last one.
    """

    day: date
    kind: Kind
    about: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Month:
    """The marked days of one month, "2026-11", the first day first."""

    month: str
    marked: tuple[Marked, ...]


def last_of(day: date) -> date:
    """Return the last day of its month, which tells of a term what everybody may know, and not whose it is."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def in_order(marked: Iterable[Marked]) -> tuple[Marked, ...]:
    """Return marked days from the first: a day's in the order of `Kind`, then by what they are about."""
    kinds = list(Kind)
    return tuple(sorted(marked, key=lambda one: (one.day, kinds.index(one.kind), one.about)))


def past(marked: Iterable[Marked], today: date) -> tuple[Marked, ...]:
    """Return what should have been looked at before today. Boxes and terms just end: nothing of them is late."""
    waits = {Kind.REVIEW, Kind.CHECK, Kind.DEMAND}
    return tuple(one for one in in_order(marked) if one.day < today and one.kind in waits)


def calendar(marked: Iterable[Marked], today: date) -> tuple[Month, ...]:
    """Return what comes from today on, by month; months without anything are left out."""
    ahead = (one for one in in_order(marked) if one.day >= today)
    return tuple(Month(name, tuple(found)) for name, found in groupby(ahead, key=lambda one: one.day.isoformat()[:7]))


def icalendar(days: Iterable[tuple[date, str]], title: str) -> str:
    """Return a calendar file (RFC 5545, Desruisseaux 2009): whole days, each with its uid and one title for all.

    The title is to be a short neutral word: a phone that is looked through tells that something is due, not what.
    """
    events = [
        line
        for day, uid in days
        for line in ("BEGIN:VEVENT", f"UID:{uid}", STAMP, f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"SUMMARY:{title}", END)
    ]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//EN", *events, "END:VCALENDAR", ""])


STAMP, END = "DTSTAMP:20000101T000000Z", "END:VEVENT"
"""The moment of making is the same in every file, so that it tells nothing."""
