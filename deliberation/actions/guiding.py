"""The guided path put in another order. One facilitator may: nothing follows from it, and the log says so."""

from commons import log
from commons.assembly import Assembly
from commons.db import session, transaction
from deliberation.actions import circle
from deliberation.actions.records import collective
from deliberation.domain.collective import Path, write_path


@transaction
def take_path(assembly: Assembly, path: Path) -> None:
    """Keep the order of the steps, and which of them are skipped."""
    circle.guard(assembly, "draft")
    row = collective(assembly)
    if row.path != write_path(path):
        row.path = write_path(path)
        session.add(row)
        log.append(assembly, "path", {})
