"""The languages an assembly writes in, changed by several: whoever could take one out alone could shut people out."""

import re
from collections.abc import Mapping

from sqlalchemy import update

from commons.assembly import Assembly, AssemblyRow
from commons.db import session
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions.records import digest
from surveys import door

LANGUAGES = "deliberation.languages"
DELAY = 3
MOST = 12
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")


def complete() -> frozenset[str]:
    """Return the languages in which every questionnaire of the house is written whole."""
    return frozenset.intersection(*(frozenset(door.shipped(name).languages) for name in door.SHIPPED))


def _languages(assembly: Assembly, params: Mapping[str, object]) -> list[str]:
    """Return the languages an act would have the assembly write in, in their order. Raises `Refused`."""
    given = params.get("languages")
    tags = given if isinstance(given, list) else []
    if not tags or len(tags) > MOST or not all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in tags):
        raise Refused("no_such_language")
    if len(set(tags)) < len(tags) or set(tags) == set(assembly.languages):
        raise Refused("same_languages")
    if complete().isdisjoint(tags):
        raise Refused("no_complete_language")
    return tags


def _touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    return {"before": digest(list(assembly.languages)), "languages": digest(_languages(assembly, params))}


def _speak(act: Act, _prepared: object) -> Carried:
    tags = _languages(act.assembly, act.params)
    session.execute(update(AssemblyRow).where(AssemblyRow.id == act.assembly.id).values(languages=tags))
    return Carried({"languages": tags})


ACTS = (Kind(LANGUAGES, Needs.K_PLUS_ONE, _speak, touches=_touches, delay_days=DELAY),)
