"""What anybody with the reading word may check: the log of acts, and what this machine may know."""

from flask import Response
from flask.typing import ResponseReturnValue

from commons import log, pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.phrases import log as phrases
from deliberation.views.blueprint import blueprint


@blueprint.get("/log", endpoint="log")
@member
def log_page(assembly: Assembly) -> ResponseReturnValue:
    """Show what was done together, the last first, and the head as words to read aloud."""
    lines = [(line, phrases.line(line)) for line in reversed(log.entries(assembly))]
    return pages.render("deliberation/log.html", lines=lines, head=log.spoken_head(assembly))


@blueprint.get("/log.json")
@member
def log_file(assembly: Assembly) -> ResponseReturnValue:
    """Give the whole log, for the stand-alone verifier."""
    return Response(log.exported(assembly), mimetype="application/json")


@blueprint.get("/limits")
@member
def limits(assembly: Assembly) -> ResponseReturnValue:
    """Say what this machine may know, and what it cannot hide."""
    return pages.render("deliberation/limits.html", assembly=assembly)
