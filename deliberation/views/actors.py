"""Who is around us: the map that every member reads, and the circle's page to write it."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions.actors import forget_actor, keep_actor
from deliberation.domain.actors import grid
from deliberation.forms.actors import ActorForm, begun
from deliberation.phrases import actors as words
from deliberation.phrases import protocol, refusals
from deliberation.queries import actors as queries
from deliberation.queries.actors import Around
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import tongues

PERSON, MAYBE = "a_person", "maybe_a_person"


@blueprint.get("/actors")
@member
def actors(assembly: Assembly) -> ResponseReturnValue:
    """Show who is around us."""
    return pages.render("deliberation/actors.html", **_map(queries.actors(assembly)))


def _map(found: tuple[Around, ...]) -> dict[str, object]:
    return {
        "found": [(one, protocol.posture(one.posture) if one.posture else "") for one in found],
        "grid": grid(one.card for one in found),
        "categories": words.categories(),
        "influence": words.influence(),
        "attitude": words.attitude(),
    }


@blueprint.route("/circle/actors", methods=["GET", "POST"])
@facilitator
def circle_actors(actor: Actor) -> ResponseReturnValue:
    """Show who is around us, and write down one more."""
    return _write(actor, ActorForm(request.form if request.method == "POST" else None))


@blueprint.route("/circle/actors/<code>", methods=["GET", "POST"])
@facilitator
def circle_actor(actor: Actor, code: str) -> ResponseReturnValue:
    """Change what is written of one of them."""
    kept = queries.actor(actor.assembly, code) or abort(404)
    return _write(actor, ActorForm(request.form) if request.method == "POST" else begun(kept.card), code)


@blueprint.post("/circle/actors/<code>/forget")
@facilitator
def circle_forget(actor: Actor, code: str) -> ResponseReturnValue:
    """Forget one of them."""
    try:
        forget_actor(actor.assembly, code)
    except Refused as refused:
        return pages.render("deliberation/refused.html", problem=refusals.act(refused.code))
    return redirect(url_for("deliberation.circle_actors"), 303)


def _write(actor: Actor, form: ActorForm, code: str = "") -> ResponseReturnValue:
    problem, doubtful = "", False
    if request.method == "POST" and form.validate():
        try:
            keep_actor(actor.assembly, form.card, code, sure=bool(form.sure.data))
        except Refused as refused:
            doubtful = refused.code == MAYBE
            problem = refusals.act(refused.code)
            if refused.code in {PERSON, MAYBE}:
                form.refuse("words", problem)
        else:
            return redirect(url_for("deliberation.circle_actors"), 303)
    return pages.render(
        "deliberation/circle_actors.html",
        code=code,
        form=form,
        doubtful=doubtful,
        problems=form.problems,
        problem="" if form.problems else problem,
        tongues=tongues(actor.assembly),
        **_map(queries.actors(actor.assembly)),
    )
