"""What a decision won, written down beside it: always for now, with the day it is checked again."""

from collections.abc import Mapping

from commons.assembly import Assembly
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions.living import ahead
from deliberation.actions.records import decision, digest, heard
from deliberation.domain.lived import Won

WON = "deliberation.won"
NO_DATE = "no_check_date"


def _won(params: Mapping[str, object]) -> Won:
    try:
        return Won(str(params.get("won")))
    except ValueError:
        raise Refused("nothing_won") from None


def _touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Refuse an outcome without its decision, its word or its day; what is lost needs no day."""
    row = decision(assembly, params.get("decision"))
    if row.until is not None:
        raise Refused("not_in_force")
    if _won(params) is not Won.LOST:
        ahead(assembly, params, "again", NO_DATE)
    return {"decision": digest([row.slug, row.content]), "heard": heard(assembly, params)}


def _carry_out(act: Act, _prepared: object) -> Carried:
    won = _won(act.params)
    told = {"decision": str(act.params["decision"]), "won": won.value}
    again = {} if won is Won.LOST else {"again": ahead(act.assembly, act.params, "again", NO_DATE).isoformat()}
    return Carried(told | again)


ACTS = (Kind(WON, Needs.K, _carry_out, touches=_touches),)
