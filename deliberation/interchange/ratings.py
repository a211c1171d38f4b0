"""Tables of ratings: a row a person and a column an item, a row a rating, or a row an item with its counts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deliberation.interchange import levels, worded
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
    lowest: int = 1
    """The number that the lowest level has in the table."""

    @property
    def levels(self) -> int:
        """How many levels the scale has."""
        return int(self.counts.shape[1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a table: which `columns` hold ratings (* and ? stand for letters), and of which scale.

    The scale goes from `lowest` to `highest`, or is the words of `order`, the lowest first; `person` is the column that
    tells people apart.
    """

    columns: str = ""
    lowest: int = 1
    highest: int | None = None
    person: str = ""
    order: tuple[str, ...] = ()


def read(path: Path, wanted: Wanted = Wanted()) -> tuple[Ratings, ...]:
    """Return the rounds a file holds, in their order; one where it tells of none. Raises `Unreadable`."""
    sheet, words = worded.numbered(sheet_of(path), wanted.order)
    if wanted.person and sheet.place([wanted.person.casefold()]) is None:
        raise Unreadable(path, 1, f"There is no column “{wanted.person}”.", f"It has {', '.join(sheet.columns)}.")
    people = (wanted.person.casefold(), *PERSON)
    if all(sheet.place(names) is not None for names in (people, ITEM, RATING)):
        sheet = _crossed(sheet, people)
        taken, notes = list(range(1 + (sheet.place(ROUND) is not None), len(sheet.columns))), ["A row is a rating."]
    elif sheet.place(ITEM) is not None and len([one for one in sheet.columns if COUNTED.fullmatch(one)]) > 1:
        return (_counted(sheet),)
    else:
        taken, notes = _columns(sheet, wanted)
    highest, assumed = _scale((one for at in taken for one in sheet.column(at)), wanted, words)
    wanted, notes = replace(wanted, highest=highest), [*notes, assumed]
    at = sheet.place(ROUND)
    if at is not None:
        return _by_column(sheet, at, taken, (wanted, notes))
    return _by_marks(_wide(sheet, taken, wanted, path.stem, notes))


def _scale(cells: Iterable[str], wanted: Wanted, words: Sequence[str]) -> tuple[int, str]:
    """Return the number of the highest level, and what is to be said of the scale."""
    seen = max((level for one in cells if (level := _level(one, wanted))), default=0)
    if words and seen <= len(words):
        return len(words), f"Words taken as levels, the lowest first: {', '.join(words)}."
    if wanted.highest is not None:
        size = wanted.highest - wanted.lowest + 1
        return wanted.highest, f"The scale has {size} levels, from {wanted.lowest} to {wanted.highest}."
    size = levels.scale(seen)
    return size, f"The scale has {size} levels: the highest seen is {seen}. Say another with --levels."


def _columns(sheet: Sheet, wanted: Wanted) -> tuple[list[int], list[str]]:
    """Return the places of the columns taken, and which were left out. Raises `Unreadable` for none."""
    every = [(name, sheet.column(at)) for at, name in enumerate(sheet.columns)]
    if wanted.columns:
        asked = wanted.columns.casefold()
        taken = [at for at, (name, _) in enumerate(every) if fnmatchcase(name.casefold(), asked)]
        left = {"not asked for": [name for at, (name, _) in enumerate(every) if at not in taken]}
    else:
        keys = {*ROUND, wanted.person.casefold()}
        kept = [(name, cells if name.casefold() not in keys else ("no",)) for name, cells in every]
        found, left = levels.chosen(kept, lowest=wanted.lowest)
        taken = list(found)
    if not taken:
        raise Unreadable(sheet.path, 1, "No column holds ratings.", 'Name some with --columns, as in "*_type1".')
    names = ", ".join(sheet.columns[at] for at in taken)
    return taken, [
        f"{len(taken)} columns taken: {names}.",
        *levels.why({key: some for key, some in left.items() if some}),
    ]


