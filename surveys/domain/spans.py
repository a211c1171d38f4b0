"""Between which counts people can stand, given what a release shows of one question: never narrower than the truth.

How many answered a question is not published. So whoever goes through a release by hand tries every number there can
be, one by one while they are small, then in blocks: all ends of ranges rise with the answers, so that the ends of a
block hold what lies within it. A percentage may stand beside its plain rounding, a band of levels never does.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from surveys.domain.doubt import FARTHEST, Cell, Scale, Shown, bands, percents

Span = tuple[int, int]
"""The least and the most that a number can be."""
Ways = tuple[tuple[Span, ...], ...]
"""Every way in which the counts of the levels can lie, each with a span for each level."""
Places = NDArray[np.int64]
"""Rows of places in a scale of percentages, one place for each level."""
FINE, PART, TENS = 100, 50, 10
"""Answers up to which every number is tried by itself; by which part of itself a block beyond grows; how many steps of
percentages all answers hold."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The published shares of a question, one for each level from the lowest; the places within its cut, their band."""

    cells: tuple[Cell, ...]
    cut: frozenset[int]
    band: Shown


def blocks(fewest: int, most: int) -> Iterator[Span]:
    """Yield all numbers from the fewest to the most, in order, in blocks that grow with them."""
    low = fewest
    while low <= most:
        high = low if low <= FINE else min(most, low + low // PART)
        yield low, high
        low = high + 1


def banded(shown: Shown, answers: Span, infiltrators: int) -> Span | None:
    """Return between which counts those lie who are published as this band; None where there is no such band."""
    lowest, highest = (bands(one, infiltrators) for one in answers)
    low, high = {
        Shown.FEW: (0, highest[0].high),
        Shown.SOME: (lowest[0].high + 1, highest[-1].low - 1),
        Shown.MOST: (lowest[-1].low, answers[1]),
    }[shown]
    return (low, high) if low <= high else None


@lru_cache(maxsize=4096)
def ways(levels: Levels, answers: Span, infiltrators: int) -> Ways:
    """Return every way in which the counts of the levels can lie; none where no such counts are published so.

    Counts are published by their plain rounding if that leaves every answer open (`doubt.opened`), else by the nearest
    shares that do. So what is published is that rounding, or stands a few steps beside one that closes an answer. A
    step frees a tenth of the answers, and t + 1 lack at most on each side of the cut: that bounds the steps.
    """
    within, held = banded(levels.band, answers, infiltrators), _Held.of(levels, answers, infiltrators)
    own = np.array([[held.place(cell) for cell in levels.cells]])
    if within is None or (own < 0).any():
        return ()
    found = own[held.fits(own, within)].tolist()
    for steps in range(1, min(FARTHEST, 2 * -(-held.lacking // (answers[0] // TENS))) + 1):
        beside = held.beside(own, steps)
        closed = beside[held.fits(beside, within) & ~held.open(beside)]
        found += closed[~held.near_open(closed)].tolist() if steps > 1 else closed.tolist()
    return tuple(tuple(map(held.span, at)) for at in found)


def together(found: Ways, places: Collection[int], answers: Span) -> Span:
    """Return between which counts those on some levels lie, all ways together. There must be a way."""
    spans = [_sums(way, places) for way in found]
    return (
        min(max(on[0], answers[0] - off[1]) for on, off in spans),
        max(min(on[1], answers[1] - off[0]) for on, off in spans),
    )


def _sums(way: Sequence[Span], places: Collection[int]) -> tuple[Span, Span]:
    """Return the span of those on some levels, and of those on all others."""
    on = [span for at, span in enumerate(way) if at in places]
    off = [span for at, span in enumerate(way) if at not in places]
    return (sum(low for low, _ in on), sum(high for _, high in on)), (
        sum(low for low, _ in off),
        sum(high for _, high in off),
    )


@lru_cache(maxsize=1024)
def _percents(answers: Span, infiltrators: int) -> tuple[Scale, NDArray[np.int64]]:
    """Return the scale of the fewest answers, and the ends of each of its places for the fewest and for the most."""
    scales = [percents(one, infiltrators) for one in answers]
    return scales[0], np.array([[[one.low, one.high] for one in scale] for scale in scales])


@lru_cache(maxsize=32)
def _turns(cells: int, steps: int) -> Places:
    """Return every way to share so many steps, up or down, among some cells."""
    every = np.indices((2 * steps + 1,) * cells).reshape(cells, -1).T - steps
    found: Places = every[np.abs(every).sum(axis=1) == steps]
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """The percentages of the fewest and of the most answers of a block, and the cut of a question.

    `ends` are the counts each place of the scale begins and ends with, for the fewest and for the most. `sure` is
    between which counts the band of the cut lies everywhere in the block; `lacking` how many must be possible on each
    level.
    """

    scale: Scale
    ends: NDArray[np.int64]
    answers: Span
    cut: NDArray[np.bool_]
    sure: Span
    lacking: int

    @classmethod
    def of(cls, levels: Levels, answers: Span, infiltrators: int) -> "_Held":
        """Look at a question with so many answers."""
        bounds = [banded(levels.band, (one, one), infiltrators) or (one, 0) for one in answers]
        return cls(
            *_percents(answers, infiltrators),
            answers,
            np.array([at in levels.cut for at in range(len(levels.cells))]),
            (bounds[1][0], bounds[0][1]),
            infiltrators + 1,
        )

    def place(self, cell: Cell) -> int:
        """Return the place of a published share; -1 where so many answers have no such share."""
        return next((at for at, one in enumerate(self.scale) if one.cell == cell), -1)

    def span(self, at: int) -> Span:
        """Return the counts that a place can stand for, somewhere in the block."""
        return int(self.ends[0, at, 0]), int(self.ends[1, at, 1])

    def fits(self, places: Places, within: Span) -> NDArray[np.bool_]:
        """Tell of each row of places whether counts in them can add up to the answers, and to the band of the cut."""
        lows, highs = self.ends[0, places, 0], self.ends[1, places, 1]
        low = np.maximum(lows[:, self.cut].sum(axis=1), within[0])
        high = np.minimum(highs[:, self.cut].sum(axis=1), within[1])
        least, most = low + lows[:, ~self.cut].sum(axis=1), high + highs[:, ~self.cut].sum(axis=1)
        return np.asarray((low <= high) & (least <= self.answers[1]) & (most >= self.answers[0]))

    def open(self, places: Places) -> NDArray[np.bool_]:
        """Tell of each row whether it leaves every answer open (`doubt.levels_open`), everywhere in the block."""
        few, many = self.answers
        lows, highs = self.ends[1, places, 0], self.ends[0, places, 1]
        raised = np.maximum(0, self.lacking - lows)
        inside, outside = (lows[:, side].sum(axis=1) for side in (self.cut, ~self.cut))
        low = np.maximum(np.maximum(inside, self.sure[0]), many - highs[:, ~self.cut].sum(axis=1))
        high = np.minimum(np.minimum(highs[:, self.cut].sum(axis=1), self.sure[1]), few - outside)
        on = np.maximum(np.maximum(low, inside + raised[:, self.cut].max(axis=1)), self.lacking) <= high
        off = low <= np.minimum(np.minimum(high, few - outside - raised[:, ~self.cut].max(axis=1)), few - self.lacking)
        return np.asarray(on & off)

    def near_open(self, places: Places) -> NDArray[np.bool_]:
        """Tell of each row whether one step from it leads to places that leave every answer open."""
        near = (places[:, None] + _turns(len(self.cut), 1)).reshape(-1, len(self.cut))
        there = self.open(near.clip(0, len(self.scale) - 1)) & self._stands(near)
        return np.asarray(there.reshape(len(places), 2 * len(self.cut)).any(axis=1))

    def _stands(self, places: Places) -> NDArray[np.bool_]:
        return np.asarray(((places >= 0) & (places < len(self.scale))).all(axis=1))

    def beside(self, places: Places, steps: int) -> Places:
        """Return all rows of places that so many steps lead to."""
        moved = places + _turns(len(self.cut), steps)
        kept: Places = moved[self._stands(moved)]
        return kept
