"""Proposals as pages see them: the text and its versions, where it stands, what was raised and how it was met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from commons import log
from commons.assembly import Assembly
from commons.db import session
from deliberation.domain.protocol import Conflict, Draft, Missing, conflicts, missing, read_draft, text_alone
from deliberation.domain.rounds import HELPS, STANCE, Way, follow, raised_in, read_verdict, read_way, stable, verdict_in
from deliberation.domain.rules import Verdict
from deliberation.domain.talk import reworded
from deliberation.models import ProposalRow, ProposalText, Reply, RoundRow, Statement
from deliberation.queries.settled import protocol
from surveys import door

Words = Mapping[str, str]
CAUCUS = "caucus"
DRAFT, WORDING = "draft", "wording"
TWO = 2


@dataclass(frozen=True, slots=True)
class Met:
    """How something raised was met: answered, merged or recorded, and in which words."""

    how: str
    words: Words


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed round; `date.max` until it is written down. `survey` is empty when it was held aloud.

    `raised` are criteria, ready reasons, "block", "harm", and what people wrote, by its code.
    """

    number: int
    survey: str
    verdict: Verdict | None
    raised: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from: another proposal, with its draft, or the common words of a call, without one."""

    slug: str
    words: tuple[Words, ...]
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal today. `box` is the state of its present round's box, empty when it is in none.

    `unmet` are the objections nobody has met yet; `unworded` tells whether what people wrote in the last round waits to
    be said in other words; `steady` tells whether the last two sealed rounds said the same (None when there are not
    two): the assembly is then asked to go on or to stop.
    """

    slug: str
    version: int
    draft: Draft
    way: Way
    survey: str
    box: str
    rounds: tuple[Closed, ...]
    replies: Mapping[tuple[int, str], Met]
    statements: tuple[Words, ...]
    missing: tuple[Missing, ...]
    conflicts: tuple[Conflict, ...]
    unmet: tuple[str, ...]
    unworded: bool
    steady: bool | None


def proposals(assembly: Assembly) -> tuple[Proposal, ...]:
    """Return every proposal, the newest first."""
    rows = session.scalars(select(ProposalRow).where(ProposalRow.assembly == assembly.id)).all()
    found = (_proposal(assembly, row) for row in rows)
    return tuple(sorted(found, key=lambda one: int(one.slug.rsplit("-", 1)[-1]), reverse=True))


def proposal(assembly: Assembly, slug: str) -> Proposal | None:
    """Return one proposal, or None."""
    mine = select(ProposalRow).where(ProposalRow.assembly == assembly.id, ProposalRow.slug == slug)
    row = session.scalars(mine).first()
    return None if row is None else _proposal(assembly, row)


def dissent(found: Proposal) -> tuple[tuple[str, Words], ...]:
    """Return what stays raised beside a decision: recorded in words, or never met in its last round. Each once."""
    recorded = {code: met.words for (_, code), met in sorted(found.replies.items()) if met.how == "recorded"}
    unmet = found.rounds[-1].raised if found.rounds else ()
    met = {code for number, code in found.replies if found.rounds and number == found.rounds[-1].number}
    return tuple({**{code: {} for code in unmet if code not in met}, **recorded}.items())


def sources(assembly: Assembly, slugs: Iterable[str]) -> tuple[Source, ...]:
    """Return the texts a proposal may be made from, by address: proposals, and what a call gave in common words."""
    found = (_source(assembly, slug) for slug in sorted(set(slugs)))
    return tuple(one for one in found if one)


def _source(assembly: Assembly, slug: str) -> Source | None:
    row = session.scalars(
        select(ProposalRow).where(ProposalRow.assembly == assembly.id, ProposalRow.slug == slug)
    ).first()
    if row is not None:
        draft = read_draft(row.content)
        return Source(slug, (draft.text,), draft)
    release = door.release(assembly, slug)
    if release is None or release.withdrawn:
        return None
    return Source(slug, tuple(words for note in release.notes if note.get("note") == WORDING for words in _list(note)))


def _list(note: Mapping[str, object]) -> list[Words]:
    said = note.get("said")
    return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []


def became(assembly: Assembly, slug: str) -> tuple[Source, ...]:
    """Return the proposals made from this one or from this call, by address; drafts nobody heard are left out."""
    rows = session.scalars(select(ProposalRow).where(ProposalRow.assembly == assembly.id, ProposalRow.stage != DRAFT))
    drafts = ((row.slug, read_draft(row.content)) for row in rows)
    return tuple(sorted((Source(one, (made.text,), made) for one, made in drafts if slug in made.made_from), key=_slug))


def _slug(source: Source) -> str:
    return source.slug


def texts(assembly: Assembly, slug: str) -> tuple[tuple[int, Draft], ...]:
    """Return the earlier texts of a proposal by version, the oldest first."""
    mine = (ProposalRow.assembly == assembly.id) & (ProposalRow.slug == slug)
    joined = (ProposalText.assembly == ProposalRow.assembly) & (ProposalText.proposal == ProposalRow.id)
    query = select(ProposalText).join(ProposalRow, joined).where(mine).order_by(ProposalText.version)
    return tuple((row.version, read_draft(row.content)) for row in session.scalars(query))


