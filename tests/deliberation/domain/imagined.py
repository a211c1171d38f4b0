"""Every assembly there could be, tried one by one: what a verdict tells, found without the reasoning it is proof of."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations_with_replacement

from deliberation.domain.betrayal import EVERY, Known
from deliberation.domain.rules import OPPOSING, RESERVING, Rule, Stance, Verdict, decide
from tests.surveys.domain.boxes import ways

World = tuple[int, ...]
Told = dict[tuple[Verdict, bool], list[World]]


def told(rule: Rule, *, ballots: int, declared: int, floor: int) -> Told:
    """Return every assembly (six stances, and who skips) by what is published: its verdict, whether one blocks."""
    found: Told = defaultdict(list)
    for world in ways(ballots, 7):
        counts = dict(zip(Stance, world, strict=False))
        given = decide(counts, handed_in=ballots, declared=declared, rule=rule, floor=floor)
        found[given, counts[Stance.BLOCK] > 0].append(world)
    return found


def others(worlds: list[World], infiltrators: int) -> Iterator[tuple[World, list[World]]]:
    """Yield the infiltrators' own stances, and everybody else in each assembly that has these in it."""
    for chosen in combinations_with_replacement(range(7), infiltrators):
        own = tuple(chosen.count(at) for at in range(7))
        left = [tuple(held - mine for held, mine in zip(world, own, strict=True)) for world in worlds]
        yield own, [one for one in left if min(one) >= 0]


def certain(rule: Rule, worlds: list[World], infiltrators: int) -> set[Known]:
    """Return what some choice of the infiltrators' stances makes certain of everybody else who answered."""
    stances = {
        Known.ALL_SUPPORT: EVERY - {Stance.SUPPORT},
        Known.ALL_AGREE: EVERY - rule.agreeing,
        Known.ALL_OPPOSE: EVERY - OPPOSING,
        Known.NOBODY_AGREES: rule.agreeing,
        Known.NOBODY_OPPOSES: OPPOSING,
        Known.NOBODY_RESERVES: RESERVING,
    }
    found: set[Known] = set()
    for _, left in others(worlds, infiltrators):
        held = {stance for stance in Stance if any(one[stance - 1] for one in left)}
        found |= {known for known, excluded in stances.items() if held and not held & excluded}
    return {known for known in found if not any(stances[known] < stances[other] for other in found)}


def worst(rule: Rule, worlds: list[World], infiltrators: int) -> int:
    """Return how many per cent of the others who answered are on one side for certain, at the worst."""
    found = [0]
    for _, left in others(worlds, infiltrators):
        spoken = [one for one in left if any(one[:6])]
        for side in (rule.agreeing, OPPOSING):
            shares = [100 * sum(one[stance - 1] for stance in side) // sum(one[:6]) for one in spoken]
            found.append(min(shares, default=0))
    return max(found)
