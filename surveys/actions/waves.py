"""Waves: surveys of one kind that end close to each other. What the first released bounds what the next ones may."""

import json

from sqlalchemy import select

from commons.assembly import AssemblyRow
from commons.db import session
from surveys.domain.disclosure import WAVES_APART
from surveys.models import ReleaseRow, SurveyRow


def earlier(row: SurveyRow) -> tuple[int, ...]:
    """Return how many ballots each wave of this survey had that was released already, the fewest first.

    A release that was withdrawn has been read all the same.
    """
    joined = (SurveyRow.assembly == ReleaseRow.assembly) & (SurveyRow.id == ReleaseRow.survey)
    kind = (SurveyRow.assembly == row.assembly) & (SurveyRow.kind == row.kind) & (SurveyRow.id != row.id)
    ends = SurveyRow.closes.between(row.closes - WAVES_APART, row.closes + WAVES_APART)
    figures = select(ReleaseRow.canonical).join(SurveyRow, joined).where(kind, ends, ReleaseRow.number == 1)
    return tuple(sorted(int(json.loads(said)["ballots"]) for said in session.scalars(figures)))


def hold_back(row: SurveyRow) -> None:
    """Let no other survey of the assembly be released until this transaction ends."""
    session.execute(select(AssemblyRow.id).where(AssemblyRow.id == row.assembly).with_for_update())
