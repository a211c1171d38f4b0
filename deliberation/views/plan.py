"""The living plan, on a page, on one A4 to pin up, and as a sheet for a pocket; and every decision behind it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import groupby

from flask import abort, g, request
from flask.typing import ResponseReturnValue

from commons import clock, pages
from commons.access import member, shared
from commons.assembly import Assembly
from deliberation.actions.widening import PLAN
from deliberation.domain.around import months
from deliberation.domain.plan import Plan, burdened, by_voice, carried, outside
from deliberation.phrases import lived as lived_phrases
from deliberation.phrases import plan as phrases
from deliberation.phrases import proposals as proposal_phrases
from deliberation.phrases import rounds, settling
from deliberation.phrases.deciding import about
from deliberation.queries import around, changes, decided, lived, proposals, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.home import LEVELS

FOR_ALLIES: Mapping[str, object] = {
    "changes": (),
    "progress": {},
    "won": {},
    "to_check": (),
    "happened": {},
    "carried": (),
    "by_voice": (),
}
SHEETS = {
    "": "deliberation/plan_sheet.html",
    "pocket": "deliberation/plan_pocket.html",
    "emergency": "deliberation/plan_emergency.html",
}


@blueprint.get("/plan")
@shared(PLAN)
def plan(assembly: Assembly) -> ResponseReturnValue:
    """Show each threat with what is done about it, and what has grown old."""
    return pages.render("deliberation/plan.html", **_plan(assembly))


@blueprint.get("/plan/sheet")
@shared(PLAN)
def plan_sheet(assembly: Assembly) -> ResponseReturnValue:
    """Show the plan as one sheet to print: to pin up, or to fold into a pocket."""
    template = SHEETS.get(request.args.get("form", ""))
    if template is None:
        abort(404)
    collective = settled.collective(assembly)
    levels = [(number, name, settling.level(number), collective.steps.get(number)) for number, name in LEVELS.items()]
    shown = {"levels": levels, "alert": collective.alert, "large": "large" in request.args}
    return pages.render(template, agreed=_agreed(assembly), **shown, **_plan(assembly))


def _agreed(assembly: Assembly) -> list[decided.Decision]:
    """Return what was agreed on beforehand for emergencies and is in force, in the order it was decided."""
    found = [one for one in decided.decisions(assembly) if one.lives and one.emergency]
    return [] if g.get("ally") else found[::-1]


def _plan(assembly: Assembly) -> Mapping[str, object]:
    found, today = decided.plan(assembly), clock.today(assembly)
    found = outside(found) if g.get("ally") else found
    entries = {one.decision.id: one for one in found.entries}
    return {
        "plan": found,
        "today": today,
        "nobody": not lived.on_duty(assembly),
        "tiers": {line.threat.id: phrases.tier(line.threat.tier) for line in found.lines},
        "why": {line.threat.id: phrases.why(line.threat.reason) for line in found.lines},
        "ages": {key: phrases.age(one) for key, one in entries.items()},
        "burdened": burdened([one.decision for one in entries.values()]),
        "measures": {one.code: one.words for one in settled.measures(assembly)},
        **(FOR_ALLIES if g.get("ally") else _since(assembly, found, today)),
    }


def _since(assembly: Assembly, found: Plan, today: date) -> Mapping[str, object]:
    """Return what only members read: what changed, what was won, how often it happened, who carries what."""
    won = {slug: said[-1] for slug, said in lived.outcomes(assembly).items()}
    voices = [(one.words, one.members) for one in settled.collective(assembly).voices]
    happened = Counter(one.threat for one in around.incidents(assembly) if one.month in months(today))
    return {
        "causes": {one.code: one.cause for one in settled.threats(assembly)},
        "changes": told(assembly),
        "progress": {slug: said[-1] for slug, said in come(assembly).items()},
        "won": {slug: lived_phrases.outcome(one, today) for slug, one in won.items()},
        "to_check": [slug for slug, one in won.items() if one.due(today)],
        "titles": {one.slug: one.draft.text for one in decided.decisions(assembly)},
        "happened": happened,
        "carried": carried(found.entries),
        "by_voice": [(one.over, phrases.burden(one)) for one in by_voice(found.entries, voices)],
    }


def come(assembly: Assembly) -> Mapping[str, list[str]]:
    """Return how far each decision has come, in words, the first first."""
    return {slug: [lived_phrases.progress(*one) for one in said] for slug, said in lived.progress(assembly).items()}


def told(assembly: Assembly) -> list[tuple[date, str]]:
    """Return what changed lately, each with its day."""
    threats = {one.code: one.words for one in settled.threats(assembly)}
    named = {**threats, **{one.slug: one.draft.text for one in decided.decisions(assembly)}}
    found = groupby(changes.changes(assembly), key=lambda one: (one.day, one.turn))
    return [(day, words) for (day, _), those in found for words in lived_phrases.changes(list(those), named)]


@blueprint.get("/decisions")
@member
def decisions(assembly: Assembly) -> ResponseReturnValue:
    """Show what the assembly decided, what is in force first."""
    found = sorted(decided.decisions(assembly), key=lambda one: not one.lives)
    today, seen = clock.today(assembly), lived.reviews(assembly)
    return pages.render(
        "deliberation/decisions.html",
        decisions=[(one, rounds.stage(one.stage)) for one in found],
        running=[one for one in found if one.lives and one.until],
        threats={one.code: one.words for one in settled.threats(assembly)},
        criteria={one.id: one.words for one in settled.protocol(assembly).criteria},
        raised=_raised(assembly, found),
        progress=come(assembly),
        won={
            slug: [lived_phrases.outcome(one, today) for one in said] for slug, said in lived.outcomes(assembly).items()
        },
        reviews={
            slug: [(lived_phrases.looked(one), lived_phrases.answers(one.said)) for one in those]
            for slug, those in seen.items()
        },
        measured=measured(assembly) if seen else [],
        nobody=not lived.on_duty(assembly),
        said_aloud=[(one.words, about(assembly, one.about), one.day) for one in decided.statements(assembly)],
    )


def _raised(assembly: Assembly, found: list[decided.Decision]) -> Mapping[str, list[tuple[str, Mapping[str, str]]]]:
    """Return what was raised against each decision and not answered, with the words it was recorded in, if any."""
    protocol, told_of = settled.protocol(assembly), {}
    for one in found:
        whole = proposals.proposal(assembly, one.proposal)
        if whole is not None and one.until is None:
            named = proposal_phrases.named(assembly, whole, protocol)
            told_of[one.slug] = [(named.get(code, code), words) for code, words in proposals.dissent(whole)]
    return told_of


def measured(assembly: Assembly) -> list[tuple[Mapping[str, str], str]]:
    """Return what the last baseline said of how we protect ourselves and live together, where it says so by a band."""
    return [(words, phrases.band(band)) for words, band in decided.measured(assembly)]
