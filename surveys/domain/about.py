"""Indices of agreement as far as rounded figures tell them: about, to one decimal, and never to decide on.

Percentages stand for the counts that no longer exist; what they leave of a hundred is spread evenly over the merged
tails. An index found so may lie beside that of the exact counts, which nobody can compute any more.
"""

from collections.abc import Sequence

from surveys.domain.agreement import van_der_eijk, wilson
from surveys.domain.concordance import krippendorff
from surveys.domain.disclosure import PERCENT_FROM, Band
from surveys.domain.dispersion import leik, tastle_wierman
from surveys.domain.doubt import Cell, Shown
from surveys.domain.stability import net_change

WHOLE, TEN = 100, 10
INDICES_FROM = 40
"""Ballots of a survey below which rounded shares are too coarse for an index: measured in decision 91."""
OF_TWENTY = {Band.FEW: (0, 7), Band.SOME: (6, 14), Band.MOST: (13, 20)}
"""Between how many of twenty each band lies, widened to whole people, for up to four infiltrators."""


def weights(cells: Sequence[Cell]) -> tuple[int, ...]:
    """Return a weight for each published share, in the same order: what is left goes to "nearly all", else to the few.

    All nothing where no share is told.
    """
    tail = Shown.HIGH if any(one.shown is Shown.HIGH for one in cells) else Shown.LOW
    tails = sum(one.shown is tail for one in cells)
    left = max(0, WHOLE - sum(one.percent or 0 for one in cells))
    return tuple((one.percent or 0) * max(1, tails) + left * (one.shown is tail) for one in cells)


def indices(cells: Sequence[Cell]) -> tuple[float, float, float] | None:
    """Return van der Eijk's A, Leik's D, and Tastle and Wierman's consensus, about; None where no share is."""
    about = weights(cells)
    agreement, apart, together = van_der_eijk(about), leik(about), tastle_wierman(about)
    if agreement is None or apart is None or together is None:
        return None
    return round(float(agreement), 1), round(float(apart), 1), round(together, 1)


def alpha(rows: Sequence[Sequence[Cell]], ballots: int) -> float | None:
    """Return Krippendorff's ordinal alpha of things asked by the same steps, about, as if all `ballots` had answered.

    One row of published shares a thing, the lowest step first. None where nothing differs, or nothing is told.
    """
    spread = [row for cells in rows if any(row := weights(cells))]
    found = krippendorff([[_whole(one * ballots, sum(row)) for one in row] for row in spread])
    return None if found is None else round(float(found), 1)


def changed(before: Sequence[Cell], after: Sequence[Cell]) -> int | None:
    """Return how many answers in a hundred changed at the least between two releases, about, rounded to ten.

    None where one of them tells no share.
    """
    found = net_change(weights(before), weights(after))
    return None if found is None else TEN * _whole(found.numerator * WHOLE, found.denominator * TEN)


def _whole(part: int, of: int) -> int:
    """Return a quotient rounded to a whole number, halves up."""
    return (2 * part + of) // (2 * of)


def within(band: Band) -> tuple[int, int]:
    """Return, in per cent, Wilson's interval (90 %) at its widest for a share that is published as this band.

    It holds that of the exact share: nothing is as wide as the interval of twenty answers at the ends of the band.
    """
    low, high = OF_TWENTY[band]
    bottom, top = wilson(low, PERCENT_FROM)[0], wilson(high, PERCENT_FROM)[1]
    return int(WHOLE * max(0.0, bottom)), min(WHOLE, int(WHOLE * top) + 1)
