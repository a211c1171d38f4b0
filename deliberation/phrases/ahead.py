"""The calendar and the script of the plan, in words: short sentences, no place in the circle and no person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from commons.i18n import gettext, ngettext, pick
from deliberation.domain.ahead import Kind, Marked
from deliberation.domain.plan import Entry, Line, Plan
from deliberation.phrases import plan as phrases
from deliberation.phrases.numbers import day, listed

Words = Mapping[str, str]


def mark(found: Marked, named: Mapping[str, Words]) -> str:
    """Say why a day is marked."""
    what = pick(named.get(found.about, {})).text.rstrip(". ")
    if found.kind is Kind.QUIET:
        return gettext("Nothing opens from this day to %(day)s.", day=day(date.fromisoformat(found.about)))
    words = {
        Kind.REVIEW: phrases.looked_at_again(named.get(found.about, {})),
        Kind.CHECK: gettext("We check whether what was won still holds: “%(what)s”.", what=what),
        Kind.DEMAND: gettext("An institution is to have answered: “%(what)s”.", what=what),
        Kind.CLOSES: phrases.closes(named.get(found.about, {})),
        Kind.TERMS: ngettext(
            "One term in the circle ends by then.", "%(num)s terms in the circle end by then.", found.times
        ),
    }
    return words[found.kind]


def neutral() -> str:
    """Return the one title of every day in a calendar file. It is to tell nothing."""
    return gettext("Reminder")


def script(
    plan: Plan, changes: Sequence[str], come: Mapping[str, Sequence[str]], *, radio: bool
) -> list[tuple[str, list[str]]]:
    """Return the plan to be read aloud: headings, each with short sentences.

    `come` tells how far each decision has come. For the radio it says neither who carries what nor what runs in an
    emergency.
    """
    parts = [(pick(line.threat.words).text, list(_line(line, come, radio=radio))) for line in plan.lines]
    others = [sentence for one in plan.others if _told(one, radio=radio) for sentence in _entry(one, come, radio=radio)]
    opening = [*_opening(plan), *(() if radio else changes)]
    return [
        (gettext("How it stands"), opening),
        *parts,
        *([(gettext("Decided besides"), others)] if others else []),
        (
            gettext("To end"),
            [gettext("This was our plan. Nobody decided it alone."), gettext("Ask, doubt, add to it.")],
        ),
    ]


def _opening(plan: Plan) -> Iterator[str]:
    yield ngettext("We look at one danger.", "We look at %(num)s dangers.", len(plan.lines))
    yield ngettext("One decision is in force.", "%(num)s decisions are in force.", plan.total)
    if plan.overdue:
        yield ngettext(
            "One of them is to be looked at again now.",
            "%(num)s of them are to be looked at again now.",
            len(plan.overdue),
        )
    if plan.bare:
        bare = listed(pick(one.words).text for one in plan.bare)
        yield gettext("To treat now, and nothing is decided about it: %(threats)s.", threats=bare)


def _line(line: Line, come: Mapping[str, Sequence[str]], *, radio: bool) -> Iterator[str]:
    yield phrases.tier(line.threat.tier)
    if line.threat.reason:
        yield phrases.why(line.threat.reason)
    entries = [one for one in line.entries if _told(one, radio=radio)]
    for one in entries:
        yield from _entry(one, come, radio=radio)
    if not entries:
        yield gettext("Nothing is decided about it.")


def _told(entry: Entry, *, radio: bool) -> bool:
    return not (radio and entry.decision.until)


def _entry(entry: Entry, come: Mapping[str, Sequence[str]], *, radio: bool) -> Iterator[str]:
    yield gettext("What we do: %(what)s.", what=pick(entry.decision.words).text.rstrip(". "))
    if entry.decision.effort and not radio:
        yield gettext("Carried by: %(group)s.", group=pick(entry.decision.effort).text.rstrip(". "))
    yield from come.get(entry.decision.id, ())[-1:]
    if not entry.decision.until:
        yield gettext("We look at it again on %(day)s.", day=day(entry.decision.review))
