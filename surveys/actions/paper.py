"""Paper and stones enter the same box as any ballot: one for each unread card that was given in, and never one more.

Several agree on how many forms there are, and on the cards that were given in for them. Those cards are voided; from
then on exactly so many paper ballots may be typed in, each under a nullifier of its own that no card could make.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, select

from commons import clock, log
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Act, Carried, Refused
from commons.security import expand, unwrap, wrap
from surveys.actions.answering import NULLIFIER
from surveys.actions.cards import delete_cards, verifiers, void_touches
from surveys.actions.opening import find, found
from surveys.domain import cards, sealing
from surveys.domain.cards import Code
from surveys.domain.logic import Answers, accepted
from surveys.domain.reading import parsed
from surveys.models import Ballot, CardSet, SurveyRow

PAPER = "surveys.paper"
SIZE = 32


def exchanged(assembly: Assembly, slug: str, codes: Iterable[Code]) -> Mapping[str, object]:
    """Return the params of the act that lets in one form for each of these cards: never a code.

    What the cards may have said already in this survey is named under the survey's own nullifier key, and can be read
    no longer than the nullifiers themselves. Raises `Refused` when the box is not open.
    """
    row, typed = _open(assembly, slug), frozenset(codes)
    card_set = session.get_one(CardSet, (assembly.id, row.card_set))
    key = _key(row)
    spoken = b"".join(sorted(cards.nullifier(key, code) for code in typed))
    return {
        "cards": sorted(one.hex() for one in verifiers(card_set, typed)),
        "forms": len(typed),
        "set": card_set.id.hex(),
        "spoken": wrap(NULLIFIER, spoken, key=expand(key, PAPER)).hex(),
        "survey": slug,
    }


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the survey the forms answer. Raises `Refused` for a box that is not open, cards that are not its own.

    Fewer than K forms are refused: whoever types them would read what few people said, as if a small box was opened.
    """
    row = _open(assembly, str(params["survey"]))
    void_touches(assembly, params)
    if int(str(params["forms"])) < assembly.floor:
        raise Refused("too_few_forms")
    return {"survey": (row.fingerprint or b"").hex()}


def carry_out(act: Act, _prepared: object) -> Carried:
    """Void the cards that were given in, and let in as many forms: the paper speaks in place of its card."""
    row = found(act.assembly, str(act.params["survey"]))
    forms = delete_cards(act)
    spoken = unwrap(NULLIFIER, bytes.fromhex(str(act.params["spoken"])), key=expand(_key(row), PAPER))
    before = [spoken[at : at + SIZE] for at in range(0, len(spoken), SIZE)]
    mine = (Ballot.assembly == row.assembly) & (Ballot.survey == row.id)
    session.execute(delete(Ballot).where(mine & Ballot.nullifier.in_(before)))
    return Carried({"forms": forms, "survey": row.slug})


def free(assembly: Assembly, slug: str) -> tuple[bytes, ...]:
    """Return the nullifiers of the paper ballots still to be typed in, in an order that tells nothing.

    None when no form was let in, all were typed, or the box is being opened.
    """
    row = find(assembly, slug)
    if row is None or row.state not in {"open", "ended"} or row.nullifier_key is None:
        return ()
    key = _key(row)
    every = {
        cards.paper(key, bytes.fromhex(str(said["act"])), place)
        for said in (line.payload for line in log.entries(assembly, kind=PAPER))
        if said["survey"] == slug
        for place in range(1, int(str(said["forms"])) + 1)
    }
    mine = (Ballot.assembly == row.assembly) & (Ballot.survey == row.id)
    used = session.scalars(select(Ballot.nullifier).where(mine & Ballot.nullifier.in_(list(every)))).all()
    return tuple(sorted(every - set(used)))


def one_of(assembly: Assembly, slug: str) -> bytes:
    """Return one of the nullifiers still free, drawn by lot. Raises `Refused` when none is."""
    left = free(assembly, slug)
    if not left:
        raise Refused("no_form_left")
    return secrets.choice(left)


@transaction
def take(assembly: Assembly, slug: str, given: Sequence[Answers], under: Sequence[bytes]) -> None:
    """Put paper ballots in the box, each under a nullifier that is still free. Raises `Refused`, nothing taken."""
    row = found(assembly, slug)
    if not set(under) <= set(free(assembly, slug)) or len(set(under)) != len(given):
        raise Refused("no_form_left")
    questionnaire, fingerprint, box_key = parsed(row.definition), row.fingerprint or b"", row.box_key or b""
    plain = (sealing.encode(questionnaire, fingerprint, None, accepted(questionnaire, one)) for one in given)
    rows = [
        {
            "assembly": row.assembly,
            "survey": row.id,
            "id": new_id(),
            "nullifier": nullifier,
            "ciphertext": sealing.seal(one, box_key),
        }
        for one, nullifier in zip(plain, under, strict=True)
    ]
    session.execute(insert(Ballot), sorted(rows, key=lambda one: one["id"]))


def _open(assembly: Assembly, slug: str) -> SurveyRow:
    row = find(assembly, slug)
    if row is None or row.state != "open" or row.closes < clock.today(assembly):
        raise Refused("no_box_for_paper")
    return row


def _key(row: SurveyRow) -> bytes:
    if row.nullifier_key is None:
        raise Refused("no_box_for_paper")
    return unwrap(NULLIFIER, row.nullifier_key)
