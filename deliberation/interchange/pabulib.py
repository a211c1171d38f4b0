"""Elections of participatory budgets in Pabulib's `.pb`: META, PROJECTS, VOTES (Faliszewski et al., 2023)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from deliberation.interchange import parts
from deliberation.interchange.election import WITHDRAWN, Approvals, Election, Item, Ranks, Unreadable
from deliberation.interchange.lines import Row, delimiter_of, number, rows, text_of

SECTIONS = ("META", "PROJECTS", "VOTES")
CHOSEN, APART = 1, (2, 3)
"""The marks of a project that was selected, and of one by a decision beside the vote, or with other money."""
POINTS, ORDERS = ("cumulative", "scoring"), "ordinal"
MOST = 1 << 40
"""Points above this are not told one by one."""
TAKEN = {
    "ordinal": "Everything a person ranked counts as approved.",
    "cumulative": "Everything a person gave points counts as approved.",
    "scoring": "Everything a person gave more than 0 points counts as approved.",
}
APPROVED = "Everything a person voted for counts as approved."
BY_ORDER = "In the order of votes an order counts as points: of three that are ranked the first has 3, then 2, then 1."


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of one section: names of its columns, rows with their numbers."""

    line: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Sequence[str], *names: str) -> str:
        """Return what a row holds in the first of these columns that there is, or nothing."""
        place = next((self.columns.index(name) for name in names if name in self.columns), len(row))
        return row[place] if place < len(row) else ""


def read(path: Path) -> Election:
    """Return the election of a `.pb` file. Raises `Unreadable`.

    Unknown projects in a ballot are left out and counted; without META there is no budget.
    """
    tables = _tables(path)
    meta = _meta(tables.get("META"))
    items = _items(path, tables.get("PROJECTS"))
    votes, (limits, told) = tables.get("VOTES"), parts.limits(meta, _parts(tables["PROJECTS"]))
    if votes is None:
        raise Unreadable(path, 0, "There is no VOTES section.", "Get the file again: it was cut.")
    kind = meta.get("vote_type", "approval").lower()
    scored = kind in POINTS or (kind == ORDERS and "score" in tables["PROJECTS"].columns)
    ordered = scored and kind == ORDERS and "points" not in votes.columns
    rest = number(meta.get("default_score", "")) if kind == "scoring" else None
    cast = _votes(votes, [item.name for item in items], scored=scored, ordered=ordered, rest=rest or Fraction(0))
    return Election(
        title=meta.get("description", "") or path.stem,
        items=items,
        approvals=cast.approvals,
        scores=tuple(cast.sums if scored else map(Fraction, cast.approvals.sum(axis=0).tolist())),
        taken=TAKEN.get(kind, APPROVED),
        budget=number(meta.get("budget", "")),
        costs="cost" in tables["PROJECTS"].columns,
        official=meta.get("rule", ""),
        notes=(*_notes(meta, items, cast), *([BY_ORDER] if ordered else []), *told),
        threshold=number(meta.get("min_project_score_threshold", "")) or Fraction(0),
        parts=limits,
        points=cast.points if kind in POINTS else None,
        ranks=cast.ranks if kind == ORDERS else None,
    )


def _tables(path: Path) -> Mapping[str, _Table]:
    """Return the sections of the file that are there."""
    lines = text_of(path).splitlines()
    marks = [(at, line.strip(" ;,\t\ufeff").upper()) for at, line in enumerate(lines)]
    starts = [(at, name) for at, name in marks if name in SECTIONS]
    if not starts:
        raise Unreadable(
            path, 1, "There is no section META, PROJECTS or VOTES.", "A .pb file of Pabulib has all three."
        )
    found = dict[str, _Table]()
    ends = [at for at, _ in starts[1:]] + [len(lines)]
    for (start, name), end in zip(starts, ends, strict=True):
        inside = lines[start + 1 : end]
        heading = next((line for line in inside if line.strip()), "")
        (_, columns), *rest = rows(inside, delimiter_of(heading), start + 2) if heading else [(0, list[str]())]
        found[name] = _Table(start + 1, tuple(one.lower().strip('"') for one in columns), tuple(rest))
    return found


def _meta(table: _Table | None) -> Mapping[str, str]:
    """Return what is told of the election; its heading "key;value" is a row like any other."""
    return {} if table is None else {row[0].lower(): " ".join(row[1:]) for _, row in table.rows}


