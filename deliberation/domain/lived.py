"""What lives on after a decision: what a review said, what was won for now, what changed lately. It keeps no author.

Everything is told by closed words and days, so that the log can hold it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

LATELY = timedelta(days=92)
"""What counts as the last version of the plan: three months."""


class Cause(StrEnum):
    """What changed since a decision was taken, as its review asks."""

    COMMUNITY = "community"
    AROUND = "around"
    BOTH = "both"
    NOTHING = "nothing"


class Made(StrEnum):
    """What a review answers when it asks whether a decision made us fairer, or stronger."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


ASKED: Mapping[str, type[StrEnum]] = {"changed": Cause, "fairer": Made, "stronger": Made}
"""What a review asks, each with its closed answers."""


class Won(StrEnum):
    """What a decision won, for now; or that what it won does not hold any more."""

    STOPPED = "stopped"
    DELAYED = "delayed"
    RECOGNISED = "recognised"
    DUTY_DONE = "duty_done"
    SAFER = "safer"
    LOST = "lost"


class Progress(StrEnum):
    """How far something decided has come, as somebody of the circle says it."""

    BEGUN = "begun"
    UNDER_WAY = "under_way"
    DONE = "done"


class Turn(StrEnum):
    """What happened to a decision, or to a threat, on some day."""

    ROSE = "rose"
    ADOPTED = "adopted"
    CONFIRMED = "confirmed"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    STARTED = "started"
    RAN_OUT = "ran_out"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Review:
    """One look at a decision: the day, what became of it, and what it `said`, by what was asked."""

    day: date
    ending: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision won, written down on `day`, and when it is checked again (None once it is lost)."""

    won: Won
    day: date
    again: date | None

    def due(self, today: date) -> bool:
        """Tell whether its day has come to be checked again."""
        return self.again is not None and self.again <= today


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: on which day, what, and the decision or the threat it happened to."""

    day: date
    turn: Turn
    about: str


def answered(params: Mapping[str, object]) -> dict[str, str]:
    """Return what a review says beside its ending; what it leaves open is left out. Raises ValueError."""
    return {name: words(str(params[name])).value for name, words in ASKED.items() if params.get(name)}


def lately(changes: Iterable[Change], today: date) -> tuple[Change, ...]:
    """Return what changed in the last three months, the newest day first; a day's in the order of `Turn`."""
    turns = list(Turn)
    recent = [one for one in changes if today - LATELY <= one.day <= today]
    return tuple(sorted(recent, key=lambda one: (-one.day.toordinal(), turns.index(one.turn), one.about)))


def reopened(threats: Iterable[str], seen: date, risen: Mapping[str, date]) -> bool:
    """Tell whether one of these threats rose, by the day it did, after they were last `seen` to."""
    return any(threat in risen and risen[threat] > seen for threat in threats)
