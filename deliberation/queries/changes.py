"""What changed in the plan: decisions as they came, were kept and went, and threats whose tier rose. No authors."""

from collections.abc import Iterator
from itertools import pairwise

from commons import clock
from commons.assembly import Assembly
from deliberation.domain.lived import Change, Turn, Won, lately
from deliberation.domain.plan import rising
from deliberation.domain.rounds import Stage
from deliberation.queries import decided, lived
from surveys import door


def changes(assembly: Assembly) -> tuple[Change, ...]:
    """Return what changed in the last three months, the newest first."""
    return lately([*_decided(assembly), *_lived(assembly), *_risen(assembly)], clock.today(assembly))


def _decided(assembly: Assembly) -> Iterator[Change]:
    """Yield decisions as they were taken, replaced others, began and ran out."""
    today = clock.today(assembly)
    for one in decided.decisions(assembly):
        yield Change(one.day, Turn.STARTED if one.until else Turn.ADOPTED, one.slug)
        if one.draft.replaces and one.until is None:
            yield Change(one.day, Turn.AMENDED, one.draft.replaces)
        if one.until and one.until < today:
            yield Change(one.until, Turn.RAN_OUT, one.slug)


def _lived(assembly: Assembly) -> Iterator[Change]:
    """Yield reviews, and what was won or lost."""
    for slug, seen in lived.reviews(assembly).items():
        for one in seen:
            yield Change(one.day, Turn.CONFIRMED if one.ending == Stage.CONFIRMED else Turn.WITHDRAWN, slug)
    for slug, won in lived.outcomes(assembly).items():
        for found in won:
            yield Change(found.day, Turn.LOST if found.won is Won.LOST else Turn.WON, slug)


def _risen(assembly: Assembly) -> Iterator[Change]:
    """Yield the threats whose tier rose from one baseline to the next, on the day the later one was counted."""
    counted = [one for one in door.releases(assembly, "baseline") if not one.withdrawn]
    days = lived.counted_on(assembly)
    for now, before in pairwise(counted):
        rose = rising(decided.tiers(before), decided.tiers(now))
        yield from (Change(days[now.survey], Turn.ROSE, threat) for threat in sorted(rose))
