"""Burning: a box destroyed unread. The log says so; nobody learns what it held, or how many spoke."""

from collections.abc import Mapping

from sqlalchemy import select

from commons import clock
from commons.assembly import Assembly
from commons.db import session, transaction
from commons.quorum import Act, Carried, Refused
from surveys.actions.contents import destroy
from surveys.actions.opening import find, found
from surveys.models import SurveyRow

BURNABLE = ("open", "ended", "closed")


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fingerprint of the box to be burnt. Raises `Refused` when there is none, or cards still enter."""
    row = find(assembly, str(params["survey"]))
    if row is None or row.state not in BURNABLE or row.fingerprint is None:
        raise Refused("no_box")
    if row.state == "open" and clock.today(assembly) <= row.closes:
        raise Refused("still_open")
    return {"survey": row.fingerprint.hex()}


def carry_out(act: Act, _prepared: object) -> Carried:
    """Destroy the box unread."""
    row = found(act.assembly, str(act.params["survey"]))
    destroy(row)
    row.state = "burnt"
    return Carried({"survey": row.slug})


@transaction
def burn_open_boxes(assembly: Assembly) -> tuple[str, ...]:
    """Destroy every box whose shares went with the circle that held them, and return their slugs."""
    mine = (SurveyRow.assembly == assembly.id) & SurveyRow.state.in_(BURNABLE)
    rows = session.scalars(select(SurveyRow).where(mine).order_by(SurveyRow.slug)).all()
    for row in rows:
        destroy(row)
        row.state = "burnt"
    return tuple(row.slug for row in rows)
