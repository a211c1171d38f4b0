"""Decisions as they live: looked at again by the assembly, or started at once in an emergency agreed on beforehand."""

from datetime import timedelta

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import clock, pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import living
from deliberation.actions.winning import WON
from deliberation.domain.rounds import Stage
from deliberation.forms.living import ProgressForm, ReviewForm, StartForm, WonForm
from deliberation.forms.settling import number
from deliberation.phrases import lived as lived_phrases
from deliberation.phrases import refusals, rounds
from deliberation.queries import decided, lived
from deliberation.views.blueprint import blueprint
from deliberation.views.plan import come, measured
from deliberation.views.proposing import proposed

AGAIN = timedelta(days=182)


@blueprint.get("/circle/decisions")
@facilitator
def circle_decisions(actor: Actor) -> ResponseReturnValue:
    """Show what is in force, and what is due to be looked at again."""
    return _page(actor)


def _page(actor: Actor, problem: str = "", at: str = "") -> str:
    """Show the decisions; with what was typed about the one `at` fault, and where it was."""
    today = clock.today(actor.assembly)
    found = [one for one in decided.decisions(actor.assembly) if one.lives]
    overdue = {entry.decision.id for entry in decided.plan(actor.assembly).overdue}
    due = {one.slug for one in found if one.stage is Stage.REVIEW_DUE} | overdue
    return pages.render(
        "deliberation/circle_decisions.html",
        decisions=[(one, rounds.stage(one.stage), one.slug in due and one.until is None) for one in found],
        questions=lived_phrases.questions(),
        wins=lived_phrases.wins(),
        won={slug: [lived_phrases.outcome(said[-1], today)] for slug, said in lived.outcomes(actor.assembly).items()},
        steps=lived_phrases.steps(),
        progress=come(actor.assembly),
        measured=measured(actor.assembly),
        again=today + AGAIN,
        today=today,
        problem=problem,
        at=at,
        typed=request.form,
        asked=request.path.rsplit("/", 1)[-1],
    )


@blueprint.post("/circle/decisions/<slug>/review")
@facilitator
def circle_review(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to record what the assembly decided on looking again."""
    form = ReviewForm(request.form)
    if not form.validate():
        return _page(actor, next(iter(form.problems.values())), slug)
    try:
        return proposed(actor, "deliberation.review", form.params(slug))
    except Refused as refused:
        return _page(actor, refusals.act(refused.code), slug)


@blueprint.post("/circle/decisions/<slug>/won")
@facilitator
def circle_won(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to write down what a decision won, for now."""
    form = WonForm(request.form)
    if not form.validate():
        return _page(actor, next(iter(form.problems.values())), slug)
    try:
        return proposed(actor, WON, form.params(slug))
    except Refused as refused:
        return _page(actor, refusals.act(refused.code), slug)


@blueprint.post("/circle/decisions/<slug>/start")
@facilitator
def circle_start(actor: Actor, slug: str) -> ResponseReturnValue:
    """Write down, alone, that a measure agreed on beforehand for emergencies began: today, or some days ago."""
    try:
        form = StartForm(request.form)
        living.start_emergency(actor.assembly, slug, number(form.days.data), form.began.data)
    except Refused as refused:
        return _page(actor, refusals.act(refused.code), slug)
    return redirect(url_for("deliberation.circle_decisions"), 303)


@blueprint.post("/circle/decisions/<slug>/progress")
@facilitator
def circle_progress(actor: Actor, slug: str) -> ResponseReturnValue:
    """Write down, alone, how far a decision has come."""
    form = ProgressForm(request.form)
    if not form.validate():
        return _page(actor, next(iter(form.problems.values())), slug)
    try:
        day = form.since.data or clock.today(actor.assembly)
        living.note_progress(actor.assembly, slug, str(form.progress.data), day)
    except Refused as refused:
        return _page(actor, refusals.act(refused.code), slug)
    return redirect(url_for("deliberation.circle_decisions"), 303)
