"""Drafts: a questionnaire being prepared. One facilitator may draft; opening takes several."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, func, select

from commons import log
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from surveys.actions.answering import COUNTS, LAST
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import write
from surveys.models import SurveyRow


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
def let_last_count(assembly: Assembly, slug: str, *, last: bool) -> None:
    """Say in a draft's terms whether a card that answers again replaces what it said. What was opened stays."""
    row = session.scalars(
        select(SurveyRow).where(SurveyRow.assembly == assembly.id, SurveyRow.slug == slug, SurveyRow.state == "draft")
    ).first()
    if row is not None:
        terms = {name: said for name, said in json.loads(row.terms).items() if name != COUNTS}
        row.terms = log.canonical({**terms, COUNTS: LAST} if last else terms)


@transaction
def discard(assembly: Assembly, slug: str) -> None:
    """Throw a draft away. What was opened stays."""
    draft_of = (SurveyRow.assembly == assembly.id) & (SurveyRow.slug == slug) & (SurveyRow.state == "draft")
    session.execute(delete(SurveyRow).where(draft_of))
