"""Decisions as they live: reviewed by several, started at once in an emergency agreed on beforehand, spoken about."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from commons import clock, log
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions import circle
from deliberation.actions.records import closed, collective, decision, digest, heard, next_slug, refusing, worded
from deliberation.domain import rounds
from deliberation.domain.around import Incident, frequent
from deliberation.domain.lived import Progress, answered, reopened
from deliberation.domain.plan import rising
from deliberation.domain.protocol import read_draft
from deliberation.domain.rounds import LIVING, Stage, Way
from deliberation.models import DecisionRow, IncidentRow, ProposalRow, Statement, ThreatRow
from surveys import door

REVIEW, COUNTED, PROGRESS = "deliberation.review", "surveys.count", "progress"
SHORTEST, LONGEST = 3, 7
CYCLE = timedelta(days=90)
FARTHEST_REVIEW = timedelta(days=730)
ENDINGS = (Stage.CONFIRMED, Stage.WITHDRAWN)


def _due(assembly: Assembly, row: DecisionRow) -> Way:
    """Return a decision that is to be looked at again: its day has come, or a threat it acts on is rising.

    Raises `Refused` for any other.
    """
    held = Way(Stage(row.state))
    if held.stage not in LIVING or row.until is not None:
        raise Refused("not_in_force")
    if row.review > clock.today(assembly) and not _reopened(assembly, row):
        raise Refused("not_due")
    return rounds.fall_due(held)


def _reopened(assembly: Assembly, row: DecisionRow) -> bool:
    """Tell whether a threat the decision acts on rose since it was decided, or last looked at again."""
    reviews = log.entries(assembly, kind=REVIEW)
    seen = max([row.day, *(line.day for line in reviews if line.payload["decision"] == row.slug)])
    threats = read_draft(row.content).threats
    return reopened(threats, seen, _risen(assembly)) or reopened(threats, seen, _frequent(assembly))


def _risen(assembly: Assembly) -> Mapping[str, date]:
    """Return the threats whose tier rose between the last two baselines, with the day the last was counted."""
    counted = [release.survey for release in door.releases(assembly, "baseline") if not release.withdrawn][:2]
    tiers = [
        told if isinstance(told, Mapping) else {} for slug in counted for told in [closed(assembly, slug).get("tier")]
    ]
    days = {str(line.payload["survey"]): line.day for line in log.entries(assembly, kind=COUNTED)}
    return dict.fromkeys(rising(tiers[1], tiers[0]), days[counted[0]]) if len(tiers) > 1 else {}


def _frequent(assembly: Assembly) -> Mapping[str, date]:
    """Return the threats whose incidents rise, with the month that says so."""
    rows = session.scalars(select(IncidentRow).where(IncidentRow.assembly == assembly.id))
    return frequent([Incident(row.threat, row.month, {}) for row in rows], clock.today(assembly))


def ahead(assembly: Assembly, params: Mapping[str, object], name: str, refused: str) -> date:
    """Return a day written in an act, after today and within two years. Raises `Refused` with this code."""
    today = clock.today(assembly)
    try:
        day = date.fromisoformat(str(params.get(name)))
    except ValueError:
        raise Refused(refused) from None
    if not today < day <= today + FARTHEST_REVIEW:
        raise Refused(refused)
    return day


def _next_review(assembly: Assembly, params: Mapping[str, object]) -> date:
    return ahead(assembly, params, "review", "no_review_date")


def _answers(params: Mapping[str, object]) -> Mapping[str, str]:
    """Return what the assembly answered beside the ending. Raises `Refused` on words nobody may choose."""
    try:
        return answered(params)
    except ValueError:
        raise Refused("no_such_answer") from None


def _review_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row = decision(assembly, params.get("decision"))
    if params.get("ending") not in ENDINGS:
        raise Refused("no_such_ending")
    _answers(params)
    if params["ending"] == Stage.CONFIRMED:
        _next_review(assembly, params)
    _due(assembly, row)
    return {"decision": digest([row.slug, row.state, row.content]), "heard": heard(assembly, params)}


def _review(act: Act, _prepared: object) -> Carried:
    row, ending = decision(act.assembly, act.params["decision"]), Stage(str(act.params["ending"]))
    with refusing():
        row.state = rounds.review(_due(act.assembly, row), ending).stage.value
    if ending is Stage.CONFIRMED:
        row.review = _next_review(act.assembly, act.params)
    told = {"decision": row.slug, "ending": row.state, "review": row.review.isoformat()}
    return Carried({**told, **_answers(act.params)})


@transaction
def note_progress(assembly: Assembly, slug: str, how: str, day: date) -> None:
    """Write down, alone, that a decision in force is begun, under way or done on some day. It changes nothing of it.

    Raises `Refused` for anything but these, for a decision that is not in force or ends by itself, and for a day before
    it was decided or still to come.
    """
    circle.guard(assembly, "progress")
    row = decision(assembly, slug)
    if how not in set(Progress):
        raise Refused("no_such_answer")
    if Stage(row.state) not in LIVING or row.until is not None:
        raise Refused("not_in_force")
    if not row.day <= day <= clock.today(assembly):
        raise Refused("since_decided")
    log.append(assembly, PROGRESS, {"decision": row.slug, "progress": how, "on": day.isoformat()})


@transaction
def start_emergency(assembly: Assembly, slug: str, days: int, began: date | None = None) -> str:
    """Record, alone, a measure agreed on beforehand for emergencies; return its slug. It ends by itself.

    It may have begun by bell, radio or mouth some days ago: it ends counted from that day, even if that is over. Raises
    `Refused` unless the assembly adopted it as such and it is in force, for three to seven days, begun in the last
    seven and not before it was adopted.
    """
    circle.guard(assembly, "emergency")
    agreed, today = decision(assembly, slug), clock.today(assembly)
    began = began or today
    if not SHORTEST <= days <= LONGEST:
        raise Refused("three_to_seven_days")
    if not max(agreed.day, today - timedelta(days=LONGEST)) <= began <= today:
        raise Refused("began_lately")
    if Stage(agreed.state) not in LIVING or agreed.until is not None or not read_draft(agreed.content).emergency:
        raise Refused("not_agreed_beforehand")
    same = (DecisionRow.assembly == assembly.id) & (DecisionRow.proposal == agreed.proposal)
    if session.scalars(select(DecisionRow.id).where(same, DecisionRow.until >= began)).first() is not None:
        raise Refused("running_already")
    until = began + timedelta(days=days)
    started = DecisionRow(
        assembly=assembly.id,
        id=new_id(),
        slug=next_slug(assembly, DecisionRow, "decision"),
        proposal=agreed.proposal,
        content=agreed.content,
        outcome=agreed.outcome,
        aloud=agreed.aloud,
        day=began,
        review=until,
        until=until,
        state="in_force",
    )
    session.add(started)
    told = {"decision": started.slug, "agreed": slug, "began": began.isoformat(), "until": until.isoformat()}
    log.append(assembly, "emergency", told)
    return started.slug


@transaction
def end_emergencies(assembly: Assembly) -> None:
    """Upkeep: write down that emergency measures whose days are over have ended. Nobody needs to end them."""
    over = (DecisionRow.until < clock.today(assembly)) & (DecisionRow.state != Stage.WITHDRAWN)
    rows = session.scalars(select(DecisionRow).where(DecisionRow.assembly == assembly.id, over)).all()
    for row in sorted(rows, key=lambda one: int(one.slug.rsplit("-", 1)[-1])):
        row.state = Stage.WITHDRAWN.value
        log.append(assembly, "emergency.ended", {"decision": row.slug})


def _caucus_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    about, words = str(params.get("about", "")), worded(assembly, params).get("words")
    if not isinstance(words, Mapping) or not any(str(text).strip() for text in words.values()):
        raise Refused("no_words")
    threats = set(session.scalars(select(ThreatRow.code).where(ThreatRow.assembly == assembly.id)))
    proposal = select(ProposalRow.id).where(ProposalRow.assembly == assembly.id, ProposalRow.slug == about)
    if about not in threats and session.scalar(proposal) is None:
        raise Refused("about_nothing_known")
    said = _said_lately(assembly)
    if about in said:
        raise Refused("said_already")
    if about in threats and len(threats & said) >= max(1, len(collective(assembly).voices)):
        raise Refused("threats_said_already")
    return {"words": digest(words)}


def _said_lately(assembly: Assembly) -> set[str]:
    """Return what our circles spoke about in the last three months; which circle is written nowhere."""
    lately = (Statement.assembly == assembly.id) & (Statement.day > clock.today(assembly) - CYCLE)
    return set(session.scalars(select(Statement.about).where(lately)))


def _caucus(act: Act, _prepared: object) -> Carried:
    words, about = worded(act.assembly, act.params)["words"], str(act.params["about"])
    said = {str(tag): str(text) for tag, text in words.items()} if isinstance(words, Mapping) else {}
    day = clock.today(act.assembly)
    session.add(Statement(assembly=act.assembly.id, id=new_id(), about=about, words=said, day=day))
    return Carried({"about": about, "words": act.touches["words"]})


ACTS = (
    Kind(REVIEW, Needs.K, _review, touches=_review_touches),
    Kind("deliberation.caucus", Needs.K, _caucus, touches=_caucus_touches),
)
