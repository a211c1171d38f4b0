"""What the demonstration shows its visitors: words, cards, passphrases of a published seed. None is secret."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commons.assembly import find
from commons.settings import here
from surveys import door

ROWS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visitor is told of one place.

    `cards` nobody has used, `used` has spoken, and `witness` is its number in the box that waits. `beside` is, by
    threat, the average of likelihood and severity, the mean likelihood after 7 people and after 8, and what the eighth
    therefore said.
    """

    slug: str
    word: str
    cards: Sequence[str]
    used: Sequence[str]
    witness: str
    passphrases: Mapping[int, str]
    boxes: Mapping[str, str]
    beside: Mapping[str, Sequence[float]]


def kept() -> Path:
    """Return the file where the demonstration keeps what it shows."""
    return here().settings.instance / "shown.json"


def shown() -> tuple[Shown, ...]:
    """Return what to show, as it was kept when the demonstration was lived."""
    return tuple(_read(one) for one in json.loads(kept().read_text("utf-8")))


def rows(place: Shown) -> tuple[tuple[str, str, str], ...]:
    """Return a few rows of the open box as they lie in the database."""
    assembly = find(place.slug)
    box = door.survey(assembly, place.boxes["open"]) if assembly else None
    return door.sealed(box, ROWS) if box else ()


def _read(one: dict[str, object]) -> Shown:
    said = one["passphrases"]
    passphrases = {int(slot): str(words) for slot, words in said.items()} if isinstance(said, dict) else {}
    return Shown(**{**one, "passphrases": passphrases})  # type: ignore[arg-type] # its own words, read back
