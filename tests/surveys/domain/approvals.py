"""Approval ballots for the tests of lists: as sets of items, packed into planes, drawn at random."""

from collections.abc import Collection, Sequence
from random import Random

import numpy as np
from hypothesis import strategies as st

from surveys.domain.proportional import pack
from surveys.domain.purses import Planes

ITEMS = 6
SEVEN_AND_THREE = [{0, 1, 2, 3}] * 7 + [{4, 5}] * 3
few_ballots = st.lists(st.frozensets(st.integers(0, ITEMS - 1)), min_size=1, max_size=9)


def packed(ballots: Sequence[Collection[int]], items: int = ITEMS) -> Planes:
    """Return the planes of ballots given as sets."""
    rows = [[item in ballot for item in range(items)] for ballot in ballots]
    return pack(np.array(rows, dtype=bool).reshape(len(ballots), items))


def minority(seed: int, *, part: int, items: int = 40, ballots: int = 300) -> list[set[int]]:
    """Draw the ballots of a seed: `part` percent wish for the last quarter of the items, the others for the rest."""
    ours, theirs = range(3 * items // 4, items), range(3 * items // 4)
    few, random = ballots * part // 100, Random(seed)  # noqa: S311 - test data, no secret
    return [{item for item in (ours if ballot < few else theirs) if random.random() < 0.7} for ballot in range(ballots)]
