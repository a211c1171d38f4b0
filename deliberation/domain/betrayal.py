"""What a verdict alone could make certain, for people who know their own answers and the rule.

Every assembly of a given size that a rule can meet is imagined, exactly; nothing here sees a real answer. The
attackers are `infiltrators` people who may hold any stance, or skip; they read the verdict and the number of ballots.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from deliberation.domain.rules import OPPOSING, RESERVING, Rule, Stance, Turnout, Verdict, steps

EVERY = frozenset(Stance)
Worlds = NDArray[np.int64]


class Known(StrEnum):
    """What becomes certain of everybody else who answered; from the most telling to the least."""

    ALL_SUPPORT = "all_support"
    ALL_AGREE = "all_agree"
    ALL_OPPOSE = "all_oppose"
    NOBODY_AGREES = "nobody_agrees"
    NOBODY_OPPOSES = "nobody_opposes"
    NOBODY_RESERVES = "nobody_reserves"
    NOBODY_BLOCKS = "nobody_blocks"


@dataclass(frozen=True, slots=True)
class Certainty:
    """A verdict, what it could make certain, and the numbers of ballots at which it could."""

    verdict: Verdict
    known: Known
    ballots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Betrayal:
    """Everything a verdict alone could make certain; `certain` is empty when it betrays nothing."""

    infiltrators: int
    certain: tuple[Certainty, ...]


def betrays(rule: Rule, *, infiltrators: int, declared: int, ballots: range, floor: int = 1) -> Betrayal:
    """Return what verdicts under `rule` could make certain of the others' answers, for each number of ballots.

    Exact: a thing is certain when it holds in every assembly that gives this verdict and holds the infiltrators'
    own stances, for at least one choice of those. Only the most telling certainties of each verdict are kept.
    """
    found: dict[tuple[Verdict, Known], list[int]] = {}
    for number in ballots:
        for verdict, known in _certain(rule, infiltrators, Turnout(number, declared, floor)):
            found.setdefault((verdict, known), []).append(number)
    ordered = sorted(found, key=lambda pair: (pair[0].outcome, pair[0].reason, list(Known).index(pair[1])))
    return Betrayal(infiltrators, tuple(Certainty(*pair, tuple(found[pair])) for pair in ordered))


@lru_cache(maxsize=512)
def _certain(rule: Rule, infiltrators: int, turnout: Turnout) -> tuple[tuple[Verdict, Known], ...]:
    """Return what each verdict could make certain at one turnout."""
    atoms = _atoms(rule)
    worlds = _worlds(turnout.handed_in, len(atoms))
    return tuple(
        (verdict, known)
        for verdict, chosen in _by_verdict(rule, turnout, atoms, worlds)
        for known in _most_telling(rule, atoms, _patterns(chosen, infiltrators + 1), infiltrators)
    )


def _atoms(rule: Rule) -> tuple[frozenset[Stance], ...]:
    """Group the stances that this rule and our questions never tell apart."""
    sets = (rule.agreeing, OPPOSING, RESERVING, rule.beside, *(limit.stances for limit in rule.limits))
    groups: dict[tuple[bool, ...], set[Stance]] = {}
    for stance in Stance:
        groups.setdefault(tuple(stance in some for some in sets), set()).add(stance)
    return tuple(frozenset(group) for group in groups.values())


def _worlds(people: int, atoms: int) -> Worlds:
    """Return every way to share `people` among the atoms, one row each; the last column are those who skip."""
    rows, rest = np.zeros((1, 0), np.int64), np.array([people])
    for _ in range(atoms):
        times = rest + 1
        starts = np.repeat(np.cumsum(times) - times, times)
        chosen = np.arange(times.sum()) - starts
        rows = np.column_stack((np.repeat(rows, times, axis=0), chosen))
        rest = np.repeat(rest, times) - chosen
    return np.column_stack((rows, rest))


def _by_verdict(
    rule: Rule, turnout: Turnout, atoms: tuple[frozenset[Stance], ...], worlds: Worlds
) -> Iterator[tuple[Verdict, Worlds]]:
    """Share out the worlds by the verdict each of them gives; a verdict no world gives is left out."""

    def holding(stances: frozenset[Stance]) -> Worlds:
        return np.asarray(worlds[:, [at for at, atom in enumerate(atoms) if atom <= stances]].sum(axis=1))

    left = np.ones(len(worlds), dtype=bool)
    for met, verdict in steps(rule, turnout, worlds[:, :-1].sum(axis=1), holding):
        here = left & met
        left &= ~here
        if here.any():
            yield verdict, worlds[here]


def _patterns(worlds: Worlds, depth: int) -> Worlds:
    """Return the different rows once counts above `depth` no longer matter."""
    powers = (depth + 1) ** np.arange(worlds.shape[1])
    codes = np.unique(np.minimum(worlds, depth) @ powers)
    return codes[:, np.newaxis] // powers % (depth + 1)


def _most_telling(
    rule: Rule, atoms: tuple[frozenset[Stance], ...], patterns: Worlds, infiltrators: int
) -> tuple[Known, ...]:
    """Return what some choice of the infiltrators' stances makes certain, without what follows from the rest."""
    excluded = _excluded(rule)
    certain: set[Known] = set()
    for own in combinations_with_replacement(range(len(atoms) + 1), infiltrators):
        possible = _possible(atoms, patterns, np.bincount(own, minlength=len(atoms) + 1))
        certain |= {known for known, stances in excluded.items() if possible and not possible & stances}
    return tuple(
        known for known in Known if known in certain and not any(excluded[known] < excluded[other] for other in certain)
    )


def _possible(atoms: tuple[frozenset[Stance], ...], patterns: Worlds, own: NDArray[np.int64]) -> frozenset[Stance]:
    """Return the stances somebody else may hold, given the infiltrators' own; none when nobody else can have any."""
    others = patterns[(patterns >= own).all(axis=1)] - own
    return frozenset().union(*(atom for at, atom in enumerate(atoms) if others[:, at].any()))


def _excluded(rule: Rule) -> dict[Known, frozenset[Stance]]:
    """Say which stances nobody else holds when a thing is known."""
    return {
        Known.ALL_SUPPORT: EVERY - {Stance.SUPPORT},
        Known.ALL_AGREE: EVERY - rule.agreeing,
        Known.ALL_OPPOSE: EVERY - OPPOSING,
        Known.NOBODY_AGREES: rule.agreeing,
        Known.NOBODY_OPPOSES: OPPOSING,
        Known.NOBODY_RESERVES: RESERVING,
        Known.NOBODY_BLOCKS: frozenset({Stance.BLOCK}),
    }
