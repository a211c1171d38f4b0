"""Assemblies that decide apart and combine. A part hands its decision over; a federation receives it, and combines.

Three steps, each of several people. Nothing is adopted by any of them: what the parts give together closes the round,
and the federation's own assembly still has to ratify it.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from sqlalchemy import delete, select

from commons import clock, log
from commons.assembly import Assembly
from commons.db import new_id, session
from commons.quorum import Act, Carried, Kind, Needs, Refused
from commons.security import is_signed, signed, spoken, spoken_as
from deliberation.actions.asking import fit, not_quiet
from deliberation.actions.deciding import apart, write_round
from deliberation.actions.records import (
    collective,
    digest,
    draft_of,
    gone,
    keep_way,
    proposal,
    refusing,
    text_digest,
    worded,
)
from deliberation.domain import federation, rounds
from deliberation.domain.federation import Answer, Federation, Malformed
from deliberation.domain.rules import Verdict
from deliberation.models import PartRow, ProposalRow, RoundRow
from surveys import door
from surveys.domain.release import read

FEDERATE, HAND_OVER = "deliberation.federate", "deliberation.hand_over"
RECEIVE, COMBINE = "deliberation.receive_part", "deliberation.combine"
DELAY = 3
NAMES = ""
"""Under which the assemblies of a federation are kept, beside what they decided about each proposal."""


def fingerprints(words: Mapping[str, str]) -> dict[str, str]:
    """Return the hash of a text in each of its languages, however its letters are made and its lines broken."""
    plain = {tag: " ".join(unicodedata.normalize("NFC", text).split()) for tag, text in words.items()}
    return {tag: sha256(text.encode()).hexdigest() for tag, text in plain.items()}


def agreed(assembly: Assembly) -> tuple[Federation, date] | None:
    """Return what the assemblies agreed on last, and when; None where this assembly is no federation."""
    lines = log.entries(assembly, kind=FEDERATE)
    return (federation.read_federation(lines[-1].payload), lines[-1].day) if lines else None


def name_of(title: str) -> str:
    """Return the id of a part: the same as long as it is called the same."""
    return log.hashed(title)[:16]


def titles(assembly: Assembly) -> dict[str, str]:
    """Return what each part is called, in the order they agreed on."""
    rows = session.scalars(select(PartRow).where(PartRow.assembly == assembly.id, PartRow.about == NAMES))
    return {str(row.content["part"]): str(row.content["title"]) for row in rows}


def answers(assembly: Assembly, about: str) -> dict[str, tuple[Answer, date]]:
    """Return the last answer of each part about a proposal, by part, with the day it was received.

    What they answered about another text, before this one was amended, does not count.
    """
    rows = session.scalars(select(PartRow).where(PartRow.assembly == assembly.id, PartRow.about == about))
    found, text = dict[str, tuple[Answer, date]](), _text(assembly, about)
    for row in rows:
        part, answer = str(row.content["part"]), federation.read_answer(_answer(row))
        newer = part not in found or found[part][0].day < answer.day
        if newer and federation.same_text(text, answer.about):
            found[part] = (answer, row.day)
    return found


def _text(assembly: Assembly, slug: str) -> Mapping[str, str]:
    """Return the fingerprints of a proposal's text as it stands."""
    mine = select(ProposalRow).where(ProposalRow.assembly == assembly.id, ProposalRow.slug == slug)
    return {name: text for row in session.scalars(mine) for name, text in fingerprints(draft_of(row).text).items()}


def _answer(row: PartRow) -> Mapping[str, object]:
    said = row.content["answer"]
    return said if isinstance(said, Mapping) else {}


def words_of(answer: Answer) -> str:
    """Return the words by which people compare a document they have in two places."""
    return spoken(sha256(log.canonical(federation.write_answer(answer)).encode()).digest(), log.HEAD_WORDS)


def verdict(assembly: Assembly, about: str) -> Verdict:
    """Return what the parts give together about a proposal. Raises `Refused` where there is no federation."""
    together = _agreed(assembly)[0]
    return federation.combine(together, {part: one.outcome for part, (one, _) in answers(assembly, about).items()})


