"""What is said of a release afterwards: that it is withdrawn, or why to read it with care. Its figures never change."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import func, select

from commons import log
from commons.assembly import Assembly
from commons.db import session
from commons.quorum import Act, Carried, Refused
from surveys.actions.opening import find, found
from surveys.models import ReleaseRow, SurveyRow

WITHDRAWN, NOTE = "withdrawn", "note"
WHY = ("cards_seized", "pressure_on_members", "mistake_in_the_questions", "unequal_access", "box_disturbed", "danger")


def withdraw_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of the release. Raises `Refused` when there is none, it was withdrawn, or no reason is given."""
    touched = note_touches(assembly, params)
    row = find(assembly, str(params.get("survey")))
    if row is not None and any(f'"{NOTE}":"{WITHDRAWN}"' in said for said in _said(row)):
        raise Refused("withdrawn_before")
    return touched


def note_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of the release the note is about. Raises `Refused` when there is none, or no reason is given."""
    if params.get("reason") not in WHY:
        raise Refused("no_reason")
    return touches_release(assembly, params)


def touches_release(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of a survey's release. Raises `Refused` when nothing was released."""
    row = find(assembly, str(params.get("survey")))
    if row is None or row.state != "counted":
        raise Refused("no_release")
    return {"release": sha256(_said(row)[0].encode()).hexdigest()}


def withdraw(act: Act, _prepared: object) -> Carried:
    """Say that the release is withdrawn, and why."""
    return annex(act, {NOTE: WITHDRAWN, "reason": str(act.params["reason"])})


def note(act: Act, _prepared: object) -> Carried:
    """Say why the release is to be read with care."""
    return annex(act, {NOTE: "care", "reason": str(act.params["reason"])})


def annex(act: Act, said: Mapping[str, object]) -> Carried:
    """Add a page to a release, after those it has."""
    row = found(act.assembly, str(act.params["survey"]))
    mine = (ReleaseRow.assembly == row.assembly) & (ReleaseRow.survey == row.id)
    last = session.scalar(select(func.max(ReleaseRow.number)).where(mine)) or 0
    canonical = log.canonical({"format": 1, **said})
    digest = sha256(canonical.encode()).digest()
    page = ReleaseRow(assembly=row.assembly, survey=row.id, number=last + 1, canonical=canonical, sha256=digest)
    session.add(page)
    return Carried({"survey": row.slug, "page": digest.hex()})


def _said(row: SurveyRow) -> list[str]:
    mine = (ReleaseRow.assembly == row.assembly) & (ReleaseRow.survey == row.id)
    return list(session.scalars(select(ReleaseRow.canonical).where(mine).order_by(ReleaseRow.number)))
