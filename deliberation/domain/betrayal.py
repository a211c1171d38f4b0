"""What a verdict could make certain, for people who know their own answers and the rule.

The attackers are `infiltrators` people who may hold any stance, or skip. They read the number of ballots, the verdict
with its reason, and whether at least one person blocks. The proposals of a round are answered apart from each other,
so what is said of one holds whatever the others gave.

The assemblies that a verdict leaves possible are never listed, so any size can be looked at. A rule bounds how many
hold some sets of stances. In an order of the stances in which each of these sets is an interval, that bounds
differences of running totals, and shortest paths tell exactly whether whole numbers fit, and the fewest of any
interval (Cormen et al., Introduction to Algorithms, "Difference constraints and shortest paths").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations_with_replacement, permutations

import numpy as np
from numpy.typing import NDArray

from deliberation.domain.rules import OPPOSING, RESERVING, Base, Outcome, Reason, Rule, Stance, Verdict

EVERY = frozenset(Stance)
SKIP = len(Stance)
MANY = 1_000_000
Numbers = NDArray[np.int32]
Bases = NDArray[np.int64]
Truths = NDArray[np.bool_]
Order = tuple[Stance, ...]


class Known(StrEnum):
    """What becomes certain of everybody else who answered; from the most telling to the least.

    That nobody blocks is published of every proposal where it is so, and is no matter of the verdict.
    """

    ALL_SUPPORT = "all_support"
    ALL_AGREE = "all_agree"
    ALL_OPPOSE = "all_oppose"
    NOBODY_AGREES = "nobody_agrees"
    NOBODY_OPPOSES = "nobody_opposes"
    NOBODY_RESERVES = "nobody_reserves"


@dataclass(frozen=True, slots=True)
class Certainty:
    """A verdict, what it could make certain, and the numbers of ballots at which it could."""

    verdict: Verdict
    known: Known
    ballots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Betrayal:
    """Everything a verdict could make certain, for the numbers of ballots that were `checked`: none, if none could be.

    `worst` is, for each of these numbers, how many per cent (rounded down) of everybody else who answered it could
    become certain are on one side, for it or against it: who knew nothing beforehand is as sure of each of them.
    """

    infiltrators: int
    checked: range
    certain: tuple[Certainty, ...] = ()
    worst: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """At least `low` and at most `high` people hold one of these stances; one number, or one for each base."""

    stances: frozenset[Stance]
    low: int | Bases = 0
    high: int | Bases = MANY


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked at: a rule in its order, how many ballots, and who infiltrates."""

    rule: Rule
    order: Order
    infiltrators: int
    declared: int
    ballots: range
    floor: int

    @property
    def base(self) -> Bases:
        """The bases a share may be taken of: one for each number of ballots, or any for a rule of those answering."""
        if self.rule.base is Base.ANSWERED:
            return np.arange(self.ballots.stop, dtype=np.int64)
        handed_in = np.array(self.ballots, dtype=np.int64)
        return handed_in if self.rule.base is Base.HANDED_IN else np.full_like(handed_in, self.declared)

    def span(self, stances: frozenset[Stance]) -> tuple[int, int]:
        """Return between which running totals these stances lie."""
        places = [self.order.index(stance) for stance in stances]
        return min(places), max(places) + 1


@dataclass(frozen=True, slots=True)
class _Left:
    """What a verdict leaves possible at each number of ballots.

    `reached`: whether some may hold these stances, for every choice of one person more than the infiltrators; `sides`:
    how many per cent of the others agree at least, or are against, for every choice of the infiltrators' own stances.
    """

    reached: Truths
    sides: Numbers

    def or_else(self, other: "_Left") -> "_Left":
        """Return what one of the two leaves possible."""
        return _Left(self.reached | other.reached, np.minimum(self.sides, other.sides))