def _agreed(assembly: Assembly) -> tuple[Federation, date]:
    found = agreed(assembly)
    if found is None:
        raise Refused("no_federation")
    return found


def _names(assembly: Assembly, params: Mapping[str, object]) -> tuple[list[str], Federation]:
    """Return the names an act signs, and what they agree on. Raises `Refused`."""
    said = worded(assembly, params).get("names")
    names = [str(one) for one in said] if isinstance(said, list) else []
    terms = {name: params.get(name) for name in ("share", "floor", "unanimous")}
    try:
        return names, federation.read_federation({"parts": [name_of(one) for one in names], **terms})
    except Malformed:
        raise Refused("no_such_federation") from None


def _federate_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    _, together = _names(assembly, params)
    before = agreed(assembly)
    wrote = federation.write_federation(before[0]) if before else {}
    return {"before": digest(wrote), "federation": digest(federation.write_federation(together))}


def _federate(act: Act, _prepared: object) -> Carried:
    names, together = _names(act.assembly, act.params)
    session.execute(delete(PartRow).where(PartRow.assembly == act.assembly.id, PartRow.about == NAMES))
    for title in names:
        _keep(act.assembly, NAMES, {"part": name_of(title), "title": title})
    return Carried(federation.write_federation(together))


def _keep(assembly: Assembly, about: str, content: dict[str, object]) -> None:
    row = PartRow(assembly=assembly.id, id=new_id(), about=about, content=content, day=clock.today(assembly))
    session.add(row)


def _ended(assembly: Assembly, params: Mapping[str, object]) -> tuple[ProposalRow, RoundRow]:
    """Return a proposal that the assembly ratified, for or against, and the round it did it on.

    Raises `Refused` for any other, and for what is decided only among ourselves: a federation is outside.
    """
    row = proposal(assembly, params.get("proposal"))
    mine = (RoundRow.assembly == assembly.id) & (RoundRow.proposal == row.id)
    last = session.scalars(select(RoundRow).where(mine).order_by(RoundRow.number.desc())).first()
    ratified = {rounds.RESULT[one].value for one in federation.ADOPTING | federation.REFUSING}
    if last is None or row.stage not in ratified:
        raise Refused("not_decided_yet")
    if draft_of(row).internal:
        raise Refused("only_among_ourselves")
    return row, last


def _hand_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row, last = _ended(assembly, params)
    return {"text": text_digest(row), "verdict": f"{last.outcome} {last.reason}"}


def _hand(act: Act, _prepared: object) -> Carried:
    row, last = _ended(act.assembly, act.params)
    release = door.release(act.assembly, last.survey) if last.survey else None
    shown = read(release.data) if release and not release.withdrawn else None
    band = shown.figure(f"{rounds.STANCE}.{row.slug}").band if shown else None
    facts = {
        "proposal": row.slug,
        "text": text_digest(row),
        "about": fingerprints(draft_of(row).text),
        "outcome": last.outcome,
        "reason": last.reason,
        "band": band.value if band else "",
        "decided": last.day.isoformat(),
        "release": release.sha256 if release else "",
    }
    return Carried(facts)


def handed_over(assembly: Assembly, slug: str) -> Answer | None:
    """Return what the assembly handed over about a proposal, signed for it as a whole; None before it did."""
    lines = [line for line in log.entries(assembly, kind=HAND_OVER) if line.payload["proposal"] == slug]
    if not lines:
        return None
    told, purpose = dict(lines[-1].payload), f"federation {assembly.id.hex()}"
    facts = {name: told[name] for name in ("about", "outcome", "reason", "band", "release")}
    key, _ = signed(purpose, b"")
    bare = {"title": assembly.title, "day": told["decided"], "head": lines[-1].hash, "key": key, "signature": "00"}
    answer = federation.read_answer(facts | bare)
    _, signature = signed(purpose, _message(answer))
    return federation.read_answer(federation.write_answer(answer) | {"signature": signature})


def _message(answer: Answer) -> bytes:
    return log.canonical(federation.signed_over(answer)).encode()


