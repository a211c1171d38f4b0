"""Putting an act before the circle, the same way for every kind, and what its forms need."""

from collections.abc import Mapping

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from commons import quorum
from commons.access import Actor
from commons.assembly import Assembly
from commons.i18n import languages


def proposed(actor: Actor, kind: str, params: Mapping[str, object]) -> ResponseReturnValue:
    """Propose an act and go to its page. Raises `Refused` when the moment is wrong."""
    return redirect(url_for("deliberation.act", act_id=quorum.propose(actor.assembly, kind, params)), 303)


def tongues(assembly: Assembly) -> list[tuple[str, str, str]]:
    """Return the assembly's languages as (tag, own name, direction)."""
    known = languages()
    return [(tag, known[tag].name, known[tag].dir) for tag in assembly.languages if tag in known]
