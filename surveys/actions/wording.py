"""Texts in common words: two facilitators read what was written and say it otherwise; k publish that; all is erased.

What names somebody and cannot be said otherwise is left out, and that is published too, in a sentence. What nobody put
in other words in time is erased, and the log says so: nothing that people wrote is passed over in silence.

Neither the texts nor the common words ever stand in an act or in the log: the words wait sealed to each facilitator on
duty, and the act holds their hash. Whoever signs reads them first, with their own keys.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from nacl.public import PublicKey, SealedBox
from sqlalchemy import ColumnElement, delete, insert, select

from commons import clock, log, quorum
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Act, Carried, Keys, Refused
from surveys.actions.opening import find
from surveys.actions.releasing import annex, touches_release
from surveys.domain.questionnaire import Words
from surveys.models import SurveyRow, WrittenText, said_of

LASTS = timedelta(days=14)
COUNTED, UNSAID = "surveys.count", "unsaid"
MOST_WORDS, LONGEST = 40, 400


@transaction
def reword(
    assembly: Assembly, slug: str, question: str, said: Sequence[Words], *, left_out: bool = False
) -> Mapping[str, object]:
    """Keep common words for a question's texts, sealed to each on duty, and return the params of the act.

    `left_out` is whether something is left out because it names somebody; then no words need be put. Words put before
    replace those that were waiting for the same question. Raises `Refused` when there is nothing to say, too much, or
    no text to say it of.
    """
    row = _counted(assembly, slug)
    if not (0 if left_out else 1) <= len(said) <= MOST_WORDS or not all(_fits(words) for words in said):
        raise Refused("no_words")
    if session.scalars(select(WrittenText.id).where(_of(row, question))).first() is None:
        raise Refused("no_texts")
    plain = log.canonical([dict(words) for words in said])
    session.execute(delete(WrittenText).where(_of(row, said_of(question))))
    rows = [
        {
            "assembly": assembly.id,
            "id": new_id(),
            "survey": row.id,
            "question": said_of(question),
            "slot": slot.slot,
            "text": SealedBox(PublicKey(slot.sealing_key)).encrypt(plain.encode()),
        }
        for slot in quorum.slots(assembly)
        if slot.active
    ]
    session.execute(insert(WrittenText), rows)
    params = {"survey": slug, "question": question, "words": sha256(plain.encode()).hexdigest()}
    return {**params, "left_out": True} if left_out else params


def _fits(words: Words) -> bool:
    return bool(words) and all(0 < len(text) <= LONGEST for text in words.values())


def waits(assembly: Assembly, slug: str, question: str) -> bool:
    """Tell whether texts on a question still wait to be said in other words: until then, two weeks at most."""
    row = find(assembly, slug)
    return row is not None and session.scalars(select(WrittenText.id).where(_of(row, question))).first() is not None


def touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    """Return the release the words belong to. Raises `Refused` when no words wait for this question."""
    row = _counted(assembly, str(params.get("survey")))
    waits = select(WrittenText.id).where(_of(row, said_of(str(params.get("question")))))
    if session.scalars(waits).first() is None:
        raise Refused("no_words")
    return touches_release(assembly, params)


def prepare(act: Act, keys: Keys) -> str:
    """Open the words that wait for this facilitator. Raises `Refused` when they are not those that were signed."""
    row = _counted(act.assembly, str(act.params["survey"]))
    mine = _of(row, said_of(str(act.params["question"]))) & (WrittenText.slot == keys.slot)
    for sealed in session.scalars(select(WrittenText.text).where(mine)):
        plain = SealedBox(keys.sealing).decrypt(sealed)
        if sha256(plain).hexdigest() == act.params["words"]:
            return plain.decode()
    raise Refused("other_words")


def carry_out(act: Act, prepared: object) -> Carried:
    """Publish the common words beside the release, and erase every text of the question."""
    if not isinstance(prepared, str):
        raise Refused("other_words")
    row, question = _counted(act.assembly, str(act.params["survey"])), str(act.params["question"])
    session.execute(delete(WrittenText).where(_of(row, question) | _of(row, said_of(question))))
    left_out = {"left_out": True} if act.params.get("left_out") is True else {}
    carried = annex(act, {"note": "wording", "question": question, "said": json.loads(prepared), **left_out})
    return Carried({**carried.facts, **left_out})


def erase_due(assembly: Assembly) -> None:
    """Erase the texts of every box that was counted more than two weeks ago."""
    today = clock.today(assembly)
    over = [str(line.payload["survey"]) for line in log.entries(assembly, kind=COUNTED) if line.day + LASTS < today]
    mine = (SurveyRow.id == WrittenText.survey) & (WrittenText.assembly == SurveyRow.assembly)
    kept = select(SurveyRow).where(SurveyRow.assembly == assembly.id, SurveyRow.slug.in_(over))
    for row in session.scalars(kept.where(select(WrittenText.id).where(mine).exists()).order_by(SurveyRow.slug)).all():
        _erase(assembly, row)


@transaction
def _erase(assembly: Assembly, row: SurveyRow) -> None:
    """Erase every text of a box, and have the log say that they were never said: once, whoever else does the same."""
    mine = (WrittenText.assembly == row.assembly) & (WrittenText.survey == row.id)
    if session.scalars(delete(WrittenText).where(mine).returning(WrittenText.id)).all():
        log.append(assembly, UNSAID, {"survey": row.slug})


def _counted(assembly: Assembly, slug: str) -> SurveyRow:
    row = find(assembly, slug)
    if row is None or row.state != "counted":
        raise Refused("no_release")
    return row


def _of(row: SurveyRow, question: str) -> ColumnElement[bool]:
    mine = (WrittenText.assembly == row.assembly) & (WrittenText.survey == row.id)
    return mine & (WrittenText.question == question)
