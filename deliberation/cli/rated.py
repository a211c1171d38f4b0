"""What ratings of a panel come to: each item with its indices, all items together, and what a second round changed."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from deliberation.cli.telling import Data, Told, figure
from deliberation.interchange.ratings import Ratings, bare, matched
from surveys.domain import dispersion
from surveys.domain.agreement import lower_median, quartiles, share, van_der_eijk, wilson
from surveys.domain.concordance import kendall, krippendorff
from surveys.domain.planes import above, bulk, joint, ties
from surveys.domain.stability import bowker, net_change, unchanged

FIVE, NINE = dispersion.FIVE, dispersion.NINE
CLOSE, HIGH, LOW = 3, 7, 3
"""Of nine levels: consensus from this interquartile range on, agreement and disagreement from these medians on."""
ALIKE = "Their names differ by the round: see to it that each asks the same in both. --columns can leave out others."
STEADY = Fraction(3, 20)
"""A change of fewer answers than this means that opinion came to rest (Scheibe, Skutsch & Schofer, 1975)."""


def by_ratings(rounds: Sequence[Ratings]) -> Told:
    """Say of each round what its items come to, and of each two that follow each other what changed."""
    lines, data = list[str](), list[Data]()
    for one in rounds:
        told, held = _round(one)
        lines += [*told, ""]
        data.append(held)
    changes = [_between(one, other) for one, other in pairwise(rounds)]
    for said, _ in changes:
        lines += [*said, ""]
    return Told(tuple(lines[:-1]), {"rounds": data, "changes": [held for _, held in changes]})


def upper(levels: int) -> int:
    """Return the lowest level of the upper third of a scale, which is rounded up: 7 of nine, 4 of five."""
    return levels + 1 - -(-levels // 3)


def item(counts: Sequence[int], asked: int | None, *, lowest: int = 1) -> Data:
    """Return all that is told of one item, from its counts; what needs an answer is None without one.

    Levels are called by their numbers, of which `lowest` is the first.
    """
    answers, fair, before = sum(counts), upper(len(counts)), lowest - 1
    median, parts, high = lower_median(counts), quartiles(counts), share(counts, fair)
    low, top = wilson(sum(counts[fair - 1 :]), answers) if answers else (None, None)
    seen = [level for level, count in enumerate(counts, start=1) if count]
    return {
        "answers": answers,
        "response_rate": str(Fraction(answers, asked)) if asked else None,
        "counts": list(counts),
        "lower_median": None if median is None else median + before,
        "quartiles": [str(one + before) for one in parts] if parts else None,
        "range": [seen[0] + before, seen[-1] + before] if seen else None,
        "upper_third": {"from": fair + before, "share": None if high is None else str(high), "wilson_90": [low, top]},
        "divided": _divided(counts),
        "van_der_eijk": _text(van_der_eijk(counts)),
        "leik": _text(dispersion.leik(counts)),
        "tastle_wierman": dispersion.tastle_wierman(counts),
        "verdict": verdict(counts),
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _divided(counts: Sequence[int]) -> bool | None:
    """Return whether RAND/UCLA (nine levels) or the rule of thirds (five) finds people divided; None elsewhere."""
    if len(counts) == NINE:
        spread = dispersion.ipras(counts)
        return None if spread is None else spread.divided
    return dispersion.divided_by_thirds(counts) if len(counts) == FIVE and any(counts) else None


def verdict(counts: Sequence[int]) -> str | None:
    """Return what panels of nine levels publish: consensus when the interquartile range is 3 at most, and for what.

    Agreement is a median of 7 or more, disagreement one of 3 or less. None of other scales, and without answers.
    """
    parts = quartiles(counts) if len(counts) == NINE else None
    if parts is None:
        return None
    first, median, third = parts
    if third - first > CLOSE:
        return "no consensus"
    side = "agreement" if median >= HIGH else "disagreement" if median <= LOW else "neither"
    return f"consensus, {side}"


def _round(one: Ratings) -> tuple[list[str], Data]:
    asked = None if one.given is None else len(one.given)
    items = [item(counts, asked, lowest=one.lowest) for counts in one.counts.tolist()]
    alpha, (agreed, whole) = krippendorff(one.counts), _kendall(one)
    crowd = "" if asked is None else f", {asked} people"
    lines = [f"{one.title}: {len(one.items)} items{crowd}.", *one.notes, ""]
    for name, counts, held in zip(one.items, one.counts.tolist(), items, strict=True):
        lines += [f"  {name}", *(f"       {line}" for line in _said(counts, asked, held, one.lowest))]
    lines += ["", "Krippendorff’s alpha (ordinal): " + _short(alpha) + ". 1: full agreement; 0: as chance gives."]
    if asked is not None:
        lines.append(f"Kendall’s W: {_short(agreed)}, of the {whole} people who rated every item that anybody rated.")
    data: Data = {
        "title": one.title,
        "people": asked,
        "levels": one.levels,
        "lowest": one.lowest,
        "notes": list(one.notes),
        "items": dict(zip(one.items, items, strict=True)),
        "krippendorff": _text(alpha),
        "kendall": {"w": _text(agreed), "people": whole},
    }
    return lines, data


def _kendall(one: Ratings) -> tuple[Fraction | None, int]:
    """Return W of the people who rated every item that anybody rated, and how many they are."""
    if one.given is None:
        return None, 0
    rated = one.given[:, one.counts.sum(axis=1) > 0]
    whole = rated[(rated > 0).all(axis=1)]
    if len(whole) < 2 or not whole.size:  # noqa: PLR2004 - whoever is alone agrees with themselves
        return None, len(whole) if whole.size else 0
    answers = bulk(np.ascontiguousarray(whole.T), levels=one.levels)
    found = above(answers)
    return kendall((found - found.T).sum(axis=1).tolist(), ties(answers), len(whole)), len(whole)


def _said(counts: Sequence[int], asked: int | None, held: Data, lowest: int) -> Iterator[str]:
    answers, parts = sum(counts), quartiles(counts)
    of = "" if asked is None else f" of {asked} ({100 * answers / asked if asked else 0:.1f} %)"
    yield f"{answers} answers{of}; from {lowest} up: {' '.join(map(str, counts))}"
    if parts is None:
        return
    first, median, third = (one + lowest - 1 for one in parts)
    fair, seen = upper(len(counts)), [level for level, count in enumerate(counts, start=lowest) if count]
    up = sum(counts[fair - 1 :])
    low, high = wilson(up, answers)
    yield (
        f"median {figure(median)} (lower: {held['lower_median']}), quartiles {figure(first)} and {figure(third)}, "
        f"IQR {figure(third - first)}, from {seen[0]} to {seen[-1]}"
    )
    yield f"{fair + lowest - 1} or more: {100 * up / answers:.0f} % (90 %: {100 * low:.0f} to {100 * high:.0f})"
    divided = {None: "", True: "; people are divided", False: "; people are not divided"}[_divided(counts)]
    said = f"; {held['verdict']}" if held["verdict"] else ""
    tastle = dispersion.tastle_wierman(counts) or 0.0
    indices = f"A {_short(van_der_eijk(counts))}, Leik D {_short(dispersion.leik(counts))}, Tastle–Wierman {tastle:.3f}"
    yield f"{indices}{divided}{said}"


def _short(value: Fraction | None) -> str:
    return "cannot be said" if value is None else f"{float(value):.3f}"


def _between(one: Ratings, other: Ratings) -> tuple[list[str], Data]:
    pairs, (column, people) = matched(one.items, other.items), _together(one, other)
    sizes = f"of {len(one.items)} and {len(other.items)}"
    lines = [f"From {one.title} to {other.title}: {len(pairs)} items stand in both, {sizes}."]
    if any(one.items[before].casefold() != other.items[after].casefold() for before, after in pairs):
        lines.append(ALIKE)
    if column:
        lines.append(
            f"{len(people)} people are matched by the column “{column}”. See to it that it names the same people."
        )
    else:
        lines.append("Nobody can be matched: answers are compared as counts only.")
    every = list[Data]()
    for before, after in pairs:
        held = _change(one, other, (before, after), people)
        every.append({"item": other.items[after], "before": one.items[before]} | held)
        lines += [f"  {other.items[after]}", f"       {_changed(held)}"]
    resting = sum(bool(held["steady"]) for held in every)
    lines += _go_on(resting, len(every))
    return lines, {"from": one.title, "to": other.title, "matched_by": column, "people": len(people), "items": every}


def _together(one: Ratings, other: Ratings) -> tuple[str, list[tuple[int, int]]]:
    """Return the column by which most people are found in both rounds, and their rows; an e-mail before a number."""
    best = "", list[tuple[int, int]]()
    for name, then in sorted(other.people.items(), key=lambda told: "mail" not in told[0]):
        now = next((held for key, held in one.people.items() if bare(key) == bare(name)), ())
        known = {who.casefold(): at for at, who in enumerate(now) if who}
        pairs = [(known[who.casefold()], at) for at, who in enumerate(then) if who and who.casefold() in known]
        best = max(best, (name, pairs), key=lambda found: len(found[1]))
    return best


def _change(one: Ratings, other: Ratings, at: tuple[int, int], people: Sequence[tuple[int, int]]) -> Data:
    before, after = one.counts[at[0]].tolist(), other.counts[at[1]].tolist()
    size = max(len(before), len(after))
    before, after = ([*counts, *[0] * (size - len(counts))] for counts in (before, after))
    net = net_change(before, after)
    verdicts = verdict(before), verdict(after)
    data: Data = {
        "net_change": _text(net),
        "steady": None if net is None else net < STEADY,
        "median": [_median(counts, one.lowest) for counts in (before, after)],
        "verdicts": list(verdicts),
        "same_verdict": None if None in verdicts else verdicts[0] == verdicts[1],
    }
    if not people or one.given is None or other.given is None:
        return data
    rows, others = zip(*people, strict=True)
    columns = (one.given[list(rows), at[0]], other.given[list(others), at[1]])
    moves = joint(*(bulk([column], levels=size) for column in columns))[0][1:, 1:].tolist()
    value, freedom = bowker(moves)
    return data | {"moves": moves, "unchanged": _text(unchanged(moves)), "bowker": [str(value), freedom]}


def _median(counts: Sequence[int], lowest: int) -> str | None:
    parts = quartiles(counts)
    return None if parts is None else str(parts[1] + lowest - 1)


def _changed(held: Data) -> str:
    if held["net_change"] is None:
        return "nobody answered in one of the rounds: nothing can be compared"
    net = float(Fraction(str(held["net_change"])))
    rest = "came to rest" if held["steady"] else "still moves"
    same = "" if held["same_verdict"] is None else "; the same verdict" if held["same_verdict"] else "; another verdict"
    kept = held.get("unchanged")
    stayed = "" if kept is None else f"; {100 * float(Fraction(str(kept))):.0f} % of those matched gave the same level"
    return f"{100 * net:.0f} % changed at the least ({rest}){same}{stayed}"


def _go_on(resting: int, every: int) -> Iterator[str]:
    yield f"{resting} of {every} items changed by less than {figure(100 * STEADY)} % of the answers."
    if every:
        yield "Go on or stop? " + (
            "All came to rest: another round would tell little new." if resting == every else "Go on with the others."
        )
