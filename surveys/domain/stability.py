"""How far answers changed between two rounds.

Rounds of an assembly are never linked: of them, released bands and, where percentages are released, two histograms may
be compared. Where the same people are known to stand behind both (a study beside the machine, a recount of published
data), a table of who moved from where to where tells more.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import comb, erfc, exp, lgamma, log, sqrt

from surveys.domain.disclosure import Band

STEPS = tuple(Band)
Moves = Sequence[Sequence[int]]
"""How many people went from each level (row) to each level (column)."""


def steady(previous: Mapping[str, str], current: Mapping[str, str]) -> bool:
    """Tell whether no released band moved by more than one step. Bands stand by question, as two releases show them.

    Nothing is steady where one of the two withholds, or asks something else.
    """
    if previous.keys() != current.keys() or not {*previous.values(), *current.values()} <= set(STEPS):
        return False
    places = {band.value: place for place, band in enumerate(STEPS)}
    return all(abs(places[previous[key]] - places[current[key]]) <= 1 for key in current)


def net_change(before: Sequence[int], after: Sequence[int]) -> Fraction | None:
    """Return the part of the answers that changed at the least, from counts per level of two rounds (Scheibe, 1975).

    One minus the sum of the smaller shares, which is the total variation distance: half the sum of all differences.
    None when nobody answered one of them.
    """
    if not (sum(before) and sum(after)):
        return None
    shares = zip(_shares(before), _shares(after), strict=True)
    return 1 - sum((min(pair) for pair in shares), Fraction(0))


def unchanged(moves: Moves) -> Fraction | None:
    """Return the part of the people who gave the same answer twice; None when there is nobody."""
    total = sum(map(sum, moves))
    return Fraction(sum(row[level] for level, row in enumerate(moves)), total) if total else None


def bowker(moves: Moves) -> tuple[Fraction, int]:
    """Return chi-squared and its degrees of freedom for as many moves there as back, pair by pair (Bowker, 1948).

    Pairs between which nobody moved add nothing, and count among the degrees of freedom.
    """
    levels = len(moves)
    pairs = [(moves[one][other], moves[other][one]) for one in range(levels) for other in range(one)]
    parts = (Fraction((there - back) ** 2, there + back) for there, back in pairs if there + back)
    return sum(parts, Fraction(0)), len(pairs)


def stuart_maxwell(moves: Moves) -> tuple[Fraction, int] | None:
    """Return chi-squared and its degrees of freedom for the same shares in both rounds (Stuart, 1955; Maxwell, 1970).

    Levels that nobody left or reached are left out. None when people moved within parts of the scale only, and never
    between them: then no single answer exists.
    """
    rows, columns = [sum(row) for row in moves], [sum(column) for column in zip(*moves, strict=True)]
    left = [there + back - 2 * moves[at][at] for at, (there, back) in enumerate(zip(rows, columns, strict=True))]
    kept = [at for at, moved in enumerate(left) if moved][:-1]
    gains = [Fraction(rows[at] - columns[at]) for at in kept]
    both = [[Fraction(left[at] if at == to else -moves[at][to] - moves[to][at]) for to in kept] for at in kept]
    solved = _solve(both, gains)
    if solved is None:
        return None
    return sum((gain * part for gain, part in zip(gains, solved, strict=True)), Fraction(0)), len(kept)


def mcnemar(there: int, back: int) -> Fraction:
    """Return the exact probability of moves as uneven as these, if each were as likely there as back (McNemar, 1947).

    Two-sided, from the binomial; 1 when nobody moved.
    """
    total = there + back
    tail = sum(comb(total, moves) for moves in range(min(there, back) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**total))


def signed_ranks(moves: Moves) -> tuple[Fraction, float] | None:
    """Return the smaller sum of ranks of those who moved up and of those who moved down, and its chance (Pratt, 1959).

    Moves are ranked by how many levels they pass, those who stayed included and then left out (Wilcoxon, 1945). So
    levels are taken to be evenly spaced, and the chance is that of the normal curve, corrected for ties: a float to be
    shown and never to decide. None when nobody moved.
    """
    steps = [(to - at, people) for at, row in enumerate(moves) for to, people in enumerate(row)]
    sizes = [sum(people for step, people in steps if abs(step) == size) for size in range(len(moves))]
    stayed, total = sum(sizes[:1]), sum(sizes)
    if stayed == total:
        return None
    below = accumulate(sizes, initial=0)
    ranks = [before + Fraction(people + 1, 2) for before, people in zip(below, sizes, strict=False)]
    up, down = (sum(people * ranks[abs(step)] for step, people in steps if step * way > 0) for way in (1, -1))
    cubes = sum(people**3 - people for people in sizes[1:])
    spread = _squares(total) - _squares(stayed) - Fraction(cubes, 48)
    return Fraction(min(up, down)), erfc(float(abs(up - down)) / 2 / sqrt(2 * spread))


def _squares(people: int) -> Fraction:
    """Return a quarter of the sum of the squares from 1 to this number."""
    return Fraction(people * (people + 1) * (2 * people + 1), 24)


def chi_squared_tail(value: Fraction, freedom: int) -> float:
    """Return the probability of at least this chi-squared: a float, to be shown and never to decide.

    From erfc or nothing, by the recurrence of the incomplete gamma function (Abramowitz & Stegun, 1964, 6.5.21).
    """
    if value <= 0:
        return 1.0
    half, step = float(value) / 2, freedom % 2 / 2
    total = erfc(sqrt(half)) if step else 0.0
    for whole in range(freedom // 2):
        total += exp((step + whole) * log(half) - half - lgamma(step + whole + 1))
    return total


def _shares(counts: Sequence[int]) -> list[Fraction]:
    total = sum(counts)
    return [Fraction(count, total) for count in counts]


def _solve(matrix: Sequence[Sequence[Fraction]], ends: Sequence[Fraction]) -> list[Fraction] | None:
    """Solve as many equations as unknowns; None when they do not settle it.

    A matrix of covariances needs no change of rows: where a pivot is nothing, all its row is.
    """
    rows = [[*row, end] for row, end in zip(matrix, ends, strict=True)]
    for at in range(len(rows)):
        if not rows[at][at]:
            return None
        pivot = [one / rows[at][at] for one in rows[at]]
        rows = [
            pivot if place == at else [one - row[at] * part for one, part in zip(row, pivot, strict=True)]
            for place, row in enumerate(rows)
        ]
    return [row[-1] for row in rows]
