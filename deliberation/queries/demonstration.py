"""What the demonstration shows its visitors: words, cards, passphrases of a published seed. None is secret."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commons import quorum
from commons.assembly import find
from commons.settings import here
from surveys import door
from surveys.domain.release import read

ROWS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visitor is told of one place.

    `cards` are spares of which earlier visitors may have used some, `used` has spoken, and `witness` is its number in
    the box that waits. `beside` is, by threat, the average of likelihood and severity, the mean likelihood after 7
    people and after 8, and what the eighth therefore said.
    """

    slug: str
    word: str
    cards: Sequence[str]
    used: Sequence[str]
    witness: str
    passphrases: Mapping[int, str]
    boxes: Mapping[str, str]
    beside: Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was lived: the day it ended, a fingerprint of the story that was told, and what to show of each place."""

    day: date
    edition: str
    places: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the place of forty stands now: whether its box takes answers, and whether another waits for keys.

    `given` shares of `needed` are there for the one that waits; `counted` when an earlier visit opened it.
    """

    open: bool
    waits: bool
    given: int
    needed: int
    counted: bool


def file() -> Path:
    """Return where the demonstration keeps what it shows."""
    return here().settings.instance / "shown.json"


def kept() -> Kept | None:
    """Return what was kept when the demonstration was lived, or None where this version finds nothing it can read."""
    if not file().exists():
        return None
    try:
        data = json.loads(file().read_text("utf-8"))
        places = tuple(_read(one) for one in data["places"])
        return Kept(date.fromisoformat(data["day"]), data["edition"], places)
    except (KeyError, TypeError, ValueError):  # written by another version
        return None


def shown() -> tuple[Shown, ...]:
    """Return what to show of each place; nothing while nothing was lived."""
    found = kept()
    return found.places if found else ()


def _read(one: Mapping[str, object]) -> Shown:
    said = one["passphrases"]
    passphrases = {int(slot): str(words) for slot, words in said.items()} if isinstance(said, dict) else {}
    return Shown(**{**one, "passphrases": passphrases})  # type: ignore[arg-type] # its own words, read back


def standing(place: Shown) -> Standing:
    """Return where the boxes of a place stand now: visitors open them, and days go by."""
    assembly = find(place.slug)
    if assembly is None:
        return Standing(open=False, waits=False, given=0, needed=0, counted=False)
    still, box = (door.survey(assembly, place.boxes.get(name, "")) for name in ("open", "waiting"))
    acts = [act for act in quorum.waiting(assembly) if act.kind == "surveys.count" and box is not None]
    asked = any(act.params.get("survey") == place.boxes.get("waiting") for act in acts)
    return Standing(
        open=still is not None and still.state is door.State.OPEN,
        waits=asked and box is not None and box.state is door.State.CLOSED,
        given=door.deposited(box) if box else 0,
        needed=assembly.k,
        counted=box is not None and box.state is door.State.COUNTED,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A threat: when the assembly treats it, and beside that what an average and a live poll would have shown.

    `seven` and `eight` are the mean likelihood after so many people, `eighth` what the eighth therefore said.
    """

    words: Mapping[str, str]
    tier: str
    average: float
    seven: float
    eight: float
    eighth: float


def compared(place: Shown) -> tuple[Compared, ...]:
    """Return the threats of a place, in the order they were asked, as its counted baseline and the seed tell them."""
    assembly, slug = find(place.slug), place.boxes["baseline"]
    box, found = (door.survey(assembly, slug), door.release(assembly, slug)) if assembly else (None, None)
    if box is None or found is None:
        return ()
    tiers = read(found.data).closed.get("tier")
    told = tiers if isinstance(tiers, Mapping) else {}
    threats = box.questionnaire.lists["threats"]
    return tuple(Compared(one.text, str(told.get(one.id, "")), *place.beside[one.id]) for one in threats)


def rows(place: Shown) -> tuple[Mapping[str, str], ...]:
    """Return a few rows of the box that takes answers, as they lie in the database: {column: hexadecimal}."""
    assembly = find(place.slug)
    box = door.survey(assembly, place.boxes["open"]) if assembly else None
    return door.sealed(box, ROWS) if box else ()