def said(assembly: Assembly) -> Mapping[str, Words]:
    """Return every text a proposal has or had, by the hash under which the log speaks of it."""
    rows = [
        *session.scalars(select(ProposalText).where(ProposalText.assembly == assembly.id)),
        *session.scalars(select(ProposalRow).where(ProposalRow.assembly == assembly.id)),
    ]
    return {log.hashed(text_alone(row.content)): read_draft(row.content).text for row in rows}


def _proposal(assembly: Assembly, row: ProposalRow) -> Proposal:
    draft, now, box = read_draft(row.content), protocol(assembly), _box(assembly, row)
    told = closed(assembly, row.survey) if box else {}
    way = read_way(row.stage, row.rounds, (row.outcome, row.reason), short=row.short)
    way = follow(way, box, verdict_in(told, row.slug))
    written, replies, spoken = _rounds(assembly, row), _replies(row), _spoken(row)
    last = written[-1] if written else Closed(0, "", None, (), date.min)
    said = [CAUCUS] if any(day >= last.day for day, _ in spoken) else []
    fresh = Closed(
        way.rounds,
        row.survey,
        way.verdict,
        (*raised_in(told, row.slug), *wrote(assembly, row.survey, row.slug)),
        date.max,
    )
    rounds = (*written, fresh) if told and way.rounds > len(written) else written
    return Proposal(
        slug=row.slug,
        version=row.version,
        draft=draft,
        way=way,
        survey=row.survey if box else "",
        box=box,
        rounds=rounds,
        replies=replies,
        statements=tuple(words for _, words in spoken),
        missing=missing(draft, now),
        conflicts=conflicts(draft, now),
        unmet=tuple(one for one in (*last.raised, *said) if (last.number, one) not in replies),
        unworded=bool(last.survey) and door.waits(assembly, last.survey, f"{HELPS}.{row.slug}"),
        steady=_steady(assembly, row.slug, rounds),
    )


def _box(assembly: Assembly, row: ProposalRow) -> str:
    """Return the state of the box that holds the proposal, or nothing."""
    found = door.survey(assembly, row.survey) if row.survey else None
    asked = found.questionnaire.lists.get("proposals", ()) if found else ()
    return found.state.value if found and any(choice.id == row.slug for choice in asked) else ""


def closed(assembly: Assembly, survey: str) -> Mapping[str, object]:
    """Return the closed values of a release; none before there is one, or once it is withdrawn."""
    release = door.release(assembly, survey)
    told = release.data.get("closed") if release and not release.withdrawn else None
    return told if isinstance(told, Mapping) else {}


def _rounds(assembly: Assembly, row: ProposalRow) -> tuple[Closed, ...]:
    mine = (RoundRow.assembly == row.assembly) & (RoundRow.proposal == row.id)
    rows = session.scalars(select(RoundRow).where(mine).order_by(RoundRow.number))
    return tuple(
        Closed(one.number, one.survey, read_verdict(one.outcome, one.reason), _all_raised(assembly, row, one), one.day)
        for one in rows
    )


def _all_raised(assembly: Assembly, row: ProposalRow, one: RoundRow) -> tuple[str, ...]:
    return (*one.raised, *wrote(assembly, one.survey, row.slug))


def wrote(assembly: Assembly, survey: str, slug: str) -> Mapping[str, Words]:
    """Return what people wrote of a proposal in a round, in common words, by code; nothing of a withdrawn release."""
    release = door.release(assembly, survey) if survey else None
    return {} if release is None or release.withdrawn else reworded(release.notes, survey, f"{HELPS}.{slug}")


def _replies(row: ProposalRow) -> Mapping[tuple[int, str], Met]:
    rows = session.scalars(select(Reply).where(Reply.assembly == row.assembly, Reply.proposal == row.id))
    return {(one.number, one.raised): Met(one.how, one.words) for one in rows}


def _spoken(row: ProposalRow) -> list[tuple[date, Words]]:
    mine = (Statement.assembly == row.assembly) & (Statement.about == row.slug)
    rows = session.scalars(select(Statement).where(mine).order_by(Statement.day, Statement.id))
    return [(one.day, one.words) for one in rows]


def _steady(assembly: Assembly, slug: str, rounds: tuple[Closed, ...]) -> bool | None:
    """Compare the last two rounds by what they released; None when one of them was held aloud."""
    sealed = [one for one in rounds[-2:] if one.survey]
    verdicts = [one.verdict for one in sealed if one.verdict]
    bands = [_bands(assembly, one.survey, slug) for one in sealed]
    if len(verdicts) < TWO:
        return None
    return stable(bands[0], bands[1], verdicts=(verdicts[0], verdicts[1]))


def agreeing(assembly: Assembly, survey: str, slug: str) -> str:
    """Return the released band of those who supported a proposal in a round; "" where there is none to show."""
    release = door.release(assembly, survey) if survey else None
    return "" if release is None or release.withdrawn else _bands(assembly, survey, slug).get(slug, "")


def _bands(assembly: Assembly, survey: str, slug: str) -> Mapping[str, str]:
    """Return the released band of a round's stance on one proposal."""
    release = door.release(assembly, survey)
    figures = release.data["figures"] if release else []
    bands = [one.get("band", "") for one in figures if one["item"] == f"{STANCE}.{slug}"]
    return {slug: bands[0]} if bands else {}
