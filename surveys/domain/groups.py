"""An optional picture of opinion groups, for large conversations: never a decision, never an order of anything.

People are placed by the two directions in which they differ most, and gathered around two to five centres (Polis: Small
et al., 2021). With fewer than a hundred people, a group under ten, or a number of groups that changes when one person
leaves, there is no picture. Places are floats, and nothing may be decided on them; the group-informed consensus is
exact. Whose answers those were is not known here, and what may be published of it is decided elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

FEWEST, SMALLEST = 100, 10
FEWEST_VOTES = 7
RUNS = 20
MOST_GROUPS, MOST_STEPS = 5, 100
GRID = 1 << 20
"""Places are kept on a grid this fine: sums over people are then exact, and the same in any order of people."""
BLOCK = 1 << 17
Votes = NDArray[np.int8]
Seen = NDArray[np.bool_]
Places = NDArray[np.int64]
Labels = NDArray[np.int64]
Floats = NDArray[np.float64]


class Hidden(StrEnum):
    """Why there is no picture."""

    TOO_FEW = "too_few"
    ONE_GROUP = "one_group"
    SMALL_GROUP = "small_group"
    UNSTEADY = "unsteady"


@dataclass(frozen=True, slots=True)
class Picture:
    """A place on the grid and a group for each person, -1 and (0, 0) for those with too few votes to be placed.

    Groups are numbered from the largest; the directions have no meaning of their own, and may be mirrored.
    """

    groups: int
    labels: Labels
    places: Places


def view(votes: Votes, seen: Seen, left_out: Iterable[int]) -> Picture | Hidden:
    """Return the picture of people by items (1 agree, 0 pass, -1 disagree where `seen`), or why there is none.

    `left_out` are people, twenty or so drawn by the caller: without any one of them the number of groups must be the
    same. The order of people and of items changes nothing.
    """
    placed = _voted_enough(seen)
    if placed.sum() < FEWEST:
        return Hidden.TOO_FEW
    picture = gathered(votes, seen)
    if picture is None:
        return Hidden.ONE_GROUP
    if np.bincount(picture.labels[placed]).min() < SMALLEST:
        return Hidden.SMALL_GROUP
    for person in left_out:
        others = np.arange(len(votes)) != person
        again = gathered(votes[others], seen[others])
        if again is None or again.groups != picture.groups:
            return Hidden.UNSTEADY
    return picture


def gathered(votes: Votes, seen: Seen, *, numbers: Iterable[int] = range(2, MOST_GROUPS + 1)) -> Picture | None:
    """Return the picture whatever its size and steadiness; None where people do not differ enough for two groups.

    Of these `numbers` of groups it is the one that separates best.
    """
    placed = _voted_enough(seen)
    labels = np.full(len(votes), -1, np.int64)
    if placed.sum() <= 2:  # noqa: PLR2004 - two people are two points, not two groups
        return None
    varying, order = _covariances(votes, seen)
    places = _places(votes[:, order], seen[:, order], varying) * placed[:, None]
    found = _best(places[placed], numbers)
    if found is None:
        return None
    labels[placed] = found
    return Picture(int(found.max()) + 1, labels, places)


def straight(votes: Votes, seen: Seen) -> Seen:
    """Return, person by person, whether one and the same vote was given to all of FEWEST_VOTES items or more.

    Such people draw a picture towards themselves (straight-lining: Krosnick, 1991). They may mean it: they are told
    of, and never left out.
    """
    same = np.zeros(len(votes), np.bool_)
    for one in (-1, 0, 1):
        same |= ((votes == one) | ~seen).all(axis=1)
    return same & _voted_enough(seen)


def informed(votes: Votes, seen: Seen, labels: Sequence[int] | Labels) -> tuple[Fraction, ...]:
    """Return the group-informed consensus of each item: the product over groups of (agree + 1) / (answers + 2).

    High only where every group agrees (Small et al., 2021). People labelled below 0 belong to no group.
    """
    belongs = np.asarray(labels)
    groups = [belongs == one for one in sorted(set(belongs.tolist())) if one >= 0]
    agreed = (votes == 1) & seen
    counted = [(agreed[group].sum(axis=0).tolist(), seen[group].sum(axis=0).tolist()) for group in groups]
    return tuple(of_counts((agree[item], told[item]) for agree, told in counted) for item in range(votes.shape[1]))


def of_counts(groups: Iterable[tuple[int, int]]) -> Fraction:
    """Return the group-informed consensus of one item from each group's agreements and answers; 1 without a group."""
    return prod((Fraction(agree + 1, answers + 2) for agree, answers in groups), start=Fraction(1))


