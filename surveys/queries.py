"""Reading the room: values only, never a row. Nothing here writes, and nothing here can read an answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from commons import clock
from commons.assembly import Assembly, AssemblyRow, register_season
from commons.db import session
from surveys.domain.cards import SURVEYS
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import parsed
from surveys.models import Ballot, CardSet, Credential, KeyShare, ReleaseRow, SurveyRow


class State(StrEnum):
    """Where a survey stands; it never goes back."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"
    COUNTED = "counted"
    BURNT = "burnt"


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as every page sees it. `number` is its place in its card set, which the witnesses depend on."""

    assembly: Assembly
    id: bytes
    slug: str
    kind: str
    definition: str
    terms: Mapping[str, object]
    fingerprint: bytes
    box_key: bytes
    card_set: bytes
    number: int
    opens: date | None
    closes: date
    state: State

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked; read once per definition."""
        return parsed(self.definition)

    @property
    def open(self) -> bool:
        """Whether a card is accepted today."""
        return self.state is State.OPEN and clock.today(self.assembly) <= self.closes


@dataclass(frozen=True, slots=True)
class Release:
    """What was let out of a survey: its figures and closed values, and what was said of it since."""

    survey: str
    kind: str
    data: Mapping[str, object]
    sha256: str
    notes: tuple[Mapping[str, object], ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether the circle withdrew it."""
        return any(note.get("note") == "withdrawn" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Cards:
    """A card set: how many cards it holds, and how many surveys it still serves."""

    id: bytes
    size: int
    current: bool
    left: int


def survey(assembly: Assembly, slug: str) -> Survey | None:
    """Return one survey, or None."""
    row = session.scalars(select(SurveyRow).where(SurveyRow.assembly == assembly.id, SurveyRow.slug == slug)).first()
    return None if row is None else _survey(assembly, row)


def surveys(assembly: Assembly, kind: str | None = None) -> tuple[Survey, ...]:
    """Return the surveys of an assembly, or those of one kind; the last to close first, then by slug."""
    query = select(SurveyRow).where(SurveyRow.assembly == assembly.id)
    query = query if kind is None else query.where(SurveyRow.kind == kind)
    rows = session.scalars(query.order_by(SurveyRow.closes.desc(), SurveyRow.slug))
    return tuple(_survey(assembly, row) for row in rows)


def _survey(assembly: Assembly, row: SurveyRow) -> Survey:
    return Survey(
        assembly=assembly,
        id=row.id,
        slug=row.slug,
        kind=row.kind,
        definition=row.definition,
        terms=json.loads(row.terms),
        fingerprint=row.fingerprint or b"",
        box_key=row.box_key or b"",
        card_set=row.card_set or b"",
        number=row.number or 0,
        opens=row.opens,
        closes=row.closes,
        state=State(row.state),
    )


def release(assembly: Assembly, slug: str) -> Release | None:
    """Return what was let out of a survey, or None while nothing was."""
    return next((one for one in releases(assembly) if one.survey == slug), None)


def releases(assembly: Assembly, kind: str | None = None) -> tuple[Release, ...]:
    """Return every release of an assembly, or of one kind of survey; the last to close first, then by slug."""
    joined = (SurveyRow.assembly == ReleaseRow.assembly) & (SurveyRow.id == ReleaseRow.survey)
    query = select(SurveyRow.slug, SurveyRow.kind, ReleaseRow).join(ReleaseRow, joined)
    query = query.where(SurveyRow.assembly == assembly.id)
    query = query if kind is None else query.where(SurveyRow.kind == kind)
    ordered = query.order_by(SurveyRow.closes.desc(), SurveyRow.slug, ReleaseRow.number)
    found: dict[str, list[tuple[str, ReleaseRow]]] = {}
    for slug, its_kind, row in session.execute(ordered):
        found.setdefault(slug, []).append((its_kind, row))
    return tuple(_release(slug, rows) for slug, rows in found.items())


def _release(slug: str, rows: list[tuple[str, ReleaseRow]]) -> Release:
    (kind, first), *later = rows
    notes = tuple(json.loads(row.canonical) for _, row in later)
    return Release(slug, kind, json.loads(first.canonical), first.sha256.hex(), notes)


def card_sets(assembly: Assembly) -> tuple[Cards, ...]:
    """Return the card sets of an assembly, the one in use first."""
    used = (
        select(func.count())
        .where(SurveyRow.assembly == CardSet.assembly, SurveyRow.card_set == CardSet.id)
        .correlate(CardSet)
        .scalar_subquery()
    )
    query = select(CardSet, used).where(CardSet.assembly == assembly.id).order_by(CardSet.state, CardSet.id)
    return tuple(
        Cards(row.id, row.size, row.state == "current", SURVEYS - count) for row, count in session.execute(query)
    )


def cards_left(assembly: Assembly, card_set: bytes) -> int:
    """Return how many cards of a set were not voided."""
    mine = (Credential.assembly == assembly.id) & (Credential.card_set == card_set)
    return session.scalar(select(func.count()).select_from(Credential).where(mine)) or 0


def enough(survey: Survey) -> bool:
    """Tell whether the box holds at least K ballots: yes or no, and nothing else, once it has ended."""
    mine = (Ballot.assembly == survey.assembly.id) & (Ballot.survey == survey.id)
    return (session.scalar(select(func.count()).select_from(Ballot).where(mine)) or 0) >= survey.assembly.floor


def deposited(survey: Survey) -> int:
    """Return how many slots have deposited their share of this box's key."""
    mine = (KeyShare.assembly == survey.assembly.id) & (KeyShare.survey == survey.id)
    given = mine & (KeyShare.from_slot != KeyShare.to_slot)
    return session.scalar(select(func.count(KeyShare.from_slot.distinct())).where(given)) or 0


def tell_season() -> None:
    """Let the ground know which card set an assembly uses: the reading word changes with it."""
    mine = (CardSet.assembly == AssemblyRow.id) & (CardSet.state == "current")
    register_season(select(CardSet.id).where(mine).correlate(AssemblyRow).scalar_subquery())
