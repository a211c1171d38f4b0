"""What the assembly decided, written down by several: rounds held aloud, ratifications, going on, taking back.

Nothing here adopts anything by itself. A ratification records that the assembly heard the log's words and the verdict
of a closed round, and made it its own; without such a round it is refused.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from commons import clock
from commons.assembly import Assembly
from commons.db import new_id, session
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions.asking import fit, not_quiet, preset
from deliberation.actions.going_on import ABSENT, GO_ON, blocked_before, stage_asked
from deliberation.actions.records import (
    box,
    closed,
    collective,
    draft_of,
    gone,
    heard,
    keep_way,
    next_slug,
    proposal,
    protocol,
    refusing,
    text_digest,
    way,
    written,
)
from deliberation.domain import rounds
from deliberation.domain.presets import LIMITING, Again
from deliberation.domain.protocol import Draft, conflicts, write_protocol
from deliberation.domain.rounds import BLOCK, DECIDED, HARM, Stage, Way, raised_in
from deliberation.domain.rules import Outcome, Reason, Verdict
from deliberation.models import DecisionRow, ProposalRow, ProtocolRow, RoundRow
from surveys import door

FORCE = ("in_force", "confirmed")
SPOKEN = {
    Outcome.ADOPTED: frozenset({Reason.AGREED}),
    Outcome.WITH_RESERVATIONS: frozenset({Reason.AGREED}),
    Outcome.NOT_ADOPTED: frozenset({Reason.REFUSED}),
    Outcome.RETURNED: frozenset({Reason.TOO_FEW, Reason.VOICE_ABSENT, Reason.HARMFUL, *LIMITING}),
    Outcome.NO_AGREEMENT: frozenset({Reason.TOO_LITTLE_AGREEMENT, Reason.BLOCKED}),
}


def _closed(assembly: Assembly, params: Mapping[str, object]) -> tuple[ProposalRow, Way]:
    """Return a proposal whose round is closed. Raises `Refused` for any other."""
    row = proposal(assembly, params.get("proposal"))
    now = way(assembly, row)
    if now.stage is not Stage.RATIFICATION or now.verdict is None:
        raise Refused("no_closed_round")
    return row, now


def _of_round(assembly: Assembly, row: ProposalRow, now: Way) -> dict[str, str]:
    """Return what ties an act to one text and one closed round."""
    release = door.release(assembly, row.survey) if box(assembly, row) else None
    verdict = f"{now.verdict.outcome} {now.verdict.reason}" if now.verdict else ""
    return {
        "text": text_digest(row),
        "round": f"{now.rounds} {release.sha256 if release else 'aloud'}",
        "verdict": verdict,
    }


def _let_go(assembly: Assembly, row: ProposalRow, now: Way) -> None:
    """Write a sealed round down and let its box go; one held aloud is written already."""
    if box(assembly, row) and now.verdict:
        write_round(row, now, now.verdict, raised_in(closed(assembly, row.survey), row.slug), clock.today(assembly))
    row.survey = ""


def write_round(row: ProposalRow, now: Way, verdict: Verdict, objections: list[str], day: date) -> None:
    """Write a closed round down, once."""
    session.add(
        RoundRow(
            assembly=row.assembly,
            proposal=row.id,
            number=now.rounds,
            survey=row.survey,
            outcome=verdict.outcome.value,
            reason=verdict.reason.value,
            raised=objections,
            day=day,
        )
    )
    session.flush()


def _ratify_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row, now = _closed(assembly, params)
    if now.verdict and now.verdict.adopts and conflicts(draft_of(row), protocol(assembly)):
        raise Refused("stopped_by_protocol")
    return _of_round(assembly, row, now) | {"heard": heard(assembly, params)}


def _ratify(act: Act, _prepared: object) -> Carried:
    row, now = _closed(act.assembly, act.params)
    aloud = box(act.assembly, row) is None
    _let_go(act.assembly, row, now)
    ended = rounds.ratify(now)
    keep_way(row, ended)
    facts: dict[str, object] = {
        "proposal": row.slug,
        "text": text_digest(row),
        "outcome": ended.stage.value,
        "heard": act.touches["heard"],
    }
    if ended.stage in DECIDED:
        facts |= _decide(act.assembly, row, ended, aloud=aloud)
    return Carried(facts, result=facts.get("decision"))


def _decide(assembly: Assembly, row: ProposalRow, ended: Way, *, aloud: bool) -> dict[str, object]:
    """Put what was adopted in force, with its review date; a new protocol is the next version."""
    draft, today = draft_of(row), clock.today(assembly)
    slug = next_slug(assembly, DecisionRow, "decision")
    session.add(
        DecisionRow(
            assembly=assembly.id,
            id=new_id(),
            slug=slug,
            proposal=row.id,
            content=row.content,
            outcome=ended.stage.value,
            aloud=aloud,
            day=today,
            review=max(today, rounds.review_limit(ended, today, draft.review or today)),
            until=None,
            state=rounds.take_effect(ended).stage.value,
        )
    )
    _replace(assembly, draft)
    version = _enact(assembly, draft, today)
    return {"decision": slug} | ({"protocol": version} if version else {})


def _replace(assembly: Assembly, draft: Draft) -> None:
    """Mark the decision that this one amends."""
    mine = (DecisionRow.assembly == assembly.id) & (DecisionRow.slug == draft.replaces) & DecisionRow.state.in_(FORCE)
    replaced = session.scalars(select(DecisionRow).where(mine)).first()
    if replaced is not None:
        replaced.state = "amended"


def _enact(assembly: Assembly, draft: Draft, today: date) -> int:
    """Put a new protocol in force and return its version; 0 when there is none."""
    if draft.protocol is None:
        return 0
    version = (
        session.scalar(select(func.max(ProtocolRow.version)).where(ProtocolRow.assembly == assembly.id)) or 0
    ) + 1
    content = write_protocol(draft.protocol)
    session.add(ProtocolRow(assembly=assembly.id, version=version, content=content, day=today))
    return version


def _spoken(params: Mapping[str, object]) -> Verdict:
    """Return the outcome and reason k facilitators heard. Raises `Refused` when they do not go together."""
    try:
        verdict = Verdict(Outcome(str(params.get("outcome"))), Reason(str(params.get("reason"))))
    except ValueError:
        raise Refused("no_such_verdict") from None
    if verdict.reason not in SPOKEN[verdict.outcome]:
        raise Refused("no_such_verdict")
    if verdict.reason not in ABSENT and params.get("quorum") is not True:
        raise Refused("no_quorum")
    return verdict


def _aloud_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row = proposal(assembly, params.get("proposal"))
    if not gone(assembly, row):
        raise Refused("in_a_box")
    again, verdict = preset(collective(assembly)).again, _spoken(params)
    if verdict.reason is Reason.BLOCKED:
        _blocked(verdict.outcome, ends=again is Again.END and blocked_before(assembly, row))
    fit(assembly, row, apart(assembly, row))
    not_quiet(assembly, collective(assembly))
    _objections(assembly, params)
    return {"text": text_digest(row), "heard": heard(assembly, params)}


def _blocked(outcome: Outcome, *, ends: bool) -> None:
    """Raise `Refused` unless a block ends the matter exactly where the rule says that it does."""
    if ends != (outcome is Outcome.NO_AGREEMENT):
        raise Refused("blocked_again" if ends else "no_such_verdict")


def _aloud(act: Act, _prepared: object) -> Carried:
    row = proposal(act.assembly, act.params["proposal"])
    verdict, now = _spoken(act.params), apart(act.assembly, row)
    row.survey = ""
    with refusing():
        ended = rounds.close_round(rounds.begin_round(now), verdict)
    write_round(row, ended, verdict, _objections(act.assembly, act.params), clock.today(act.assembly))
    keep_way(row, ended)
    told = {"outcome": verdict.outcome.value, "reason": verdict.reason.value}
    return Carried({"proposal": row.slug, "text": text_digest(row), "round": ended.rounds, **told})


def _objections(assembly: Assembly, params: Mapping[str, object]) -> list[str]:
    """Return what was raised aloud: criteria, "block" and "harm". Raises `Refused` for anything else."""
    said = params.get("raised", [])
    objections = sorted({str(one) for one in said}) if isinstance(said, list) else []
    known = {criterion.id for criterion in protocol(assembly).criteria} | {BLOCK, HARM}
    if not set(objections) <= known:
        raise Refused("no_such_criterion")
    return objections


def _on_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row, now = _closed(assembly, params)
    with refusing():
        rounds.go_on(now)
    if not stage_asked(preset(collective(assembly)), params):
        return _of_round(assembly, row, now)
    return _of_round(assembly, row, now) | {"heard": heard(assembly, params)}


def _on(act: Act, _prepared: object) -> Carried:
    row, now = _closed(act.assembly, act.params)
    _let_go(act.assembly, row, now)
    keep_way(row, rounds.go_on(now))
    stage = stage_asked(preset(collective(act.assembly)), act.params)
    said = {"proposal": row.slug, "text": text_digest(row), "round": now.rounds}
    return Carried(said | ({"stage": stage} if stage else {}))


def _back_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row = proposal(assembly, params.get("proposal"))
    if not gone(assembly, row):
        raise Refused("in_a_box")
    with refusing():
        rounds.withdraw(apart(assembly, row))
    return {"text": text_digest(row)}


def apart(assembly: Assembly, row: ProposalRow) -> Way:
    """Return where a proposal stands once a box that cannot be opened has let it go."""
    held_by = box(assembly, row)
    return way(assembly, row) if held_by is None or held_by.state is door.State.BURNT else written(row)


def _back(act: Act, _prepared: object) -> Carried:
    row = proposal(act.assembly, act.params["proposal"])
    with refusing():
        keep_way(row, rounds.withdraw(apart(act.assembly, row)))
    row.survey = ""
    return Carried({"proposal": row.slug, "text": text_digest(row)})


ACTS = (
    Kind("deliberation.ratify", Needs.K, _ratify, touches=_ratify_touches),
    Kind("deliberation.aloud", Needs.K, _aloud, touches=_aloud_touches),
    Kind(GO_ON, Needs.K, _on, touches=_on_touches),
    Kind("deliberation.take_back", Needs.K, _back, touches=_back_touches),
)