def document(assembly: Assembly, params: Mapping[str, object]) -> Answer:
    """Return the document an act would receive, checked by itself. Raises `Refused`."""
    try:
        data = json.loads(str(worded(assembly, params).get("document")))
        answer = federation.read_answer(data if isinstance(data, Mapping) else {})
        message = _message(answer)
    except (ValueError, RecursionError):  # no document, no JSON, a number without end, half a letter
        raise Refused("no_such_document") from None
    if not is_signed(answer.key, answer.signature, message):
        raise Refused("not_signed_so")
    if words_of(answer) != spoken_as(str(params.get("heard", ""))):
        raise Refused("words_not_of_the_document")
    return answer


def _receive_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row, part = proposal(assembly, params.get("proposal")), str(params.get("part"))
    together, since = _agreed(assembly)
    answer = document(assembly, params)
    if part not in together.parts:
        raise Refused("no_such_part")
    if answer.day > clock.today(assembly):
        raise Refused("no_such_document")
    if not federation.same_text(fingerprints(draft_of(row).text), answer.about):
        raise Refused("another_text")
    before = answers(assembly, row.slug).get(part)
    if before is not None and before[0].day >= answer.day:
        raise Refused("answered_before")
    if _pinned(assembly, part, since) - {answer.key} or _of_others(assembly, part, answer.key):
        raise Refused("another_key")
    return {"text": text_digest(row), "answer": digest(federation.write_answer(answer))}


def _pinned(assembly: Assembly, part: str, since: date) -> set[str]:
    """Return the keys a part has signed with since the assemblies agreed."""
    rows = session.scalars(select(PartRow).where(PartRow.assembly == assembly.id, PartRow.about != NAMES))
    return {str(_answer(row)["key"]) for row in rows if row.content["part"] == part and row.day >= since}


def _of_others(assembly: Assembly, part: str, key: str) -> bool:
    """Tell whether another part signed with that key: nobody answers for two."""
    rows = session.scalars(select(PartRow).where(PartRow.assembly == assembly.id, PartRow.about != NAMES))
    return any(row.content["part"] != part and _answer(row)["key"] == key for row in rows)


def _receive(act: Act, _prepared: object) -> Carried:
    row, part = proposal(act.assembly, act.params["proposal"]), str(act.params["part"])
    answer = document(act.assembly, act.params)
    _keep(act.assembly, row.slug, {"part": part, "answer": federation.write_answer(answer)})
    told = {"outcome": answer.outcome.value, "answer": act.touches["answer"]}
    return Carried({"proposal": row.slug, "text": text_digest(row), "part": part, **told})


def _combine_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    row = proposal(assembly, params.get("proposal"))
    if not gone(assembly, row):
        raise Refused("in_a_box")
    if collective(assembly).rule is None:
        raise Refused("no_rule")
    given, received = verdict(assembly, row.slug), answers(assembly, row.slug)
    if not received:
        raise Refused("nobody_answered")
    fit(assembly, row, apart(assembly, row))
    not_quiet(assembly, collective(assembly))
    written = {part: federation.write_answer(one) for part, (one, _) in received.items()}
    together = federation.write_federation(_agreed(assembly)[0])
    said = f"{given.outcome} {given.reason}"
    return {"text": text_digest(row), "answers": digest([together, written]), "verdict": said}


def _combine(act: Act, _prepared: object) -> Carried:
    row = proposal(act.assembly, act.params["proposal"])
    given, now = verdict(act.assembly, row.slug), apart(act.assembly, row)
    row.survey = ""
    with refusing():
        ended = rounds.close_round(rounds.begin_round(now), given)
    write_round(row, ended, given, [], clock.today(act.assembly))
    keep_way(row, ended)
    told = {"outcome": given.outcome.value, "reason": given.reason.value, "answers": act.touches["answers"]}
    return Carried({"proposal": row.slug, "text": text_digest(row), "round": ended.rounds, **told})


ACTS = (
    Kind(FEDERATE, Needs.K_PLUS_ONE, _federate, touches=_federate_touches, delay_days=DELAY),
    Kind(HAND_OVER, Needs.K_PLUS_ONE, _hand, touches=_hand_touches, delay_days=DELAY),
    Kind(RECEIVE, Needs.K, _receive, touches=_receive_touches),
    Kind(COMBINE, Needs.K, _combine, touches=_combine_touches),
)
