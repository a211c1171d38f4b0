"""What the assembly did, put before the circle to be written down: a round held aloud, a ratification, a statement."""

from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue

from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import records
from deliberation.forms.proposing import Caucus, Heard, Spoken
from deliberation.forms.settling import number
from deliberation.forms.sheet import Sheet
from deliberation.phrases import refusals
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import doubted, proposed
from deliberation.views.writing import find, shown


@blueprint.post("/circle/proposals/<slug>/ratify")
@facilitator
def circle_ratify(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to record that the assembly heard the verdict and ratified it."""
    form = Heard(request.form)
    return _put(actor, slug, form, "deliberation.ratify", {"proposal": slug, "heard": str(form.heard.data)})


@blueprint.post("/circle/proposals/<slug>/aloud")
@facilitator
def circle_aloud(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to record a round held aloud."""
    form = Spoken(request.form)
    return _put(actor, slug, form, "deliberation.aloud", form.params(slug, settled.protocol(actor.assembly)))


@blueprint.post("/circle/proposals/<slug>/go-on")
@facilitator
def circle_go_on(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to take the text up again instead of ratifying: as before, or under the next part of our rule."""
    if not (stage := number(request.form.get("stage"))):
        return _put(actor, slug, Sheet(request.form), "deliberation.go_on", {"proposal": slug})
    form = Heard(request.form)
    params = {"proposal": slug, "stage": stage, "heard": str(form.heard.data)}
    return _put(actor, slug, form, "deliberation.go_on", params)


@blueprint.post("/circle/proposals/<slug>/take-back")
@facilitator
def circle_take_back(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to withdraw a proposal."""
    return _put(actor, slug, Sheet(request.form), "deliberation.take_back", {"proposal": slug})


@blueprint.post("/circle/proposals/<slug>/caucus")
@facilitator
def circle_caucus(actor: Actor, slug: str) -> ResponseReturnValue:
    """Propose to have heard what one of our talking circles said about a proposal."""
    form = Caucus(request.form)
    if not form.validate():
        if form.doubtful:
            return doubted(actor, form)
        return shown(actor, find(actor, slug), next(iter(form.problems.values())))
    wording = records.word(actor.assembly, {"words": dict(form.words.data)})
    return _put(actor, slug, form, "deliberation.caucus", {"about": slug, "wording": wording})


def _put(actor: Actor, slug: str, form: Sheet, kind: str, params: Mapping[str, object]) -> ResponseReturnValue:
    """Propose an act about a proposal, or say on its page why it cannot be."""
    found = find(actor, slug)
    if not form.validate():
        return shown(actor, found, next(iter(form.problems.values())))
    try:
        return proposed(actor, kind, params)
    except Refused as refused:
        return shown(actor, found, refusals.act(refused.code))
