"""Whose turn is next: choosing how it comes, sealing a lot, drawing it; and the steps of each draw, for everybody."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import turns
from deliberation.domain import lots
from deliberation.forms.settling import number
from deliberation.phrases import refusals
from deliberation.phrases import turns as phrases
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.get("/circle/turn")
@facilitator
def circle_turn(actor: Actor) -> ResponseReturnValue:
    """Show how the next turn comes, and what to do for it now."""
    return _page(actor)


def _page(actor: Actor, problem: str = "") -> str:
    found = turns.turns(actor.assembly)
    return pages.render(
        "deliberation/circle_turn.html",
        turns=found,
        ways=phrases.ways(),
        by_lot=found.way in lots.DRAWN,
        never_twice=phrases.never_twice(),
        problem=problem,
        sent=request.form,
    )


@blueprint.post("/circle/turn/way")
@facilitator
def circle_way(actor: Actor) -> ResponseReturnValue:
    """Propose how the next turn comes."""
    return _put(actor, lots.TURN, way=request.form.get("way", ""))


@blueprint.post("/circle/turn/lot")
@facilitator
def circle_lot(actor: Actor) -> ResponseReturnValue:
    """Propose to seal a lot."""
    bag = {name: number(request.form.get(name)) for name in ("numbers", "places")}
    return _put(actor, lots.LOT, **bag)


@blueprint.post("/circle/turn/draw")
@facilitator
def circle_draw(actor: Actor) -> ResponseReturnValue:
    """Propose to draw, with the digits the hall said aloud."""
    try:
        said = lots.heard(request.form.get("said", ""))
    except lots.Unheard:
        return _page(actor, refusals.act("few_digits"))
    return _put(actor, lots.DRAW, lot=request.form.get("lot", ""), said=said)


def _put(actor: Actor, kind: str, **params: object) -> ResponseReturnValue:
    try:
        return proposed(actor, kind, params)
    except Refused as refused:
        return _page(actor, refusals.act(refused.code))


@blueprint.get("/lots", endpoint="lots")
@member
def lots_page(assembly: Assembly) -> ResponseReturnValue:
    """Show every lot, step by step."""
    found = turns.turns(assembly)
    shown = [(lot, _tickets(lot), lot is found.waiting) for lot in reversed(found.lots)]
    return pages.render(
        "deliberation/lots.html", lots=shown, way=phrases.ways().get(found.way, ""), said=phrases.numbers
    )


def _tickets(lot: lots.Lot) -> list[tuple[int, str]]:
    given = lots.tickets(bytes.fromhex(lot.seed), lot.said, lot.numbers)
    return [(one, given[one]) for one in lot.order]
