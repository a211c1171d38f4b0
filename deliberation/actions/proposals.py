"""Proposals before their rounds: written, explained, talked over, amended, and every objection met. Without authors.

Anyone of the circle may write down what somebody proposed; nothing here decides anything.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import delete, select

from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.actions.records import box, draft_of, keep_way, next_slug, proposal, refusing, way, wrote
from deliberation.domain import rounds
from deliberation.domain.protocol import Draft, write_draft
from deliberation.domain.rounds import TALKING, Stage, Way
from deliberation.models import ProposalRow, ProposalText, Reply, RoundRow, Statement
from surveys import door

CAUCUS = "caucus"
WRITABLE = frozenset({Stage.DRAFT, Stage.RETURNED, *TALKING})


class How(StrEnum):
    """How an objection was met."""

    ANSWERED = "answered"
    MERGED = "merged"
    RECORDED = "recorded"


@transaction
def table(assembly: Assembly, draft: Draft) -> str:
    """Write down a proposal and return its slug. Raises `Refused` when what it is made from does not exist."""
    circle.guard(assembly, "table")
    for source in draft.made_from:
        if door.release(assembly, source) is None:
            draft = _among(draft, draft_of(proposal(assembly, source)))
    slug = next_slug(assembly, ProposalRow, "proposal")
    row = ProposalRow(
        assembly=assembly.id, id=new_id(), slug=slug, version=1, content=write_draft(draft), short=False, survey=""
    )
    keep_way(row, Way())
    session.add(row)
    return slug


@transaction
def amend(assembly: Assembly, slug: str, draft: Draft) -> int:
    """Put another text in the place of the present one, which is kept, and return its version.

    Raises `Refused` while it is in a round, or once it was put into one that waits to be opened.
    """
    row, now = free(assembly, slug)
    if now.stage not in WRITABLE:
        raise Refused("not_now")
    if now.stage is not Stage.DRAFT:
        draft = _among(draft, draft_of(row))
    content = write_draft(draft)
    if content != row.content:
        if now.stage is not Stage.DRAFT:
            old = ProposalText(assembly=row.assembly, proposal=row.id, version=row.version, content=row.content)
            session.add(old)
            row.version += 1
        row.content = content
    return row.version


def _among(draft: Draft, before: Draft) -> Draft:
    """Keep among ourselves what was: once people heard that a text is, nobody alone takes that back."""
    return replace(draft, internal=draft.internal or before.internal)


@transaction
def explain(assembly: Assembly, slug: str, *, short: bool = False) -> None:
    """Bring a draft before people. Raises `Refused` when there is nothing to read yet."""
    row, now = free(assembly, slug)
    if not any(draft_of(row).text.values()):
        raise Refused("no_words")
    with refusing():
        keep_way(row, rounds.explain(now, short=short))


@transaction
def talk(assembly: Assembly, slug: str, stage: Stage) -> None:
    """Go on to the caucuses or the amendments, or back to explaining. Raises `Refused`."""
    row, now = free(assembly, slug)
    with refusing():
        keep_way(row, rounds.talk(now, stage))


@transaction
def drop(assembly: Assembly, slug: str) -> None:
    """Throw away a text nobody has heard yet. Raises `Refused` for any other."""
    row, now = free(assembly, slug)
    if now.stage is not Stage.DRAFT:
        raise Refused("heard_already")
    session.execute(delete(ProposalRow).where(ProposalRow.assembly == row.assembly, ProposalRow.id == row.id))


@transaction
def reply(assembly: Assembly, slug: str, raised: str, how: How, words: Mapping[str, str]) -> None:
    """Say how an objection of the last round was met, before the next one. Raises `Refused` when nobody raised it."""
    circle.guard(assembly, "proposal")
    row = proposal(assembly, slug)
    if raised not in _objections(assembly, row):
        raise Refused("not_raised")
    if not any(text.strip() for text in words.values()):
        raise Refused("no_words")
    number = _number(last_round(row))
    found = session.get(Reply, (row.assembly, row.id, number, raised))
    kept = found or Reply(assembly=row.assembly, proposal=row.id, number=number, raised=raised)
    kept.how, kept.words = how.value, dict(words)
    session.add(kept)


def last_round(row: ProposalRow) -> RoundRow | None:
    """Return the last closed round written down on a proposal."""
    mine = (RoundRow.assembly == row.assembly) & (RoundRow.proposal == row.id)
    return session.scalars(select(RoundRow).where(mine).order_by(RoundRow.number.desc()).limit(1)).first()


def unmet(assembly: Assembly, row: ProposalRow) -> tuple[str, ...]:
    """Return what was raised against a proposal since its last round, and nobody has met yet."""
    mine = (Reply.assembly == row.assembly) & (Reply.proposal == row.id) & (Reply.number == _number(last_round(row)))
    met = set(session.scalars(select(Reply.raised).where(mine)))
    return tuple(one for one in _objections(assembly, row) if one not in met)


def unworded(assembly: Assembly, row: ProposalRow) -> bool:
    """Tell whether what people wrote of a proposal in its last round still waits to be said in other words."""
    last = last_round(row)
    return last is not None and last.survey != "" and door.waits(assembly, last.survey, f"{rounds.HELPS}.{row.slug}")


def _number(last: RoundRow | None) -> int:
    return last.number if last else 0


def _objections(assembly: Assembly, row: ProposalRow) -> list[str]:
    """Return what the last round raised or people wrote in it, and "caucus" when a circle spoke about it since."""
    last = last_round(row)
    spoken = select(Statement.id).where(Statement.assembly == row.assembly, Statement.about == row.slug)
    since = spoken.where(Statement.day >= last.day) if last else spoken
    said = [CAUCUS] if session.scalars(since).first() is not None else []
    return [*([*last.raised, *wrote(assembly, last.survey, row.slug)] if last else []), *said]


def free(assembly: Assembly, slug: str) -> tuple[ProposalRow, Way]:
    """Return a proposal that no box holds, with its way. A burnt box lets it go. Raises `Refused`."""
    circle.guard(assembly, "proposal")
    row = proposal(assembly, slug)
    held_by = box(assembly, row)
    if held_by is not None and held_by.state is door.State.DRAFT:
        raise Refused("in_a_draft")
    if held_by is None or held_by.state is door.State.BURNT:
        keep_way(row, way(assembly, row))
        row.survey = ""
    return row, way(assembly, row)
