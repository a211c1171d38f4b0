"""What exact counting costs, beside one pass over the answers and beside the libraries of the field.

    python3 run.py bench --mathematics
    python3 run.py bench --mathematics --nightly    with the rows that take minutes

Sizes are those of the names: ratios say nothing of others, since small ones measure calls and not counting.
"""

import sys
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bench import lists, pictures
from bench.racing import Race, Target, here, peer
from surveys.domain import agreement, dispersion
from surveys.domain.concordance import Metric, kendall, krippendorff
from surveys.domain.planes import Bulk, above, bulk, counts, ties

LEVELS = 5
GREAT, LARGE, SMALL = (40, 1_000_000), (100, 10_000), (40, 300)
CLOSE = 1e-9
NIGHTLY = "--nightly"


@cache
def answers(shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Return answers from 1 to 5, items by people, that lean differently for each item."""
    dice = np.random.default_rng(20260301)
    lean = dice.uniform(-1, 1, (shape[0], 1)).astype(np.float32)
    drawn = dice.standard_normal(shape, np.float32) + lean
    levels: NDArray[np.uint8] = np.clip(np.rint(drawn * 1.2 + 3), 1, LEVELS).astype(np.uint8)
    return levels


@cache
def held(shape: tuple[int, int]) -> Bulk:
    """Return the same answers in bulk."""
    return bulk(answers(shape), levels=LEVELS)


def recount() -> Race:
    """Count every level of every item again, beside reading every answer once."""
    expected = [np.bincount(column, minlength=LEVELS + 1)[1:].tolist() for column in answers(GREAT)]
    assert counts(held(GREAT)).tolist() == expected
    words = answers(GREAT).view(np.uint64)
    return Race(lambda: counts(held(GREAT)), words.sum)


def recount_beside_pandas() -> Race:
    """Count every level of every item again, beside a data frame that does."""
    frame = peer("pandas").DataFrame(answers(GREAT).T, copy=True)

    def theirs() -> list[object]:
        return [frame[item].value_counts() for item in frame.columns]

    columns = [frame[item].value_counts() for item in frame.columns]
    told = [[int(column.get(level, 0)) for level in range(1, LEVELS + 1)] for column in columns]
    assert told == counts(held(GREAT)).tolist()
    return Race(lambda: counts(held(GREAT)), theirs)


def bits() -> float:
    """Return the bits one answer takes in bulk."""
    return held(GREAT).planes.nbytes * 8 / answers(GREAT).size


def indices() -> Race:
    """All indices of all items from a recount, beside numpy's quartiles of the answers alone."""
    theirs = np.percentile(answers(GREAT), (25, 50, 75), axis=1)
    ours = [agreement.quartiles(row) for row in counts(held(GREAT)).tolist()]
    assert [list(map(float, one or ())) for one in ours] == theirs.T.tolist()
    return Race(_indices, lambda: np.percentile(answers(GREAT), (25, 50, 75), axis=1))


def _indices() -> list[tuple[object, ...]]:
    return [
        (
            agreement.share(row, 4), agreement.wilson(row[3] + row[4], sum(row)), agreement.lower_median(row),
            agreement.quartiles(row), agreement.van_der_eijk(row), dispersion.leik(row), dispersion.blair_lacy(row),
            dispersion.tastle_wierman(row), dispersion.divided_by_thirds(row),
        )
        for row in counts(held(GREAT)).tolist()
    ]  # fmt: skip


def alpha() -> Race:
    """Krippendorff's ordinal alpha from a recount, beside the library from the answers."""
    library = peer("krippendorff")
    people = answers(LARGE).T.astype(float)

    def ours() -> Fraction | None:
        return krippendorff(counts(held(LARGE)), Metric.ORDINAL)

    def theirs() -> float:
        return float(library.alpha(people, level_of_measurement="ordinal"))

    assert _close(ours(), theirs())
    return Race(ours, theirs)


def concordance() -> Race:
    """Kendall's W from planes, beside scipy's test of Friedman from the answers."""
    stats = peer("scipy.stats")
    columns = [*answers(LARGE).astype(float)]

    def ours() -> Fraction | None:
        found = above(held(LARGE))
        return kendall((found - found.T).sum(axis=1).tolist(), ties(held(LARGE)), held(LARGE).people)

    def theirs() -> float:
        return float(stats.friedmanchisquare(*columns).statistic) / (LARGE[1] * (LARGE[0] - 1))

    assert _close(ours(), theirs())
    return Race(ours, theirs)


def pairs() -> Race:
    """How many put each item above each other one, beside the profile of pref_voting, which holds the same."""
    voting = peer("pref_voting.profiles_with_ties")
    ballots = [{item: LEVELS + 1 - int(level) for item, level in enumerate(row)} for row in answers(SMALL).T]
    items = range(SMALL[0])

    def theirs() -> object:
        return voting.ProfileWithTies(ballots, candidates=[*items])

    profile = voting.ProfileWithTies(ballots, candidates=[*items])
    assert [[profile.support(one, other) for other in items] for one in items] == above(held(SMALL)).tolist()
    return Race(lambda: above(held(SMALL)), theirs)


def _close(ours: Fraction | None, theirs: float) -> bool:
    return ours is not None and abs(float(ours) - theirs) < CLOSE


TARGETS = (
    Target("a recount of 1,000,000 × 40 / one pass that only reads the answers", recount, most=4),
    Target("what an answer takes in bulk", bits, most=8, unit="bits"),
    Target("all indices of 1,000,000 × 40, beside numpy's quartiles of the answers", indices, least=20),
    Target("a recount of 1,000,000 × 40, beside pandas", recount_beside_pandas, least=20, peer="pandas"),
    Target("Krippendorff's alpha of 10,000 × 100, beside krippendorff", alpha, least=100, peer="krippendorff"),
    Target("Kendall's W of 10,000 × 100, beside scipy", concordance, least=4, peer="scipy"),
    Target("all pairs of 300 × 40, beside pref_voting", pairs, least=100, peer="pref_voting"),
    *lists.TARGETS,
    *pictures.TARGETS,
)


def main() -> int:
    """Run every row, the slow ones when asked to; say what is reached. What cannot be run is not reached."""
    missed, absent = 0, 0
    for target in TARGETS:
        if target.slow and NIGHTLY not in sys.argv:
            print(f"--  {target.name}: run with {NIGHTLY} ({target.wanted()})")
            continue
        if target.peer and not here(target.peer):
            absent += 1
            print(f"NOT RUN {target.name}: {target.peer} is not here ({target.wanted()})")
            continue
        found = target.found()
        good = target.reached(found)
        missed += not good
        print(f"{'ok ' if good else 'NOT'} {target.name}: {found:.3g} {target.unit} ({target.wanted()})", flush=True)
    if absent:
        print(f"{absent} of {len(TARGETS)} not run, so not reached. Their libraries: python3 run.py test --oracles")
    return 1 if missed or absent else 0


if __name__ == "__main__":
    sys.exit(main())
