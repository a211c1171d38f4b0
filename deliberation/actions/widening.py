"""What may be read without the reading word: nothing, unless k + 1 opened one thing to allies, by a word of its own.

What is open stands in the log alone: the last of an opening and a taking back says. What the assembly decides only
among itself is never opened: neither the result of such a round, nor the plan while a line of it comes from there.
"""

from collections.abc import Mapping

from sqlalchemy import select

from commons import log
from commons.assembly import Assembly
from commons.db import session
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions.records import ROUND
from deliberation.domain.protocol import read_draft
from deliberation.models import DecisionRow, ProposalRow
from surveys import door

WIDEN, NARROW = "deliberation.widen", "deliberation.narrow"
PLAN, DIGEST, RESULTS = "plan", "digest", "results:"
DELAY, LONGEST = 3, 60
DELAYS = (DELAY, 7, 14, 30, LONGEST)


def widened(assembly: Assembly) -> Mapping[str, str]:
    """Return what allies may read, each with the act that opened it, which their word is made from.

    What holds something internal is shut as long as it does, even if it was opened before.
    """
    opened = _opened(assembly).items()
    return {what: opened_by for what, opened_by in opened if not internal(assembly, what)}


def _opened(assembly: Assembly) -> Mapping[str, str]:
    """Return what was opened to allies and never taken back, as the log tells."""
    found: dict[str, str] = {}
    lines = (line for kind in (WIDEN, NARROW) for line in log.entries(assembly, kind=kind))
    for line in sorted(lines, key=lambda one: one.seq):
        if line.kind == WIDEN:
            found[str(line.payload["what"])] = str(line.payload["act"])
        else:
            found.pop(str(line.payload["what"]), None)
    return found


def may_widen(assembly: Assembly) -> tuple[str, ...]:
    """Return what could be opened to allies: the digest, the plan, and every result that stands, the last first."""
    standing = (one for one in door.releases(assembly) if not one.withdrawn)
    every = (DIGEST, PLAN, *(f"{RESULTS}{one.survey}" for one in standing))
    return tuple(one for one in every if one not in widened(assembly))


def internal(assembly: Assembly, what: str) -> bool:
    """Tell whether something holds what the assembly keeps among itself: a round's result, or a line of the plan."""
    if what in {PLAN, DIGEST}:
        mine = (DecisionRow.assembly == assembly.id) & DecisionRow.state.in_(("in_force", "confirmed"))
        return any(read_draft(content).internal for content in session.scalars(select(DecisionRow.content).where(mine)))
    found = door.survey(assembly, what.removeprefix(RESULTS))
    if found is None or found.kind != ROUND:
        return False
    asked = [one.id for one in found.questionnaire.lists.get("proposals", ())]
    mine = (ProposalRow.assembly == assembly.id) & ProposalRow.slug.in_(asked)
    return any(read_draft(content).internal for content in session.scalars(select(ProposalRow.content).where(mine)))


def _widen_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    what = str(params.get("what"))
    if params.get("days", DELAY) not in DELAYS:
        raise Refused("no_such_delay")
    if what in widened(assembly):
        raise Refused("open_to_allies")
    if what not in may_widen(assembly):
        raise Refused("nothing_to_open")
    if internal(assembly, what):
        raise Refused("only_among_ourselves")
    release = door.release(assembly, what.removeprefix(RESULTS))
    return {"release": release.sha256} if release else {}


def _narrow_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    opened_by = _opened(assembly).get(str(params.get("what")))
    if opened_by is None:
        raise Refused("not_open_to_allies")
    return {"act": opened_by}


def _said(act: Act, _prepared: object) -> Carried:
    return Carried({"what": str(act.params["what"])})


ACTS = (
    Kind(WIDEN, Needs.K_PLUS_ONE, _said, touches=_widen_touches, delay_days=DELAY, longest_days=LONGEST),
    Kind(NARROW, Needs.K, _said, touches=_narrow_touches),
)
