"""Writing down what people ask and argue about a proposal. One alone may: nothing here decides anything."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import talking
from deliberation.forms.proposing import Said
from deliberation.phrases import refusals
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import doubted
from deliberation.views.writing import find, shown

Say = Callable[[Actor, str, Said, str], None]
SAYINGS: dict[str, Say] = {
    "ask": lambda actor, slug, form, _about: talking.ask(actor.assembly, slug, form.words.data),
    "answer": lambda actor, slug, form, about: talking.answer(actor.assembly, slug, about, form.words.data),
    "argue": lambda actor, slug, form, _about: talking.argue(actor.assembly, slug, form.speaks_for, form.words.data),
    "unsay": lambda actor, slug, _form, about: talking.unsay(actor.assembly, slug, about),
}


@blueprint.post("/circle/proposals/<slug>/talk")
@facilitator
def circle_talk(actor: Actor, slug: str) -> ResponseReturnValue:
    """Write down a question, its answer or a reason, or take one away."""
    found, form, say = find(actor, slug), Said(request.form), request.form.get("say", "")
    if say not in SAYINGS:
        abort(400)
    if say != "unsay" and not form.validate():
        if form.doubtful:
            return doubted(actor, form)
        return shown(actor, found, next(iter(form.problems.values())))
    try:
        SAYINGS[say](actor, slug, form, request.form.get("about", ""))
    except Refused as refused:
        return shown(actor, found, refusals.act(refused.code))
    return redirect(url_for("deliberation.circle_proposal", slug=slug) + "#talk", 303)
