"""Writing down incidents and demands. One of the circle may: both say what happened, and decide nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from commons import clock
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.actions.records import next_slug
from deliberation.domain.around import Standing, months
from deliberation.models import DemandRow, IncidentRow, ThreatRow

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is demanded of which institution, on what ground, and until when."""

    institution: Words
    duty: Words
    made: date
    due: date
    basis: Words = field(default_factory=dict)


@transaction
def record_incident(assembly: Assembly, threat: str, month: str, sign: Words) -> None:
    """Write down that something happened. Raises `Refused` for a threat nobody keeps or a month out of reach."""
    circle.guard(assembly, "incident")
    kept = select(ThreatRow.id).where(ThreatRow.assembly == assembly.id, ThreatRow.code == threat)
    if session.scalars(kept).first() is None:
        raise Refused("about_nothing_known")
    if month not in months(clock.today(assembly)):
        raise Refused("no_such_month")
    session.add(IncidentRow(assembly=assembly.id, id=new_id(), threat=threat, month=month, sign=dict(sign)))


@transaction
def strike_incident(assembly: Assembly, threat: str, month: str) -> None:
    """Take away one incident written down by mistake; which of equal ones does not matter. Raises `Refused`."""
    circle.guard(assembly, "incident")
    mine = (IncidentRow.assembly == assembly.id) & (IncidentRow.threat == threat) & (IncidentRow.month == month)
    row = session.scalars(select(IncidentRow).where(mine).order_by(IncidentRow.id)).first()
    if row is None:
        raise Refused("about_nothing_known")
    session.delete(row)


@transaction
def demand(assembly: Assembly, asked: Asked) -> str:
    """Write down a demand and return its slug. Raises `Refused` without words, or when it is due before it is made."""
    circle.guard(assembly, "demand")
    if not all(any(text.strip() for text in words.values()) for words in (asked.institution, asked.duty)):
        raise Refused("no_words")
    if not asked.made <= asked.due:
        raise Refused("due_before_made")
    slug = next_slug(assembly, DemandRow, "demand")
    said = {"institution": dict(asked.institution), "duty": dict(asked.duty), "basis": dict(asked.basis)}
    session.add(
        DemandRow(
            assembly=assembly.id,
            id=new_id(),
            slug=slug,
            content=said,
            made=asked.made,
            due=asked.due,
            answered=None,
            answer={},
            state=Standing.WAITING.value,
        )
    )
    return slug


@transaction
def answered(assembly: Assembly, slug: str, day: date, words: Words) -> None:
    """Write down what the institution answered. Raises `Refused` without words, or for a day still to come."""
    row = _demand(assembly, slug)
    if not any(text.strip() for text in words.values()):
        raise Refused("no_words")
    if not row.made <= day <= clock.today(assembly):
        raise Refused("no_such_day")
    row.answered, row.answer, row.state = day, dict(words), Standing.ANSWERED.value


@transaction
def close(assembly: Assembly, slug: str) -> None:
    """Stop asking: the duty was done, or is asked otherwise. Raises `Refused` when there is no such demand."""
    _demand(assembly, slug).state = Standing.CLOSED.value


def _demand(assembly: Assembly, slug: str) -> DemandRow:
    circle.guard(assembly, "demand")
    mine = select(DemandRow).where(DemandRow.assembly == assembly.id, DemandRow.slug == slug)
    row = session.scalars(mine).first()
    if row is None:
        raise Refused("no_such_demand")
    return row
