"""A series: one act opens up to twelve identical pulses with their dates. Each has its own box, key and number.

All keys are made and shared out at once, so nobody needs the circle again until the first box is counted.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from commons import clock, log
from commons.assembly import Assembly
from commons.db import new_id, session
from commons.quorum import Act, Carried, Refused
from surveys.actions import opening
from surveys.actions.drafting import free_slug
from surveys.actions.offers import Span, free_days
from surveys.domain.cards import SURVEYS
from surveys.models import SurveyRow

PULSE = "pulse"
FEWEST = 2
LONGEST = timedelta(days=731)
OPENS = "opens"


def dates(assembly: Assembly, first: date, *, number: int, every: int, lasts: int) -> tuple[Span, ...]:
    """Return the first and last days of a series; `every` and `lasts` are days.

    One that would begin on a day kept free begins on the next that is not.
    """
    days, kept = [first + timedelta(days=every * turn) for turn in range(number)], free_days(assembly)
    begins = [_after(day, kept) for day in days]
    return tuple((day, day + timedelta(days=lasts - 1)) for day in begins)


def _after(day: date, kept: Iterable[Span]) -> date:
    for since, until in sorted(kept):
        if since <= day <= until:
            day = until + timedelta(days=1)
    return day


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of the draft that will be repeated. Raises `Refused` when the dates cannot be."""
    row, days = opening.ready(assembly, str(params["survey"])), spans(params)
    if row.kind != PULSE:
        raise Refused("only_a_pulse")
    if not FEWEST <= len(days) <= SURVEYS:
        raise Refused("two_to_twelve")
    opening.season(assembly, len(days))
    _fit(days, clock.today(assembly))
    if any(since <= first <= until for first, _ in days for since, until in free_days(assembly)):
        raise Refused("quiet_days")
    return {"survey": opening.hashed(row)}


def _fit(days: tuple[Span, ...], today: date) -> None:
    """Raise `Refused` unless the days follow each other from today on, within two years."""
    before = today - timedelta(days=1)
    for first, last in days:
        if not before < first <= last:
            raise Refused("dates_overlap")
        before = last
    if before - today > LONGEST:
        raise Refused("too_far_ahead")


def spans(params: Mapping[str, object]) -> tuple[Span, ...]:
    """Return the first and last day of each box of a series. Raises `Refused` when one is no day."""
    listed = params.get("days")
    try:
        return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in _pairs(listed))
    except (TypeError, ValueError):
        raise Refused("no_day") from None


def _pairs(listed: object) -> list[tuple[str, str]]:
    return [(first, last) for first, last in listed] if isinstance(listed, list) else []


def carry_out(act: Act, _prepared: object) -> Carried:
    """Make every box of the series: the draft is the first of them."""
    draft = opening.found(act.assembly, str(act.params["survey"]))
    definition, terms = draft.definition, json.loads(draft.terms)
    boxes = []
    for turn, (first, last) in enumerate(spans(act.params)):
        row = draft if turn == 0 else _copy(act.assembly, definition)
        row.terms, row.closes = log.canonical({**terms, OPENS: first.isoformat()}), last
        session.flush()
        boxes.append({**opening.freeze(act.assembly, row, first), OPENS: first.isoformat()})
    return Carried({"boxes": boxes})


def _copy(assembly: Assembly, definition: str) -> SurveyRow:
    row = SurveyRow(
        assembly=assembly.id,
        id=new_id(),
        slug=free_slug(assembly, PULSE),
        kind=PULSE,
        definition=definition,
        state="draft",
    )
    session.add(row)
    return row
