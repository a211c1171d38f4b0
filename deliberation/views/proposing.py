"""Putting an act before the circle: the same way for every kind of act."""

from collections.abc import Mapping

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from commons import quorum
from commons.access import Actor


def proposed(actor: Actor, kind: str, params: Mapping[str, object]) -> ResponseReturnValue:
    """Propose an act and go to its page. Raises `Refused` when the moment is wrong."""
    return redirect(url_for("deliberation.act", act_id=quorum.propose(actor.assembly, kind, params)), 303)
