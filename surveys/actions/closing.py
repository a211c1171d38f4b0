"""When a box ends: its date, more days, an early end, a pause. Nothing here knows how many have answered."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, update

from commons import clock, db, log
from commons.assembly import Assembly
from commons.db import session, transaction
from commons.quorum import Act, Carried, Refused
from surveys.actions.opening import find, found, opened
from surveys.models import SurveyRow

EXTENDED = "surveys.extend"
TIMES = 2
PAUSED = "paused"
PAUSE = timedelta(days=2)


def end_due(assembly: Assembly) -> None:
    """End every box whose last day has passed, so that a clock set back never opens it again."""
    mine = (SurveyRow.assembly == assembly.id) & (SurveyRow.state == "open")
    over = mine & (SurveyRow.closes < clock.today(assembly))
    if session.scalars(select(SurveyRow.id).where(over)).first() is not None:
        _end(over)


@transaction
def _end(over: ColumnElement[bool]) -> None:
    session.execute(update(SurveyRow).where(over).values(state="ended"))


def forget(_assembly: Assembly) -> None:
    """Leave nothing in the database's files of what was destroyed, nor of the order in which ballots came."""
    db.forget_dead("survey", "ballot", "credential", "written")
    db.forget_order("ballot", touched="nullifier")


def extend_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the box and the last day it has now. Raises `Refused` when it may have no more, or not as many."""
    row = _box(assembly, params)
    wanted = _day(params.get("closes"))
    if len(_logged(assembly, EXTENDED, survey=row.slug)) >= TIMES:
        raise Refused("extended_twice")
    if wanted <= max(row.closes, clock.today(assembly)):
        raise Refused("not_later")
    if wanted > _latest(assembly, row):
        raise Refused("too_late")
    return {"closes": row.closes.isoformat(), "survey": (row.fingerprint or b"").hex()}


def extend(act: Act, _prepared: object) -> Carried:
    """Give the box more days."""
    row = found(act.assembly, str(act.params["survey"]))
    row.closes, row.state = _day(act.params["closes"]), "open"
    return Carried({"survey": row.slug, "closes": row.closes.isoformat()})


def close_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the box to be ended before its date. Raises `Refused` when it has ended."""
    row = _box(assembly, params)
    if row.state != "open" or row.closes < clock.today(assembly):
        raise Refused("no_box")
    return {"survey": (row.fingerprint or b"").hex()}


def close(act: Act, _prepared: object) -> Carried:
    """End the box now: nothing more is let in."""
    row = found(act.assembly, str(act.params["survey"]))
    row.state = "ended"
    return Carried({"survey": row.slug})


@transaction
def pause(assembly: Assembly, slug: str, facilitator: int) -> None:
    """Stop hand-ins for two days and move the last day by as many: one facilitator may, once for each survey.

    Raises `Refused` when the box is not open, or this facilitator paused it before.
    """
    row = find(assembly, slug, locked=True)
    if row is None or row.state != "open" or row.closes < clock.today(assembly) or _waits(assembly, row):
        raise Refused("no_box")
    if _logged(assembly, PAUSED, survey=slug, slot=facilitator):
        raise Refused("paused_before")
    row.opens, row.closes = clock.today(assembly) + PAUSE, row.closes + PAUSE
    log.append(assembly, PAUSED, {"survey": slug, "slot": facilitator})


def _waits(assembly: Assembly, row: SurveyRow) -> bool:
    """Tell whether the first day of a box opened ahead is still to come."""
    return clock.today(assembly).isoformat() < str(json.loads(row.terms).get("opens", ""))


def _box(assembly: Assembly, params: Mapping[str, object]) -> SurveyRow:
    """Return a box nobody has begun to open."""
    row = find(assembly, str(params.get("survey")))
    if row is None or row.state not in {"open", "ended"}:
        raise Refused("no_box")
    return row


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused("no_day") from None


def _latest(assembly: Assembly, row: SurveyRow) -> date:
    """Return the limit that was fixed when the box was opened, moved by the pauses since."""
    until = str(opened(assembly, row.slug)["until"])
    return date.fromisoformat(until) + PAUSE * len(_logged(assembly, PAUSED, survey=row.slug))


def _logged(assembly: Assembly, kind: str, **facts: object) -> list[Mapping[str, object]]:
    """Return what the log says under this kind that holds these facts."""
    said = (line.payload for line in log.entries(assembly, kind=kind))
    return [payload for payload in said if facts.items() <= payload.items()]
