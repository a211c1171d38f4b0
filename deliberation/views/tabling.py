"""The circle's page of the table of risk: how likely and how grave make a class, as the assembly wrote it."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import tabling
from deliberation.domain.risk import BadTable, read_table
from deliberation.domain.threats import LIKELY, SEVERE
from deliberation.forms.tabling import numbers, shown, typed
from deliberation.phrases import refusals, risks
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.route("/circle/risk", methods=["GET", "POST"])
@facilitator
def circle_risk(actor: Actor) -> ResponseReturnValue:
    """Show the table of risk, and propose another one."""
    rows = typed(request.form) if request.method == "POST" else shown(tabling.table(actor.assembly))
    faults: dict[tuple[int, int], str] = {}
    problem = ""
    if request.method == "POST":
        try:
            table = read_table(numbers(rows))
            return proposed(actor, tabling.TABLE, {"table": [list(row) for row in table]})
        except BadTable as bad:
            faults = {(row, column): risks.fault(code) for row, column, code in bad.faults}
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_risk.html",
        likely=risks.labels(LIKELY),
        grave=risks.labels(SEVERE),
        rows=rows,
        faults=faults,
        problems={f"cell{row}{column}": sentence for (row, column), sentence in faults.items()},
        problem=problem,
    )
