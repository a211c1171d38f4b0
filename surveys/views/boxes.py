"""Where facilitators look after surveys. Everything sensitive becomes an act that several sign."""

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages, quorum
from commons.access import Actor, facilitator
from commons.quorum import Act, Refused
from surveys import queries
from surveys.actions import counting
from surveys.actions.closing import pause
from surveys.actions.drafting import attempted, discard, let_last_count, shuffle
from surveys.actions.releasing import WHY
from surveys.phrases import circle as phrases
from surveys.phrases.answering import conditions
from surveys.phrases.releases import unread, why
from surveys.queries import State, Survey
from surveys.views.blueprint import blueprint

PROPOSED: Mapping[str, tuple[str, ...]] = {
    "open": (),
    "close": (),
    "extend": ("closes",),
    "count": (),
    "burn": (),
    "withdraw": ("reason",),
    "note": ("reason",),
}
"""What may be proposed about a survey, and what has to be said with it."""
FROZEN = "not_a_draft"
REOPENING = frozenset({"open", "extend"})
OVER = frozenset({State.CLOSED, State.COUNTED, State.BURNT})
"""Trying to reopen what is over is told in the log, as is trying to change what is frozen."""


@blueprint.get("/circle/surveys")
@facilitator
def circle_surveys(actor: Actor) -> ResponseReturnValue:
    """List the surveys of the assembly, and where each stands."""
    listed = [(one, phrases.kind(one.kind), phrases.state(one)) for one in queries.surveys(actor.assembly)]
    return pages.render("surveys/surveys.html", surveys=listed)


@blueprint.get("/circle/surveys/<survey>")
@facilitator
def circle_survey(actor: Actor, survey: str) -> ResponseReturnValue:
    """Show one survey, and what the circle may propose about it now."""
    return page(find(actor, survey))


def find(actor: Actor, slug: str) -> Survey:
    """Return a survey of the circle, drafts too, or end with "not found"."""
    found = queries.survey(actor.assembly, slug)
    return found if found is not None else abort(404)


def page(survey: Survey, problem: str = "") -> ResponseReturnValue:
    """Return the circle's page of a survey, with what went wrong."""
    return pages.render(
        "surveys/survey.html",
        survey=survey,
        kind=phrases.kind(survey.kind),
        state=phrases.state(survey),
        asked=phrases.asked(survey),
        countable=survey.state is State.CLOSED or (survey.over and queries.enough(survey)),
        read=counting.progress(survey.id),
        twice=phrases.twice(survey),
        orderless=phrases.orderless(survey),
        deposited=queries.deposited(survey) if survey.state is State.CLOSED else 0,
        told=unread(survey) if survey.state is not State.DRAFT else ("", ()),
        reasons=[(code, why(code)) for code in WHY],
        conditions=conditions(survey.questionnaire),
        problem=problem,
    )


@blueprint.post("/circle/surveys/<survey>/<act>")
@facilitator
def circle_propose(actor: Actor, survey: str, act: str) -> ResponseReturnValue:
    """Put an act about a survey before the circle."""
    if act not in PROPOSED:
        abort(404)
    found = find(actor, survey)
    said = {name: request.form.get(name, "") for name in PROPOSED[act]}
    try:
        proposed = quorum.propose(actor.assembly, f"surveys.{act}", {"survey": found.slug, **said})
    except Refused as refused:
        if act in REOPENING and found.state in OVER:
            attempted(actor.assembly, found.slug)
        return page(found, phrases.refusal(refused.code))
    return redirect(url_for("deliberation.act", act_id=proposed), 303)


@blueprint.post("/circle/surveys/<survey>/pause")
@facilitator
def circle_pause(actor: Actor, survey: str) -> ResponseReturnValue:
    """Stop hand-ins for two days: one facilitator may, once."""
    found = find(actor, survey)
    try:
        pause(actor.assembly, found.slug, actor.slot)
    except Refused as refused:
        return page(found, phrases.refusal(refused.code))
    return redirect(url_for("surveys.circle_survey", survey=found.slug), 303)


@blueprint.post("/circle/surveys/<survey>/counts")
@facilitator
def circle_counts(actor: Actor, survey: str) -> ResponseReturnValue:
    """Say in a draft which answers of one card count: the first, or the last."""
    found = find(actor, survey)
    if not let_last_count(actor.assembly, found.slug, last=request.form.get("counts") == "last"):
        return page(found, phrases.refusal(FROZEN))
    return redirect(url_for("surveys.circle_survey", survey=found.slug), 303)


@blueprint.post("/circle/surveys/<survey>/order")
@facilitator
def circle_order(actor: Actor, survey: str) -> ResponseReturnValue:
    """Say in a draft which questions show their answers in another order each time."""
    found = find(actor, survey)
    if not shuffle(actor.assembly, found.slug, request.form.getlist("shuffled")):
        return page(found, phrases.refusal(FROZEN))
    return redirect(url_for("surveys.circle_survey", survey=found.slug), 303)


@blueprint.post("/circle/surveys/<survey>/discard")
@facilitator
def circle_discard(actor: Actor, survey: str) -> ResponseReturnValue:
    """Throw a draft away."""
    found = find(actor, survey)
    if not discard(actor.assembly, found.slug):
        return page(found, phrases.refusal(FROZEN))
    return redirect(url_for("surveys.circle_surveys"), 303)


def counted(act: Act, result: object) -> ResponseReturnValue:
    """Go to the result of a box that was just counted."""
    del act
    return redirect(url_for("surveys.results", survey=str(result), _anchor="opened"), 303)
