"""Sitting down at the circle's pages, also after losing a passphrase, and leaving them."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import access, pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from deliberation.actions import circle, recovering
from deliberation.forms.entering import Recovery, SignIn
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
    after_lock = request.method == "GET" and request.args.get("after") == "lock"
    return pages.render("deliberation/sign_in.html", form=form, problems=form.problems, after_lock=after_lock)


@blueprint.route("/circle/recover", methods=["GET", "POST"])
@member
def recover(assembly: Assembly) -> ResponseReturnValue:
    """Give a new passphrase to whoever types the recovery words of a place."""
    form, passphrase = Recovery(request.form), ""
    if request.method == "POST" and form.validate():
        try:
            passphrase = recovering.recover(assembly, form.number, str(form.words.data))
        except recovering.WordsRefused:
            form.refuse("words", refusals.recovery())
        except circle.TooManyTries:
            form.refuse("words", refusals.too_many_tries())
    shown = pages.render("deliberation/recover.html", form=form, problems=form.problems, passphrase=passphrase)
    return pages.evict(make_response(shown)) if passphrase else shown


@blueprint.post("/circle/sign-out")
@facilitator
def sign_out(actor: Actor) -> ResponseReturnValue:
    """End every sitting of this place; where the next is to sign at this machine, ask who that is."""
    access.stand_up(actor.assembly, slot=actor.slot)
    after = "deliberation.sign_in" if request.form.get("after") == "next" else "deliberation.home"
    return redirect(url_for(after), 303)
