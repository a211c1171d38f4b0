"""What happens around an assembly: incidents without names, and duties that institutions were asked to do.

An incident is a threat, a sign and a month: no day, no place, nobody. Enough of them propose to ask people how they
are; they decide nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Words = Mapping[str, str]
ASK_FROM = 3
"""So many incidents of one threat in one month propose a pulse."""
MONTHS, YEAR = 12, 12
LATELY = 2


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened. `sign` is one of the threat's early signs, or empty."""

    threat: str
    month: str
    sign: Words


@dataclass(frozen=True, slots=True)
class Month:
    """One month of incidents: how many of each threat, the most frequent first, then by code."""

    month: str
    times: tuple[tuple[str, int], ...]


class Standing(StrEnum):
    """Where a demand stands today."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Demand:
    """A duty an institution was asked to do. `answered` is None, and `answer` empty, until it answers."""

    slug: str
    institution: Words
    duty: Words
    basis: Words
    made: date
    due: date
    answered: date | None
    answer: Words
    closed: bool

    def standing(self, today: date) -> Standing:
        """Tell where it stands: overdue from the day after the one it was due on."""
        if self.closed:
            return Standing.CLOSED
        if self.answered:
            return Standing.ANSWERED
        return Standing.OVERDUE if self.due < today else Standing.WAITING


def months(today: date) -> tuple[str, ...]:
    """Return the twelve months in which something may have happened, this one first."""
    last = today.year * YEAR + today.month - 1
    return tuple(f"{at // YEAR:04}-{at % YEAR + 1:02}" for at in range(last, last - MONTHS, -1))


def by_month(incidents: Iterable[Incident], today: date) -> tuple[Month, ...]:
    """Return the last twelve months that have incidents, this one first."""
    counted: dict[str, Counter[str]] = {}
    for one in incidents:
        counted.setdefault(one.month, Counter())[one.threat] += 1
    return tuple(Month(month, _often(counted[month])) for month in months(today) if month in counted)


def asks_for_pulse(incidents: Sequence[Incident], today: date) -> tuple[str, ...]:
    """Return the threats, by code, with `ASK_FROM` incidents or more this month or the month before."""
    lately = months(today)[:LATELY]
    recent = Counter((one.threat, one.month) for one in incidents if one.month in lately)
    return tuple(sorted({threat for (threat, _), times in recent.items() if times >= ASK_FROM}))


def frequent(incidents: Sequence[Incident], today: date) -> Mapping[str, date]:
    """Return the threats whose incidents rise, each with the first day of the month that says so.

    In that month, this one or the one before, there were `ASK_FROM` or more, and more than in the month before it.
    """
    counted = Counter((one.threat, one.month) for one in incidents)
    last = months(today)[: LATELY + 1]
    return {
        threat: date.fromisoformat(f"{month}-01")
        for before, month in reversed(tuple(zip(last[1:], last[:-1], strict=True)))
        for threat in sorted({one.threat for one in incidents})
        if counted[threat, month] >= ASK_FROM and counted[threat, month] > counted[threat, before]
    }


def _often(times: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(times.items(), key=lambda one: (-one[1], one[0])))
