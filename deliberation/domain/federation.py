"""How assemblies that decide apart are combined: each counts once, however many people it is, and none for the whole.

What a part hands over is closed values only: what it gave and why, one released band, a day, three hashes. Never a
count. Nothing here knows a person, a clock or a key: who signed it is checked where the keys are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from deliberation.domain.rules import Outcome, Reason, Verdict

FEWEST, MOST = 2, 60
HALF = Fraction(1, 2)
SHARES = (HALF, Fraction(2, 3), Fraction(3, 4), Fraction(1))
"""What may be asked: more than half of the assemblies, two thirds, three quarters, all of them."""
ADOPTING = frozenset({Outcome.ADOPTED, Outcome.WITH_RESERVATIONS})
REFUSING = frozenset({Outcome.NOT_ADOPTED, Outcome.NO_AGREEMENT})
BANDS = ("", "few", "some", "most")
HASH = 64


class Malformed(ValueError):
    """This is no agreement of a federation, or no answer of a part."""


@dataclass(frozen=True, slots=True)
class Federation:
    """What assemblies agreed on: who they are, by their ids, and when their answers make a whole.

    `share` is out of all of them: whoever has not answered has not adopted. `floor` is how many must have answered.
    `unanimous` says that one refusal stops it.
    """

    parts: tuple[str, ...] = ()
    share: Fraction = Fraction(1)
    floor: int = FEWEST
    unanimous: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one assembly decided apart. `about` are the hashes of the text by language, `release` empty when aloud."""

    title: str
    about: Mapping[str, str]
    outcome: Outcome
    reason: Reason
    band: str
    day: date
    head: str
    release: str
    key: str = ""
    signature: str = field(default="", compare=False)


class Part(StrEnum):
    """What an assembly of the federation has said so far."""

    ADOPTED = "adopted"
    REFUSED = "refused"
    MISSING = "missing"


def said(answer: Answer | None) -> Part:
    """Tell what an assembly said."""
    if answer is None:
        return Part.MISSING
    return Part.ADOPTED if answer.outcome in ADOPTING else Part.REFUSED


def combine(agreed: Federation, answers: Mapping[str, Outcome]) -> Verdict:
    """Return what the answers of all the parts give together.

    Adopted when no fewer than the floor answered, none refused where one refusal stops it, and the share of *all* the
    parts adopted: exactly that share or more, and more than half where half is asked. With a reservation anywhere, it
    is adopted with reservations. An answer of a stranger counts for nothing, and the order of the parts neither.
    """
    given = {part: outcome for part, outcome in answers.items() if part in agreed.parts}
    adopted = sum(outcome in ADOPTING for outcome in given.values())
    if len(given) < agreed.floor:
        return Verdict(Outcome.RETURNED, Reason.PARTS_MISSING)
    if agreed.unanimous and adopted < len(given):
        return Verdict(Outcome.NO_AGREEMENT, Reason.PART_REFUSED)
    if not enough(agreed, adopted):
        return Verdict(Outcome.NO_AGREEMENT, Reason.TOO_FEW_PARTS)
    reserved = Outcome.WITH_RESERVATIONS in given.values()
    return Verdict(Outcome.WITH_RESERVATIONS if reserved else Outcome.ADOPTED, Reason.ENOUGH_PARTS)


def enough(agreed: Federation, adopted: int) -> bool:
    """Tell whether so many parts reach the share of all of them."""
    whole = len(agreed.parts)
    return 2 * adopted > whole if agreed.share == HALF else adopted >= agreed.share * whole


def same_text(mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Tell whether two texts are one: in a language at least, and in every language they both have."""
    shared = mine.keys() & theirs.keys()
    return bool(shared) and all(mine[tag] == theirs[tag] for tag in shared)


def read_federation(data: Mapping[str, object]) -> Federation:
    """Return what was agreed. Raises `Malformed`: no part twice, two at least, a floor that two or more can reach."""
    parts, floor, unanimous = data.get("parts"), data.get("floor"), data.get("unanimous")
    names = tuple(str(one) for one in parts) if isinstance(parts, list) else ()
    share = next((one for one in SHARES if str(one) == data.get("share")), None)
    if not FEWEST <= len(set(names)) == len(names) <= MOST or share is None or not isinstance(unanimous, bool):
        raise Malformed
    if not isinstance(floor, int) or not FEWEST <= floor <= len(names):
        raise Malformed
    return Federation(names, share, floor, unanimous)


def write_federation(agreed: Federation) -> dict[str, object]:
    """Return what was agreed as canonical data."""
    return {
        "parts": list(agreed.parts),
        "share": str(agreed.share),
        "floor": agreed.floor,
        "unanimous": agreed.unanimous,
    }


def read_answer(data: Mapping[str, object]) -> Answer:
    """Return the answer a document holds. Raises `Malformed` for anything it must not hold, a number above all."""
    about = data.get("about")
    if set(data) != set(Answer.__dataclass_fields__) or not isinstance(about, Mapping) or not about:
        raise Malformed
    texts = {name: str(value) for name, value in data.items() if isinstance(value, str)}
    hashes = [*about.values(), texts.get("head"), texts.get("key")] + (
        [texts["release"]] if texts.get("release") else []
    )
    if len(texts) != len(data) - 1 or not all(_hash(one) for one in hashes) or texts["band"] not in BANDS:
        raise Malformed
    try:
        outcome, reason, day = Outcome(texts["outcome"]), Reason(texts["reason"]), date.fromisoformat(texts["day"])
    except ValueError:
        raise Malformed from None
    if outcome not in ADOPTING | REFUSING:
        raise Malformed
    words = {str(tag): str(one) for tag, one in about.items()}
    rest = {name: texts[name] for name in ("title", "band", "head", "release", "key", "signature")}
    return Answer(about=words, outcome=outcome, reason=reason, day=day, **rest)


def _hash(value: object) -> bool:
    return isinstance(value, str) and len(value) == HASH and set(value) <= set("0123456789abcdef")


def write_answer(answer: Answer) -> dict[str, object]:
    """Return an answer as canonical data, its signature with it."""
    return {
        "title": answer.title,
        "about": dict(answer.about),
        "outcome": answer.outcome.value,
        "reason": answer.reason.value,
        "band": answer.band,
        "day": answer.day.isoformat(),
        "head": answer.head,
        "release": answer.release,
        "key": answer.key,
        "signature": answer.signature,
    }


def signed_over(answer: Answer) -> dict[str, object]:
    """Return what the signature of an answer stands under: all of it but the signature."""
    return {name: value for name, value in write_answer(answer).items() if name != "signature"}
