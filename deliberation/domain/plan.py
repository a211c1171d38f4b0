"""The living plan: each threat, what was decided about it, and when it is looked at again. It keeps no author.

The plan is put together from released tiers and recorded decisions every time it is read; it stays readable when no
facilitator is left, and says itself what in it has grown old.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from deliberation.domain.lived import reopened

Words = Mapping[str, str]
TIERS = ("watch", "next", "now")
SOON = timedelta(days=14)


class Age(StrEnum):
    """How a decision stands towards its review date."""

    VALID = "valid"
    SOON = "soon"
    OVERDUE = "overdue"
    RUN_OUT = "run_out"


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat the assembly watches, with the tier and the reason of the last release ("" before there is one)."""

    id: str
    words: Words
    tier: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: on which threats, by which measure, until when. `until` ends an emergency measure by itself.

    `day` is when it was decided, `looked` when it was last looked at again: None when it never was.
    """

    id: str
    words: Words
    threats: frozenset[str]
    review: date
    measure: str = ""
    root_cause: bool = False
    aloud: bool = False
    reservations: bool = False
    effort: Words | None = None
    until: date | None = None
    day: date = date.min
    looked: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision as the plan shows it today."""

    decision: Decision
    age: Age
    reopened: bool


@dataclass(frozen=True, slots=True)
class Burden:
    """How many decisions one voice carries, out of those carried by any voice; `over`: more than its share."""

    voice: Words
    carried: int
    total: int
    over: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One threat with what is being done about it; `bare` when a threat to treat now has nothing."""

    threat: Threat
    entries: tuple[Entry, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan on one day. `valid_until` is the first review date ahead; `roots` of `total` treat causes."""

    lines: tuple[Line, ...]
    others: tuple[Entry, ...]
    valid_until: date | None
    roots: int
    total: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every decision of the plan once, in the order of its lines."""
        every = [entry for line in self.lines for entry in line.entries] + list(self.others)
        return tuple({entry.decision.id: entry for entry in every}.values())

    @property
    def overdue(self) -> tuple[Entry, ...]:
        """Decisions to look at again, each once."""
        return tuple(entry for entry in self.entries if _calls(entry))

    @property
    def unconfirmed(self) -> tuple[Entry, ...]:
        """Decisions past their review that nobody ever looked at again."""
        return tuple(one for one in self.entries if one.age is Age.OVERDUE and one.decision.looked is None)

    @property
    def bare(self) -> tuple[Threat, ...]:
        """Threats to treat now about which nothing is decided."""
        return tuple(line.threat for line in self.lines if line.bare)

    @property
    def roots_percent(self) -> int:
        """The share of decisions that treat a cause, in whole percent; 0 when there is none."""
        return round(Fraction(100 * self.roots, self.total)) if self.total else 0


def age(decision: Decision, today: date) -> Age:
    """Tell how old a decision is today."""
    if decision.until is not None and decision.until < today:
        return Age.RUN_OUT
    if decision.review < today:
        return Age.OVERDUE
    return Age.SOON if decision.review - today <= SOON else Age.VALID


def rising(previous: Mapping[str, str], current: Mapping[str, str]) -> frozenset[str]:
    """Return the threats whose released tier rose between two releases."""
    return frozenset(
        threat for threat, tier in current.items() if threat in previous and _rank(tier) > _rank(previous[threat])
    )


def plan(
    threats: Sequence[Threat], decisions: Iterable[Decision], today: date, *, risen: Mapping[str, date] | None = None
) -> Plan:
    """Put the plan together: threats to treat now first, alphabetical inside a tier, each with its decisions.

    A decision acts on every threat it names; one that names none of them stands among the others. A threat in `risen`,
    with the day it rose, reopens what was decided or looked at before. An emergency measure that has run out is not
    shown.
    """
    living = sorted((one for one in decisions if age(one, today) is not Age.RUN_OUT), key=lambda one: one.review)
    rose = risen or {}
    entries = [Entry(one, age(one, today), reopened(one.threats, one.looked or one.day, rose)) for one in living]
    ordered = sorted(threats, key=lambda threat: (-_rank(threat.tier), threat.id))
    named = {threat.id for threat in threats}
    ahead = [one.review for one in living if one.review >= today]
    return Plan(
        lines=tuple(_line(threat, entries) for threat in ordered),
        others=tuple(entry for entry in entries if not entry.decision.threats & named),
        valid_until=min(ahead, default=None),
        roots=sum(one.root_cause for one in living),
        total=len(living),
    )


def outside(found: Plan) -> Plan:
    """Return the plan as people outside may read it: nobody carries anything, and nothing asks to be looked at again
    because a danger rises, since incidents can say so too.
    """

    def bare(entries: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(Entry(replace(one.decision, effort=None), one.age, reopened=False) for one in entries)

    lines = tuple(replace(line, entries=bare(line.entries)) for line in found.lines)
    return replace(found, lines=lines, others=bare(found.others))


def burdened(decisions: Sequence[Decision]) -> tuple[Words, ...]:
    """Return the groups that would carry more than half of the decisions, when there are three at least."""
    groups = [one.effort for one in decisions if one.effort]
    different = {tuple(sorted(group.items())): group for group in groups}
    return tuple(group for group in different.values() if 2 * groups.count(group) > len(groups) >= len(TIERS))


def carried(entries: Iterable[Entry]) -> tuple[tuple[Words, tuple[Entry, ...]], ...]:
    """Return each group with what it carries: who carries most first, then by its words. Nobody named, no group."""
    groups: dict[tuple[tuple[str, str], ...], list[Entry]] = {}
    for entry in entries:
        if entry.decision.effort:
            groups.setdefault(tuple(sorted(entry.decision.effort.items())), []).append(entry)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple((dict(words), tuple(found)) for words, found in ordered)


def by_voice(entries: Iterable[Entry], voices: Sequence[tuple[Words, int]]) -> tuple[Burden, ...]:
    """Return what each voice carries of the decisions that name one of them, given how many people each declares.

    A voice is told by its own words, in any language; nothing is told unless each declares its people. It carries more
    than its share when it would still do so with one decision less: c - 1 >= members / all members × decisions.
    """
    everybody, entries = sum(members for _, members in voices), tuple(entries)
    held = {at: sum(_names(one.decision.effort, words) for one in entries) for at, (words, _) in enumerate(voices)}
    total = sum(held.values())
    if not total or not all(members for _, members in voices):
        return ()
    return tuple(
        Burden(words, held[at], total, over=(held[at] - 1) * everybody >= members * total)
        for at, (words, members) in enumerate(voices)
    )


def _names(effort: Words | None, voice: Words) -> bool:
    """Tell whether who carries something is this voice, by its words in one language."""
    said = {tag: text.strip(" .").casefold() for tag, text in (effort or {}).items()}
    return any(said.get(tag) == text.strip(" .").casefold() for tag, text in voice.items())


def _line(threat: Threat, entries: Sequence[Entry]) -> Line:
    """Put one threat beside its decisions."""
    here = tuple(entry for entry in entries if threat.id in entry.decision.threats)
    return Line(threat, here, bare=threat.tier == TIERS[-1] and not here)


def _calls(entry: Entry) -> bool:
    """Tell whether a decision asks to be looked at again."""
    return entry.reopened or entry.age is Age.OVERDUE


def _rank(tier: str) -> int:
    """Return the height of a tier; unknown is lowest."""
    return TIERS.index(tier) if tier in TIERS else -1
