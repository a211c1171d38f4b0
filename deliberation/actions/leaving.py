"""Deleting an assembly, and stopping an act that waits for its delay: how it ends, and how it changes its mind."""

from collections.abc import Mapping

from commons import db, log, quorum
from commons.assembly import Assembly
from commons.quorum import Act, Carried, Kind, Needs, Refused, State
from surveys import door

DELETE, STOP = "deliberation.delete", "deliberation.stop"
DELAY = 7


def _delete(act: Act, _prepared: object) -> Carried:
    """Burn every box unread, at once. Upkeep erases the rest in the same minute: this entry of the log too."""
    return Carried({"burnt": list(door.burn_open_boxes(act.assembly))})


def erase_due(assembly: Assembly) -> None:
    """Upkeep: leave nothing of an assembly that several deleted."""
    if log.entries(assembly, kind=DELETE):
        db.erase(assembly.id)
        db.rewrite()


def _stop_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    found = quorum.act(assembly, str(params.get("act")))
    if found is None or found.state is not State.AGREED:
        raise Refused("not_agreed")
    return {"act": found.id}


def _stop(act: Act, _prepared: object) -> Carried:
    quorum.drop(act.assembly, str(act.params["act"]))
    return Carried({"stopped": str(act.params["act"])})


ACTS = (
    Kind(DELETE, Needs.K_PLUS_ONE, _delete, delay_days=DELAY),
    Kind(STOP, Needs.K, _stop, touches=_stop_touches),
)
