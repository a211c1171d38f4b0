"""A baseline and a pulse gone through by hand: what their releases allow judges to have said, the truth among it.

How many are alarmed by a threat lies between what two published figures share at the least and the smaller of the two
(Fréchet, 1951). How many skipped a question is not published, so everything is said for so many who may have: nobody,
a few, anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from deliberation.domain.priorities import ALARM, GREEN, ORANGE, Advice
from deliberation.domain.risk import HIGH, STEPS, Table, Tier, tails
from deliberation.domain.threats import NEXT, NOW
from surveys.domain.disclosure import PERCENT_FROM, Figure, Row
from surveys.domain.doubt import Shown
from surveys.domain.spans import Levels, Span, Ways, banded, blocks, together, ways

RED = 4
RISING = (Tier.WATCH, Tier.NEXT, Tier.NOW)
MOST_SKIPPED, PART_SKIPPED = 20, 5
"""How many who skipped are tried one after the other, and which part of the ballots at most."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted box as its release tells of it: ballots, K, the infiltrators that judges took, those figures may have.

    `voices` tells whether judges looked at voices apart: how many are alarmed in each is never published.
    """

    ballots: int
    floor: int
    infiltrators: int
    assumed: range
    voices: bool

    def heeds(self, people: int) -> bool:
        """Whether judges heed so many."""
        return people > self.infiltrators + 1


@dataclass(frozen=True, slots=True)
class Figured:
    """What a release shows of one question of steps, and how few can have answered it.

    `levels` has no cells where the band is all there is.
    """

    levels: Levels
    fewest: int

    @classmethod
    def of(cls, figure: Figure, floor: int) -> "Figured | None":
        """Read a figure; None where nothing is shown of it. Nothing is shown of fewer than `floor`."""
        if figure.band is None or figure.cut is None:
            return None
        percent = figure.row is Row.PERCENT
        cut = frozenset(range(figure.cut[0] - 1, figure.cut[1]))
        cells = tuple(figure.choices.values()) if percent else ()
        return cls(Levels(cells, cut, Shown(figure.band.value)), max(floor, PERCENT_FROM) if percent else floor)


@dataclass(frozen=True)
class Threat:
    """The two figures of one threat in a counted box."""

    box: Counted
    likely: Figured
    grave: Figured

    def alarmed(self, skipped: int = 0) -> Span | None:
        """Return between how many find it both likely and grave, if so many at most skipped; None if no counts fit."""
        spans = [span for _, span in self._alarmed(skipped)]
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None

    def tiers(self, skipped: int | None) -> frozenset[Tier]:
        """Return every tier it can have, if so many at most skipped one of the two questions, or anybody may have."""
        found = set[Tier]()
        for (few, many), (low, high) in self._alarmed(skipped):
            top = Tier.NOW if self.box.voices and self.box.heeds(high) else self._tier(high, few)
            found.update(RISING[RISING.index(self._tier(low, many)) : RISING.index(top) + 1])
        return frozenset(found | ({Tier.UNKNOWN} if self._both(skipped) < self.box.floor else set()))

    @cached_property
    def alone(self) -> frozenset[Tier]:
        """Every tier it can have if nobody skipped."""
        return self.tiers(0)

    @cached_property
    def anyhow(self) -> frozenset[Tier]:
        """Every tier it can have, however many skipped: the true one is always among them."""
        return self.tiers(None)

    @cached_property
    def bearing(self) -> int:
        """How many may have skipped, at least, without a tier more than if nobody had; few are tried."""
        most = min(MOST_SKIPPED, self.box.ballots // PART_SKIPPED)
        return next((one - 1 for one in range(1, most + 1) if self.tiers(one) != self.alone), most)

    def high(self, table: Table) -> Span | None:
        """Return between how many judges heard to put it high, if nobody skipped; None where shares are not told."""
        all_of_them = self.box.ballots, self.box.ballots
        found = set[int]()
        for assumed in self.box.assumed:
            likely, grave = (ways(one.levels, all_of_them, assumed) for one in (self.likely, self.grave))
            if likely and grave:
                found.update(self._heard(self._within(table, (likely, grave)), (likely, grave)))
        return (min(found), max(found)) if found else None

    def _both(self, skipped: int | None) -> int:
        """Return how many answered both questions at least."""
        least = max(0, self.likely.fewest + self.grave.fewest - self.box.ballots)
        return least if skipped is None else max(least, self.box.ballots - skipped)

    def _alarmed(self, skipped: int | None) -> Iterator[tuple[Span, Span]]:
        """Yield each block of people who may have answered both, with how many of them can be alarmed."""
        sides = [_beside(self.box, one, skipped) for one in (self.likely, self.grave)]
        if None in sides:
            return
        (less, likely), (lesser, grave) = (side for side in sides if side)
        for few, many in blocks(max(self.box.floor, self._both(skipped)), self.box.ballots):
            low = max(0, max(0, less + few) + max(0, lesser + few) - many)
            high = min(many, likely, grave)
            yield (few, many), (min(low, high), high)

    def _tier(self, alarmed: int, answered: int) -> Tier:
        """Return the tier that so many alarmed of so many give, as `threats.judge` reckons it."""
        heard = alarmed + 1 if self.box.heeds(alarmed) else 0
        reached = (tier for tier, part in ((Tier.NOW, NOW), (Tier.NEXT, NEXT)) if heard >= part * (answered + 2))
        return next(reached, Tier.WATCH)

    def _within(self, table: Table, told: tuple[Ways, Ways]) -> Span:
        """Return between how many pairs are high: what is high, and what is not, is at most the least of its crossings.

        A set that holds with a pair all likelier and graver ones can be left by i rows and the columns beside them
        (Hall, 1935; König, 1931), so six sums are enough, which a pencil can add up.
        """
        first = [next((at for at, one in enumerate(row) if one >= HIGH), STEPS) for row in table]
        most = min(
            self._most(told, range(row, STEPS), range(([STEPS, *first])[row], STEPS)) for row in range(STEPS + 1)
        )
        rest = min(self._most(told, range(row), range(([*first, 0])[row])) for row in range(STEPS + 1))
        return max(0, self.box.ballots - rest), most

    def _most(self, told: tuple[Ways, Ways], rows: range, columns: range) -> int:
        """Return how many at most are in these rows, and in these columns, both added up."""
        whole = self.box.ballots, self.box.ballots
        return sum(together(one, places, whole)[1] for one, places in zip(told, (rows, columns), strict=True) if places)

    def _heard(self, high: Span, told: tuple[Ways, Ways]) -> Span:
        """Return how many of them judges hear, as `risk.bounded` draws them back."""
        box, whole = self.box, (self.box.ballots, self.box.ballots)
        sides = [together(one, range(HIGH - 1, STEPS), whole) for one in told]
        ends = [
            min(one, sum(tails(side[at], box.ballots, box.infiltrators) for side in sides) - box.infiltrators - 1)
            for at, one in enumerate(high)
        ]
        return tails(ends[0], box.ballots, box.infiltrators), tails(ends[1], box.ballots, box.infiltrators)


def _beside(box: Counted, figure: Figured, skipped: int | None) -> Span | None:
    """Return how many fewer, at the least, than those who answered both are within the cut, and how many at the most.

    The first is 0 or below. Of those who answered this question alone, all can be within. Where anybody may have
    skipped, bands are enough.
    """
    fewest = figure.fewest if skipped is None else max(figure.fewest, box.ballots - skipped)
    fine = skipped is not None and bool(figure.levels.cells)
    found = [
        (span[0] - answered[1], span[1])
        for answered in blocks(fewest, box.ballots)
        for span in _spans(box, figure.levels, answered, fine=fine)
    ]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def _spans(box: Counted, levels: Levels, answered: Span, *, fine: bool) -> Iterator[Span]:
    """Yield between how many of so many are within the cut, for each number of infiltrators assumed."""
    for assumed in box.assumed:
        if fine and (shared := ways(levels, answered, assumed)):
            yield together(shared, levels.cut, answered)
        elif not fine and (band := banded(levels.band, answered, assumed)):
            yield band


def placed(heard: Mapping[str, Span]) -> dict[str, Span]:
    """Return the first and the last place that each threat can have, from between how many put it high."""
    return {
        name: (
            1 + sum(other[0] > mine[1] for other in heard.values()),
            len(heard) - sum(other[1] < mine[0] for other in heard.values()),
        )
        for name, mine in heard.items()
    }


def advices(box: Counted, figure: Figured, level: int = GREEN) -> frozenset[Advice]:
    """Return every advice about an alert level that the figure of a pulse allows; however many skipped, one is true."""
    found = set[Advice]()
    for answered in blocks(figure.fewest, box.ballots):
        for assumed in box.assumed:
            if reached := _reached(figure.levels, answered, assumed):
                found.update(_advice(box, answered, reached, level))
    return frozenset(found)


def _reached(levels: Levels, answered: Span, assumed: int) -> tuple[Span, ...]:
    """Return between how many stay at or below each alert level; nothing where no such counts are published so."""
    orange = min(levels.cut)
    if levels.cells:
        shared = ways(levels, answered, assumed)
        return tuple(together(shared, range(at), answered) for at in range(1, len(levels.cells) + 1)) if shared else ()
    band = banded(levels.band, answered, assumed)
    if band is None:
        return ()
    calm = answered[0] - band[1], answered[1] - band[0]
    return (*[(0, calm[1])] * (orange - 1), calm, *[(calm[0], answered[1])] * (RED - orange - 1), answered)


def _advice(box: Counted, answered: Span, reached: tuple[Span, ...], level: int) -> Iterator[Advice]:
    """Yield what the level in the middle, and those who ask for orange or red, can come to."""
    (few, many), calm = answered, reached[ORANGE - 2]
    least, most = max(0, few - calm[1]), many - calm[0]
    quiet = not (box.heeds(least) and least >= ALARM * many)
    alarm = box.heeds(most) and (box.voices or most >= ALARM * few)
    before = ((0, 0), *reached)
    for middle, (below, here) in enumerate(pairwise(before), start=1):
        if 2 * here[1] >= few and 2 * below[0] < many:
            if middle > level or (alarm and level < ORANGE):
                yield Advice.RAISE
            if middle < level and quiet:
                yield Advice.CALMER
            if (middle == level and (quiet or level >= ORANGE)) or (middle < level and alarm and level >= ORANGE):
                yield Advice.HOLD
