"""The sensitive steps of the room, declared as acts. There is no other way to take them."""

from collections.abc import Mapping

from commons import quorum
from commons.assembly import Assembly
from commons.quorum import Act, Carried, Kind, Needs, Refused
from surveys.actions import burning, cards, counting, opening
from surveys.domain.cards import MOST_CARDS


def _cards_touch(_assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    size = params.get("size")
    if not isinstance(size, int) or not 0 < size <= MOST_CARDS:
        raise Refused("card_set_size")
    return {}


def _draw(act: Act, _prepared: object) -> Carried:
    size = int(str(act.params["size"]))
    return Carried({"cards": size}, result=cards.draw(act.assembly, size))


ACTS = (
    Kind("surveys.cards", Needs.K, _draw, touches=_cards_touch),
    Kind("surveys.open", Needs.K, opening.carry_out, touches=opening.touches),
    Kind(
        "surveys.count",
        Needs.K,
        counting.carry_out,
        touches=counting.touches,
        join=counting.join,
        prepare=counting.prepare,
        late=True,
    ),
    Kind("surveys.burn", Needs.K_PLUS_ONE, burning.carry_out, touches=burning.touches),
)


def declare_acts() -> None:
    """Declare every act of the room."""
    for kind in ACTS:
        quorum.declare(kind)
