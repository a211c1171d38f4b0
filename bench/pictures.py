"""What a table of votes and the picture of groups cost beside red-dwarf, and long answers beside pandas.

Rows of `bench.mathematics`. Groups are compared by the group-informed consensus of the same people, which is exact.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from bench.racing import Race, Target, peer
from surveys.domain.groups import alike, gathered, informed

PEOPLE, ITEMS, CAMPS, LEVELS = 300, 40, 3, 5
LONG_PEOPLE, LONG_ITEMS = 25_000, 40
Long = tuple[NDArray[np.int32], NDArray[np.int16], NDArray[np.int8]]


@cache
def votes() -> Long:
    """Return votes as they arrive, one a row: person, item, vote (1 agree, 0 pass, -1 disagree), of three camps."""
    dice = np.random.default_rng(20260304)
    leans = dice.choice([-1.2, 1.2], (CAMPS, ITEMS))[np.arange(PEOPLE) % CAMPS]
    cast = np.clip(np.rint(leans + dice.standard_normal((PEOPLE, ITEMS)) * 0.6), -1, 1).astype(np.int8)
    person, item = np.nonzero(dice.random((PEOPLE, ITEMS)) < 0.95)
    return person.astype(np.int32), item.astype(np.int16), cast[person, item]


def tabled() -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return the votes as people by items, and where there is one."""
    person, item, vote = votes()
    table, seen = np.zeros((PEOPLE, ITEMS), np.int8), np.zeros((PEOPLE, ITEMS), np.bool_)
    table[person, item], seen[person, item] = vote, True
    return table, seen


@cache
def rows() -> list[dict[str, int]]:
    """Return the votes as red-dwarf reads them."""
    return [
        {"participant_id": int(person), "statement_id": int(item), "vote": int(vote)}
        for person, item, vote in zip(*votes(), strict=True)
    ]


def matrix() -> Race:
    """A table of votes from votes one by one."""
    matrices = peer("reddwarf.utils.matrix")

    def theirs() -> object:
        return matrices.generate_raw_matrix(votes=rows())

    table, seen = tabled()
    read = matrices.generate_raw_matrix(votes=rows()).sort_index().sort_index(axis=1).to_numpy(float)
    assert np.array_equal(np.nan_to_num(read, nan=9), np.where(seen, table, 9))
    return Race(tabled, theirs)


def picture() -> Race:
    """Places, three groups and their consensus, from votes one by one."""
    base = peer("reddwarf.implementations.base")

    def ours() -> object:
        table, seen = tabled()
        found = gathered(table, seen, numbers=[CAMPS])
        return found and (found, informed(table, seen, found.labels))

    def theirs() -> object:
        return base.run_pipeline(votes=rows(), force_group_count=CAMPS, random_state=1)

    people = base.run_pipeline(votes=rows(), force_group_count=CAMPS, random_state=1).participants_df.sort_index()
    found = gathered(*tabled(), numbers=[CAMPS])
    assert found is not None
    assert alike(found.labels.tolist(), people["cluster_id"].astype(int).tolist()) == 1
    return Race(ours, theirs)


@cache
def long() -> Long:
    """Return answers one a row: person, item, level; a million of them, in no order."""
    dice = np.random.default_rng(20260305)
    person, item = np.divmod(dice.permutation(LONG_PEOPLE * LONG_ITEMS), LONG_ITEMS)
    levels = dice.integers(1, LEVELS + 1, len(person), np.int8)
    return person.astype(np.int32), item.astype(np.int16), levels


def counted() -> NDArray[np.int64]:
    """Return items by levels from answers one a row, whoever gave them."""
    _, item, level = long()
    cells = item * np.int16(LEVELS) + level - 1
    return np.bincount(cells, minlength=LONG_ITEMS * LEVELS).reshape(LONG_ITEMS, LEVELS)


def grouped() -> Race:
    """Count the levels of each item from answers one a row, beside pandas' groups."""
    frame = peer("pandas").DataFrame(dict(zip(("person", "item", "level"), long(), strict=True)))
    assert frame.groupby(["item", "level"]).size().to_numpy().reshape(LONG_ITEMS, LEVELS).tolist() == counted().tolist()
    return Race(counted, lambda: frame.groupby(["item", "level"]).size())


def pivoted() -> Race:
    """Count the levels of each item from answers one a row, beside a pivot of pandas that puts them side by side."""
    frame = peer("pandas").DataFrame(dict(zip(("person", "item", "level"), long(), strict=True)))

    def theirs() -> object:
        return frame.pivot(index="person", columns="item", values="level").apply(lambda one: one.value_counts())

    assert theirs().T.to_numpy().tolist() == counted().tolist()  # type: ignore[attr-defined]  # a frame
    return Race(counted, theirs)


TARGETS = (
    Target("a million answers one a row, counted, beside pandas’ groups", grouped, least=5, peer="pandas"),
    Target("the same, beside pandas’ pivot and its counts", pivoted, least=50, peer="pandas"),
    Target("a table of votes of 300 × 40, beside red-dwarf", matrix, least=50, peer="reddwarf.utils.matrix"),
    Target(
        "the picture of groups of 300 × 40, beside red-dwarf",
        picture,
        least=10,
        peer="reddwarf.implementations.base",
    ),
)
