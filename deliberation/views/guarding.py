"""Locking the circle, which one may do alone, and unlocking it, which takes several."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from commons.access import Actor, facilitator
from deliberation.actions import circle
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.post("/circle/lock")
@facilitator
def lock(actor: Actor) -> ResponseReturnValue:
    """Stop every act until several unlock, and end every sitting. Hand-ins go on."""
    circle.lock(actor.assembly)
    return redirect(url_for("deliberation.sign_in"), 303)


@blueprint.post("/circle/unlock")
@facilitator
def unlock(actor: Actor) -> ResponseReturnValue:
    """Put unlocking before the circle."""
    return proposed(actor, circle.UNLOCK, {})
