"""The firm core of a list: what is chosen whoever one leaves out. The rest of the list is to be confirmed.

Up to `ALONE` ballots each is left out in turn; above, each of `PARTS` parts of the box.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from surveys.domain.proportional import pack, phragmen
from surveys.domain.purses import Planes

ALONE = 1000
PARTS = 64


def each_ballot(planes: Planes) -> Planes:
    """Return a plane of one ballot for every different one that approves something: alike ballots weigh alike."""
    ballots = np.unpackbits(planes.view(np.uint8), axis=1)
    different, first = np.unique(ballots, axis=1, return_index=True)
    places = np.sort(first[different.any(axis=0)])
    return pack(np.arange(ballots.shape[1])[:, None] == places)


def each_part(parts: NDArray[np.uint8]) -> Planes:
    """Return a plane for each part of the box, given the part of every ballot: 0 and up, as the ballots stand."""
    return pack(parts[:, None] == np.unique(parts))


def parts(wishes: NDArray[np.bool_]) -> Planes:
    """Return a plane for each ballot of a box of up to `ALONE`, or for each of `PARTS` parts of a larger one.

    Ballots by items; alike ballots lie side by side and are dealt out in turn, so that their order changes nothing.
    """
    if len(wishes) <= ALONE:
        return each_ballot(pack(wishes))
    dealt = np.zeros(len(wishes), np.uint8)
    dealt[np.lexsort(wishes.T)] = np.arange(len(wishes)) % PARTS
    return each_part(dealt)


def firm(
    planes: Planes, left_out: Planes, *, size: int, key: Callable[[Planes], Sequence[int]] | None = None
) -> frozenset[int]:
    """Return the items in the first `size` places by Phragmén whichever plane of ballots is left out, or none is.

    An item that ties could push off the list is not firm. `key` gives the neutral rank of the items without the
    ballots of a plane: with one, alike approvals are not alike ballots, so that `left_out` must hold each ballot.
    """
    core = frozenset(range(len(planes)))
    for absent in (np.zeros_like(planes[:1]), *left_out[:, None]):
        lists = phragmen(planes & ~absent, size=size, key=key(absent[0]) if key else None)
        core &= lists[-1].chosen if lists else frozenset()
    return core
