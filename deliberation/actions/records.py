"""The rows that actions change, found and read the same way by all of them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import delete, select

from commons import clock, log
from commons.assembly import Assembly
from commons.db import new_id, session, transaction
from commons.quorum import Refused
from commons.security import spoken, spoken_as
from deliberation.domain.protocol import Draft, Protocol, read_draft, read_protocol, text_alone
from deliberation.domain.rounds import HELPS, Impossible, Way, follow, read_way, verdict_in
from deliberation.domain.talk import reworded
from deliberation.models import (
    CollectiveRow,
    DecisionRow,
    DemandRow,
    MeasureRow,
    ProposalRow,
    ProtocolRow,
    ThreatRow,
    Wording,
)
from surveys import door

GREEN = 1
ROUND = "round"
KEPT_DAYS = 30
Slugged = TypeVar("Slugged", ProposalRow, DecisionRow, DemandRow)
Coded = TypeVar("Coded", ThreatRow, MeasureRow)


def collective(assembly: Assembly) -> CollectiveRow:
    """Return what the assembly agreed about itself; of a new one, nothing. Kept once something is written in it."""
    found = session.get(CollectiveRow, assembly.id)
    if found is not None:
        return found
    chosen = CollectiveRow(assembly=assembly.id, rule=None, priority="", voices=[], members=0, quiet=[], alert=GREEN)
    chosen.steps, chosen.profile, chosen.terms, chosen.path = {}, {}, {}, {}
    return chosen


def proposal(assembly: Assembly, slug: object) -> ProposalRow:
    """Return a proposal's row. Raises `Refused`."""
    mine = select(ProposalRow).where(ProposalRow.assembly == assembly.id, ProposalRow.slug == str(slug))
    return _there(session.scalars(mine.with_for_update()).first(), "no_such_proposal")


def decision(assembly: Assembly, slug: object) -> DecisionRow:
    """Return a decision's row. Raises `Refused`."""
    mine = select(DecisionRow).where(DecisionRow.assembly == assembly.id, DecisionRow.slug == str(slug))
    return _there(session.scalars(mine.with_for_update()).first(), "no_such_decision")


Row = TypeVar("Row")


def _there(row: Row | None, code: str) -> Row:
    if row is None:
        raise Refused(code)
    return row


def next_slug(assembly: Assembly, model: type[Slugged], word: str) -> str:
    """Return the address after the last one there is: a word and a number. Some before it may have been dropped."""
    taken = session.scalars(select(model.slug).where(model.assembly == assembly.id))
    return f"{word}-{max((int(slug.rsplit('-', 1)[-1]) for slug in taken), default=0) + 1}"


def way(assembly: Assembly, row: ProposalRow) -> Way:
    """Return where a proposal stands now, with what became of the box it was put into."""
    held, held_by = written(row), box(assembly, row)
    return follow(held, held_by.state.value, verdict_in(closed(assembly, row.survey), row.slug)) if held_by else held


def written(row: ProposalRow) -> Way:
    """Return where a proposal was last written down to stand."""
    return read_way(row.stage, row.rounds, (row.outcome, row.reason), short=row.short)


def gone(assembly: Assembly, row: ProposalRow) -> bool:
    """Tell whether no box holds the proposal any more: none did, it was burnt, or it ended with too few ballots."""
    held_by = box(assembly, row)
    if held_by is None or held_by.state is door.State.BURNT:
        return True
    ended = held_by.state in (door.State.OPEN, door.State.ENDED) and clock.today(assembly) > held_by.closes
    return ended and not door.enough(held_by)


def box(assembly: Assembly, row: ProposalRow) -> door.Survey | None:
    """Return the box of a proposal's present round; none once a draft was thrown away and its slug used again."""
    found = door.survey(assembly, row.survey) if row.survey else None
    if found is None or found.kind != ROUND:
        return None
    asked = found.questionnaire.lists.get("proposals", ())
    return found if any(choice.id == row.slug for choice in asked) else None


def closed(assembly: Assembly, survey: str) -> Mapping[str, object]:
    """Return the closed values of a release; none before there is one, or once it is withdrawn."""
    release = door.release(assembly, survey)
    told = release.data.get("closed") if release and not release.withdrawn else None
    return told if isinstance(told, Mapping) else {}


def wrote(assembly: Assembly, survey: str, slug: str) -> Mapping[str, Mapping[str, str]]:
    """Return what people wrote of a proposal in a round, in common words, by code; nothing of a withdrawn release."""
    release = door.release(assembly, survey) if survey else None
    return {} if release is None or release.withdrawn else reworded(release.notes, survey, f"{HELPS}.{slug}")


@contextmanager
def refusing() -> Iterator[None]:
    """Turn a move that does not exist into a refusal."""
    try:
        yield
    except Impossible as impossible:
        raise Refused(impossible.code) from None


def keep_way(row: ProposalRow, moved: Way) -> None:
    """Write down where a proposal stands."""
    row.stage, row.rounds, row.short = moved.stage.value, moved.rounds, moved.short
    row.outcome = moved.verdict.outcome.value if moved.verdict else ""
    row.reason = moved.verdict.reason.value if moved.verdict else ""


def draft_of(row: ProposalRow) -> Draft:
    """Return what a proposal says of itself."""
    return read_draft(row.content)


def protocol(assembly: Assembly) -> Protocol:
    """Return the protocol in force; version 0 before the first."""
    mine = select(ProtocolRow).where(ProtocolRow.assembly == assembly.id).order_by(ProtocolRow.version.desc())
    row = session.scalars(mine.limit(1)).first()
    return read_protocol(row.content, row.version) if row else Protocol()


def digest(content: object) -> str:
    """Return the hash of what is signed, in hexadecimal."""
    return log.hashed(content)


def text_digest(row: ProposalRow) -> str:
    """Return the hash of a proposal's text; a question or a reason about it changes nothing of it."""
    return digest(text_alone(row.content))


@transaction
def word(assembly: Assembly, content: Mapping[str, object]) -> str:
    """Keep words that an act will put in force, and return their digest, for its params."""
    text = log.canonical(content)
    key = sha256(text.encode()).digest()
    if _wording(assembly, key) is None:
        day = clock.today(assembly)
        session.add(Wording(assembly=assembly.id, id=new_id(), digest=key, content=text, day=day))
    return key.hex()


def worded(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, object]:
    """Return the words an act signs. Raises `Refused` when they are not kept."""
    try:
        key = bytes.fromhex(str(params.get("wording", "")))
    except ValueError:
        raise Refused("no_such_words") from None
    row = _there(_wording(assembly, key), "no_such_words")
    content = json.loads(row.content)
    return content if isinstance(content, dict) else {}


def _wording(assembly: Assembly, key: bytes) -> Wording | None:
    mine = (Wording.assembly == assembly.id) & (Wording.digest == key)
    return session.scalars(select(Wording).where(mine)).first()


@transaction
def forget_words(assembly: Assembly) -> None:
    """Upkeep: forget words that no act put in force for a month."""
    old = date.fromordinal(clock.today(assembly).toordinal() - KEPT_DAYS)
    session.execute(delete(Wording).where(Wording.assembly == assembly.id, Wording.day < old))


def heard(assembly: Assembly, params: Mapping[str, object]) -> str:
    """Return the hash of the log entry whose words the assembly heard. Raises `Refused` when no entry has them."""
    typed = spoken_as(str(params.get("heard", "")))
    for line in log.entries(assembly):
        if spoken(bytes.fromhex(line.hash), log.HEAD_WORDS) == typed:
            return line.hash
    raise Refused("words_not_in_the_log")
