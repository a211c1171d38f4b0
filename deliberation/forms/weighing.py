"""What each measure takes of us, and what we can carry in all, as typed: `effort-` and the measure, and `carry`."""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict

from deliberation.domain.effort import CARRY, EFFORT, MOST
from deliberation.forms.settling import number
from deliberation.phrases import effort as phrases

Typed = Mapping[str, str]
LONGEST = 20


def field(measure: str) -> str:
    """Name the field of a measure."""
    return f"{EFFORT}-{measure}"


def typed(form: MultiDict[str, str], named: Sequence[str]) -> Typed:
    """Return what was typed in each field."""
    return {name: form.get(name, "").strip()[:LONGEST] for name in (*map(field, named), CARRY)}


def shown(terms: Mapping[str, object], named: Sequence[str]) -> Typed:
    """Return what a draft says, as it would be typed."""
    efforts = terms.get(EFFORT)
    held = efforts if isinstance(efforts, Mapping) else {}
    return {field(one): str(held.get(one, "")) for one in named} | {CARRY: str(terms.get(CARRY, ""))}


def efforts(said: Typed, named: Sequence[str]) -> dict[str, int]:
    """Return the effort of each measure that has one."""
    return {one: number(said[field(one)]) for one in named if said[field(one)]}


def faults(said: Typed, named: Sequence[str]) -> dict[str, str]:
    """Return a sentence for each field that needs another look. Where nothing is carried, efforts may be missing."""
    carry, found = number(said[CARRY]), dict[str, str]()
    for name in map(field, named):
        if said[name] and not 1 <= number(said[name]) <= MOST:
            found[name] = phrases.whole()
        elif said[CARRY] and not said[name]:
            found[name] = phrases.missing()
    if said[CARRY] and not 1 <= carry <= 100 * MOST:
        found[CARRY] = phrases.whole_or_empty()
    elif said[CARRY] and not found and carry < min(efforts(said, named).values(), default=0):
        found[CARRY] = phrases.too_little()
    return found