def _wide(sheet: Sheet, taken: Sequence[int], wanted: Wanted, title: str, notes: Sequence[str]) -> Ratings:
    """Return the ratings of a table with a row a person; of somebody who stands there again, the last answers."""
    last, told = _people(sheet, wanted.person)
    size = (wanted.highest or levels.MOST) - wanted.lowest + 1
    cells = [[row[at] if at < len(row) else "" for at in taken] for _, row in last]
    given = np.array([[_level(one, wanted) for one in row] for row in cells], np.uint8).reshape(len(last), len(taken))
    odd = sum(not levels.absent(one) and not _level(one, wanted) for row in cells for one in row)
    said = [*notes]
    if len(last) < len(sheet.rows):
        again = len(sheet.rows) - len(last)
        said.append(f"{again} rows are of somebody who stands there again: their last answer to each item counts.")
    if odd:
        said.append(f"{odd} cells hold no level from {wanted.lowest} to {wanted.highest}: taken as not answered.")
    names = tuple(sheet.columns[at] for at in taken)
    return Ratings(title, names, counts(bulk(given.T, levels=size)), given, told, tuple(said), wanted.lowest)


def _people(sheet: Sheet, person: str) -> tuple[list[tuple[int, list[str]]], dict[str, tuple[str, ...]]]:
    """Return a row for each person, and what tells people apart: the column of that name, or else an e-mail first.

    Rounds are not yet apart. A person has the last answer to each item, and stands where they stood last.
    """
    asked = sheet.place([person.casefold()]) if person else None
    telling = _telling(sheet) if asked is None else {asked: sheet.column(asked)}
    rounds = sheet.place(ROUND)
    apart = next(iter(telling.values()), ("",) * len(sheet.rows)) if rounds is None else ("",) * len(sheet.rows)
    rows = dict[str, tuple[int, list[str]]]()
    for at, (who, (line, row)) in enumerate(zip(apart, sheet.rows, strict=True)):
        key = str(at) if levels.absent(who) else f"{who.casefold()} "
        _, before = rows.pop(key, (line, list[str]()))
        rows[key] = line, _over(before, row)
    kept = list(rows.values())
    told = {sheet.columns[at].casefold(): replace(sheet, rows=tuple(kept)).column(at) for at in telling}
    return kept, told


def _over(before: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return a row over an earlier one, of which it keeps what the later one does not answer."""
    pairs = zip_longest(before, row, fillvalue="")
    return [old if levels.absent(new) else new for old, new in pairs] if before else list(row)


def _telling(sheet: Sheet) -> dict[int, tuple[str, ...]]:
    """Return the columns that tell people apart by their name and by what they hold, an e-mail first."""
    telling = {at: sheet.column(at) for at, name in enumerate(sheet.columns) if TELLING.search(name.casefold())}
    telling = dict(sorted(telling.items(), key=lambda one: "mail" not in sheet.columns[one[0]].casefold()))
    return {at: cells for at, cells in telling.items() if _tells(cells)}


def _tells(cells: Sequence[str]) -> bool:
    said = [one for one in cells if not levels.absent(one)]
    return 2 * len(said) > len(cells) and MANY * (len(said) - len(set(said))) <= len(said)


def _by_column(sheet: Sheet, at: int, taken: Sequence[int], scale: tuple[Wanted, Sequence[str]]) -> tuple[Ratings, ...]:
    """Return a round for each value of the column that tells it, in the order of their numbers."""
    wanted, notes = scale
    names = sorted(set(sheet.column(at)) - {""}, key=lambda one: (number(one) or 0, one))
    parts = list[Ratings]()
    columns = tuple("" if place == at else one for place, one in enumerate(sheet.columns))
    for name in names:
        some = tuple(row for row in sheet.rows if row[1][at : at + 1] == [name])
        part = _wide(replace(sheet, columns=columns, rows=some), taken, wanted, name, notes)
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


def _crossed(sheet: Sheet, people: Sequence[str]) -> Sheet:
    """Return a table with a row a rating as one with a row a person and round; a later rating replaces an earlier."""
    person, item, rating, turn = (sheet.place(names) for names in (people, ITEM, RATING, ROUND))
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


def _level(text: str, wanted: Wanted) -> int:
    """Return the level of a cell on a scale, counted from 1; 0 for none."""
    found = None if levels.absent(text) else levels.level_of(text)
    within = found is not None and wanted.lowest <= found <= (wanted.highest or levels.MOST)
    return found - wanted.lowest + 1 if found is not None and within else 0
