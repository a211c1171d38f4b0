"""The sensitive steps of the room, declared as acts. There is no other way to take them."""

from commons import quorum
from commons.quorum import Kind, Needs
from surveys.actions import burning, cards, closing, counting, opening, paper, releasing, series, sitting, wording

DELAY = 1
"""Days an act of k + 1 is shown to members before it happens."""

ACTS = (
    Kind("surveys.cards", Needs.K, cards.carry_out, touches=cards.draw_touches, prepare=cards.prepare),
    Kind("surveys.spare", Needs.K, cards.spare, touches=cards.spare_touches),
    Kind("surveys.void", Needs.K, cards.void, touches=cards.void_touches),
    Kind("surveys.paper", Needs.K, paper.carry_out, touches=paper.touches),
    Kind("surveys.open", Needs.K, opening.carry_out, touches=opening.touches),
    Kind("surveys.series", Needs.K, series.carry_out, touches=series.touches),
    Kind("surveys.sitting", Needs.K, sitting.carry_out, touches=sitting.touches),
    Kind("surveys.extend", Needs.K, closing.extend, touches=closing.extend_touches),
    Kind("surveys.close", Needs.K_PLUS_ONE, closing.close, touches=closing.close_touches, delay_days=DELAY),
    Kind(
        "surveys.count",
        Needs.K,
        counting.carry_out,
        touches=counting.touches,
        join=counting.join,
        prepare=counting.prepare,
        late=True,
    ),
    Kind("surveys.burn", Needs.K_PLUS_ONE, burning.carry_out, touches=burning.touches, delay_days=DELAY),
    Kind(
        "surveys.withdraw", Needs.K_PLUS_ONE, releasing.withdraw, touches=releasing.withdraw_touches, delay_days=DELAY
    ),
    Kind("surveys.note", Needs.K_PLUS_ONE, releasing.note, touches=releasing.note_touches, delay_days=DELAY),
    Kind("surveys.wording", Needs.K, wording.carry_out, touches=wording.touches, prepare=wording.prepare),
)


def declare_acts() -> None:
    """Declare every act of the room."""
    for kind in ACTS:
        quorum.declare(kind)
