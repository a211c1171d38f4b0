"""The known ballots of a rehearsal: where the circle writes down what the hall agreed on aloud."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from surveys.actions import rehearsing
from surveys.forms.answering import filled
from surveys.phrases import answering as phrases
from surveys.phrases import circle
from surveys.queries import State, Survey
from surveys.views import boxes
from surveys.views.blueprint import blueprint


@blueprint.route("/circle/surveys/<survey>/rehearsal", methods=["GET", "POST"])
@facilitator
def circle_rehearsal(actor: Actor, survey: str) -> ResponseReturnValue:
    """Show the known ballots of a draft, and add one."""
    found, problem = boxes.find(actor, survey), ""
    if found.kind != rehearsing.PRACTICE or found.state is not State.DRAFT:
        abort(404)
    form = filled(found.definition, request.form)
    if request.method == "POST" and form.answered():
        try:
            rehearsing.agree(actor.assembly, found.slug, form.answers)
            return redirect(url_for("surveys.circle_rehearsal", survey=found.slug), 303)
        except Refused as refused:
            problem = circle.refusal(refused.code)
    return pages.render(
        "surveys/rehearsal.html",
        survey=found,
        known=told(found),
        entries=form.entries if request.method == "POST" else {},
        problems=form.problems,
        problem=problem,
        conditions=phrases.conditions(found.questionnaire),
    )


@blueprint.post("/circle/surveys/<survey>/rehearsal/over")
@facilitator
def circle_rehearsal_over(actor: Actor, survey: str) -> ResponseReturnValue:
    """Forget the known ballots of a draft."""
    found = boxes.find(actor, survey)
    rehearsing.start_over(actor.assembly, found.slug)
    return redirect(url_for("surveys.circle_rehearsal", survey=found.slug), 303)


def told(survey: Survey) -> list[list[tuple[object, tuple[object, ...]]]]:
    """Return each known ballot as what it answers to each question."""
    items = survey.questionnaire.items
    return [
        [(item.text, tuple(one.text for one in phrases.told(item, ballot))) for item in items if item.key in ballot]
        for ballot in rehearsing.known(survey.terms)
    ]
