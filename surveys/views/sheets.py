"""A new season's cards, shown once, to be printed and cut. What is printed here is kept nowhere and has no address.

Cards in halves are printed by two places, one after the other: the second halves wait on the page of the first, sealed
to the place that will print them, and open with its passphrase alone.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno
from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from commons import access, pages, quorum
from commons.access import Actor, facilitator
from commons.assembly import Assembly, load
from commons.quorum import Act, NotUnlocked
from commons.settings import here, own
from surveys.actions.cards import Halves
from surveys.domain.cards import DIGITS, HALF, SURVEYS, Code, halves, show, show_witness, witness
from surveys.forms.cards import SecondHalves, words_of
from surveys.phrases import circle as phrases
from surveys.views.blueprint import blueprint


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as one line to be filled: how many modules it is wide, and where the dark ones are."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed on one card. `index` matches two halves, and is cut off before the draw."""

    digits: str
    witnesses: Sequence[str] = ()
    square: Square | None = None
    index: int = 0
    words: str = ""


def square(text: str) -> Square:
    """Return the square telephones read as `text`: drawn in the page, so that no address ever holds what it says."""
    rows = segno.make(text, error="m", micro=False).matrix
    return Square(len(rows), "".join(_row(line, bytes(row)) for line, row in enumerate(rows)))


def _row(line: int, row: bytes) -> str:
    """Return one row's dark runs as steps of a path."""
    drawn, at = "", 0
    for dark, run in groupby(row):
        length = len(list(run))
        drawn += f"M{at} {line}h{length}v1h-{length}z" if dark else ""
        at += length
    return drawn


def printed(act: Act, result: object) -> ResponseReturnValue:
    """Show a new season's cards, or their first halves; the spares apart."""
    place, spares = load(act.assembly.id), int(str(act.params.get("spares", 0)))
    if isinstance(result, Halves):
        cards = [Card(halves(code)[0], _witnesses(code, result.key), index=at) for at, code in _counted(result.codes)]
        return _sheet(place, cards, spares, waiting=_waiting(act, result.codes))
    codes = result if isinstance(result, tuple) else ()
    held = str(act.params.get("square", "address"))
    before = f"{_said(place, 'word')}\n" if held == "number" else ""
    spell = words_of if act.params.get("words") else _no_words
    cards = [
        Card(show(code), _witnesses(code), square(before + show(code)) if before else None, words=spell(code))
        for code in codes
    ]
    return _sheet(place, cards, spares, common=None if before else square(_said(place, held)))


def _no_words(_code: Code) -> str:
    return ""


def _counted(codes: Sequence[Code]) -> Sequence[tuple[int, Code]]:
    return list(enumerate(codes, start=1))


def _sheet(
    place: Assembly,
    cards: Sequence[Card],
    spares: int,
    common: Square | None = None,
    waiting: Mapping[str, object] | None = None,
) -> str:
    last = len(cards) - spares
    return pages.render(
        "surveys/sheet.html",
        place=place,
        word=access.reading_word(place),
        address=address(place),
        own=own(address(place)),
        common=common,
        parts=(cards[:last], cards[last:]),
        waiting=waiting,
    )


def address(place: Assembly) -> str:
    """Return the address printed on cards: where this house was told that members reach it, else as seen from here."""
    outside = here().settings.address or request.host_url.rstrip("/")
    return f"{outside}{url_for('deliberation.home', assembly=place.slug)}"


def _said(place: Assembly, held: str) -> str:
    """Return what the square says: an address alone can be opened; with more it is text, to be read and never sent."""
    return address(place) if held == "address" else f"{address(place)}\n{access.reading_word(place)}"


def _witnesses(code: Code, key: bytes = b"") -> Sequence[str]:
    return [show_witness(witness(code, number, key)) for number in range(1, SURVEYS + 1)]


def _waiting(act: Act, codes: Sequence[Code]) -> Mapping[str, object]:
    """Return the second halves as the page carries them, sealed to the place that prints them."""
    (slot,) = [slot for slot in quorum.slots(act.assembly) if slot.slot == act.params["second"]]
    said = {
        "digits": "".join(code[HALF:] for code in codes),
        "spares": act.params.get("spares", 0),
        "square": act.params.get("square", "address"),
    }
    sealed = SealedBox(PublicKey(slot.sealing_key)).encrypt(json.dumps(said).encode())
    return {"place": slot.slot, "sealed": b64encode(sealed).decode()}


@blueprint.post("/circle/cards/second")
@facilitator
def circle_second(actor: Actor) -> ResponseReturnValue:
    """Show the second halves, once, to the place they are sealed to."""
    form = SecondHalves(request.form)
    try:
        keys = quorum.unlock(actor.assembly, form.place, form.passphrase)
        said = json.loads(SealedBox(keys.sealing).decrypt(b64decode(form.sealed)))
    except NotUnlocked:
        form.refuse("passphrase", phrases.not_unlocked())
        waiting = {"place": form.place, "sealed": form.sealed}
        return pages.render("surveys/second.html", waiting=waiting, problems=form.problems)
    except (ValueError, CryptoError):
        abort(400)
    place = load(actor.assembly.id)
    digits, size = said["digits"], DIGITS - HALF
    parts = [digits[at : at + size] for at in range(0, len(digits), size)]
    cards = [Card(halves(Code("0" * HALF + part))[1], index=at) for at, part in enumerate(parts, start=1)]
    return _sheet(place, cards, said["spares"], common=square(_said(place, said["square"])))
