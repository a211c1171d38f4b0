"""Who we are, for members: what several signed of it, in our own words."""

from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.phrases import settling as words
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import tongues


@blueprint.get("/we")
@member
def we(assembly: Assembly) -> ResponseReturnValue:
    """Show who the assembly says it is."""
    found = settled.collective(assembly)
    return pages.render(
        "deliberation/who.html",
        found=found,
        facts=words.profile_facts(found.profile),
        tongues=tongues(assembly),
    )
