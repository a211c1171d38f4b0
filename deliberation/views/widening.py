"""What is shown to allies: where the circle proposes it, and takes it back."""

from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue

from commons import allies, pages
from commons.access import Actor, facilitator
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import widening
from deliberation.forms.settling import number
from deliberation.phrases import refusals
from deliberation.phrases import widening as phrases
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed

ACTS: Mapping[str, str] = {"widen": widening.WIDEN, "narrow": widening.NARROW}


@blueprint.route("/circle/allies", methods=["GET", "POST"])
@facilitator
def circle_allies(actor: Actor) -> ResponseReturnValue:
    """Show what allies may read, and propose to open one thing more, or to take one back."""
    problem = ""
    if request.method == "POST":
        kind = ACTS.get(request.form.get("act", ""), widening.WIDEN)
        try:
            return proposed(actor, kind, _params(kind))
        except Refused as refused:
            problem = refusals.act(refused.code)
    place = actor.assembly
    return pages.render(
        "deliberation/circle_allies.html",
        shown=shown(place),
        delays=[(str(days), phrases.after(days)) for days in widening.DELAYS],
        others=[(what, phrases.named(place, what)) for what in widening.may_widen(place)],
        problem=problem,
    )


def _params(kind: str) -> dict[str, object]:
    """Return what the act says; the delay only where the assembly chose a longer one than usual."""
    days = number(request.form.get("days", ""))
    longer = {"days": days} if kind == widening.WIDEN and days != widening.DELAY else {}
    return {"what": request.form.get("what", ""), **(longer if request.form.get("days") else {})}


def shown(assembly: Assembly) -> list[tuple[str, str, str]]:
    """Return what allies may read: its name in the act, its name in words, and the allies' word."""
    return [
        (what, phrases.named(assembly, what), allies.word(assembly, opened_by))
        for what, opened_by in widening.widened(assembly).items()
    ]
