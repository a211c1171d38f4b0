"""Where the circle proposes to delete the assembly, or to stop what was agreed."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import leaving
from deliberation.views import acts
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.route("/circle/delete", methods=["GET", "POST"])
@facilitator
def circle_delete(actor: Actor) -> ResponseReturnValue:
    """Say what to save first, and propose to delete everything."""
    if request.method == "POST":
        return proposed(actor, leaving.DELETE, {})
    return pages.render("deliberation/circle_delete.html")


@blueprint.post("/circle/acts/<act_id>/stop")
@facilitator
def circle_stop(actor: Actor, act_id: str) -> ResponseReturnValue:
    """Propose to stop an act that waits for its delay."""
    try:
        return proposed(actor, leaving.STOP, {"act": act_id})
    except Refused as refused:
        return acts.shown(actor, acts.find(actor, act_id), refused.code)
