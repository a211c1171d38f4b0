"""Founding: several people, one sitting, one assembly. No account comes before them and none stands above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete, func, select, update

from commons import access, clock, log, quorum
from commons.assembly import LEAST_INFILTRATORS, MOST_INFILTRATORS, Assembly, AssemblyRow, load
from commons.db import new_id, session, transaction
from commons.security import expand, spoken, spoken_as, subkey
from commons.settings import here
from deliberation.actions.places import SHORTEST_PASSPHRASE, Place, place, seat
from deliberation.models import Facilitator
from surveys import door

FEWEST, MOST = 3, 16
FIRST_TERM, STEP = timedelta(days=182), timedelta(days=30)
FOUNDING_WORDS = 3
FOUNDINGS = ("founded", "founded_again")


class FoundingRefused(Exception):
    """The assembly cannot be founded like this; `field` and `code` say where and why."""

    def __init__(self, field: str, code: str) -> None:
        """Keep the field and the reason's code."""
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True)
class Charter:
    """What the founders agree on before anything else."""

    slug: str
    title: str
    languages: tuple[str, ...]
    k: int
    t: int
    timezone: str


def founding_word() -> str:
    """Return the word printed on the server's console; it changes with each founding."""
    founded = session.scalar(select(func.count()).select_from(log.Entry).where(log.Entry.kind.in_(FOUNDINGS))) or 0
    return spoken(expand(subkey("founding word"), str(founded)), FOUNDING_WORDS)


@transaction
def found(charter: Charter, founders: Sequence[str | Place]) -> Assembly:
    """Found an assembly with one slot a founder. Raises `FoundingRefused`, with nothing made.

    A founder comes with a passphrase, or with the place their paper was already made into.
    """
    _check(charter, founders)
    if session.scalar(select(AssemblyRow.id).where(AssemblyRow.slug == charter.slug)) is not None:
        raise FoundingRefused("slug", "taken")
    key = new_id()
    session.add(
        AssemblyRow(
            id=key,
            slug=charter.slug,
            title=charter.title,
            languages=list(charter.languages),
            k=charter.k,
            t=charter.t,
            timezone=charter.timezone,
        )
    )
    session.flush()
    assembly = load(key)
    _seat(assembly, founders)
    log.append(assembly, "founded", {**_circle(assembly), "demonstration": here().settings.demonstration})
    return assembly


@transaction
def found_again(assembly: Assembly, founders: Sequence[str | Place], k: int) -> Assembly:
    """Seat a new circle when fewer than k can act: what was decided stays, open boxes are burnt, the log says so.

    Raises `FoundingRefused` while enough facilitators are on duty: nobody can be pushed out this way.
    """
    if can_act(assembly):
        raise FoundingRefused("slug", "circle_can_act")
    charter = Charter(assembly.slug, assembly.title, assembly.languages, k, assembly.t, assembly.timezone)
    _check(charter, founders)
    burnt = door.burn_open_boxes(assembly)
    access.stand_up(assembly)
    first = (session.scalar(select(func.max(Facilitator.slot)).where(Facilitator.assembly == assembly.id)) or 0) + 1
    session.execute(delete(Facilitator).where(Facilitator.assembly == assembly.id))
    session.execute(update(AssemblyRow).where(AssemblyRow.id == assembly.id).values(k=k))
    _seat(assembly, founders, first=first)
    again = load(assembly.id)
    log.append(again, "founded_again", {**_circle(again), "burnt": list(burnt)})
    return again


def can_act(assembly: Assembly) -> bool:
    """Tell whether enough facilitators are on duty for an act."""
    return sum(slot.active for slot in quorum.slots(assembly)) >= assembly.k


def _check(charter: Charter, founders: Sequence[str | Place]) -> None:
    count = len(founders)
    said = [spoken_as(founder) for founder in founders if isinstance(founder, str)]
    own = said + [founder.public_key.hex() for founder in founders if isinstance(founder, Place)]
    faults = {
        ("passphrases", "too_few"): count < FEWEST,
        ("passphrases", "too_many"): count > MOST,
        ("passphrases", "the_same"): len(set(own)) < count,
        ("passphrases", "too_short"): any(len(one) < SHORTEST_PASSPHRASE for one in said),
        ("k", "half"): 2 * charter.k <= count,
        ("k", "more_than_all"): charter.k > count,
        ("t", "range"): not LEAST_INFILTRATORS <= charter.t <= MOST_INFILTRATORS,
        ("languages", "none"): not charter.languages,
        ("title", "empty"): not charter.title.strip(),
        ("slug", "form"): not charter.slug.replace("-", "").isalnum() or charter.slug != charter.slug.casefold(),
        ("timezone", "unknown"): not _known_zone(charter.timezone),
    }
    for (field, code), wrong in faults.items():
        if wrong:
            raise FoundingRefused(field, code)


def _known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _seat(assembly: Assembly, founders: Sequence[str | Place], *, first: int = 1) -> None:
    today = clock.today(assembly)
    for turn, founder in enumerate(founders):
        row = seat(assembly, first + turn, founder if isinstance(founder, Place) else place(founder))
        row.term = today + FIRST_TERM + turn * STEP
        session.add(row)
    session.flush()


def _circle(assembly: Assembly) -> dict[str, object]:
    mine = select(Facilitator).where(Facilitator.assembly == assembly.id).order_by(Facilitator.slot)
    slots = {str(row.slot): row.public_key.hex() for row in session.scalars(mine)}
    return {"k": assembly.k, "t": assembly.t, "slots": slots}
