"""The living plan, on a page, on one A4 to pin up, and as a sheet for a pocket; and every decision behind it."""

from collections.abc import Mapping

from flask import abort, g, request
from flask.typing import ResponseReturnValue

from commons import clock, pages
from commons.access import member, shared
from commons.assembly import Assembly
from deliberation.actions.widening import PLAN
from deliberation.domain.plan import burdened
from deliberation.phrases import plan as phrases
from deliberation.phrases import rounds, settling
from deliberation.phrases.deciding import about
from deliberation.queries import decided, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.home import LEVELS

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
    found = decided.plan(assembly)
    entries = {one.decision.id: one for line in found.lines for one in line.entries}
    entries |= {one.decision.id: one for one in found.others}
    return {
        "plan": found,
        "today": clock.today(assembly),
        "tiers": {line.threat.id: phrases.tier(line.threat.tier) for line in found.lines},
        "why": {line.threat.id: phrases.why(line.threat.reason) for line in found.lines},
        "ages": {key: phrases.age(one) for key, one in entries.items()},
        "burdened": burdened([one.decision for one in entries.values()]),
    }


@blueprint.get("/decisions")
@member
def decisions(assembly: Assembly) -> ResponseReturnValue:
    """Show what the assembly decided, what is in force first."""
    found = sorted(decided.decisions(assembly), key=lambda one: not one.lives)
    return pages.render(
        "deliberation/decisions.html",
        decisions=[(one, rounds.stage(one.stage)) for one in found],
        running=[one for one in found if one.lives and one.until],
        threats={one.code: one.words for one in settled.threats(assembly)},
        criteria={one.id: one.words for one in settled.protocol(assembly).criteria},
        said_aloud=[(one.words, about(assembly, one.about), one.day) for one in decided.statements(assembly)],
    )
