"""A sitting: one act opens a box for each item of a plenary, and the hall says when each has finished.

That one facilitator alone may end such a box is part of what several agreed on, and holds on that day only.
"""

import json
from collections.abc import Mapping

from sqlalchemy import select

from commons import clock, log
from commons.assembly import Assembly
from commons.db import session, transaction
from commons.quorum import Act, Carried, Refused
from surveys.actions import opening
from surveys.domain.cards import SURVEYS
from surveys.models import SurveyRow

SITTING, FINISHED = "sitting", "finished"
BEFORE, MINUTES, AFTER = "before", "minutes", "after"
LONGEST = 240
"""Minutes that one point of an agenda may be planned for."""


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of each draft that gets a box. Raises `Refused` when one cannot be opened today."""
    slugs = listed(params)
    planned(params)
    if not 0 < len(slugs) <= SURVEYS or len(set(slugs)) < len(slugs):
        raise Refused("one_to_twelve")
    opening.season(assembly, len(slugs))
    return {slug: opening.hashed(opening.ready(assembly, slug)) for slug in slugs}


def listed(params: Mapping[str, object]) -> tuple[str, ...]:
    """Return the drafts of a sitting, in the order the hall takes them."""
    said = params.get("surveys")
    return tuple(str(one) for one in said) if isinstance(said, list | tuple) else ()


def planned(params: Mapping[str, object]) -> Mapping[str, object]:
    """Return the agenda of a sitting: minutes for each item, before the first and after the last; nothing if unplanned.

    They are what the assembly means to take. Raises `Refused` when they are no minutes, or not one for each item.
    """
    minutes, around = params.get(MINUTES, []), [params.get(name, 0) for name in (BEFORE, AFTER)]
    if MINUTES not in params:
        return {}
    if not isinstance(minutes, list | tuple) or len(minutes) != len(listed(params)):
        raise Refused("no_minutes")
    if not all(_lasts(one, 1) for one in minutes) or not all(_lasts(one, 0) for one in around):
        raise Refused("no_minutes")
    return {MINUTES: list(minutes), BEFORE: around[0], AFTER: around[1]}


def _lasts(minutes: object, fewest: int) -> bool:
    return isinstance(minutes, int) and not isinstance(minutes, bool) and fewest <= minutes <= LONGEST


def carry_out(act: Act, _prepared: object) -> Carried:
    """Make a box for each item; all take cards until the hall has finished with them, or the day is over."""
    today, slugs = clock.today(act.assembly), listed(act.params)
    said = {"boxes": slugs, "day": today.isoformat(), "together": act.params.get("together") is True}
    said |= planned(act.params)
    boxes = []
    for slug in slugs:
        row = opening.found(act.assembly, slug)
        row.terms, row.closes = log.canonical({**json.loads(row.terms), SITTING: said}), today
        boxes.append(opening.freeze(act.assembly, row, today))
    return Carried({"boxes": boxes})


@transaction
def finish(assembly: Assembly, slug: str) -> None:
    """End a box because the hall has finished with it. Raises `Refused` outside its sitting, or when it has ended."""
    row = opening.find(assembly, slug, locked=True)
    agreed = of(row) if row is not None and row.state == "open" else {}
    if row is None or agreed.get("day") != clock.today(assembly).isoformat():
        raise Refused("not_in_a_sitting")
    row.state = "ended"
    log.append(assembly, FINISHED, {"survey": slug})


def of(row: SurveyRow) -> Mapping[str, object]:
    """Return the sitting a box belongs to, or nothing."""
    said = json.loads(row.terms).get(SITTING, {})
    return said if isinstance(said, dict) else {}


def over(row: SurveyRow, assembly: Assembly) -> bool:
    """Tell whether a box may be counted as far as its sitting goes: those told together wait for each other."""
    said = of(row)
    if not said.get("together"):
        return True
    mine = (SurveyRow.assembly == assembly.id) & SurveyRow.slug.in_(listed({"surveys": said["boxes"]}))
    going_on = mine & (SurveyRow.state == "open") & (SurveyRow.closes >= clock.today(assembly))
    return session.scalars(select(SurveyRow.id).where(going_on)).first() is None
