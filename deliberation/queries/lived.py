"""What became of decisions since: their reviews, what they won for now, and who is still on duty. Days and words."""

from collections.abc import Mapping
from datetime import date

from commons import log, quorum
from commons.assembly import Assembly
from deliberation.domain.lived import ASKED, Outcome, Progress, Review, Won

REVIEW, WON, COUNTED = "deliberation.review", "deliberation.won", "surveys.count"
RATIFIED, PROGRESS = "deliberation.ratify", "progress"
BEHIND = frozenset({RATIFIED, REVIEW, WON, COUNTED})
"""The entries a plan rests on: the words of the log after the last of them witness it, and tell of nothing else."""


def reviews(assembly: Assembly) -> Mapping[str, tuple[Review, ...]]:
    """Return every review of each decision that had one, the first first."""
    found: dict[str, tuple[Review, ...]] = {}
    for line in log.entries(assembly, kind=REVIEW):
        said = {name: str(line.payload[name]) for name in ASKED if name in line.payload}
        seen = Review(line.day, str(line.payload["ending"]), said)
        found[str(line.payload["decision"])] = (*found.get(str(line.payload["decision"]), ()), seen)
    return found


def outcomes(assembly: Assembly) -> Mapping[str, tuple[Outcome, ...]]:
    """Return what each decision won, the first first: what was written last is how it stands."""
    found: dict[str, tuple[Outcome, ...]] = {}
    for line in log.entries(assembly, kind=WON):
        again = line.payload.get("again")
        won = Outcome(Won(str(line.payload["won"])), line.day, date.fromisoformat(str(again)) if again else None)
        found[str(line.payload["decision"])] = (*found.get(str(line.payload["decision"]), ()), won)
    return found


def progress(assembly: Assembly) -> Mapping[str, tuple[tuple[Progress, date], ...]]:
    """Return what was written down of how far each decision has come, the first first: the last is how it stands."""
    found: dict[str, tuple[tuple[Progress, date], ...]] = {}
    for line in log.entries(assembly, kind=PROGRESS):
        said = Progress(str(line.payload["progress"])), date.fromisoformat(str(line.payload["on"]))
        found[str(line.payload["decision"])] = (*found.get(str(line.payload["decision"]), ()), said)
    return found


def counted_on(assembly: Assembly) -> Mapping[str, date]:
    """Return the day each box was opened and counted."""
    return {str(line.payload["survey"]): line.day for line in log.entries(assembly, kind=COUNTED)}


def on_duty(assembly: Assembly) -> bool:
    """Tell whether anybody's term in the circle still runs."""
    return any(slot.active for slot in quorum.slots(assembly))
