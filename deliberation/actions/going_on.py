"""Going on from one stage of the rule to the next, and what a text was blocked on: only the assembly lets it go on."""

from collections.abc import Mapping

from sqlalchemy import select

from commons import log
from commons.assembly import Assembly
from commons.db import session
from commons.quorum import Refused
from deliberation.actions.proposals import last_round
from deliberation.domain.presets import After, Preset
from deliberation.domain.rules import Reason
from deliberation.models import ProposalRow, RoundRow

GO_ON = "deliberation.go_on"
ABSENT = (Reason.TOO_FEW, Reason.VOICE_ABSENT)


def let_in(assembly: Assembly, row: ProposalRow, preset: Preset, stage: int) -> None:
    """Raise `Refused` unless a proposal may be put to a round under this stage of the rule.

    The first is open to all. A second call follows a round too few came to; any other stage follows what the assembly
    said aloud, which several wrote into the log.
    """
    if stage == 0:
        return
    if preset.after[stage - 1] is After.TOO_FEW:
        last = last_round(row)
        if last is None or last.reason not in ABSENT:
            raise Refused("not_called_before")
    elif stage not in said_of(assembly, row.slug):
        raise Refused("nobody_said_go_on")


def said_of(assembly: Assembly, slug: str) -> frozenset[int]:
    """Return the stages the assembly let a proposal go on to, as the log tells."""
    told = [line.payload for line in log.entries(assembly, kind=GO_ON) if line.payload.get("proposal") == slug]
    return frozenset(stage for payload in told if isinstance(stage := payload.get("stage"), int))


def stage_asked(preset: Preset, params: Mapping[str, object]) -> int:
    """Return the stage an act lets a proposal go on to; 0 for none. Raises `Refused` where nobody can say that."""
    stage = params.get("stage", 0)
    if stage == 0:
        return 0
    if not isinstance(stage, int) or not 0 < stage < len(preset.stages):
        raise Refused("no_such_stage")
    if preset.after[stage - 1] is After.TOO_FEW:
        raise Refused("not_called_before")
    return stage


def blocked_before(assembly: Assembly, row: ProposalRow) -> bool:
    """Tell whether a round on a proposal gave that it was blocked."""
    mine = (RoundRow.assembly == assembly.id) & (RoundRow.proposal == row.id) & (RoundRow.reason == Reason.BLOCKED)
    return session.scalar(select(RoundRow.number).where(mine).limit(1)) is not None