def alike(one: Sequence[int], other: Sequence[int]) -> Fraction:
    """Return the adjusted Rand index of two groupings (Hubert & Arabie, 1985): 1 the same, 0 as chance would have it.

    People whom one of the two places nowhere (below 0) are left aside; two groupings that say nothing are the same.
    """
    pairs = [pair for pair in zip(one, other, strict=True) if min(pair) >= 0]
    both, firsts, seconds = (
        sum(comb(number, 2) for number in Counter(part).values())
        for part in (pairs, [pair[0] for pair in pairs], [pair[1] for pair in pairs])
    )
    every = max(comb(len(pairs), 2), 1)
    expected, most = Fraction(firsts * seconds, every), Fraction(firsts + seconds, 2)
    return (both - expected) / (most - expected) if most != expected else Fraction(1)


def spread(votes: Votes, seen: Seen, runs: int = RUNS) -> tuple[int, ...]:
    """Return up to `runs` people to leave out, evenly spread over the answers given, whatever the order of people."""
    told = np.where(seen, votes, 2)
    counts = np.stack([(told == answer).sum(axis=1) for answer in (1, -1, 0)])
    order = np.lexsort(counts)
    return tuple(order[np.linspace(0, len(order) - 1, min(runs, len(order))).astype(int)].tolist())


def _voted_enough(seen: Seen) -> NDArray[np.bool_]:
    """Say who gave seven votes, or all there were."""
    return np.asarray(seen.sum(axis=1) >= min(FEWEST_VOTES, seen.shape[1]))


def _covariances(votes: Votes, seen: Seen) -> tuple[Floats, NDArray[np.int64]]:
    """Return the covariances of the items, and the order they are in, which depends on the answers only.

    A missing vote stands where its item's mean is. Every sum over people is a sum of whole numbers, exact in any order.
    """
    told, there = np.where(seen, votes, 0).astype(np.float64), seen.astype(np.float64)
    number, total = there.sum(axis=0), told.sum(axis=0)
    mean = total / np.maximum(number, 1)
    crossed, together, both = told.T @ there, told.T @ told, there.T @ there
    varying = together - crossed * mean[None, :] - crossed.T * mean[:, None] + np.outer(mean, mean) * both
    order = np.lexsort((*np.sort(together, axis=1).T, number, total))
    return varying[np.ix_(order, order)], order


