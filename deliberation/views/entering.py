"""Sitting down at the circle's pages, and leaving them."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import access, pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from deliberation.actions import circle
from deliberation.forms.entering import SignIn
from deliberation.phrases import refusals
from deliberation.views.blueprint import blueprint


@blueprint.route("/circle/sign-in", methods=["GET", "POST"])
@member
def sign_in(assembly: Assembly) -> ResponseReturnValue:
    """Let a facilitator sit down, by place and passphrase."""
    form = SignIn(request.form)
    if request.method == "POST" and form.validate():
        try:
            token = circle.sign_in(assembly, form.number, str(form.passphrase.data))
        except circle.SignInRefused:
            form.refuse("passphrase", refusals.sign_in())
        except circle.TooManyTries:
            form.refuse("passphrase", refusals.too_many_tries())
        else:
            return access.seated(make_response(redirect(url_for("deliberation.circle"), 303)), token)
    return pages.render("deliberation/sign_in.html", form=form, problems=form.problems)


@blueprint.post("/circle/sign-out")
@facilitator
def sign_out(actor: Actor) -> ResponseReturnValue:
    """End every sitting of this place."""
    access.stand_up(actor.assembly, slot=actor.slot)
    return redirect(url_for("deliberation.home"), 303)
