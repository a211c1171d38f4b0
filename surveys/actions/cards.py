"""Card sets: drawn once, printed once, and from then on only recognised."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from commons import log, quorum
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Act, Carried, Keys, Refused
from commons.security import entropy, unwrap, wrap
from surveys.domain import cards, season
from surveys.domain.cards import MOST_CARDS, Code
from surveys.models import CardSet, Credential, ReleaseRow, SurveyRow

PURPOSE = "card set"
KEY_SIZE = 32
SQUARES = ("address", "word", "number")
"""What the square that telephones read may hold: the address, with the reading word, with the card's number too."""


@dataclass(frozen=True, slots=True)
class Halves:
    """A season's cards to be printed in halves by two places, and the key of their witness numbers."""

    codes: tuple[Code, ...]
    key: bytes


def keys_of(wrapped: bytes) -> tuple[bytes, bytes]:
    """Return the key that recognises a set's cards, and that of their witness numbers: empty for cards of one sheet."""
    both = unwrap(PURPOSE, wrapped)
    return both[:KEY_SIZE], both[KEY_SIZE:]


def draw_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Touch nothing. Raises `Refused` for a size, a number of spares or a square that cannot be."""
    size, spares = params.get("size"), params.get("spares", 0)
    if not isinstance(size, int) or not 0 < size <= MOST_CARDS:
        raise Refused("card_set_size")
    if not isinstance(spares, int) or not 0 <= spares < size:
        raise Refused("too_many_spares")
    if params.get("square", SQUARES[0]) not in SQUARES:
        raise Refused("no_such_square")
    if "second" in params and params.get("words"):
        raise Refused("words_of_halves")
    if "second" in params:
        _check_halves(assembly, params)
    return {}


def _check_halves(assembly: Assembly, params: Mapping[str, object]) -> None:
    """Refuse halves that nobody on duty would print, or a square that would hold the whole number."""
    if params["second"] not in {slot.slot for slot in quorum.slots(assembly) if slot.active}:
        raise Refused("no_such_place")
    if params.get("square") == "number":
        raise Refused("square_of_halves")


def prepare(act: Act, keys: Keys) -> None:
    """Have another place sign last than the one that prints the second halves: the last is shown the first ones."""
    if act.params.get("second") == keys.slot:
        raise Refused("second_prints")


def carry_out(act: Act, _prepared: object) -> Carried:
    """Draw the cards of a new season, to be shown once to whoever signs last."""
    second = act.params.get("second")
    codes = draw(act.assembly, int(str(act.params["size"])), in_halves=second is not None)
    row = _in_use(act.assembly)
    facts = {"cards": len(codes), "set": row.id.hex(), "spares": act.params.get("spares", 0)}
    if act.params.get("words"):
        return Carried({**facts, "words": True}, result=codes)
    if second is None:
        return Carried(facts, result=codes)
    return Carried({**facts, "second": second}, result=Halves(codes, keys_of(row.key)[1]))


@transaction
def draw(assembly: Assembly, size: int, *, in_halves: bool = False) -> tuple[Code, ...]:
    """Draw a new season's cards and return their codes, to be printed now: they are kept nowhere.

    The set in use before is retired: its open surveys go on, but no new one may use it.
    """
    key, set_key = new_id(), secrets.token_bytes(KEY_SIZE)
    of_witness = secrets.token_bytes(KEY_SIZE) if in_halves else b""
    codes = cards.draw(size, entropy, of_witness)
    session.execute(update(CardSet).where(_current(assembly)).values(state="retired"))
    row = CardSet(assembly=assembly.id, id=key, size=size, key=wrap(PURPOSE, set_key + of_witness), state="current")
    session.add(row)
    session.flush()
    verifiers = sorted(cards.verifier(set_key, code) for code in codes)
    rows = [{"assembly": assembly.id, "card_set": key, "verifier": verifier} for verifier in verifiers]
    session.execute(insert(Credential), rows)
    return codes


def spare_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return how many spares were given already, so that each is agreed on by itself.

    Raises `Refused` when the season is another one, or none is left of those the assembly fixed beforehand.
    """
    row = _in_use(assembly)
    if row.id.hex() != params.get("set"):
        raise Refused("another_season")
    told = told_of(assembly, row.id)
    if told.given >= told.spares:
        raise Refused("no_spares")
    return {"given": str(told.given)}


