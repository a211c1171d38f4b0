"""How the next turn in the circle comes, as the assembly chose: by lot, by lot among the willing, or in turn of duty.

Everything stands in the log. A lot's seed is never stored: it comes from the machine's key and the act that sealed it.
"""

from collections.abc import Mapping

from commons import log
from commons.assembly import Assembly
from commons.quorum import Act, Carried, Kind, Needs, Refused
from commons.security import expand, subkey
from deliberation.domain import lots

DELAY = 3


def turns(assembly: Assembly) -> lots.Turns:
    """Return what the log says of turns."""
    return lots.told((line.kind, line.payload) for line in log.entries(assembly))


def may_join(assembly: Assembly) -> None:
    """Refuse somebody who joins otherwise than the assembly chose: where it chose the lot, one place a number drawn."""
    found = turns(assembly)
    if found.way in lots.DRAWN and not found.open_places:
        raise Refused("draw_first")


def _seed(assembly: Assembly, lot: str) -> bytes:
    return expand(subkey("lot"), f"{assembly.id.hex()} {lot}")


def hall_seed(assembly: Assembly, nonce: str) -> bytes:
    """Return the seed of a lot of one meeting, which is sealed on a page and never written down."""
    return expand(subkey("hall"), f"{assembly.id.hex()} {nonce}")


def _turn_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    if params.get("way") not in lots.WAYS:
        raise Refused("no_such_way")
    return {"before": turns(assembly).way}


def _choose(act: Act, _prepared: object) -> Carried:
    return Carried({"way": act.params["way"]})


def _lot_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    found, numbers, places = turns(assembly), params.get("numbers"), params.get("places")
    if found.way not in lots.DRAWN:
        raise Refused("no_lot_here")
    if not isinstance(numbers, int) or not lots.FEWEST_NUMBERS <= numbers <= lots.MOST_NUMBERS:
        raise Refused("numbers_in_the_bag")
    if not isinstance(places, int) or not 1 <= places < numbers:
        raise Refused("fewer_places")
    return {"before": str(len(found.lots))}


def _seal(act: Act, _prepared: object) -> Carried:
    sealed = lots.seal(_seed(act.assembly, act.id))
    return Carried({"numbers": act.params["numbers"], "places": act.params["places"], "seal": sealed})


def _waiting(assembly: Assembly, params: Mapping[str, object]) -> lots.Lot:
    lot = turns(assembly).waiting
    if lot is None or lot.id != params.get("lot"):
        raise Refused("no_lot_waits")
    return lot


def _draw_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    lot = _waiting(assembly, params)
    try:
        said = lots.heard(str(params.get("said")))
    except lots.Unheard:
        raise Refused("few_digits") from None
    if said != params.get("said") or lots.seal(_seed(assembly, lot.id)) != lot.seal:
        raise Refused("lot_lost")
    return {"seal": lot.seal}


def _draw(act: Act, _prepared: object) -> Carried:
    lot = _waiting(act.assembly, act.params)
    seed, said = _seed(act.assembly, lot.id), str(act.params["said"])
    order = lots.order(seed, said, lot.numbers)
    drawn = list(order[: lot.places])
    return Carried({"lot": lot.id, "said": said, "seed": seed.hex(), "order": list(order), "drawn": drawn})


ACTS = (
    Kind(lots.TURN, Needs.K_PLUS_ONE, _choose, _turn_touches, delay_days=DELAY),
    Kind(lots.LOT, Needs.K, _seal, _lot_touches),
    Kind(lots.DRAW, Needs.K, _draw, _draw_touches),
)
