"""What a release must leave open: no published figure may make `t` infiltrators certain of anybody else's answer.

A count is published as the range it lies in, never alone. Ranges exclude nothing by themselves (the tails are merged),
but several of one question add up: if everybody else's answers are accounted for, an empty choice is known to be empty.
So a profile of ranges is published only if, for every choice, at least `t + 1` people may have made it; else one cell
is published one range lower, and so on until it is so. What is published is then always the plain rounding of *some*
counts that leave every answer open, and those counts give the very same release: knowing this code tells no more.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations_with_replacement, product

FARTHEST = 3


class Shown(StrEnum):
    """How a count is said: in one of three bands, as a percentage, or as one of its two merged tails."""

    FEW = "few"
    SOME = "some"
    MOST = "most"
    LOW = "low"
    PERCENT = "percent"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Cell:
    """One published count. `percent` is rounded to ten, and there only when a percentage is shown."""

    shown: Shown
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The counts, from `low` to `high`, that are all published as the same cell."""

    cell: Cell
    low: int
    high: int


Scale = tuple[Range, ...]
"""Every range from 0 to the number of answers, in order, without gaps."""


def bands(answers: int, infiltrators: int) -> Scale:
    """Return the three bands of a yes/no count (two when nothing is left in the middle).

    Top: counts from min(⌈2r/3⌉, r-t-1) up; bottom: up to max(⌊r/3⌋, t+1); the middle is the rest. From r = 2t + 3 on
    each tail holds t + 2 counts, so that `t` people who know their own answers stay in doubt about every other one.
    """
    top = min(-(-2 * answers // 3), answers - infiltrators - 1)
    bottom = max(answers // 3, infiltrators + 1)
    few, most = Range(Cell(Shown.FEW), 0, bottom), Range(Cell(Shown.MOST), top, answers)
    middle = Range(Cell(Shown.SOME), bottom + 1, top - 1)
    return (few, middle, most) if middle.low <= middle.high else (few, most)


def percents(answers: int, infiltrators: int) -> Scale:
    """Return the ranges of percentages rounded to ten (halves up), both tails merged.

    The tails hold {0…t+1} and {r-t-1…r}, and all that would round to 0 or 100.
    """
    found: list[Range] = []
    low = 0
    while low <= answers:
        cell = _percent(low, answers, infiltrators)
        after = bisect_right(
            range(answers + 1), _rank(cell), key=lambda count: _rank(_percent(count, answers, infiltrators))
        )
        found.append(Range(cell, low, after - 1))
        low = after
    return tuple(found)


def _rank(cell: Cell) -> int:
    """Return where a cell of percentages stands among them."""
    return {Shown.LOW: 0, Shown.HIGH: 100}.get(cell.shown, cell.percent or 0)


def _percent(count: int, answers: int, infiltrators: int) -> Cell:
    rounded = (20 * count + answers) // (2 * answers) * 10
    if count <= infiltrators + 1 or rounded == 0:
        return Cell(Shown.LOW)
    if count >= answers - infiltrators - 1 or rounded == 100:  # noqa: PLR2004 - per cent
        return Cell(Shown.HIGH)
    return Cell(Shown.PERCENT, rounded)


def place(scale: Scale, count: int) -> int:
    """Return the position of the range a count lies in."""
    return next(position for position, one in enumerate(scale) if count <= one.high)


@dataclass(frozen=True, slots=True)
class Voice:
    """A group of people who answered a question: how many, and the range published of those within its cut."""

    answers: int
    yes: Range


@dataclass(frozen=True, slots=True)
class Asked:
    """A question answered by one level each: the group of all who answered, how many infiltrate, the cut's levels.

    Levels count from 0 here; without a cut there are none in it, and nobody is within.
    """

    everyone: Voice
    infiltrators: int
    cut: frozenset[int] = frozenset()


def levels_open(asked: Asked, levels: Sequence[Range], voices: Sequence[Voice] = ()) -> bool:
    """Tell whether every level stays possible for everybody in every voice, whoever the infiltrators are.

    The worst is all of them in one voice on one level: one person more must be possible there. People of a voice can
    be spread over the levels of their side of the cut in any way, so all that must agree is how many are within it.
    """
    groups = voices or (asked.everyone,)
    return all(_possible(asked, levels, groups, (at, on)) for at in range(len(groups)) for on in range(len(levels)))


def _possible(asked: Asked, levels: Sequence[Range], voices: Sequence[Voice], where: tuple[int, int]) -> bool:
    """Tell whether one more than the infiltrators (or the whole voice) can be of this voice and on this level."""
    at, on = where
    wanted = min(asked.infiltrators + 1, voices[at].answers)
    spans = [_raised(one.low, one.high, wanted if place == on else 0) for place, one in enumerate(levels)]
    within, without = (
        _sum(span for place, span in enumerate(spans) if (place in asked.cut) is side) for side in (True, False)
    )
    insiders = [one.yes.low for one in voices], [one.yes.high for one in voices]
    if on in asked.cut:
        insiders[0][at] = max(insiders[0][at], wanted)
    else:
        insiders[1][at] = min(insiders[1][at], voices[at].answers - wanted)
    if levels[on].high < wanted or insiders[0][at] > insiders[1][at]:
        return False
    total = asked.everyone.answers
    low = max(within[0], total - without[1], sum(insiders[0]), asked.everyone.yes.low)
    return low <= min(within[1], total - without[0], sum(insiders[1]), asked.everyone.yes.high)


def _raised(low: int, high: int, wanted: int) -> tuple[int, int]:
    return max(low, wanted), high


def _sum(spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    every = tuple(spans)
    return sum(low for low, _ in every), sum(high for _, high in every)


def sets_open(choices: Sequence[Range], *, answers: int, infiltrators: int, maximum: int) -> bool:
    """Tell whether every choice of a set stays possible for everybody, when each ticks one to `maximum` choices.

    If everybody used up their ticks on the other choices, an empty one is known to be empty; the worst is that the
    infiltrators ticked it, and nothing else. A tick is never certain, as long as two choices are offered: a tail
    always leaves room for a tick of another choice instead. Ranges that no ticks fit are not open.
    """
    least, most = sum(one.low for one in choices), sum(one.high for one in choices)
    if least > maximum * answers or most < answers:
        return False
    return all(one.low for one in choices) or least < maximum * (answers - infiltrators)


def opened(
    counts: Sequence[int], scales: Sequence[Scale], leaves_open: Callable[[Sequence[Range]], bool]
) -> tuple[Range, ...]:
    """Return the ranges to publish for the counts of one question: their own, unless together they close an answer.

    Then those that leave all open with the fewest steps to a neighbouring range, and among these the least distance
    from the counts (then the first, in the order of the choices). When FARTHEST steps are not enough, the counts
    nearest above the foot of their range go one range lower, again and again. Empty when that ends without success.
    """
    own = tuple(place(scale, count) for count, scale in zip(counts, scales, strict=True))

    def strayed(moved: Sequence[int]) -> int:
        held = zip(counts, moved, scales, strict=True)
        return sum(max(scale[at].low - count, count - scale[at].high, 0) for count, at, scale in held)

    near = (moved for steps in range(FARTHEST + 1) for moved in sorted(_moved(own, scales, steps), key=strayed))
    for moved in chain(near, _lowered(counts, own, scales)):
        ranges = tuple(scale[at] for at, scale in zip(moved, scales, strict=True))
        if leaves_open(ranges):
            return ranges
    return ()


def _lowered(counts: Sequence[int], own: Sequence[int], scales: Sequence[Scale]) -> Iterator[tuple[int, ...]]:
    """Yield lower and lower ranges, down to the lowest of all."""
    moved = tuple(own)
    while above := [counts[cell] - scales[cell][at].low for cell, at in enumerate(moved) if at]:
        moved = tuple(
            at - (at > 0 and counts[cell] - scales[cell][at].low == min(above)) for cell, at in enumerate(moved)
        )
        yield moved


def _moved(own: Sequence[int], scales: Sequence[Scale], steps: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to move `steps` steps away from one's own ranges."""
    for cells in combinations_with_replacement(range(len(own)), steps):
        for signs in product((-1, 1), repeat=len(set(cells))):
            turn = dict(zip(sorted(set(cells)), signs, strict=True))
            moved = tuple(at + turn.get(cell, 0) * cells.count(cell) for cell, at in enumerate(own))
            if all(0 <= at < len(scale) for at, scale in zip(moved, scales, strict=True)):
                yield moved
