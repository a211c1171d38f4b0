"""Risk out of (likelihood, impact): classes by a table the assembly wrote, the order they give, how firm it is.

No codes are multiplied: a matrix of products orders worse than chance where danger and damage go against each other
(Cox, 2008). Each person's pair goes through one monotone table to a class; a threat stands by how many people put it
high. Everything is an integer or a fraction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from deliberation.domain.hearing import Group, Levels, given, people
from surveys.domain.judgement import majority_ranks

STEPS, HIGH = 5, 4
RESERVE = 2
"""One changed ballot moves a margin by two at most: what stands on more is undone by nobody alone."""

Table = tuple[tuple[int, ...], ...]
"""Five rows of five classes: the rows from the least likely, in each the least grave first."""

STARTING: Table = tuple(tuple((likely + grave + 1) // 2 for grave in range(1, 6)) for likely in range(1, 6))
STRICTER: Table = tuple(tuple(min(likely, grave) for grave in range(1, 6)) for likely in range(1, 6))
MILDER: Table = tuple(tuple(max(likely, grave) for grave in range(1, 6)) for likely in range(1, 6))

Z_SQUARED = {2: 385, 3: 574, 4: 697, 6: 862, 8: 976, 10: 1064, 15: 1221, 20: 1332, 30: 1488, 40: 1598, 60: 1754}
"""By the most threats compared: 100 z², rounded up, for all their pairs at 5 % together (Bonferroni), from the normal
quantile. A test computes it anew; here it is a whole number, so that no float decides."""


class Tier(StrEnum):
    """When a threat is to be treated; unknown when fewer than K people answered about it."""

    NOW = "now"
    NEXT = "next"
    WATCH = "watch"
    UNKNOWN = "unknown"


class BadTable(ValueError):
    """A table that is no table of classes. `faults` are (row, column, code), counted from 1, in reading order."""

    def __init__(self, faults: Sequence[tuple[int, int, str]]) -> None:
        """Keep what is wrong, and where."""
        super().__init__("no table of classes")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Paired:
    """Of those who `answered` about two threats: how many put one of them high and not the other, and by how many of
    them the first stands above the second.
    """

    answered: int
    apart: int
    margin: int

    @property
    def variance(self) -> Fraction:
        """Return the variance of the margin that chance gives: b + c - d² / n (McNemar, 1947); 0 of nobody."""
        return self.apart - Fraction(self.margin**2, max(1, self.answered))


def read_table(data: object) -> Table:
    """Return a table of classes 1 to 5. Raises `BadTable` with every cell that is no class, falls or jumps.

    A class never falls as a danger gets likelier or graver ("falls"), and neighbours differ by one at most ("jumps").
    The last cell is high and the first is not ("never_high", "always_high"): else the table would tell nothing.
    """
    rows = data if isinstance(data, list | tuple) else []
    cells = [list(row) if isinstance(row, list | tuple) else [] for row in rows]
    if len(cells) != STEPS or any(len(row) != STEPS for row in cells):
        raise BadTable([(1, 1, "no_class")])
    table = tuple(tuple(one if _is_class(one) else 0 for one in row) for row in cells)
    faults = [(at // STEPS + 1, at % STEPS + 1, "no_class") for at in range(STEPS**2) if not table[at // 5][at % 5]]
    faults = faults or list(_faults(table))
    if faults:
        raise BadTable(faults)
    return table


def _is_class(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= STEPS


def _faults(table: Table) -> Iterator[tuple[int, int, str]]:
    """Yield the first fault of each cell, held against the cell that is less likely and the one that is less grave."""
    for row, column in product(range(STEPS), repeat=2):
        before = [table[row - 1][column]] * (row > 0) + [table[row][column - 1]] * (column > 0)
        steps = [table[row][column] - one for one in before]
        if min(steps, default=0) < 0:
            yield row + 1, column + 1, "falls"
        elif max(steps, default=0) > 1:
            yield row + 1, column + 1, "jumps"
    if table[0][0] >= HIGH:
        yield 1, 1, "always_high"
    if table[-1][-1] < HIGH:
        yield STEPS, STEPS, "never_high"


def classes(table: Table, likely: Levels, grave: Levels) -> Levels:
    """Return each ballot's class, 0 where one of the two was not answered. Longer scales are read to their fifth."""
    square = np.array(table, dtype=np.uint8)
    both = given(likely) & given(grave)
    rows, columns = (np.clip(one, 1, STEPS).astype(np.intp) - 1 for one in (likely, grave))
    return np.asarray(np.where(both, square[rows, columns], 0), dtype=np.uint8)


def grid(likely: Levels, grave: Levels) -> tuple[int, ...]:
    """Return how many people gave each of the 25 pairs, row by row."""
    both = given(likely) & given(grave)
    rows, columns = (np.clip(one[both], 1, STEPS).astype(np.intp) - 1 for one in (likely, grave))
    return tuple(int(one) for one in np.bincount(rows * STEPS + columns, minlength=STEPS**2))