def spare(act: Act, _prepared: object) -> Carried:
    """Log that one spare card is given out. The machine does not know which, nor to whom."""
    told = told_of(act.assembly, bytes.fromhex(str(act.params["set"])))
    return Carried({"given": told.given + 1, "set": act.params["set"], "spares": told.spares})


def told_of(assembly: Assembly, card_set: bytes) -> season.Season:
    """Return what the log tells of a card set."""
    return season.season(card_set.hex(), ((line.kind, line.payload) for line in log.entries(assembly)))


def recognised(assembly: Assembly, codes: Iterable[Code]) -> Mapping[str, object]:
    """Return the params of the act that shows and voids these left-over cards, of the season in use or one before.

    They hold what recognises the cards and the numbers they bear for each survey: never a code. Raises `Refused` when
    they are not all cards of one season.
    """
    typed = frozenset(codes)
    for row in _sets(assembly):
        known = verifiers(row, typed)
        if known and _there(assembly, row.id, known) == len(known):
            listed = sorted(one.hex() for one in known)
            return {"cards": listed, "set": row.id.hex(), "witnesses": season.numbers(typed, keys_of(row.key)[1])}
    raise Refused("no_such_card")


def verifiers(row: CardSet, codes: Iterable[Code]) -> frozenset[bytes]:
    """Return what would recognise these codes as cards of a set."""
    set_key, _ = keys_of(row.key)
    return frozenset(cards.verifier(set_key, code) for code in codes)


def _sets(assembly: Assembly) -> list[CardSet]:
    """Return every card set, the one in use first. Raises `Refused` when none was ever drawn."""
    found = list(session.scalars(select(CardSet).where(CardSet.assembly == assembly.id).order_by(CardSet.state)))
    if not found:
        raise Refused("no_cards")
    return found


def _there(assembly: Assembly, card_set: bytes, wanted: Iterable[bytes]) -> int:
    mine = (Credential.assembly == assembly.id) & (Credential.card_set == card_set)
    known = mine & Credential.verifier.in_(list(wanted))
    return session.scalar(select(func.count()).select_from(Credential).where(known)) or 0


def void_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Touch nothing but cards that exist. Raises `Refused` when one does not, or none is named."""
    named = named_cards(params)
    if not named or _there(assembly, bytes.fromhex(str(params["set"])), named) != len(named):
        raise Refused("no_such_card")
    return {}


def void(act: Act, _prepared: object) -> Carried:
    """Delete what recognises left-over cards, log their numbers, and how many were counted in results so far."""
    gone, shown = delete_cards(act), act.params.get("witnesses", {})
    alone = season.season(str(act.params["set"]), [("", {"set": act.params["set"], "witnesses": shown})])
    among = sum(alone.among(number, counted) for number, counted in _counted(act))
    return Carried({"among": among, "set": act.params["set"], "voided": gone, "witnesses": shown})


def delete_cards(act: Act) -> int:
    """Delete what recognises the cards an act names, and return how many there were."""
    mine = (Credential.assembly == act.assembly.id) & (Credential.card_set == bytes.fromhex(str(act.params["set"])))
    named = mine & Credential.verifier.in_(named_cards(act.params))
    return len(session.scalars(delete(Credential).where(named).returning(Credential.verifier)).all())


def _counted(act: Act) -> list[tuple[int, list[str]]]:
    """Return, for each result of the season, its survey's number in it and the numbers that were counted."""
    joined = (SurveyRow.assembly == ReleaseRow.assembly) & (SurveyRow.id == ReleaseRow.survey)
    query = select(SurveyRow.number, ReleaseRow.canonical).join(ReleaseRow, joined)
    card_set = bytes.fromhex(str(act.params["set"]))
    mine = (SurveyRow.assembly == act.assembly.id) & (SurveyRow.card_set == card_set) & (ReleaseRow.number == 1)
    rows = session.execute(query.where(mine))
    return [(number or 0, list(json.loads(canonical)["witnesses"])) for number, canonical in rows]


def named_cards(params: Mapping[str, object]) -> list[bytes]:
    """Return what recognises the cards an act names."""
    listed = params["cards"]
    return [bytes.fromhex(str(one)) for one in listed] if isinstance(listed, list | tuple) else []


def _in_use(assembly: Assembly) -> CardSet:
    row = session.scalars(select(CardSet).where(_current(assembly))).first()
    if row is None:
        raise Refused("no_cards")
    return row


def _current(assembly: Assembly) -> ColumnElement[bool]:
    return (CardSet.assembly == assembly.id) & (CardSet.state == "current")
