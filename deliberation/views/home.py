"""The members' home: what is asked now, what comes next, what was decided."""

from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.views.blueprint import blueprint
from surveys import door


@blueprint.get("/")
@member
def home(assembly: Assembly) -> ResponseReturnValue:
    """Show one assembly to its members, on one page."""
    surveys = door.surveys(assembly)
    pending = {door.State.OPEN, door.State.ENDED, door.State.CLOSED}
    return pages.render(
        "deliberation/home.html",
        assembly=assembly,
        open_now=[one for one in surveys if one.open],
        counted=[one for one in surveys if one.state is door.State.COUNTED],
        waiting=[one for one in surveys if not one.open and one.state in pending],
    )
