"""The protocol in the circle's pages: read here, changed only by a round on a new text."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from deliberation.actions import proposals
from deliberation.domain.protocol import Draft, Posture
from deliberation.forms.principles import ProtocolForm, begun
from deliberation.phrases import protocol as words
from deliberation.queries import settled
from deliberation.queries.actors import actors
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import tongues


@blueprint.route("/circle/protocol", methods=["GET", "POST"])
@facilitator
def circle_protocol(actor: Actor) -> ResponseReturnValue:
    """Show the protocol in force, and write a new one as a proposal."""
    now = settled.protocol(actor.assembly)
    form = ProtocolForm(request.form) if request.method == "POST" else begun(now, _around(actor))
    if request.method == "POST" and form.validate():
        draft = Draft(text=form.text.data, protocol=form.protocol(now))
        slug = proposals.table(actor.assembly, draft)
        return redirect(url_for("deliberation.circle_amend", slug=slug), 303)
    return pages.render(
        "deliberation/circle_protocol.html",
        versions=settled.protocols(actor.assembly),
        form=form,
        problems=form.problems,
        tongues=tongues(actor.assembly),
        postures=[(one.value, words.posture(one)) for one in Posture],
    )


def _around(actor: Actor) -> list[Mapping[str, str]]:
    """Return what the actors are called of which the protocol says nothing yet, the most influential first."""
    return [one.card.words for one in actors(actor.assembly) if one.posture is None]