def _places(votes: Votes, seen: Seen, varying: Floats) -> Places:
    """Return people on the two first principal axes, moved outwards for votes they did not give, on the grid.

    Whoever voted on half of the items is moved by sqrt(2): few votes would otherwise keep them near the middle.
    """
    _, axes = np.linalg.eigh(varying)
    mean = np.where(seen, votes, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    centred = np.where(seen, votes - mean, 0.0)
    outwards = np.sqrt(seen.shape[1] / np.maximum(seen.sum(axis=1), 1))
    places = np.einsum("pi,ia->pa", centred, axes[:, -1:-3:-1]) * outwards[:, None]
    grid = np.zeros((len(votes), 2), np.int64)
    grid[:, : places.shape[1]] = np.rint(places * GRID)
    return np.asarray(grid * np.where(np.sign(grid).sum(axis=0) < 0, -1, 1))


def _best(places: Places, numbers: Iterable[int]) -> Labels | None:
    """Return the groups of the number that separates best (Rousseeuw, 1987); of equals the first."""
    found = [labels for number in numbers if (labels := _around_centres(places, number)) is not None]
    if not found:
        return None
    scores = _silhouettes(places, found)
    return found[scores.index(max(scores))]


def _around_centres(places: Places, number: int) -> Labels | None:
    """Gather people around their nearest centre until nothing moves (Lloyd, 1982); None where a group stays empty.

    It starts twice, from far points and from slices along the first axis, and keeps the tighter groups.
    """
    best: tuple[float, Labels] | None = None
    for start in (_far_apart(places, number), _slices(places, number)):
        labels, width = _settled(places, start)
        if labels.max() + 1 == number and len(set(labels.tolist())) == number and (best is None or width < best[0]):
            best = width, labels
    return None if best is None else _numbered(places, best[1])


def _far_apart(places: Places, number: int) -> Floats:
    """Return the point farthest from the middle, then again and again the one farthest from those before."""
    unlike = np.unique(places, axis=0).astype(np.float64)
    chosen = [places.sum(axis=0) / len(places)]
    for _ in range(number):
        near = np.min([((unlike - one) ** 2).sum(axis=1) for one in chosen[-number:]], axis=0)
        chosen.append(unlike[int(np.argmax(near))])
    return np.stack(chosen[1:])


def _slices(places: Places, number: int) -> Floats:
    """Return the middles of equally large slices along the first axis."""
    order = np.lexsort((places[:, 1], places[:, 0]))
    return np.stack([places[part].sum(axis=0) / max(len(part), 1) for part in np.array_split(order, number)])


def _settled(places: Places, centres: Floats) -> tuple[Labels, float]:
    """Return the groups around centres that have stopped moving, and the sum of squares within them."""
    labels = np.full(len(places), -1, np.int64)
    apart = np.zeros((len(places), len(centres)))
    for _ in range(MOST_STEPS):
        across, along = (places[:, axis, None] - centres[None, :, axis] for axis in range(2))
        apart = across * across + along * along
        nearest = apart.argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        sizes = np.bincount(labels, minlength=len(centres))
        sums = np.stack([places[labels == one].sum(axis=0) for one in range(len(centres))])
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
    return labels, float(np.sort(apart.min(axis=1)).sum())


def _numbered(places: Places, labels: Labels) -> Labels:
    """Number the groups from the largest; equal ones by where they stand."""
    number = int(labels.max()) + 1
    sums = [tuple(places[labels == one].sum(axis=0).tolist()) for one in range(number)]
    order = sorted(range(number), key=lambda one: (-int((labels == one).sum()), sums[one]))
    return np.argsort(order)[labels]


def _silhouettes(places: Places, groupings: Sequence[Labels]) -> list[float]:
    """Return the mean silhouette of each grouping: how much nearer people are to their own group than to the next."""
    members = [np.eye(int(labels.max()) + 1)[labels] for labels in groupings]
    points, sums = places.astype(np.float64) / GRID, [np.zeros(len(places)) for _ in groupings]
    step = max(1, BLOCK // len(places))
    for at in range(0, len(places), step):
        part = slice(at, at + step)
        across, along = (points[part, axis, None] - points[None, :, axis] for axis in range(2))
        apart = np.sqrt(across * across + along * along)
        for labels, member, held in zip(groupings, members, sums, strict=True):
            held[part] = _silhouette(apart @ member, labels[part], member.sum(axis=0))
    return [round(float(np.sort(one).sum()) / len(places), 9) for one in sums]


def _silhouette(far: Floats, own: Labels, sizes: Floats) -> Floats:
    """Return the silhouettes of some people from the sums of their distances to each group; 0 for one alone."""
    mine = np.arange(len(own)), own
    inside = far[mine] / np.maximum(sizes[own] - 1, 1)
    outside = far / sizes
    outside[mine] = np.inf
    nearest = outside.min(axis=1)
    widest = np.maximum(np.maximum(inside, nearest), np.finfo(np.float64).tiny)
    return np.where(sizes[own] > 1, (nearest - inside) / widest, 0.0)
