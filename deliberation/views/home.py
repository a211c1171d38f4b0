"""The members' home: what is asked now, what comes next, what was decided, what to do when it gets dangerous."""

from datetime import date

from flask.typing import ResponseReturnValue

from commons import clock, pages, quorum
from commons.access import member
from commons.assembly import Assembly
from deliberation.phrases import plan as phrases
from deliberation.phrases import settling
from deliberation.queries import decided, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.widening import shown
from surveys import door

LEVELS = {1: "green", 2: "yellow", 3: "orange", 4: "red"}
LATEST = 3
PENDING = frozenset({door.State.OPEN, door.State.ENDED, door.State.CLOSED})


@blueprint.get("/")
@member
def home(assembly: Assembly) -> ResponseReturnValue:
    """Show one assembly to its members, on one page."""
    surveys, collective = door.surveys(assembly), settled.collective(assembly)
    open_now = [one for one in surveys if one.open]
    ahead = sorted((one for one in surveys if one.waits and one.opens), key=lambda one: (str(one.opens), one.slug))
    living = [one for one in decided.decisions(assembly) if one.lives]
    pulse = decided.pulse(assembly)
    return pages.render(
        "deliberation/home.html",
        assembly=assembly,
        open_now=open_now,
        waiting=[one for one in surveys if not one.open and not one.waits and one.state in PENDING],
        ahead=ahead,
        counted=[one for one in surveys if one.state is door.State.COUNTED],
        next_day=_next(
            assembly,
            [one.closes for one in open_now]
            + [one.review for one in living]
            + [one.opens for one in ahead if one.opens],
        ),
        agreed=[(act, pages.told(act)) for act in quorum.waiting(assembly) if act.state is quorum.State.AGREED],
        decisions=living[:LATEST],
        to_allies=shown(assembly),
        alert=collective.alert,
        levels=[
            (number, name, settling.level(number), collective.steps.get(number)) for number, name in LEVELS.items()
        ],
        advice=phrases.advice(pulse.advice) if pulse else "",
        protocol=settled.protocol(assembly),
    )


def _next(assembly: Assembly, days: list[date]) -> date | None:
    today = clock.today(assembly)
    return min((day for day in days if day >= today), default=None)
