"""Every act of the room, in one place; nothing sensitive has another entrance."""

from commons import quorum
from deliberation.actions import (
    asking,
    circle,
    conversing,
    deciding,
    federating,
    leaving,
    living,
    naming,
    settling,
    speaking,
    tabling,
    turns,
    widening,
    winning,
)
from deliberation.actions.records import ROUND
from deliberation.domain import priorities, rounds
from surveys import door

ACTS = (
    *circle.ACTS,
    *settling.ACTS,
    *tabling.ACTS,
    *naming.ACTS,
    *speaking.ACTS,
    *deciding.ACTS,
    *living.ACTS,
    *winning.ACTS,
    *turns.ACTS,
    *widening.ACTS,
    *federating.ACTS,
    *leaving.ACTS,
)


def declare_acts() -> None:
    """Declare every act of the room."""
    for kind in ACTS:
        quorum.declare(kind)


def offer_all() -> None:
    """Offer what surveys may ask about, and the terms their judges will need."""
    door.offer("threats", asking.watched)
    door.offer("measures", asking.offered)
    door.offer("voices", asking.voices)
    door.set_terms("baseline", asking.baseline_terms)
    door.set_terms("pulse", asking.pulse_terms)
    door.keep_free(asking.quiet_days)


def register_judges() -> None:
    """Register what each kind of survey decides inside its opening, and what it takes to open one."""
    door.register("baseline", priorities.judge_baseline, asking.ready_baseline)
    door.register("pulse", priorities.judge_pulse, asking.ready_pulse)
    door.register("practice", door.nothing, asking.ready_other)
    door.register("call", door.nothing, asking.ready_other)
    door.register("order", door.nothing, asking.ready_other)
    door.register(ROUND, rounds.judge, asking.ready_round)
    door.register(conversing.CONVERSATION, priorities.judge_conversation, conversing.ready)
