"""The circle itself: its places and terms, who joins, who leaves, how many are needed, and locking it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages, quorum
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import circle, places, recovering
from deliberation.forms.entering import Second
from deliberation.forms.settling import ThresholdForm, number
from deliberation.phrases import refusals
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.get("/circle/members")
@facilitator
def circle_members(actor: Actor) -> ResponseReturnValue:
    """Show the places of the circle."""
    return _page(actor)


def _page(actor: Actor, problem: str = "", paper: tuple[int, places.Paper] | None = None) -> str:
    place = actor.assembly
    return pages.render(
        "deliberation/circle_members.html",
        place=place,
        slots=quorum.slots(place),
        mine=actor.slot,
        problem=problem,
        paper=paper,
        locked=circle.locked(place),
    )


@blueprint.post("/circle/members/stand")
@facilitator
def circle_stand(actor: Actor) -> ResponseReturnValue:
    """Make the paper of somebody who will join; the place can do nothing until the circle admits it."""
    paper = places.new_paper()
    slot = circle.stand(actor.assembly, places.accept(paper.sealed, paper.passphrase))
    return _page(actor, paper=(slot, paper))


@blueprint.route("/circle/members/second", methods=["GET", "POST"])
@facilitator
def circle_second(actor: Actor) -> ResponseReturnValue:
    """Choose a second passphrase, which locks the circle, or choose none: the reply and what is kept are the same."""
    form, done = Second(request.form), False
    if request.method == "POST" and form.validate():
        try:
            typed = str(form.passphrase.data), str(form.second.data or "")
            recovering.choose_second(actor.assembly, actor.slot, *typed)
            done = True
        except circle.SignInRefused:
            form.refuse("passphrase", refusals.sign_in())
        except circle.TooManyTries:
            form.refuse("passphrase", refusals.too_many_tries())
        except places.PlaceRefused as refused:
            form.refuse("second", refusals.second(refused.code))
    return pages.render("deliberation/second.html", problems=form.problems, done=done)


@blueprint.post("/circle/members/admit")
@facilitator
def circle_admit(actor: Actor) -> ResponseReturnValue:
    """Propose to admit a place."""
    return _put(actor, "deliberation.admit")


@blueprint.post("/circle/members/end")
@facilitator
def circle_end(actor: Actor) -> ResponseReturnValue:
    """Propose to end the term of a place."""
    return _put(actor, "deliberation.end")


def _put(actor: Actor, kind: str) -> ResponseReturnValue:
    try:
        return proposed(actor, kind, {"slot": number(request.form.get("slot"))})
    except Refused as refused:
        return _page(actor, refusals.act(refused.code))


@blueprint.post("/circle/members/threshold")
@facilitator
def circle_threshold(actor: Actor) -> ResponseReturnValue:
    """Propose other numbers: needed for an act, infiltrators allowed for."""
    form = ThresholdForm(request.form)
    if not form.validate():
        return _page(actor, next(iter(form.problems.values())))
    try:
        params = {"k": number(form.k.data), "t": number(form.t.data)}
        return proposed(actor, "deliberation.threshold", params)
    except Refused as refused:
        return _page(actor, refusals.act(refused.code))


@blueprint.post("/circle/lock")
@facilitator
def lock(actor: Actor) -> ResponseReturnValue:
    """Stop every act until several unlock, and end every sitting. Hand-ins go on."""
    circle.lock(actor.assembly)
    return redirect(url_for("deliberation.sign_in", after="lock"), 303)


@blueprint.post("/circle/unlock")
@facilitator
def unlock(actor: Actor) -> ResponseReturnValue:
    """Put unlocking before the circle."""
    try:
        return proposed(actor, circle.UNLOCK, {})
    except Refused as refused:
        return _page(actor, refusals.act(refused.code))
