"""One meeting's roles by lot: who speaks when, small mixed groups, who speaks for each. Nothing of it is kept.

The machine knows numbers counted off in the hall, never whose they are. It seals a seed on the page before the hall
says its digits, as for a turn in the circle; both are gone when the page is left.
"""

from collections.abc import Sequence
from secrets import token_hex

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.i18n import gettext, pick
from deliberation.actions import turns
from deliberation.domain import lots
from deliberation.forms.settling import number
from deliberation.phrases import refusals
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint

SMALLEST, LARGEST = 3, 12
NONCE = 32
EVERYBODY = "everybody"


@blueprint.route("/circle/hall", methods=["GET", "POST"])
@facilitator
def circle_hall(actor: Actor) -> ResponseReturnValue:
    """Seal a lot for this meeting, then draw it with what the hall said, and show it in large type."""
    voices = [(one.code, pick(one.words).text) for one in settled.collective(actor.assembly).voices]
    asked = voices or [(EVERYBODY, gettext("Everybody"))]
    counts, size = [number(request.form.get(f"count-{code}")) for code, _ in asked], number(request.form.get("size"))
    nonce, problem = request.form.get("nonce", "")[:NONCE], ""
    drawn: dict[str, object] = {}
    if request.method == "POST":
        problem = _problem(counts, size)
        nonce = "" if problem else nonce or token_hex(NONCE // 2)
        if nonce and "said" in request.form:
            drawn, problem = _drawn(actor, nonce, counts, size)
    sealed = lots.seal(turns.hall_seed(actor.assembly, nonce)) if nonce else ""
    shown = {"asked": asked, "sent": request.form, "nonce": nonce, "seal": sealed, "problem": problem}
    shown["counted"] = ",".join(map(str, counts))
    return pages.render("deliberation/circle_hall.html", **shown, **drawn)


def _problem(counts: Sequence[int], size: int) -> str:
    if not lots.FEWEST_NUMBERS <= sum(counts) <= lots.MOST_NUMBERS:
        return refusals.act("people_in_the_hall")
    return "" if SMALLEST <= size <= LARGEST else refusals.act("size_of_groups")


def _drawn(actor: Actor, nonce: str, counts: Sequence[int], size: int) -> tuple[dict[str, object], str]:
    """Return what was drawn, or a sentence when too few digits were said."""
    try:
        said = lots.heard(request.form.get("said", ""))
    except lots.Unheard:
        return {}, refusals.act("few_digits")
    seed = turns.hall_seed(actor.assembly, nonce)
    order = lots.order(seed, said, sum(counts))
    return {"order": order, "groups": lots.mixed(order, counts, size), "said": said, "seed": seed.hex()}, ""
