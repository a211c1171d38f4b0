"""Acts: what waits for the circle, what each would do exactly, and signing it with a passphrase."""

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages, quorum
from commons.access import Actor, facilitator
from commons.quorum import Act, Refused
from deliberation.actions import circle as circle_actions
from deliberation.domain.rounds import Stage
from deliberation.forms.entering import Signing
from deliberation.phrases import acts as phrases
from deliberation.phrases import refusals
from deliberation.queries import decided, proposals, settled
from deliberation.views.blueprint import blueprint
from surveys import door


@blueprint.get("/circle/")
@facilitator
def circle(actor: Actor) -> ResponseReturnValue:
    """Show what waits for the circle."""
    place, waiting = actor.assembly, quorum.waiting(actor.assembly)
    busy = {door.State.DRAFT, door.State.OPEN, door.State.ENDED, door.State.CLOSED}
    return pages.render(
        "deliberation/circle.html",
        acts=[(act, pages.told(act), phrases.when(act)) for act in waiting],
        mine={act.id for act in waiting if actor.slot in act.joined},
        locked=circle_actions.locked(place),
        boxes=[one for one in door.surveys(place) if one.state in busy],
        to_ratify=[one for one in proposals.proposals(place) if one.way.stage is Stage.RATIFICATION],
        overdue=decided.plan(place).overdue,
        chosen=settled.collective(place).rule is not None,
    )


@blueprint.route("/circle/acts/<act_id>", methods=["GET", "POST"])
@facilitator
def act(actor: Actor, act_id: str) -> ResponseReturnValue:
    """Show one act whole, and take a signature under it."""
    found = find(actor, act_id)
    form = Signing(request.form)
    if request.method == "POST" and form.validate():
        try:
            return _signed(actor, found, str(form.passphrase.data))
        except circle_actions.SignInRefused:
            form.refuse("passphrase", refusals.sign_in())
        except circle_actions.TooManyTries:
            form.refuse("passphrase", refusals.too_many_tries())
        except Refused as refused:
            form.refuse("passphrase", refusals.act(refused.code))
        found = quorum.act(actor.assembly, act_id) or found
    return _page(actor, found, form.problems)


def find(actor: Actor, act_id: str) -> Act:
    """Return an act, or end with "not found"."""
    return quorum.act(actor.assembly, act_id) or abort(404)


def shown(actor: Actor, found: Act, refused: str) -> str:
    """Return the page of an act, with what cannot be done now."""
    return _page(actor, found, {}, refusals.act(refused))


def _page(actor: Actor, found: Act, problems: Mapping[str, str], problem: str = "") -> str:
    hindered = quorum.hindered(found)
    return pages.render(
        "deliberation/act.html",
        act=found,
        hindered=refusals.act(hindered) if hindered else "",
        told=pages.told(found),
        when=phrases.when(found),
        kept=phrases.kept(found),
        problems=problems,
        problem=problem,
        signed=actor.slot in found.joined,
        about=_about(actor, found),
    )


def _about(actor: Actor, found: Act) -> str:
    """Return the address of the survey an act is about, where it still is."""
    slug = str(found.params.get("survey", ""))
    return slug if slug in {one.slug for one in door.surveys(actor.assembly)} else ""


def _signed(actor: Actor, found: Act, passphrase: str) -> ResponseReturnValue:
    """Sign, and show what came of it: something to print, or the act as it stands now."""
    keys = circle_actions.unlock(actor.assembly, actor.slot, passphrase)
    carried = quorum.approve(actor.assembly, found.id, keys)
    given = pages.shown(found, carried.result) if carried else None
    return given if given is not None else redirect(url_for("deliberation.act", act_id=found.id, _anchor="told"), 303)
