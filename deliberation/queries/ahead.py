"""The marked days of an assembly: what is looked at again, what is due, what ends. Of terms only how many end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from commons import clock
from commons.assembly import Assembly
from commons.db import session
from deliberation.domain.ahead import Kind, Marked, last_of
from deliberation.domain.around import Standing
from deliberation.models import Facilitator
from deliberation.queries import around, decided, lived
from deliberation.queries.settled import Measure, collective
from surveys import door

ENDED = date.min + timedelta(days=1)  # a place never admitted, or whose term an act ended, has no day


def marked(assembly: Assembly) -> tuple[Marked, ...]:
    """Return every marked day, in no order."""
    return (*_decisions(assembly), *_demands(assembly), *_boxes(assembly), *_terms(assembly), *_quiet(assembly))


def named(assembly: Assembly) -> Mapping[str, Mapping[str, str]]:
    """Name what marked days are about."""
    decisions = {one.slug: one.draft.text for one in decided.decisions(assembly)}
    boxes = {one.slug: one.questionnaire.known_by for one in door.surveys(assembly)}
    demands = {one.slug: one.duty for one in around.demands(assembly, clock.today(assembly))}
    return {**decisions, **boxes, **demands}


def answers(kept: Iterable[Measure]) -> Mapping[str, tuple[str, ...]]:
    """Return the threats that each measure on offer may answer, as its card says."""
    said = {one.code: one.content.get("answers") for one in kept if one.offered}
    return {code: tuple(map(str, found)) for code, found in said.items() if isinstance(found, list)}


def _decisions(assembly: Assembly) -> Iterator[Marked]:
    won = lived.outcomes(assembly)
    for one in decided.decisions(assembly):
        if one.lives and one.until is None:
            yield Marked(one.review, Kind.REVIEW, one.slug)
        again = won[one.slug][-1].again if one.slug in won else None
        if again:
            yield Marked(again, Kind.CHECK, one.slug)


def _demands(assembly: Assembly) -> Iterator[Marked]:
    today = clock.today(assembly)
    waits = {Standing.WAITING, Standing.OVERDUE}
    for one in around.demands(assembly, today):
        if one.standing(today) in waits:
            yield Marked(one.due, Kind.DEMAND, one.slug)


def _boxes(assembly: Assembly) -> Iterator[Marked]:
    for one in door.surveys(assembly):
        if one.open:
            yield Marked(one.closes, Kind.CLOSES, one.slug)


def _quiet(assembly: Assembly) -> Iterator[Marked]:
    today = clock.today(assembly)
    for first, last in collective(assembly).quiet:
        if last >= today:
            yield Marked(max(first, today), Kind.QUIET, last.isoformat())


def _terms(assembly: Assembly) -> Iterator[Marked]:
    mine = (Facilitator.assembly == assembly.id) & (Facilitator.term > ENDED)
    ends = Counter(last_of(day) for day in session.scalars(select(Facilitator.term).where(mine)))
    yield from (Marked(day, Kind.TERMS, times=times) for day, times in ends.items())
