"""Effort in the draft of a baseline: one facilitator may write it; it counts once several opened the box."""

from collections.abc import Mapping

from commons.assembly import Assembly
from commons.db import transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.domain.effort import CARRY, EFFORT
from surveys import door


@transaction
def weigh(assembly: Assembly, slug: str, effort: Mapping[str, int], carry: int) -> None:
    """Write what each measure takes, and what can be carried in all; 0 weighs nothing. What was opened stays.

    Raises `Refused` when it is no draft any more.
    """
    circle.guard(assembly, "draft")
    said = {EFFORT: dict(effort) or None, CARRY: carry or None}
    if not door.say_in_draft(assembly, slug, said):
        raise Refused("frozen_by_now")
