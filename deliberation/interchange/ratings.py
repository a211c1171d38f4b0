"""Tables of ratings: a row a person and a column an item, a row a rating, or a row an item with its counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deliberation.interchange import levels
from deliberation.interchange.election import Unreadable
from deliberation.interchange.levels import MARK
from deliberation.interchange.lines import number
from deliberation.interchange.sheets import CELLS, Sheet
from deliberation.interchange.sheets import read as sheet_of
from surveys.domain.planes import bulk, counts

Given = NDArray[np.uint8]
PERSON = ("person", "participant", "respondent", "panelist", "expert", "voter", "personne", "participant_id", "id")
ITEM = ("item", "statement", "question", "proposition", "énoncé", "enonce", "item_id", "statement_id")
RATING = ("rating", "score", "level", "note", "cotation", "value", "valeur", "answer")
ROUND = ("round", "tour", "wave", "vague", "ronda", "phase")
TELLING = re.compile(r"(^|_)(e-?mail|record_?id|participant|respondent|panelist|expert|person|personne|id)$")
COUNTED = re.compile(r"(?:n|n_|count_?|level_?)(\d{1,2})", re.IGNORECASE)
FIRST = re.compile(r"^[^\W\d_]+\d+(?=_)")
LARGEST = 10**9
"""No level is counted more often: people are fewer."""
MANY = 4
"""A column tells people apart when at most one row in so many stands twice."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """One round: `counts` are items by levels, the lowest first; `given` is people by items, 0 for no answer.

    `people` is what each column that tells people apart says of them: for matching two rounds, and never shown.
    """

    title: str
    items: tuple[str, ...]
    counts: NDArray[np.int64]
    given: Given | None
    people: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()

    @property
    def levels(self) -> int:
        """How many levels the scale has."""
        return int(self.counts.shape[1])


def read(path: Path, *, pattern: str = "", top: int | None = None) -> tuple[Ratings, ...]:
    """Return the rounds a file holds, in their order; one where it tells of none. Raises `Unreadable`.

    `pattern` chooses columns (* and ? stand for letters); `top` says how many levels the scale has.
    """
    sheet = sheet_of(path)
    if all(sheet.place(names) is not None for names in (PERSON, ITEM, RATING)):
        sheet = _crossed(sheet)
        taken, notes = list(range(1 + (sheet.place(ROUND) is not None), len(sheet.columns))), ["A row is a rating."]
    elif sheet.place(ITEM) is not None and len([one for one in sheet.columns if COUNTED.fullmatch(one)]) > 1:
        return (_counted(sheet),)
    else:
        taken, notes = _columns(sheet, pattern)
    highest = max((level for at in taken for one in sheet.column(at) if (level := _level(one))), default=0)
    size = top or levels.scale(highest)
    assumed = f"The scale has {size} levels" + (
        "." if top else f": the highest seen is {highest}. Say another with --levels."
    )
    whole = _wide(sheet, taken, size, path.stem, (*notes, assumed))
    at = sheet.place(ROUND)
    return _by_column(sheet, at, taken, (size, (*notes, assumed))) if at is not None else _by_marks(whole)


def _columns(sheet: Sheet, pattern: str) -> tuple[list[int], list[str]]:
    """Return the places of the columns taken, and which were left out. Raises `Unreadable` for none."""
    every = [(name, sheet.column(at)) for at, name in enumerate(sheet.columns)]
    if pattern:
        taken = [at for at, (name, _) in enumerate(every) if fnmatchcase(name.casefold(), pattern.casefold())]
        left = {"not asked for": [name for at, (name, _) in enumerate(every) if at not in taken]}
    else:
        kept = [(name, cells if name.casefold() not in ROUND else ("no",)) for name, cells in every]
        found, left = levels.chosen(kept)
        taken = list(found)
    if not taken:
        raise Unreadable(sheet.path, 1, "No column holds ratings.", 'Name some with --columns, as in "*_type1".')
    names = ", ".join(sheet.columns[at] for at in taken)
    return taken, [
        f"{len(taken)} columns taken: {names}.",
        *levels.why({key: some for key, some in left.items() if some}),
    ]


def _wide(sheet: Sheet, taken: Sequence[int], size: int, title: str, notes: Sequence[str]) -> Ratings:
    """Return the ratings of a table with a row a person; the last row of a person counts."""
    last, told = _people(sheet)
    cells = [[row[at] if at < len(row) else "" for at in taken] for _, row in last]
    given = np.array([[_level(one, size) for one in row] for row in cells], np.uint8).reshape(len(last), len(taken))
    odd = sum(not levels.absent(one) and not _level(one, size) for row in cells for one in row)
    said = [*notes]
    if len(last) < len(sheet.rows):
        said.append(f"{len(sheet.rows) - len(last)} rows are of somebody who stands there again: the last row counts.")
    if odd:
        said.append(f"{odd} cells hold no level from 1 to {size}: taken as not answered.")
    names = tuple(sheet.columns[at] for at in taken)
    return Ratings(title, names, counts(bulk(given.T, levels=size)), given, told, tuple(said))


def _people(sheet: Sheet) -> tuple[list[tuple[int, list[str]]], dict[str, tuple[str, ...]]]:
    """Return the last row of each person, and what tells people apart, an e-mail first; rounds are not yet apart."""
    telling = {at: sheet.column(at) for at, name in enumerate(sheet.columns) if TELLING.search(name.casefold())}
    telling = dict(sorted(telling.items(), key=lambda one: "mail" not in sheet.columns[one[0]].casefold()))
    telling = {at: cells for at, cells in telling.items() if _tells(cells)}
    rounds = sheet.place(ROUND)
    apart = next(iter(telling.values()), ("",) * len(sheet.rows)) if rounds is None else ("",) * len(sheet.rows)
    last = {(who or str(at)): at for at, who in enumerate(apart)}
    kept = sorted(last.values())
    told = {sheet.columns[place].casefold(): tuple(cells[at] for at in kept) for place, cells in telling.items()}
    return [sheet.rows[at] for at in kept], told


def _tells(cells: Sequence[str]) -> bool:
    said = [one for one in cells if not levels.absent(one)]
    return 2 * len(said) > len(cells) and MANY * (len(said) - len(set(said))) <= len(said)


def _by_column(sheet: Sheet, at: int, taken: Sequence[int], scale: tuple[int, Sequence[str]]) -> tuple[Ratings, ...]:
    """Return a round for each value of the column that tells it, in the order of their numbers."""
    size, notes = scale
    names = sorted(set(sheet.column(at)) - {""}, key=lambda one: (number(one) or 0, one))
    parts = list[Ratings]()
    columns = tuple("" if place == at else one for place, one in enumerate(sheet.columns))
    for name in names:
        some = tuple(row for row in sheet.rows if row[1][at : at + 1] == [name])
        part = _wide(replace(sheet, columns=columns, rows=some), taken, size, name, notes)
        parts.append(replace(part, title=f"{sheet.columns[at]} {name}"))
    return tuple(parts)


def _by_marks(whole: Ratings) -> tuple[Ratings, ...]:
    """Return a round for each mark that items end in (_r1, _t2, tour 1); all as one where they do not."""
    marks = [match[1] if (match := MARK.search(name)) else "" for name in whole.items]
    if len(set(marks)) < 2 or whole.given is None:  # noqa: PLR2004 - rounds to compare
        return (whole,)
    parts = list[Ratings]()
    for mark in sorted(set(marks) - {""}):
        at = [place for place, one in enumerate(marks) if one == mark]
        names = tuple(MARK.sub("", whole.items[place]) for place in at)
        parts.append(
            replace(whole, title=f"round {mark}", items=names, counts=whole.counts[at], given=whole.given[:, at])
        )
    return tuple(parts)


def _crossed(sheet: Sheet) -> Sheet:
    """Return a table with a row a rating as one with a row a person and round; a later rating replaces an earlier."""
    person, item, rating, turn = (sheet.place(names) for names in (PERSON, ITEM, RATING, ROUND))
    cells, items = dict[tuple[str, str], dict[str, str]](), dict[str, None]()
    for _, row in sheet.rows:
        who, what, said, when = (
            row[at] if at is not None and at < len(row) else "" for at in (person, item, rating, turn)
        )
        items[what] = None
        cells.setdefault((who, when), {})[what] = said
    if len(cells) * len(items) > CELLS:
        raise Unreadable(sheet.path, 0, f"Crossed, it has more than {CELLS} cells.", "Cut it into parts.")
    head = ("participant", *(["round"] if turn is not None else []), *items)
    made = [
        (line, [who, *([when] if turn is not None else []), *(held.get(one, "") for one in items)])
        for line, ((who, when), held) in enumerate(cells.items(), start=1)
    ]
    return Sheet(sheet.path, head, tuple(made))


def _counted(sheet: Sheet) -> Ratings:
    """Return a table with a row an item and a column a level. Raises `Unreadable` for what is no count."""
    places = {int(match[1]): at for at, one in enumerate(sheet.columns) if (match := COUNTED.fullmatch(one))}
    name, table = sheet.place(ITEM), list[list[int]]()
    steps = range(min(1, *places), max(places) + 1)
    for line, row in sheet.rows:
        cells = [row[places[level]] if places.get(level, len(row)) < len(row) else "" for level in steps]
        told = [Fraction(0) if levels.absent(one) else number(one) for one in cells]
        if any(one is None or not 0 <= one <= LARGEST or one.denominator > 1 for one in told):
            raise Unreadable(sheet.path, line, "A count is a whole number.", "Write how many chose each level.")
        table.append([int(one or 0) for one in told])
    names = tuple(sheet.column(name or 0))
    note = f"The table holds counts of {len(steps)} levels: nobody can be followed from one item to another."
    return Ratings(sheet.path.stem, names, np.array(table, np.int64), None, {}, (note,))


def matched(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the items that stand in both rounds: by name, or without what differs between rounds."""
    best = list[tuple[int, int]]()
    for key in (str.casefold, bare):
        known = {key(name): at for at, name in enumerate(one)}
        pairs = [(known[key(name)], at) for at, name in enumerate(other) if key(name) in known]
        best = max(best, pairs, key=len)
    return best


def bare(name: str) -> str:
    """Return a name without what changes from round to round: the number of its first part, a mark at its end."""
    return FIRST.sub("", MARK.sub("", name)).casefold()


def _level(text: str, size: int = levels.MOST) -> int:
    """Return the level of a cell on a scale, 0 for none."""
    found = None if levels.absent(text) else levels.level_of(text)
    return found if found is not None and 1 <= found <= size else 0
