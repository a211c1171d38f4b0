"""The guided walk of the demonstration: ten minutes, five steps, every one on the real pages. Only there."""

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import i18n, pages
from commons.access import public
from commons.settings import here
from deliberation.phrases import numbers, plan
from deliberation.queries import demonstration
from deliberation.views.blueprint import walk_blueprint


@walk_blueprint.get("/<tag>/demo")
@public
def walk() -> ResponseReturnValue:
    """Lead a visitor through the demonstration; anywhere else there is no such page."""
    if not _shown() or g.tag not in {language.tag for language in i18n.offered()}:
        abort(404)
    forty, sixteen, six, springs = demonstration.shown()
    return pages.render(
        "deliberation/walk.html",
        forty=forty,
        sixteen=sixteen,
        six=six,
        springs=springs,
        now=demonstration.standing(forty),
        rows=demonstration.rows(forty),
        compared=demonstration.compared(forty),
        when=plan.tier,
        decimal=numbers.decimal,
    )


@walk_blueprint.get("/demo")
@public
def front() -> ResponseReturnValue:
    """Send a visitor to the walk in a language they read."""
    if not _shown():
        abort(404)
    wanted = request.accept_languages.best_match([language.tag for language in i18n.offered()])
    return redirect(url_for("walk.walk", tag=wanted or i18n.SOURCE), 303)


def _shown() -> bool:
    return here().settings.demonstration and bool(demonstration.shown())