@lru_cache(maxsize=64)
def betrays(
    rule: Rule, *, infiltrators: int, declared: int, ballots: range, floor: int = 1, cards: int = 0
) -> Betrayal:
    """Return what verdicts under `rule` could make certain of the others' answers, for each number of ballots.

    Exact: a thing is certain when it holds in every assembly that gives this verdict and holds the infiltrators'
    own stances, for at least one choice of those. Only the most telling certainties of each verdict are kept. Below
    the quorum every assembly gives the same verdict, which tells nothing; nor does the quorum of a voice tell anything
    of stances, since any of its people may hold any. Unchecked when no order fits the rule's sets.
    """
    order, first = _order(rule), max(ballots.start, rule.fewest(declared, cards))
    if order is None or first >= ballots.stop:
        return Betrayal(infiltrators, range(0))
    asked = _Asked(rule, order, infiltrators, declared, range(first, ballots.stop), floor)
    found: dict[tuple[Verdict, Known], set[int]] = {}
    worst = np.zeros(len(asked.ballots), dtype=np.int32)
    for verdict, left in _by_verdict(asked):
        for number, known in _most_telling(asked, left.reached):
            found.setdefault((verdict, known), set()).add(number)
        worst = np.maximum(worst, np.where(left.sides < MANY, left.sides, 0).max(axis=(0, 1)))
    ordered = sorted(found, key=lambda pair: (pair[0].outcome, pair[0].reason, list(Known).index(pair[1])))
    certain = tuple(Certainty(*pair, tuple(sorted(found[pair]))) for pair in ordered)
    return Betrayal(infiltrators, asked.ballots, certain, tuple(map(int, worst)))


def _order(rule: Rule) -> Order | None:
    """Return an order of the stances in which every set of the rule is an interval; None when there is none."""
    counted = EVERY - rule.beside
    sets = (rule.agreeing, OPPOSING, RESERVING, counted, *(limit.stances for limit in rule.limits))
    if rule.beside and rule.base is not Base.ANSWERED:
        return None
    return next((order for order in permutations(Stance) if all(_together(order, some) for some in sets)), None)


def _together(order: Order, stances: frozenset[Stance]) -> bool:
    places = [order.index(stance) for stance in stances]
    return not places or max(places) - min(places) < len(places)


def _by_verdict(asked: _Asked) -> Iterator[tuple[Verdict, _Left]]:
    """Yield what is left possible by each verdict, once where somebody blocks and once where nobody does."""
    told: dict[tuple[Verdict, bool], _Left] = {}
    for verdict, bounds in _cases(asked):
        for blocked in (False, True):
            block = _Bound(frozenset({Stance.BLOCK}), 1) if blocked else _Bound(frozenset({Stance.BLOCK}), 0, 0)
            left = _left(asked, [*bounds, block])
            before = told.get((verdict, blocked))
            told[verdict, blocked] = left if before is None else before.or_else(left)
    for (verdict, _), left in told.items():
        yield verdict, left


def _cases(asked: _Asked) -> Iterator[tuple[Verdict, list[_Bound]]]:
    """Yield each way to a verdict, in the order of `rules.steps`, as bounds; together they are every assembly once."""
    rule, base = asked.rule, asked.base
    enough, counted = rule.agreement.least(base), EVERY - rule.beside
    held = [_Bound(counted, base, base)] if rule.base is Base.ANSWERED else []
    for few in (_Bound(EVERY, 0, asked.floor - 1), _Bound(counted, 0, 0)):
        yield Verdict(Outcome.RETURNED, Reason.TOO_FEW), [*held, few]
    held += [_Bound(EVERY, asked.floor), _Bound(counted, 1)]
    yield Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED), [*held, _Bound(OPPOSING, enough)]
    held.append(_Bound(OPPOSING, 0, enough - 1))
    for limit in rule.limits:
        allowed = limit.largest(base)
        yield limit.passed, [*held, _Bound(limit.stances, allowed + 1)]
        held.append(_Bound(limit.stances, 0, allowed))
    agreed = np.maximum(enough, 1)
    yield Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT), [*held, _Bound(rule.agreeing, 0, agreed - 1)]
    held.append(_Bound(rule.agreeing, agreed))
    noted = np.maximum(rule.noted.least(base), 1)
    yield Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED), [*held, _Bound(RESERVING, noted)]
    yield Verdict(Outcome.ADOPTED, Reason.AGREED), [*held, _Bound(RESERVING, 0, noted - 1)]


def _left(asked: _Asked, bounds: Sequence[_Bound]) -> _Left:
    """Return what these bounds leave possible."""
    more, own = _choices(asked.infiltrators + 1), _choices(asked.infiltrators)
    fewest, _ = _totals(asked, bounds, more, ())
    answered, sides = _totals(asked, bounds, own, (asked.rule.agreeing, OPPOSING))
    handed_in = np.array(asked.ballots, dtype=np.int64)
    if asked.rule.base is Base.ANSWERED:
        fewest = fewest.min(axis=1, keepdims=True)
        sides = _up_to(handed_in, answered, sides)
    return _Left(fewest <= handed_in, sides)


def _up_to(handed_in: Bases, ballots: Numbers, sides: Numbers) -> Numbers:
    """Return the least of each side among the bases that so many ballots allow, for each number of ballots."""
    found = np.full((*sides.shape[:2], handed_in[-1] + 1), MANY, dtype=np.int32)
    at, base = np.nonzero(ballots <= handed_in[-1])
    for side in range(len(sides)):
        np.minimum.at(found[side], (at, ballots[at, base]), sides[side, at, base])
    return np.asarray(np.minimum.accumulate(found, axis=2)[:, :, handed_in])


