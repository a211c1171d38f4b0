"""Reading the room: values only, never a row. Nothing here writes, and nothing here can read an answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum

from nacl.public import SealedBox
from sqlalchemy import ColumnElement, Executable, Row, bindparam, case, func, select, true

from commons import clock, log
from commons.assembly import Assembly, AssemblyRow, register_season
from commons.db import session
from commons.quorum import Keys
from surveys.domain import disclosure
from surveys.domain.cards import SURVEYS
from surveys.domain.questionnaire import Questionnaire, Words
from surveys.domain.reading import parsed
from surveys.domain.release import ReleaseData, beginning
from surveys.domain.season import Season, season
from surveys.models import Ballot, CardSet, Credential, KeyShare, ReleaseRow, SurveyRow, WrittenText, said_of


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
    def last_counts(self) -> bool:
        """Whether a card that answers again replaces what it said."""
        return self.terms.get("counts") == "last"

    @property
    def open(self) -> bool:
        """Whether a card is accepted today."""
        today = clock.today(self.assembly)
        return self.state is State.OPEN and self.opens is not None and self.opens <= today <= self.closes

    @property
    def waits(self) -> bool:
        """Whether it was opened ahead, and its first day is still to come."""
        begins = str(self.terms.get("opens", ""))
        return self.state is State.OPEN and clock.today(self.assembly).isoformat() < begins

    @property
    def paused(self) -> bool:
        """Whether cards will be accepted again after a pause."""
        today = clock.today(self.assembly)
        return self.state is State.OPEN and self.opens is not None and today < self.opens and not self.waits

    @property
    def sitting(self) -> tuple[str, ...]:
        """The boxes of the sitting it belongs to, in the order the hall takes them; none outside any."""
        said = self.terms.get("sitting")
        return tuple(str(one) for one in said["boxes"]) if isinstance(said, Mapping) else ()

    @property
    def over(self) -> bool:
        """Whether the last day has passed and nobody has begun to open the box."""
        return self.state is State.ENDED or (self.state is State.OPEN and self.closes < clock.today(self.assembly))


@dataclass(frozen=True, slots=True)
class Release:
    """What was let out of a survey: its figures and closed values, and what was said of it since."""

    survey: str
    kind: str
    data: ReleaseData
    sha256: str
    notes: tuple[Mapping[str, object], ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether the circle withdrew it."""
        return any(note.get("note") == "withdrawn" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote under a question; under `said_of` a question, the common words that wait for signatures."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Cards:
    """A card set: how many cards it holds, how many surveys it still serves, and what the log tells of it."""

    id: bytes
    size: int
    current: bool
    left: int
    told: Season


@dataclass(frozen=True, slots=True)
class Checked:
    """A result of a season: left-over cards counted in it, ballots that bear no number, paper forms let in."""

    survey: Survey
    among: int
    bare: int
    forms: int


_TABLE = SurveyRow.__table__
_SHOWN = [column for column in _TABLE.c if column.name not in {"assembly", "nullifier_key"}]
_MINE = select(*_SHOWN).where(_TABLE.c.assembly == bindparam("assembly"))
_ONE = _MINE.where(_TABLE.c.slug == bindparam("slug"))
_ALL = _MINE.order_by(_TABLE.c.closes.desc(), _TABLE.c.slug)
_SHORT = 1 << 16
_WHOLE = ReleaseRow.canonical.label("text")
_FIRST = case((ReleaseRow.number == 1, func.substr(_WHOLE, 1, _SHORT)), else_=_WHOLE).label("text")


def survey(assembly: Assembly, slug: str) -> Survey | None:
    """Return one survey, or None."""
    return next(_surveys(assembly, _ONE, slug=slug), None)


def surveys(assembly: Assembly, kind: str | None = None) -> tuple[Survey, ...]:
    """Return the surveys of an assembly, or those of one kind; the last to close first, then by slug."""
    return tuple(_surveys(assembly, _ALL if kind is None else _ALL.where(_TABLE.c.kind == kind)))


def _surveys(assembly: Assembly, statement: Executable, **wanted: str) -> Iterator[Survey]:
    for row in session.execute(statement, {"assembly": assembly.id, **wanted}):
        yield Survey(
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


def release(assembly: Assembly, slug: str, *, whole: bool = False) -> Release | None:
    """Return what was let out of a survey, or None while nothing was; its witnesses only if `whole`."""
    return next(iter(_releases(assembly, SurveyRow.slug == slug, whole=whole)), None)


def releases(assembly: Assembly, kind: str | None = None, *, whole: bool = False) -> tuple[Release, ...]:
    """Return every release of an assembly, or of one kind of survey; the last to close first, then by slug."""
    return _releases(assembly, true() if kind is None else SurveyRow.kind == kind, whole=whole)


def _releases(assembly: Assembly, wanted: ColumnElement[bool], *, whole: bool) -> tuple[Release, ...]:
    joined = (SurveyRow.assembly == ReleaseRow.assembly) & (SurveyRow.id == ReleaseRow.survey)
    query = select(SurveyRow.slug, SurveyRow.kind, _WHOLE if whole else _FIRST, ReleaseRow.sha256)
    query = query.join(ReleaseRow, joined).where(SurveyRow.assembly == assembly.id, wanted)
    ordered = query.order_by(SurveyRow.closes.desc(), SurveyRow.slug, ReleaseRow.number)
    found: dict[str, list[Row[tuple[str, str, str, bytes]]]] = {}
    for row in session.execute(ordered):
        found.setdefault(row.slug, []).append(row)
    return tuple(
        _release(rows, whole=whole) or _releases(assembly, SurveyRow.slug == slug, whole=True)[0]
        for slug, rows in found.items()
    )


def _release(rows: Sequence[Row[tuple[str, str, str, bytes]]], *, whole: bool) -> Release | None:
    """Return a release; None when its figures alone are longer than the part that was read."""
    first, notes = rows[0], tuple(json.loads(row.text) for row in rows[1:])
    data = json.loads(first.text) if whole else beginning(first.text, first.slug)
    return Release(first.slug, first.kind, data, first.sha256.hex(), notes) if data else None


def waves(survey: Survey) -> tuple[int, ...]:
    """Return how many ballots each other survey of its kind had that ends close to this one; none for one uncounted."""
    kind = (one for one in surveys(survey.assembly, survey.kind) if one.state not in {State.DRAFT, State.BURNT})
    near = [one.slug for one in kind if one.slug != survey.slug and disclosure.near(one.closes, survey.closes)]
    counted = {one.survey: one.data["ballots"] for one in releases(survey.assembly, survey.kind)}
    return tuple(counted.get(slug, 0) for slug in near)


def card_sets(assembly: Assembly) -> tuple[Cards, ...]:
    """Return the card sets of an assembly, the one in use first."""
    used = (
        select(func.count())
        .where(SurveyRow.assembly == CardSet.assembly, SurveyRow.card_set == CardSet.id)
        .correlate(CardSet)
        .scalar_subquery()
    )
    query = select(CardSet, used).where(CardSet.assembly == assembly.id).order_by(CardSet.state, CardSet.id)
    told = [(line.kind, line.payload) for line in log.entries(assembly)]
    return tuple(
        Cards(row.id, row.size, row.state == "current", SURVEYS - count, season(row.id.hex(), told))
        for row, count in session.execute(query)
    )


def in_words(survey: Survey) -> bool:
    """Tell whether the cards of this survey are printed in words too."""
    return any(one.told.words for one in card_sets(survey.assembly) if one.id == survey.card_set)


def checked(assembly: Assembly, cards: Cards) -> tuple[Checked, ...]:
    """Return every result of a season, held against its left-over cards; the last to close first, then by slug."""
    said = {one.survey: one.data for one in releases(assembly, whole=True)}
    papers = [line.payload for line in log.entries(assembly, kind="surveys.paper")]
    mine = [one for one in surveys(assembly) if one.card_set == cards.id and one.slug in said]
    return tuple(
        Checked(
            one,
            cards.told.among(one.number, said[one.slug]["witnesses"]),
            said[one.slug]["ballots"] - len(said[one.slug]["witnesses"]),
            sum(int(str(paper["forms"])) for paper in papers if paper["survey"] == one.slug),
        )
        for one in mine
    )


def cards_left(assembly: Assembly, card_set: bytes) -> int:
    """Return how many cards of a set were not voided."""
    mine = (Credential.assembly == assembly.id) & (Credential.card_set == card_set)
    return session.scalar(select(func.count()).select_from(Credential).where(mine)) or 0


def enough(survey: Survey) -> bool:
    """Tell whether the box holds at least K ballots: yes or no, and nothing else, once it has ended."""
    mine = (Ballot.assembly == survey.assembly.id) & (Ballot.survey == survey.id)
    return (session.scalar(select(func.count()).select_from(Ballot).where(mine)) or 0) >= survey.assembly.floor


def sealed(survey: Survey, most: int) -> tuple[Mapping[str, str], ...]:
    """Return a few rows of a box as they lie in the database: every column by its name, in hexadecimal."""
    mine = (Ballot.assembly == survey.assembly.id) & (Ballot.survey == survey.id)
    rows = session.execute(select(*Ballot.__table__.columns).where(mine).order_by(Ballot.id).limit(most)).mappings()
    return tuple({str(name): value.hex() for name, value in row.items()} for row in rows)


def deposited(survey: Survey) -> int:
    """Return how many slots have deposited their share of this box's key."""
    mine = (KeyShare.assembly == survey.assembly.id) & (KeyShare.survey == survey.id)
    given = mine & (KeyShare.from_slot != KeyShare.to_slot)
    return session.scalar(select(func.count(KeyShare.from_slot.distinct())).where(given)) or 0


def texts(survey: Survey, keys: Keys) -> tuple[Text, ...]:
    """Return the texts sealed to a facilitator, by question and then by their words: their order tells nothing."""
    mine = (WrittenText.assembly == survey.assembly.id) & (WrittenText.survey == survey.id)
    rows = session.execute(select(WrittenText.question, WrittenText.text).where(mine, WrittenText.slot == keys.slot))
    box = SealedBox(keys.sealing)
    return tuple(sorted((Text(row.question, box.decrypt(row.text).decode()) for row in rows), key=astuple))


def waiting(survey: Survey, keys: Keys) -> Mapping[str, tuple[Words, ...]]:
    """Return, by question, the common words that wait for signatures, as they were sealed to a facilitator."""
    names = {said_of(item.key): item.key for item in survey.questionnaire.items}
    found = (one for one in texts(survey, keys) if one.question in names)
    return {names[one.question]: tuple(json.loads(one.text)) for one in found}


def tell_season() -> None:
    """Let the ground know which card set an assembly uses: the reading word changes with it."""
    cards, places = CardSet.__table__.c, AssemblyRow.__table__
    mine = (cards.assembly == places.c.id) & (cards.state == "current")
    register_season(select(cards.id).where(mine).correlate(places).scalar_subquery())
