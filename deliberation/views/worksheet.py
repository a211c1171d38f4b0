"""Redo it by hand: the rule as a sheet to print, filled in with counts said aloud. Nothing typed here is kept."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.domain import worksheet
from deliberation.domain.rules import Rule, Turnout, Verdict
from deliberation.forms.counting import CountsForm
from deliberation.forms.settling import number
from deliberation.phrases import effort, rounds, ruling, settling
from deliberation.phrases import worksheet as words
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint
from surveys import door


@blueprint.get("/by-hand")
@member
def by_hand(assembly: Assembly) -> ResponseReturnValue:
    """Show what our rule takes, as lines to fill in, and what counts said aloud would give."""
    found = settled.collective(assembly)
    stages = found.rule.stages if found.rule else ()
    at = min(number(request.args.get("stage")), max(0, len(stages) - 1))
    asked = "present" in request.args
    form = CountsForm(request.args) if asked else CountsForm(data={"declared": str(found.members or "")})
    filled = _filled(form, stages[at]) if asked and form.fits() and stages else None
    return pages.render(
        "deliberation/by_hand.html",
        rule=settling.rule_name(found.rule.name) if found.rule else "",
        titles=rounds.stages(found.rule),
        stage=at,
        facts=ruling.facts(stages[at]) if stages else (),
        stances=words.stances(),
        form=form,
        problems=form.problems if asked else {},
        lines=words.lines(filled[0], stages[at]) if filled else (),
        dangers=words.dangers(),
        places=words.places(),
        scales=_scales(assembly),
        within=effort.by_hand(),
        example=words.example(),
        gives=words.gives(filled[1]) if filled else ("", ""),
    )


def _scales(assembly: Assembly) -> effort.Scales | None:
    """Return what the latest survey that was opened weighs, if it weighs anything."""
    mine = [one for one in door.surveys(assembly) if one.kind == "baseline" and one.fingerprint]
    latest = max(mine, key=lambda one: (one.opens, one.slug), default=None)
    return effort.scales(latest.slug, latest.questionnaire, latest.terms) if latest else None


def _filled(form: CountsForm, rule: Rule) -> tuple[tuple[worksheet.Line, ...], Verdict]:
    """Return the sheet filled in with what was typed."""
    turnout = Turnout(number(form.present.data), number(form.declared.data))
    return worksheet.sheet(rule, form.counts, turnout)
