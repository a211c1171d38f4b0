"""The members' home: what is asked now, what comes next, what was decided, what to do when it gets dangerous."""

from datetime import date

from flask.typing import ResponseReturnValue

from commons import clock, pages, quorum
from commons.access import member
from commons.assembly import Assembly
from deliberation.actions import federating
from deliberation.phrases import plan as phrases
from deliberation.phrases import ruling, settling
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
        waiting=[(one, not one.over or door.enough(one)) for one in surveys if _waits(one)],
        ahead=ahead,
        counted=[one for one in surveys if one.state is door.State.COUNTED],
        coming=_coming(assembly, open_now, living),
        agreed=[(act, pages.told(act)) for act in quorum.waiting(assembly) if act.state is quorum.State.AGREED],
        decisions=living[:LATEST],
        to_allies=shown(assembly),
        federated=federating.agreed(assembly) is not None,
        alert=collective.alert,
        levels=[
            (number, name, settling.level(number), collective.steps.get(number)) for number, name in LEVELS.items()
        ],
        advice=phrases.advice(pulse.advice) if pulse else "",
        protocol=settled.protocol(assembly),
        rule=settling.rule_name(collective.rule.name) if collective.rule else "",
        ruled=ruling.told(collective.rule),
    )


def _waits(one: door.Survey) -> bool:
    return not one.open and not one.waits and one.state in PENDING


def _coming(
    assembly: Assembly, asked: list[door.Survey], living: list[decided.Decision]
) -> tuple[tuple[date, str], ...]:
    """Return the next days on which something happens, and what, the soonest first."""
    closing = [(one.closes, phrases.closes(one.questionnaire.known_by)) for one in asked]
    reviews = [(one.review, phrases.looked_at_again(one.draft.text)) for one in living]
    today = clock.today(assembly)
    return tuple(sorted(one for one in closing + reviews if one[0] >= today)[:LATEST])
