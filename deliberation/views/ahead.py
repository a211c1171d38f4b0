"""Around the plan: its script to read aloud, what comes month by month, what acts on what, what allies get."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Response, request
from flask.typing import ResponseReturnValue

from commons import clock, log, pages
from commons.access import member, shared
from commons.assembly import Assembly
from commons.security import expand, subkey
from deliberation.actions.widening import DIGEST
from deliberation.domain import ahead
from deliberation.domain.links import links
from deliberation.domain.plan import TIERS, Line
from deliberation.phrases import ahead as phrases
from deliberation.phrases import around as around_phrases
from deliberation.phrases import plan as plan_phrases
from deliberation.phrases import protocol
from deliberation.queries import ahead as queries
from deliberation.queries import decided, lived, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.plan import come, told

UID = 32


@blueprint.get("/plan/aloud")
@member
def plan_aloud(assembly: Assembly) -> ResponseReturnValue:
    """Show the plan in short sentences, to read aloud."""
    radio = "radio" in request.args
    changed = [sentence for _, sentence in told(assembly)]
    return pages.render(
        "deliberation/plan_aloud.html",
        script=phrases.script(decided.plan(assembly), changed, {} if radio else come(assembly), radio=radio),
        radio=radio,
        today=clock.today(assembly),
        nobody=not lived.on_duty(assembly),
    )


@blueprint.get("/calendar")
@member
def calendar(assembly: Assembly) -> ResponseReturnValue:
    """Show what is looked at again, month by month."""
    marked, named, today = queries.marked(assembly), queries.named(assembly), clock.today(assembly)

    def said(days: Iterable[ahead.Marked]) -> list[tuple[object, str]]:
        return [(one.day, phrases.mark(one, named)) for one in days]

    return pages.render(
        "deliberation/calendar.html",
        late=said(ahead.past(marked, today)),
        months=[(around_phrases.month(one.month), said(one.marked)) for one in ahead.calendar(marked, today)],
        neutral=phrases.neutral(),
        nobody=not lived.on_duty(assembly),
    )


@blueprint.get("/calendar.ics")
@member
def calendar_file(assembly: Assembly) -> ResponseReturnValue:
    """Give the marked days as a file for a phone: each once, by one neutral title, and what it is about in none."""
    today = clock.today(assembly)
    days = sorted({one.day for one in queries.marked(assembly) if one.day >= today})
    known = [(day, expand(subkey("calendar"), f"{assembly.id.hex()} {day}").hex()[:UID]) for day in days]
    return Response(ahead.icalendar(known, phrases.neutral()), mimetype="text/calendar")


@blueprint.get("/plan/links")
@member
def plan_links(assembly: Assembly) -> ResponseReturnValue:
    """Show what acts on what, and below it whom each decision also protects or endangers."""
    threats = [one for one in settled.threats(assembly) if one.watched]
    kept = {one.code: one for one in settled.measures(assembly)}
    lives = [one for one in decided.decisions(assembly) if one.lives and one.until is None and not one.draft.protocol]
    against: dict[str, set[str]] = {}
    for one in lives:
        against.setdefault(one.draft.measure or one.slug, set()).update(one.draft.threats)
    rows = links([one.code for one in threats], queries.answers(kept.values()), against)
    words = {**{one.slug: one.draft.text for one in lives}, **{code: one.words for code, one in kept.items()}}
    acted = {one.code for at, one in enumerate(threats) if any(row.marks[at] for row in rows)}
    return pages.render(
        "deliberation/plan_links.html",
        threats=threats,
        rows=[(row, words.get(row.code, {}), row.code in kept and kept[row.code].root_cause) for row in rows],
        uncovered=[one for one in threats if one.code not in acted],
        reached=[(one, protocol.reach(one.draft)) for one in lives],
        nobody=not lived.on_duty(assembly),
    )


@blueprint.get("/plan/digest")
@shared(DIGEST)
def digest(assembly: Assembly) -> ResponseReturnValue:
    """Show what allies get: closed values and decisions, and nothing that one alone may write."""
    found, today = decided.plan(assembly), clock.today(assembly)
    hidden = {one.slug for one in decided.decisions(assembly) if one.emergency or one.until}
    lines = [_open(line, hidden) for line in found.lines if line.threat.tier in TIERS[1:]]
    counted = lived.counted_on(assembly).get(decided.priorities(assembly).survey)
    return pages.render(
        "deliberation/digest.html",
        lines=lines,
        tiers={line.threat.id: plan_phrases.tier(line.threat.tier) for line in lines},
        counted=counted,
        today=today,
        head=_witness(assembly),
        nobody=not lived.on_duty(assembly),
    )


def _open(line: Line, hidden: set[str]) -> Line:
    """Return a line without what is for emergencies."""
    return replace(line, entries=tuple(one for one in line.entries if one.decision.id not in hidden))


def _witness(assembly: Assembly) -> str:
    """Return the words of the log after the last thing a digest rests on."""
    lines = log.entries(assembly)
    last = max((at for at, line in enumerate(lines, start=1) if line.kind in lived.BEHIND), default=0)
    return log.spoken_at(lines[:last])
