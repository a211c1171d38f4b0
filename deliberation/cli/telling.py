"""How a recount is told: names, figures, costs and audits in sentences, and the same as data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from deliberation.domain import retrace
from deliberation.domain.retrace import Step
from deliberation.domain.rules import Stance
from deliberation.interchange.election import Election
from surveys.domain.proportional import Neglect, pack

AS_A_STANCE: Mapping[int, Stance] = {1: Stance.SUPPORT, 0: Stance.ASIDE, -1: Stance.DISAGREE}
"""How a vote is taken: agree, pass, disagree. What a person did not see stays unanswered."""
Data = dict[str, object]
PLACES = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for: so many places, another budget, the rule of the rounds, how many were invited.

    Equal shares weigh what is chosen by its cost, or each the same (`per_cost`), and may `complete` their purchases.
    """

    places: int | None = None
    budget: Fraction | None = None
    way: str = "R2"
    invited: int | None = None
    per_cost: bool = True
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What came out, for people and as data; `chosen` are the items however ties fall."""

    lines: tuple[str, ...]
    data: Data
    chosen: frozenset[int] = frozenset()


class NotHere(Exception):
    """The rule cannot be applied to this file; says why, and what to do next."""


def whole(costs: Iterable[Fraction], budget: Fraction) -> tuple[list[int], int]:
    """Return costs and budget as whole numbers in one small unit."""
    every = list(costs)
    unit = lcm(*(one.denominator for one in (*every, budget)))
    return [int(one * unit) for one in every], int(budget * unit)


def by_score(election: Election, items: Iterable[int]) -> list[int]:
    """Return items in the order of votes, equal ones as in the file."""
    return sorted(items, key=lambda item: (-election.scores[item], item))


def figure(value: Fraction) -> str:
    """Write a number as short as it is exact; one without end is rounded and says so."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace(",", " ")
    if not 10**6 % value.denominator:
        return f"{float(value):,.6f}".replace(",", " ").rstrip("0")
    return f"{value}" if len(str(value)) < 12 else f"{float(value):.6g}…"  # noqa: PLR2004 - letters that fit in a line


def usual(election: Election) -> int:
    """Return how many places are given when nobody says: those officially selected, or ten."""
    selected = sum(bool(item.selected) for item in election.items)
    return min(selected or PLACES, len(election.items))


def time_of(step: Step) -> str:
    """Say when something was bought by Phragmén’s rule, by how many, and how many of them had nothing yet."""
    waiting = "none of them had" if not step.waiting else f"{step.waiting} of them had"
    if step.waiting == step.people:
        waiting = "all of them had"
    return f"bought at time {figure(step.price or Fraction(0))} by {step.people} people; {waiting} nothing yet"


def _sizes(steps: Sequence[Step]) -> range:
    return range(1, len(steps) + 1)


def every_audit(election: Election, audits: Sequence[Sequence[Neglect]]) -> Iterator[str]:
    """Say what the audits of the first 1, 2 … places found."""
    broken = [size for size, found in enumerate(audits, start=1) if found]
    if audits and not broken:
        yield f"Audit (EJR+): of the first 1 to {len(audits)} places, every group of people has its part."
    for size in broken:
        yield from audited(election, audits[size - 1], size)


def audited(election: Election, found: Sequence[Neglect], size: int) -> Iterator[str]:
    """Say who has less than their part of the chosen, one sentence a wish; or that nobody has."""
    if not found:
        yield f"Audit (EJR+): of these {size} places, every group of people has its part."
    for one in found:
        yield (
            f"Audit (EJR+): of {size} places, {one.people} people share the wish “{election.items[one.item].words}” "
            f"and have fewer than {one.owed} of their wishes, less than their part."
        )


def left_without(election: Election, chosen: Iterable[int]) -> Iterator[str]:
    """Say how many people have nothing they wished for."""
    items = list(chosen)
    left = retrace.without(pack(election.approvals), items)
    yield f"{left} of {election.ballots} people have nothing they wished for among these {len(items)}."


def listed(election: Election, order: Iterable[int]) -> Iterator[str]:
    """Yield items with their votes and, where there are costs, what they cost."""
    for item in order:
        cost = f", cost {figure(election.items[item].cost)}" if election.costs else ""
        yield f"{election.items[item].words} ({figure(election.scores[item])}{cost})"


def names(election: Election, items: Iterable[int]) -> str:
    """Return what items are called, in the order of the file."""
    return "; ".join(election.items[item].words for item in sorted(items))


def ids(election: Election, items: Iterable[int]) -> list[str]:
    """Return the names the file gives to items, in its order."""
    return [election.items[item].name for item in sorted(items)]


def step_data(election: Election, step: Step, unit: str) -> Data:
    """Return a purchase as data, its price under the name of its `unit`, an exact fraction as text."""
    price = None if step.price is None else str(step.price)
    return {"item": election.items[step.item].name, "people": step.people, "waiting": step.waiting, unit: price}


def audit_data(election: Election, found: Iterable[Neglect]) -> list[Data]:
    """Return what an audit found as data."""
    return [{"item": election.items[one.item].name, "owed": one.owed, "people": one.people} for one in found]
