"""How far an assembly has come on the guided path: what is there, never who did it."""

from commons.assembly import Assembly
from deliberation.domain.collective import Step
from deliberation.domain.rounds import Stage
from deliberation.queries import decided, settled
from surveys import door

REVIEWED = frozenset({Stage.CONFIRMED, Stage.AMENDED, Stage.WITHDRAWN})


def done(assembly: Assembly) -> frozenset[Step]:
    """Return the steps of which something is there: each can always be taken again."""
    decisions = decided.decisions(assembly)
    there = {
        Step.MEMBERS: settled.collective(assembly).members > 0,
        Step.CONSULT: any(one.state is door.State.COUNTED for one in door.surveys(assembly)),
        Step.THREATS: any(one.watched for one in settled.threats(assembly)),
        Step.NEEDS: any(one.offered for one in settled.measures(assembly)),
        Step.PLAN: bool(decisions),
        Step.REVIEW: any(one.stage in REVIEWED for one in decisions),
    }
    return frozenset(step for step, is_there in there.items() if is_there)
