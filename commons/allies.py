"""The word of one thing that several showed to allies: made from the act that opened it, and kept nowhere."""

import hmac
from collections.abc import Callable, Mapping

from flask import request

from commons import assembly as assemblies
from commons.assembly import Assembly
from commons.security import expand, spoken, subkey

ALLIES = "allies"
WORDS = 3
NAMED = 16

_shown: list[Callable[[Assembly], Mapping[str, str]]] = []


def register(shown_by: Callable[[Assembly], Mapping[str, str]]) -> None:
    """Let the room that decides say what allies may read now, each thing with the act that opened it."""
    _shown[:] = [shown_by]


def shown(assembly: Assembly) -> Mapping[str, str]:
    """Return what allies may read now, each thing with the act that opened it."""
    return _shown[0](assembly) if _shown else {}


def word(assembly: Assembly, act_id: str) -> str:
    """Return the word of one thing shown to allies, made from the instance key and the act that opened it."""
    return spoken(expand(subkey("allies word"), f"{assembly.id.hex()} {act_id}"), WORDS)


def words(assembly: Assembly) -> Mapping[str, tuple[str, str]]:
    """Return the cookie that each word for allies gives today."""
    return {word(assembly, act_id): cookie(assembly, act_id) for act_id in shown(assembly).values()}


def cookie(assembly: Assembly, act_id: str) -> tuple[str, str]:
    """Return the name and the value of the cookie an allies' word gives, the same for all who have it."""
    value = expand(subkey("allies cookie"), f"{assembly.id.hex()} {act_id}").hex()
    return f"{ALLIES}-{assembly.slug}-{act_id[:NAMED]}", value


def reads(slug: str, what: str) -> Assembly | None:
    """Return the assembly when the visitor has the word of this one thing. Who brings no such cookie costs nothing."""
    if not any(name.startswith(f"{ALLIES}-") for name in request.cookies):
        return None
    found = assemblies.find(slug)
    act_id = shown(found).get(what) if found else None
    if found is None or act_id is None:
        return None
    name, value = cookie(found, act_id)
    return found if hmac.compare_digest(request.cookies.get(name, "").encode(), value.encode()) else None
