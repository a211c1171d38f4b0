"""What was decided and what it adds up to: decisions, released priorities, the living plan, what circles said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from commons import clock
from commons.assembly import Assembly
from commons.db import session
from deliberation.domain import plan as living
from deliberation.domain.around import frequent
from deliberation.domain.hearing import Why
from deliberation.domain.plan import Plan
from deliberation.domain.priorities import Advice
from deliberation.domain.protocol import Draft, read_draft
from deliberation.domain.risk import Tier
from deliberation.domain.rounds import Stage
from deliberation.models import DecisionRow, ProposalRow, Statement
from deliberation.queries import lived
from deliberation.queries.around import incidents
from deliberation.queries.settled import Measure, measures, threats
from surveys import door

Words = Mapping[str, str]
HEARD_FOR = timedelta(days=182)
FORCE = ("in_force", "confirmed")
MEASURED = ("E", "G")
CALMER = Advice.CALMER.value


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision today. `until` ends an emergency measure by itself; `emergency` may be started by one on duty."""

    slug: str
    proposal: str
    draft: Draft
    stage: Stage
    outcome: str
    aloud: bool
    day: date
    review: date
    until: date | None
    emergency: bool

    @property
    def lives(self) -> bool:
        """Whether it is in force."""
        return self.stage in (Stage.IN_FORCE, Stage.REVIEW_DUE, Stage.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Said:
    """What one of our talking circles said aloud, about a threat or a proposal."""

    about: str
    words: Words
    day: date


@dataclass(frozen=True, slots=True)
class Priorities:
    """Priorities as the last baseline released them, with what circles said aloud since: closed values only.

    `survey` is empty before there is a release. Reasons are codes of `Why`. `order` are threats from the gravest, ties
    together; empty under 20 ballots. `risen` are threats whose tier rose since the baseline before.
    """

    survey: str = ""
    tiers: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    order: tuple[tuple[str, ...], ...] = ()
    eligibility: Mapping[str, str] = field(default_factory=dict)
    measure_reasons: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    proportional: bool = True
    risen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the last pulse advises; `lower` once two calmer ones followed each other."""

    survey: str
    advice: str
    lower: bool


def decisions(assembly: Assembly) -> tuple[Decision, ...]:
    """Return every decision, the newest first."""
    joined = (ProposalRow.assembly == DecisionRow.assembly) & (ProposalRow.id == DecisionRow.proposal)
    query = select(DecisionRow, ProposalRow.slug).join(ProposalRow, joined).where(DecisionRow.assembly == assembly.id)
    found = [_decision(assembly, row, slug) for row, slug in session.execute(query)]
    return tuple(sorted(found, key=lambda one: (one.day, int(one.slug.rsplit("-", 1)[-1])), reverse=True))


def _decision(assembly: Assembly, row: DecisionRow, proposal: str) -> Decision:
    draft, today, stage = read_draft(row.content), clock.today(assembly), Stage(row.state)
    if row.until is not None:
        stage = Stage.WITHDRAWN if row.until < today else Stage.IN_FORCE
    elif row.state in FORCE and row.review < today:
        stage = Stage.REVIEW_DUE
    return Decision(
        slug=row.slug,
        proposal=proposal,
        draft=draft,
        stage=stage,
        outcome=row.outcome,
        aloud=row.aloud,
        day=row.day,
        review=row.review,
        until=row.until,
        emergency=draft.emergency and row.until is None,
    )


def statements(assembly: Assembly) -> tuple[Said, ...]:
    """Return what circles said aloud, the last first."""
    mine = select(Statement).where(Statement.assembly == assembly.id).order_by(Statement.day.desc(), Statement.id)
    return tuple(Said(row.about, row.words, row.day) for row in session.scalars(mine))


def priorities(assembly: Assembly) -> Priorities:
    """Return the shared priorities."""
    counted = [release for release in door.releases(assembly, "baseline") if not release.withdrawn]
    told, before = (_closed(counted[at]) if len(counted) > at else {} for at in (0, 1))
    since = clock.today(assembly) - HEARD_FOR
    tiers, order = _texts(told, "tier"), told.get("order")
    named = {said.about for said in statements(assembly) if said.day > since}
    kept = {one.code for one in threats(assembly) if tiers.get(one.code) != Tier.NOW}
    heard = sorted(named & kept)
    return Priorities(
        survey=counted[0].survey if counted else "",
        tiers=tiers | dict.fromkeys(heard, Tier.NOW.value),
        reasons=_texts(told, "tier_reason") | dict.fromkeys(heard, Why.SAID_BY_A_CIRCLE.value),
        order=tuple(tuple(map(str, tie)) for tie in order) if isinstance(order, list) else (),
        eligibility=_texts(told, "eligibility"),
        measure_reasons=_texts(told, "measure_reason"),
        chosen=_list(told, "chosen"),
        tied=_list(told, "tied"),
        proportional=told.get("proportional", True) is True,
        risen=living.rising(_texts(before, "tier"), tiers),
    )


def pulse(assembly: Assembly) -> Pulse | None:
    """Return what the last pulse advises, or None before there is one."""
    counted = [release for release in door.releases(assembly, "pulse") if not release.withdrawn][:2]
    advised = [str(_closed(release).get("advice", "")) for release in counted]
    if not counted:
        return None
    return Pulse(counted[0].survey, advised[0], lower=advised == [CALMER, CALMER])


def measured(assembly: Assembly) -> tuple[tuple[Words, str], ...]:
    """Return what the last baseline asked of how we protect ourselves (E) and live together (G), with its band."""
    last = next((one for one in door.releases(assembly, "baseline") if not one.withdrawn), None)
    box = door.survey(assembly, last.survey) if last else None
    if last is None or box is None:
        return ()
    bands = {one["item"]: one.get("band", "") for one in last.data["figures"]}
    asked = [item for item in box.questionnaire.items if item.key[:1] in MEASURED and bands.get(item.key)]
    return tuple((item.text, bands[item.key]) for item in asked)


def plan(assembly: Assembly) -> Plan:
    """Return the living plan as it is today."""
    found, kept = priorities(assembly), {one.code: one for one in measures(assembly)}
    watched = [
        living.Threat(one.code, one.words, found.tiers.get(one.code, ""), found.reasons.get(one.code, ""))
        for one in threats(assembly)
        if one.watched or one.code in found.tiers
    ]
    lives = [one for one in decisions(assembly) if one.lives and one.draft.protocol is None]
    looked = {slug: seen[-1].day for slug, seen in lived.reviews(assembly).items()}
    entries = [_entry(one, kept, looked.get(one.slug)) for one in lives]
    return living.plan(watched, entries, clock.today(assembly), risen=risen(assembly, found))


def risen(assembly: Assembly, found: Priorities) -> Mapping[str, date]:
    """Return the threats that rose, with the day: by the last baseline, or because incidents of them rise."""
    counted = lived.counted_on(assembly).get(found.survey, date.min)
    rose = dict.fromkeys(found.risen, counted)
    often = frequent(incidents(assembly), clock.today(assembly))
    return {code: max(rose.get(code, date.min), often.get(code, date.min)) for code in sorted({*rose, *often})}


def _entry(one: Decision, kept: Mapping[str, Measure], looked: date | None) -> living.Decision:
    measure = kept.get(one.draft.measure)
    return living.Decision(
        id=one.slug,
        words=one.draft.text,
        threats=one.draft.threats,
        review=one.review,
        measure=one.draft.measure,
        root_cause=measure is not None and measure.root_cause,
        aloud=one.aloud,
        reservations=one.outcome == Stage.WITH_RESERVATIONS,
        effort=one.draft.effort,
        until=one.until,
        day=one.day,
        looked=looked,
    )


def tiers(release: door.Release) -> Mapping[str, str]:
    """Return the tiers a baseline released."""
    return _texts(_closed(release), "tier")


def _closed(release: door.Release) -> Mapping[str, object]:
    return release.data["closed"]


def _texts(told: Mapping[str, object], kind: str) -> dict[str, str]:
    values = told.get(kind)
    return {str(item): str(value) for item, value in values.items()} if isinstance(values, Mapping) else {}


def _list(told: Mapping[str, object], kind: str) -> tuple[str, ...]:
    values = told.get(kind)
    return tuple(str(one) for one in values) if isinstance(values, list) else ()
