"""Incidents and demands as pages see them."""

from datetime import date

from sqlalchemy import select

from commons.assembly import Assembly
from commons.db import session
from deliberation.domain.around import Demand, Incident, Standing
from deliberation.models import DemandRow, IncidentRow
from surveys import door
from surveys.domain.questionnaire import read_words
from surveys.domain.release import read

DUTY = "F2"
ORDER = (Standing.OVERDUE, Standing.WAITING, Standing.ANSWERED, Standing.CLOSED)


def incidents(assembly: Assembly) -> tuple[Incident, ...]:
    """Return every incident, in no order of their own: the latest month first, then by threat."""
    rows = session.scalars(select(IncidentRow).where(IncidentRow.assembly == assembly.id))
    found = (Incident(row.threat, row.month, {str(tag): str(text) for tag, text in row.sign.items()}) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.month, one.threat, sorted(one.sign.items())), reverse=True))


def demands(assembly: Assembly, today: date) -> tuple[Demand, ...]:
    """Return every demand: overdue ones first, then those that wait; the soonest due first."""
    rows = session.scalars(select(DemandRow).where(DemandRow.assembly == assembly.id))
    return tuple(
        sorted((_demand(row) for row in rows), key=lambda one: (ORDER.index(one.standing(today)), one.due, one.slug))
    )


def duty_done(assembly: Assembly) -> str:
    """Return the released band of those who say that institutions do their duty, in the last baseline; or nothing."""
    last = next((one for one in door.releases(assembly, "baseline") if not one.withdrawn), None)
    band = read(last.data).figure(DUTY).band if last else None
    return band.value if band else ""


def _demand(row: DemandRow) -> Demand:
    institution, duty, basis = (read_words(row.content.get(name)) for name in ("institution", "duty", "basis"))
    closed = row.state == Standing.CLOSED
    return Demand(row.slug, institution, duty, basis, row.made, row.due, row.answered, row.answer, closed)
