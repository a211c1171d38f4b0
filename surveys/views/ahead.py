"""Boxes opened ahead, and boxes opened together for one plenary: how the circle proposes them, how a hall sees them."""

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from commons import clock, pages, quorum
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from commons.quorum import Refused
from surveys import queries
from surveys.actions import series, sitting
from surveys.forms.ahead import BOX, FIRST, TOGETHER, USUAL, USUAL_AROUND, USUAL_MINUTES, Dates, Items
from surveys.phrases import ahead as phrases
from surveys.phrases import circle
from surveys.phrases.standing import standing
from surveys.queries import State
from surveys.views import answering, boxes
from surveys.views.blueprint import blueprint


@blueprint.route("/circle/surveys/<survey>/series", methods=["GET", "POST"])
@facilitator
def circle_series(actor: Actor, survey: str) -> ResponseReturnValue:
    """Ask for the dates of a series, and propose it."""
    found, form, problem = boxes.find(actor, survey), Dates(request.form), ""
    if found.kind != series.PULSE or found.state is not State.DRAFT:
        abort(404)
    today = clock.today(actor.assembly)
    if request.method == "POST" and form.fits(today):
        days = series.dates(actor.assembly, form.first, number=form.number, every=form.every, lasts=form.lasts)
        params = {"survey": found.slug, "days": [[first.isoformat(), last.isoformat()] for first, last in days]}
        try:
            return _proposed(actor, "surveys.series", params)
        except Refused as refused:
            problem = circle.refusal(refused.code)
    usual = {FIRST: [today.isoformat()], **{name: [value] for name, value in USUAL.items()}}
    entries = form.entries if request.method == "POST" else usual
    return pages.render("surveys/series.html", survey=found, entries=entries, problems=form.problems, problem=problem)


@blueprint.route("/circle/sitting", methods=["GET", "POST"])
@facilitator
def circle_sitting(actor: Actor) -> ResponseReturnValue:
    """Ask which drafts today's assembly takes one by one, and propose to open a box for each."""
    drafts = [one for one in queries.surveys(actor.assembly) if one.state is State.DRAFT]
    drafts.sort(key=lambda one: (one.kind, len(one.slug), one.slug))
    sent = request.form if request.method == "POST" else MultiDict(request.args)
    form, problem = Items([one.slug for one in drafts], sent), ""
    if request.method == "POST" and form.fits():
        try:
            asked = {"surveys": form.boxes, "together": form.together, **form.plan}
            return _proposed(actor, "surveys.sitting", asked)
        except Refused as refused:
            problem = circle.refusal(refused.code)
    return pages.render(
        "surveys/sitting.html",
        drafts=[(one.slug, phrases.item(one)) for one in drafts],
        chosen=form.chosen,
        entries=form.entries,
        usual=USUAL_MINUTES,
        around=USUAL_AROUND,
        results=[(name, phrases.results(together=name == TOGETHER)) for name in (TOGETHER, "each")],
        how=TOGETHER if form.together else "each",
        problems=form.problems,
        problem=problem or form.problems.get(BOX, ""),
    )


def _proposed(actor: Actor, kind: str, params: Mapping[str, object]) -> ResponseReturnValue:
    return redirect(url_for("deliberation.act", act_id=quorum.propose(actor.assembly, kind, params)), 303)


@blueprint.post("/circle/surveys/<survey>/finish")
@facilitator
def circle_finish(actor: Actor, survey: str) -> ResponseReturnValue:
    """End a box of today's sitting: one facilitator may, because several agreed so when they opened it."""
    found = boxes.find(actor, survey)
    try:
        sitting.finish(actor.assembly, found.slug)
    except Refused as refused:
        return boxes.page(found, circle.refusal(refused.code))
    return redirect(url_for("surveys.circle_survey", survey=found.slug), 303)


@blueprint.get("/hall/<survey>")
@member
def hall(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show one item of a sitting to a whole hall, in large type, and no figure of it."""
    found = answering.find(assembly, survey)
    if not found.sitting:
        abort(404)
    at = found.sitting.index(found.slug)
    return pages.render(
        "surveys/hall.html",
        survey=found,
        item=phrases.item(found),
        place=phrases.place(found),
        standing=standing(found),
        before=found.sitting[at - 1] if at else "",
        after=next(iter(found.sitting[at + 1 :]), ""),
    )


@blueprint.get("/agenda/<survey>")
@member
def agenda(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show the agenda of the sitting a box belongs to: its points, the minutes planned, where the hall is now."""
    found = answering.find(assembly, survey)
    if not found.sitting:
        abort(404)
    known = {one.slug: one for one in queries.surveys(assembly)}
    points = phrases.agenda([known[slug] for slug in found.sitting])
    return pages.render("surveys/agenda.html", day=found.closes, points=points, total=phrases.total(points))
