"""What each measure of a drafted baseline takes of us, and what we can carry: where the circle writes it down."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import weighing
from deliberation.domain.effort import CARRY, SCALE
from deliberation.forms.settling import number
from deliberation.forms.weighing import efforts, faults, field, shown, typed
from deliberation.phrases import refusals
from deliberation.views.blueprint import blueprint
from surveys import door


@blueprint.route("/circle/surveys/<survey>/effort", methods=["GET", "POST"])
@facilitator
def circle_effort(actor: Actor, survey: str) -> ResponseReturnValue:
    """Show what a draft says of effort, and keep what is typed."""
    found = door.survey(actor.assembly, survey)
    measures = found.questionnaire.lists.get("measures", ()) if found else ()
    if found is None or found.state is not door.State.DRAFT or found.kind != "baseline" or not measures:
        abort(404)
    named, problem = [one.id for one in measures], ""
    said = typed(request.form, named) if request.method == "POST" else shown(found.terms, named)
    wrong = faults(said, named) if request.method == "POST" else {}
    if request.method == "POST" and not wrong:
        try:
            weighing.weigh(actor.assembly, found.slug, efforts(said, named), number(said[CARRY]))
            return redirect(url_for("surveys.circle_survey", survey=found.slug), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_effort.html",
        survey=found,
        lines=[(field(one.id), one.text) for one in measures],
        said=said,
        scale=SCALE,
        problems=wrong,
        problem=problem,
    )
