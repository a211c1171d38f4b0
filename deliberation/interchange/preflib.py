"""Orders and categories in PrefLib's files: .soc, .soi, .toc, .toi and .cat (Mattei & Walsh, 2013)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from deliberation.interchange.election import Approvals, Election, Item, Ranks, Unreadable
from deliberation.interchange.lines import number, text_of

NAMED = re.compile(r"#\s*ALTERNATIVE NAME (\d{1,9})\s*:\s*(.*)", re.IGNORECASE)
TOLD = re.compile(r"#\s*([A-Z0-9 ]+?)\s*:\s*(.*)", re.IGNORECASE)
BALLOT = re.compile(r"(\d{1,9})\s*:\s*(.*)")
SIZE = re.compile(r"\d{1,9}")
TIER = re.compile(r"\{([^}]*)\}|(\d{1,9})")
MOST, CELLS = 5_000_000, 50_000_000
LISTED = "Everything a person ranked counts as approved, except what they put last of all."
HALF = "The upper half of what a person ranked counts as approved."
FIRST = "The first category{name} counts as approved."
CATEGORIES = "cat"
NEARLY = "Most ballots approve of more than three quarters of all: that tells little. schulze takes the whole rankings."


def read(path: Path) -> Election:
    """Return the ballots of a PrefLib file, one row a person. Raises `Unreadable`."""
    told, names, ballots = dict[str, str](), dict[int, str](), list[tuple[int, list[list[int]]]]()
    for line, text in enumerate(_as_today(text_of(path).splitlines()), start=1):
        if match := NAMED.match(text):
            names[int(match[1])] = match[2].strip()
        elif match := TOLD.match(text):
            told[match[1].upper()] = match[2].strip()
        elif match := BALLOT.match(text.strip()):
            ballots.append((int(match[1]), _tiers(path, line, match[2], names)))
        elif text.strip() and not text.startswith("#"):
            raise Unreadable(
                path, line, "A ballot is written “12: 3,{1,2}”.", "Get the file in PrefLib’s format of 2022."
            )
    if not names or not ballots:
        raise Unreadable(path, 0, "There are no alternatives or no ballots.", "Get the file again: it was cut.")
    cast = sum(times for times, _ in ballots)
    if cast > MOST or cast * len(names) > CELLS:
        raise Unreadable(path, 0, f"There are more than {MOST} ballots, or {CELLS} ranks.", "Draw some of them.")
    found = _election(names, ballots, path.suffix.lower().lstrip("."), told.get("CATEGORY NAME 1", ""))
    return replace(found, title=told.get("TITLE", "") or path.stem, notes=tuple(_notes(found, told)))


def _notes(found: Election, told: Mapping[str, str]) -> Iterator[str]:
    """Yield what was odd about the file, and what its approvals cannot tell, in sentences."""
    voters = number(told.get("NUMBER VOTERS", ""))
    if voters is not None and voters != found.ballots:
        yield f"The file says that it holds {voters} ballots; it holds {found.ballots}."
    many = 4 * found.approvals.sum(axis=1) > 3 * len(found.items)
    if found.ranks is not None and 2 * many.sum() > found.ballots:
        yield NEARLY


def _as_today(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a file as they are written since 2022; before, a number of alternatives came first.

    Then came a line for each, "1,Soup", one with sums, and the ballots, "12,3,{1,2}".
    """
    if not lines or not SIZE.fullmatch(lines[0].strip()):
        return lines
    sums = int(lines[0]) + 1
    names = [
        f"# ALTERNATIVE NAME {number}: {name}" for number, _, name in (one.partition(",") for one in lines[1:sums])
    ]
    return ["#", *names, "#", *(one.strip().replace(",", ": ", 1) for one in lines[sums + 1 :])]


def _tiers(path: Path, line: int, text: str, names: dict[int, str]) -> list[list[int]]:
    """Return what one ballot puts first, second … or into each category. Raises `Unreadable`."""
    tiers = [
        [int(one) for one in re.findall(r"\d{1,9}", together)] if alone == "" else [int(alone)]
        for together, alone in TIER.findall(text)
    ]
    every = [one for tier in tiers for one in tier]
    strangers = sorted({one for one in every if one not in names})
    if strangers:
        raise Unreadable(
            path,
            line,
            f"There is no ALTERNATIVE NAME {strangers[0]}.",
            "Add it at the top, or take it out of the ballot.",
        )
    if len(set(every)) < len(every):
        raise Unreadable(path, line, "A ballot names an alternative twice.", "Take one of the two out.")
    return tiers


def _election(names: dict[int, str], ballots: list[tuple[int, list[list[int]]]], kind: str, first: str) -> Election:
    """Return the same ballots as approvals and, where people ranked, as ranks; `first` is the name of a category."""
    numbers = sorted(names)
    place = {one: at for at, one in enumerate(numbers)}
    times = [count for count, _ in ballots]
    ranks = np.repeat(_ranks([tiers for _, tiers in ballots], place), times, axis=0)
    if kind == CATEGORIES:
        approvals, taken = ranks == 1, FIRST.format(name=f", “{first}”," if first else "")
    else:
        approvals, taken = _approved(ranks)
    return Election(
        title="",
        items=tuple(Item(str(one), names[one] or str(one)) for one in numbers),
        approvals=approvals,
        scores=tuple(map(Fraction, approvals.sum(axis=0).tolist())),
        taken=taken,
        ranks=None if kind == CATEGORIES else ranks,
    )


def _ranks(ballots: Sequence[list[list[int]]], place: dict[int, int]) -> Ranks:
    """Return the tier of each alternative on each ballot, from 1; 0 where it is left out."""
    ranks = np.zeros((len(ballots), len(place)), np.int64)
    for row, tiers in zip(ranks, ballots, strict=True):
        for tier, together in enumerate(tiers, start=1):
            row[[place[one] for one in together]] = tier
    return ranks


def _approved(ranks: Ranks) -> tuple[Approvals, str]:
    """Return the approvals that orders stand for, and say how.

    Whoever ranks everything without a tie gives no such sign: then it is the upper half for all.
    """
    complete = np.asarray((ranks > 0).all(axis=1))
    last = ranks.max(axis=1, keepdims=True)
    if complete.all() and (last[:, 0] == ranks.shape[1]).all():
        return ranks <= ranks.shape[1] // 2, HALF
    rejected = np.logical_and.reduce((np.broadcast_to(complete[:, None], ranks.shape), ranks == last, ranks > 1))
    return (ranks > 0) & ~rejected, LISTED