@lru_cache(maxsize=16)
def _choices(people: int) -> Numbers:
    """Return every choice of stances by so many people: how many hold each, and, in the last column, how many skip."""
    chosen = combinations_with_replacement(range(SKIP + 1), people)
    return np.array([np.bincount(one, minlength=SKIP + 1) for one in chosen], dtype=np.int32)


def _totals(
    asked: _Asked, bounds: Sequence[_Bound], held: Numbers, sides: Sequence[frozenset[Stance]]
) -> tuple[Numbers, Numbers]:
    """Return, for each choice of stances and each base, the fewest ballots, and the least per cent of each side.

    The latter of everybody else who answered, these being as many as they can be. MANY where no assembly fits. Floyd
    and Warshall's shortest paths between running totals, for all of them at once.
    """
    path = _edges(asked, bounds, held)
    for via in range(SKIP + 1):
        np.minimum(path, path[:, via, np.newaxis] + path[np.newaxis, via], out=path)
    fits = path[range(SKIP + 1), range(SKIP + 1)].min(axis=0) >= 0
    others = path[0, SKIP] - held[:, :SKIP].sum(axis=1, keepdims=True)
    told: list[Numbers] = []
    for side in sides:
        start, end = asked.span(side)
        fewest = -path[end, start] - held[:, [stance - 1 for stance in side]].sum(axis=1, keepdims=True)
        told.append(np.where(fits & (others > 0), 100 * fewest // np.maximum(others, 1), MANY))
    return np.where(fits, held[:, SKIP:] - path[SKIP, 0], MANY), np.array(told, dtype=np.int32)


def _edges(asked: _Asked, bounds: Sequence[_Bound], held: Numbers) -> Numbers:
    """Return the most each running total may pass each other one by."""
    path = np.full((SKIP + 1, SKIP + 1, len(held), len(asked.base)), MANY, dtype=np.int32)
    path[range(SKIP + 1), range(SKIP + 1)] = 0
    for place, stance in enumerate(asked.order):
        path[place + 1, place] = -held[:, stance - 1, np.newaxis]
    most = asked.ballots.stop - 1 if asked.rule.base is Base.ANSWERED else np.array(asked.ballots)
    path[0, SKIP] = most - held[:, SKIP:]
    for bound in (bound for bound in bounds if bound.stances):
        start, end = asked.span(bound.stances)
        path[start, end] = np.minimum(path[start, end], bound.high)
        path[end, start] = np.minimum(path[end, start], -np.asarray(bound.low))
    return path


def _most_telling(asked: _Asked, reached: Truths) -> Iterator[tuple[int, Known]]:
    """Yield what some choice of the infiltrators' stances makes certain, without what follows from the rest."""
    possible = reached[_one_more(asked.infiltrators)]
    answered = possible.any(axis=1)
    excluded = _excluded(asked.rule)
    certain = {
        known: (answered & ~possible[:, [stance - 1 for stance in stances]].any(axis=1)).any(axis=0)
        for known, stances in excluded.items()
    }
    for known, where in certain.items():
        stronger = [certain[other] for other in Known if excluded[known] < excluded[other]]
        alone = where & ~np.logical_or.reduce([np.zeros_like(where), *stronger])
        yield from ((asked.ballots[int(at)], known) for at in np.flatnonzero(alone))


@lru_cache(maxsize=16)
def _one_more(infiltrators: int) -> NDArray[np.intp]:
    """Return the place of every choice of the infiltrators' stances with one more person on each stance."""
    places = {tuple(map(int, one)): at for at, one in enumerate(_choices(infiltrators + 1))}
    others = np.eye(SKIP + 1, dtype=np.int32)[:SKIP]
    return np.array([[places[tuple(map(int, own + one))] for one in others] for own in _choices(infiltrators)])


def _excluded(rule: Rule) -> dict[Known, frozenset[Stance]]:
    """Say which stances nobody else holds when a thing is known."""
    return {
        Known.ALL_SUPPORT: EVERY - {Stance.SUPPORT},
        Known.ALL_AGREE: EVERY - rule.agreeing,
        Known.ALL_OPPOSE: EVERY - OPPOSING,
        Known.NOBODY_AGREES: rule.agreeing,
        Known.NOBODY_OPPOSES: OPPOSING,
        Known.NOBODY_RESERVES: RESERVING,
    }
