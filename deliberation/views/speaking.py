"""The circle's page for the languages we write in."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.i18n import languages
from commons.quorum import Refused
from deliberation.actions import speaking
from deliberation.forms.speaking import LanguagesForm
from deliberation.phrases import refusals
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.route("/circle/languages", methods=["GET", "POST"])
@facilitator
def circle_languages(actor: Actor) -> ResponseReturnValue:
    """Propose which languages we write in."""
    form = LanguagesForm(request.form) if request.method == "POST" else LanguagesForm()
    chosen = form.tags if request.method == "POST" else list(actor.assembly.languages)
    if request.method == "POST":
        try:
            return proposed(actor, speaking.LANGUAGES, {"languages": form.tags})
        except Refused as refused:
            form.refuse("languages", refusals.act(refused.code))
    return pages.render(
        "deliberation/circle_languages.html",
        problems=form.problems,
        known=[(tag, one.name) for tag, one in languages().items()],
        chosen=chosen,
    )
