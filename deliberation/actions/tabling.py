"""The table of risk an assembly wrote: the log alone holds it; until one is written there, the starting one holds."""

from collections.abc import Mapping

from commons import log
from commons.assembly import Assembly
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions.records import collective, digest
from deliberation.domain.risk import STARTING, BadTable, Table, read_table

TABLE = "deliberation.table"
DELAY = 3


def table(assembly: Assembly) -> Table:
    """Return the table that baselines drafted now are judged by."""
    written = log.entries(assembly, kind=TABLE)
    return read_table(written[-1].payload["table"]) if written else STARTING


def _read(params: Mapping[str, object]) -> Table:
    try:
        return read_table(params.get("table"))
    except BadTable:
        raise Refused("no_such_table") from None


def _touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    before, after = table(assembly), _read(params)
    if collective(assembly).rule is None:
        raise Refused("nothing_chosen_yet")
    if before == after:
        raise Refused("same_table")
    return {"before": digest(before), "table": digest(after)}


def _write(act: Act, _prepared: object) -> Carried:
    return Carried({"table": [list(row) for row in _read(act.params)]})


ACTS = (Kind(TABLE, Needs.K_PLUS_ONE, _write, touches=_touches, delay_days=DELAY),)