def _items(path: Path, table: _Table | None) -> tuple[Item, ...]:
    """Return the projects. Raises `Unreadable` for one without a name, without a cost, or told twice."""
    if table is None or not table.rows:
        raise Unreadable(path, table.line if table else 0, "There are no projects.", "Get the file again: it was cut.")
    found = dict[str, Item]()
    for line, row in table.rows:
        name, cost = table.cell(row, "project_id"), number(table.cell(row, "cost"))
        if not name:
            raise Unreadable(path, line, "A project has no project_id.", "Give it one, or take the line out.")
        if name in found:
            raise Unreadable(path, line, f"Project “{name}” is there twice.", "Take one of the two out.")
        if "cost" in table.columns and (cost is None or cost <= 0):
            raise Unreadable(path, line, f"Project “{name}” has no cost above 0.", "Write its cost as a number.")
        selected = number(table.cell(row, "selected"))
        official = None if selected is None else selected in {CHOSEN, *APART}
        words = table.cell(row, "name") or name
        told = number(table.cell(row, "score", "votes"))
        found[name] = Item(name, words, Fraction(1) if cost is None else cost, official, told, selected in APART)
    return tuple(found.values())


def _parts(table: _Table) -> Mapping[str, Sequence[str]]:
    """Return what each project says of each kind of part, in the order of the projects."""
    return {kind: [table.cell(row, kind) for _, row in table.rows] for kind in parts.KINDS}


@dataclass(frozen=True, slots=True)
class _Cast:
    """What people voted: approvals, places in an order from 1, whole points (None if others are among them) and sums.

    `unknown` are the projects that nobody knows, with how often they stand; `again` is how many ballots carry the name
    of an earlier one.
    """

    approvals: Approvals
    ranks: Ranks
    points: Ranks | None
    sums: Sequence[Fraction]
    unknown: Counter[str]
    again: int


def _votes(table: _Table, names: Sequence[str], *, scored: bool, ordered: bool, rest: Fraction) -> _Cast:
    """Return the ballots. Where they are `scored`, a project has its points, or those of its place where `ordered`.

    What a ballot leaves out has the `rest`.
    """
    place = {name: at for at, name in enumerate(names)}
    size = len(table.rows), len(names)
    approvals, ranks, each = np.zeros(size, dtype=bool), np.zeros(size, np.int64), np.zeros(size, np.int64)
    sums, unknown, exact = [Fraction(0)] * size[1], Counter[str](), rest.denominator == 1 and abs(rest) <= MOST
    for at, (_, row) in enumerate(table.rows):
        chosen = [one.strip() for one in table.cell(row, "vote").split(",") if one.strip()]
        given = _worths(table.cell(row, "points") if scored else "", len(chosen), falling=ordered)
        for order, (name, worth) in enumerate(zip(chosen, given, strict=True), start=1):
            if name not in place:
                unknown[name] += 1
                continue
            column = place[name]
            ranks[at, column] = ranks[at, column] or order
            approvals[at, column] |= worth > 0
            sums[column] += worth
            exact = exact and worth.denominator == 1 and abs(worth) <= MOST
            each[at, column] += worth.numerator if exact else 0
    left = ranks == 0
    sums = [held + rest * times for held, times in zip(sums, left.sum(axis=0).tolist(), strict=True)]
    each, approvals = each + left * (rest.numerator if exact else 0), approvals | (left & (rest > 0))
    people = [one for _, row in table.rows if (one := table.cell(row, "voter_id"))]
    again = len(people) - len(set(people))
    return _Cast(approvals, ranks, each if exact else None, sums, unknown, again)


def _worths(text: str, size: int, *, falling: bool) -> list[Fraction]:
    """Return the points of what a ballot names, 1 where one is missing; `falling`, the most for the first instead."""
    if falling:
        return list(map(Fraction, range(size, 0, -1)))
    given = [number(one) for one in text.split(",")][:size]
    return [Fraction(1) if one is None else one for one in [*given, *[None] * (size - len(given))]]


def _notes(meta: Mapping[str, str], items: Sequence[Item], cast: _Cast) -> list[str]:
    """Return what was odd about the file, in sentences."""
    said, ballots, unknown = list[str](), len(cast.approvals), cast.unknown
    told = number(meta.get("num_votes", ""))
    if told is not None and told != ballots:
        said.append(f"The file says that it holds {told} ballots; it holds {ballots}.")
    if cast.again:
        said.append(f"{cast.again} ballots carry the voter_id of an earlier one: they are counted all the same.")
    if unknown:
        said.append(f"{unknown.total()} votes for {len(unknown)} projects that are not in PROJECTS were left out.")
    if gone := [item.words for item in items if item.cost == WITHDRAWN]:
        said.append(f"Withdrawn after the vote, by their cost of {WITHDRAWN}: {'; '.join(gone)}.")
    if meta.get("comment"):
        said.append(f"The file says: {meta['comment']}")
    return said
