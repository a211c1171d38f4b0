"""What happens around us: incidents without names, and the duties institutions were asked to do."""

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import clock, pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import around as actions
from deliberation.domain import around
from deliberation.forms.around import USUALLY, AnswerForm, DemandForm, IncidentForm
from deliberation.forms.sheet import Sheet
from deliberation.phrases import around as phrases
from deliberation.phrases import refusals
from deliberation.queries import around as queries
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import tongues


@blueprint.get("/around")
@member
def around_us(assembly: Assembly) -> ResponseReturnValue:
    """Show members what happened, month by month, and what institutions were asked."""
    return pages.render("deliberation/around.html", **_seen(assembly))


def _seen(assembly: Assembly) -> Mapping[str, object]:
    today, found = clock.today(assembly), queries.incidents(assembly)
    return {
        "months": [(phrases.month(one.month), one.month, one.times) for one in around.by_month(found, today)],
        "ask": around.asks_for_pulse(found, today),
        "ask_from": around.ASK_FROM,
        "threats": {one.code: one.words for one in settled.threats(assembly)},
        "demands": [(one, *phrases.standing(one.standing(today))) for one in queries.demands(assembly, today)],
        "fulfilled": phrases.fulfilled(queries.duty_done(assembly)),
    }


@blueprint.route("/circle/incidents", methods=["GET", "POST"])
@facilitator
def circle_incidents(actor: Actor) -> ResponseReturnValue:
    """Write down that something happened, or take back what was written by mistake."""
    form, place = IncidentForm(request.form if request.method == "POST" else None), actor.assembly
    problem = ""
    if request.method == "POST" and form.validate():
        threat, month = str(form.threat.data), str(form.month.data)
        try:
            done = "strike" if request.form.get("action") == "strike" else "keep"
            if done == "strike":
                actions.strike_incident(place, threat, month)
            else:
                actions.record_incident(place, threat, month, _sign(place, threat, str(form.sign.data or "")))
            return redirect(url_for("deliberation.circle_incidents", done=done), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    kept = settled.threats(place)
    return pages.render(
        "deliberation/circle_incidents.html",
        form=form,
        problems=form.problems,
        problem=problem,
        done=phrases.done(request.args.get("done", "")),
        kept=[(one, phrases.signs(one.signs)) for one in kept],
        reach=[(one, phrases.month(one)) for one in around.months(clock.today(place))],
        **_seen(place),
    )


def _sign(assembly: Assembly, threat: str, at: str) -> Mapping[str, str]:
    """Return the sign chosen, "T01 0" being the first of T01; none when it is of another threat."""
    code, _, place = at.partition(" ")
    signs = next((phrases.signs(one.signs) for one in settled.threats(assembly) if one.code == threat == code), [])
    return signs[int(place)] if place.isdecimal() and int(place) < len(signs) else {}


@blueprint.route("/circle/demands", methods=["GET", "POST"])
@facilitator
def circle_demands(actor: Actor) -> ResponseReturnValue:
    """Write down what an institution is asked to do."""
    form = DemandForm(request.form if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.validate():
        try:
            actions.demand(actor.assembly, form.asked())
            return redirect(url_for("deliberation.circle_demands"), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return _demands(actor, form, problem)


def _demands(actor: Actor, form: Sheet, problem: str = "") -> str:
    today = clock.today(actor.assembly)
    return pages.render(
        "deliberation/circle_demands.html",
        form=form if isinstance(form, DemandForm) else DemandForm(),
        problems=form.problems,
        problem=problem,
        today=today,
        usual=today + USUALLY,
        tongues=tongues(actor.assembly),
        **_seen(actor.assembly),
    )


@blueprint.post("/circle/demands/<slug>")
@facilitator
def circle_demand(actor: Actor, slug: str) -> ResponseReturnValue:
    """Write down the answer to a demand, or stop asking."""
    form, action = AnswerForm(request.form), request.form.get("action", "")
    if all(one.slug != slug for one in queries.demands(actor.assembly, clock.today(actor.assembly))):
        abort(404)
    if action not in {"answer", "close"}:
        abort(400)
    if action == "answer" and not form.validate():
        return _demands(actor, DemandForm(), next(iter(form.problems.values())))
    try:
        if action == "close":
            actions.close(actor.assembly, slug)
        elif form.answered.data:
            actions.answered(actor.assembly, slug, form.answered.data, form.answer.data)
    except Refused as refused:
        return _demands(actor, DemandForm(), refusals.act(refused.code))
    return redirect(url_for("deliberation.circle_demands"), 303)