def ranked(counts: Mapping[str, Sequence[int]]) -> tuple[tuple[str, ...], ...]:
    """Return threats from the one most people put high, given how many put it in each class, the lowest first.

    a / n is compared by cross-multiplication. Equal parts are told apart by majority judgement on the classes
    (Balinski & Laraki, 2007); what is still equal shares its place, by name. Unanswered threats are left out.
    """
    names = sorted(name for name, row in counts.items() if sum(row))
    highs = {name: (sum(counts[name][HIGH - 1 :]), sum(counts[name])) for name in names}
    ranks = dict(zip(names, majority_ranks([counts[name] for name in names]), strict=True))

    def compare(one: str, other: str) -> int:
        (mine, of_mine), (theirs, of_theirs) = highs[one], highs[other]
        return theirs * of_mine - mine * of_theirs or ranks[one] - ranks[other]

    places = list[list[str]]()
    for name in sorted(names, key=cmp_to_key(compare)):
        if places and compare(places[-1][0], name) == 0:
            places[-1].append(name)
        else:
            places.append([name])
    return tuple(tuple(place) for place in places)


@lru_cache(maxsize=1)
def upper_sets() -> NDArray[np.int64]:
    """Return the 252 sets of cells that contain, with a cell, all that are likelier and graver: 0 or 1 for 25 cells."""
    stairs = combinations(range(2 * STEPS), STEPS)
    starts = ([at - step for step, at in enumerate(stair)][::-1] for stair in stairs)
    return np.array([[int(column >= start) for start in one for column in range(STEPS)] for one in starts])


def dominates(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether one threat stands at least as high as another for every monotone table, given their grids of 25.

    It does exactly when it has at least as large a part of its people in each upper set (stochastic dominance on a
    partial order: Lehmann, 1955). It holds for the ballots as they were counted: a reserve of one ballot in each upper
    set would tell infiltrators that somebody finds the threat both likely and grave (decision 100).
    """
    mine, theirs = (upper_sets() @ np.array(counts, dtype=np.int64) for counts in (one, other))
    return bool(np.all(mine * sum(other) >= theirs * sum(one)))


def paired(one: Group, other: Group, answered: Group) -> Paired:
    """Return the paired counts of two threats, given who puts each high and who answered about both."""
    only_one, only_other = people(one & ~other & answered), people(other & ~one & answered)
    return Paired(people(answered), only_one + only_other, only_one - only_other)


def tails(count: int, answered: int, infiltrators: int) -> int:
    """Return a count with all that is within t + 1 of nobody, or of everybody, made one (as figures merge tails)."""
    return max(infiltrators + 1, min(answered - infiltrators - 1, count))


def bounded(high: int, *, likely: int, grave: int, answered: int, infiltrators: int) -> int:
    """Return how many put a threat high as far as it may be heard beside its figures, which tell `likely` and `grave`.

    All tails are merged. A count so close to likely + grave that hardly anybody could find it both is drawn back by
    t + 1: else the two figures and this one together would say that nobody does.
    """
    told = sum(tails(one, answered, infiltrators) for one in (likely, grave))
    return tails(min(high, told - infiltrators - 1), answered, infiltrators)


def reserved(pair: Paired) -> bool:
    """Tell whether the first stands above the second whatever any one ballot says instead."""
    return pair.margin > RESERVE


def firm(pair: Paired, *, members: int, threats: int) -> bool:
    """Tell whether the first of two of so many threats stands firmly above the second.

    Where all `members` answered it is the reserve of one ballot. Of a sample it must also pass chance: with b and c
    people on either side, d = b - c, d > z sqrt(b + c - d²/n) sqrt(1 - n/N), z for all pairs shown (Bonferroni;
    Mogstad et al., 2024). Both sides are squared, so fractions decide. More threats than `Z_SQUARED` knows
    are never firm in a sample. Where nobody declared how many `members` there are (0), nothing is taken off for N.
    """
    if not reserved(pair):
        return False
    if 0 < members <= pair.answered:
        return True
    silent = 1 - Fraction(pair.answered, members) if members else 1
    square = next((value for most, value in Z_SQUARED.items() if threats <= most), None)
    return square is not None and 100 * pair.margin**2 > square * pair.variance * silent


def reach(counts: Sequence[int], people: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the lowest and the highest counts per level, the lowest first, that so many people could bring about.

    They turn their highest answers into the lowest, or their lowest into the highest: nothing else moves a score that
    rises with every answer further, so between the two lies everything they can do to it.
    """
    worst = _turned(list(counts), min(people, sum(counts)))
    return worst, _turned(list(counts)[::-1], min(people, sum(counts)))[::-1]


def _turned(left: list[int], people: int) -> tuple[int, ...]:
    """Return counts in which so many of the last levels' answers are moved to the first."""
    left[0] += people
    for level in range(len(left) - 1, -1, -1):
        moved = min(left[level], people)
        left[level] -= moved
        people -= moved
    return tuple(left)


def places(above: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[int, int]]:
    """Return the first and the last place each threat may have, given those firmly above it."""
    below = {name: sum(name in those for those in above.values()) for name in above}
    return {name: (1 + len(those), len(above) - below[name]) for name, those in above.items()}
