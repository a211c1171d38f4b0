"""Drafts: a questionnaire being prepared. One facilitator may draft; opening takes several."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from commons import clock, log
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from surveys.actions.answering import COUNTS, LAST
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import parsed, write
from surveys.models import SurveyRow

TRIED = "tried"


@transaction
def draft(
    assembly: Assembly, *, kind: str, questionnaire: Questionnaire, terms: Mapping[str, object], closes: date
) -> str:
    """Keep a draft and return its slug: its kind and a number, which tell nothing else."""
    slug = free_slug(assembly, kind)
    session.add(
        SurveyRow(
            assembly=assembly.id,
            id=new_id(),
            slug=slug,
            kind=kind,
            definition=log.canonical(write(questionnaire)),
            terms=log.canonical(terms),
            closes=closes,
            state="draft",
        )
    )
    return slug


def free_slug(assembly: Assembly, kind: str) -> str:
    """Return an address no survey of this kind has: the kind and a number."""
    mine = (SurveyRow.assembly == assembly.id) & (SurveyRow.kind == kind)
    taken = set(session.scalars(select(SurveyRow.slug).where(mine)))
    count = session.scalar(select(func.count()).select_from(SurveyRow).where(mine)) or 0
    return next(
        slug for slug in (f"{kind}-{number}" for number in range(count + 1, 2 * count + 3)) if slug not in taken
    )


@transaction
def let_last_count(assembly: Assembly, slug: str, *, last: bool) -> bool:
    """Say in a draft's terms whether a card that answers again replaces what it said. What was opened stays.

    Return whether it was a draft; an attempt on what is frozen is logged.
    """
    return say_in_draft(assembly, slug, {COUNTS: LAST if last else None})


@transaction
def say_in_draft(assembly: Assembly, slug: str, said: Mapping[str, object]) -> bool:
    """Write some of a draft's terms, and take away those that are None. What was opened stays.

    Return whether it was a draft; an attempt on what is frozen is logged.
    """
    row = _draft_of(assembly, slug)
    if row is not None:
        terms = {**json.loads(row.terms), **said}
        row.terms = log.canonical({name: value for name, value in terms.items() if value is not None})
    return row is not None


@transaction
def shuffle(assembly: Assembly, slug: str, questions: Collection[str]) -> bool:
    """Say in a draft which questions show their choices in another order each time: these, of those without an order.

    What was opened stays. Return whether it was a draft; an attempt on what is frozen is logged.
    """
    row = _draft_of(assembly, slug)
    if row is not None:
        asked = parsed(row.definition)
        sections = (
            replace(
                section,
                questions=tuple(
                    replace(one, shuffled=one.nominal and one.id in questions) for one in section.questions
                ),
            )
            for section in asked.sections
        )
        row.definition = log.canonical(write(replace(asked, sections=tuple(sections))))
    return row is not None


@transaction
def discard(assembly: Assembly, slug: str) -> bool:
    """Throw a draft away. What was opened stays.

    Return whether it was a draft; an attempt on what is frozen is logged.
    """
    row = _draft_of(assembly, slug)
    if row is not None:
        session.delete(row)
    return row is not None


@transaction
def attempted(assembly: Assembly, slug: str) -> None:
    """Log that somebody of the circle tried to change what is frozen: nothing of who, once a survey and day."""
    today = clock.today(assembly)
    if not any(line.day == today and line.payload["survey"] == slug for line in log.entries(assembly, kind=TRIED)):
        log.append(assembly, TRIED, {"survey": slug})


def _draft_of(assembly: Assembly, slug: str) -> SurveyRow | None:
    """Return the row of a draft, or log the attempt on a survey that is none any more."""
    mine = (SurveyRow.assembly == assembly.id) & (SurveyRow.slug == slug)
    row = session.scalars(select(SurveyRow).where(mine)).first()
    if row is not None and row.state != "draft":
        attempted(assembly, slug)
        return None
    return row
