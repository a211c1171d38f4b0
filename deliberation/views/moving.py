"""Bringing a proposal one step on its way, and meeting what was raised against it."""

from collections.abc import Callable, Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons.access import Actor, facilitator
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import proposals
from deliberation.domain.rounds import Stage
from deliberation.forms.proposing import ReplyForm
from deliberation.phrases import refusals
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import doubted
from deliberation.views.writing import find, shown

MOVES: Mapping[str, Callable[[Assembly, str], None]] = {
    "explain": proposals.explain,
    "explain-short": lambda place, slug: proposals.explain(place, slug, short=True),
    "understanding": lambda place, slug: proposals.talk(place, slug, Stage.UNDERSTANDING),
    "caucus": lambda place, slug: proposals.talk(place, slug, Stage.CAUCUS),
    "amendment": lambda place, slug: proposals.talk(place, slug, Stage.AMENDMENT),
    "drop": proposals.drop,
}


@blueprint.post("/circle/proposals/<slug>")
@facilitator
def circle_move(actor: Actor, slug: str) -> ResponseReturnValue:
    """Bring a proposal one step on its way, or throw away a draft nobody has heard."""
    found, move = find(actor, slug), request.form.get("move", "")
    if move not in MOVES:
        abort(400)
    try:
        MOVES[move](actor.assembly, slug)
    except Refused as refused:
        return shown(actor, found, refusals.act(refused.code))
    place = (
        url_for("deliberation.circle_proposals")
        if move == "drop"
        else url_for("deliberation.circle_proposal", slug=slug)
    )
    return redirect(place, 303)


@blueprint.post("/circle/proposals/<slug>/reply")
@facilitator
def circle_reply(actor: Actor, slug: str) -> ResponseReturnValue:
    """Write down how something raised was met."""
    found, form = find(actor, slug), ReplyForm(request.form)
    if not form.validate():
        if form.doubtful:
            return doubted(actor, form)
        return shown(actor, found, next(iter(form.problems.values())))
    try:
        proposals.reply(actor.assembly, slug, str(form.raised.data), form.met, form.words.data)
    except Refused as refused:
        return shown(actor, found, refusals.act(refused.code))
    return redirect(url_for("deliberation.circle_proposal", slug=slug), 303)
