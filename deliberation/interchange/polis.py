"""Conversations as Polis exports them: comments.csv, votes.csv and participants-votes.csv; one of these two will do."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from deliberation.interchange import grouping
from deliberation.interchange.election import UNSEEN, Conversation, Item, Unreadable, Votes
from deliberation.interchange.lines import delimiter_of, number, rows, text_of

Line = tuple[int, Mapping[str, str]]
Said = dict[tuple[str, str], int]
PEOPLE = ("participants-votes", "participant-votes")
TABLES = {"comments": ("comments",), "votes": ("votes",), "people": PEOPLE, "summary": ("summary",)}
VOTES = (-1, 0, 1)
STATEMENT, MOMENT = re.compile(r"-?[0-9]+"), re.compile(r"[0-9]{1,20}(\.[0-9]{1,9})?")
BODY = ("comment-body", "body", "comment", "txt")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export: its columns in small letters, and each row with its line, "" where a row ends early."""

    path: Path
    columns: tuple[str, ...] = ()
    rows: tuple[Line, ...] = ()


def read(folder: Path) -> Conversation:
    """Return the conversation a folder holds. Raises `Unreadable`.

    Where a person voted twice on a statement, the last vote counts. Votes on statements that comments.csv does not
    have keep their number as their words; those that a moderator took out (moderated -1) are counted like the others.
    """
    comments, people = ([row for _, row in table(folder, name).rows] for name in ("comments", "people"))
    said, odd = last_votes(table(folder, "votes"))
    if not said:
        said = _crossed(people)
    if not said:
        raise Unreadable(folder, 0, "There is not one vote.", "It needs votes.csv or participants-votes.csv.")
    words = {row.get("comment-id", ""): next((row[key] for key in BODY if key in row), "") for row in comments}
    out = {row.get("comment-id", "") for row in comments if row.get("moderated") == "-1"}
    statements = sorted({one for _, one in said}, key=by_number)
    voters = sorted(
        {person for person, _ in said} | {row.get("participant", "") for row in people} - {""}, key=by_number
    )
    published = grouping.published(folder)
    group = {row.get("participant", ""): row.get("group-id", "") for row in people}
    if not any(group.values()):
        group = next((dict(one.people) for one in published if one.people), group)
    return Conversation(
        title=topic(folder) or folder.name,
        items=tuple(Item(one, " ".join(words.get(one, "").split()) or one) for one in statements),
        votes=_matrix(said, voters, statements),
        groups=tuple(group.get(one, "") for one in voters),
        notes=tuple(_notes(statements, words, odd, len(out))),
        people=tuple(voters),
        published=published,
    )


def table(folder: Path, name: str) -> Table:
    """Return one table of an export, without columns where there is none or it is empty. Raises `Unreadable`."""
    path = place(folder, name)
    if path is None:
        return Table(folder / f"{TABLES[name][0]}.csv")
    lines = text_of(path).splitlines()
    heading = next((line for line in lines if line.strip()), "")
    found = rows(lines, delimiter_of(heading))
    columns = tuple(one.lower() for one in next(found, (0, list[str]()))[1])
    empty = dict.fromkeys(columns, "")
    return Table(path, columns, tuple((at, empty | dict(zip(columns, row, strict=False))) for at, row in found))


def place(folder: Path, name: str) -> Path | None:
    """Return where a folder keeps one of the tables, whatever stands before its name; None where it has none."""
    return next((one for one in sorted(folder.glob("*.csv")) if _named(one.stem, TABLES[name])), None)


def _named(stem: str, names: Sequence[str]) -> bool:
    """Say whether a file is one of these tables, alone or after the name of the conversation."""
    name = stem.lower()
    other = any(name.endswith(one) for one in PEOPLE)
    return any(name == one or name.endswith((f"-{one}", f".{one}", f"_{one}")) for one in names) and (
        names == PEOPLE or not other
    )


def last_votes(votes: Table) -> tuple[Said, Counter[str]]:
    """Return the last vote of each person on each statement, and what could not be taken. Raises `Unreadable`."""
    if votes.rows and not {"vote", "comment-id"} <= set(votes.columns):
        raise Unreadable(
            votes.path,
            votes.rows[0][0],
            "This table needs vote, comment-id and voter-id.",
            "Export the conversation again.",
        )
    found, odd = list[tuple[float | None, int, tuple[str, str], int]](), Counter[str]()
    for line, row in votes.rows:
        vote, moment = number(row["vote"]), _moment(row.get("timestamp", ""))
        person = row.get("voter-id", "")
        if vote not in VOTES or not person or not row["comment-id"]:
            odd["vote"] += 1
            continue
        found.append((moment, line, (person, row["comment-id"]), int(vote)))
    told = all(moment is not None for moment, *_ in found)
    last = {key: vote for _, _, key, vote in sorted(found, key=lambda one: (one[0] or 0 if told else 0, one[1]))}
    odd["again"] = 0 if told else len(found) - len(last)
    return last, odd


def _moment(text: str) -> float | None:
    """Return a moment of an export to order votes by: a number, or a date as ISO 8601 writes it; None for others."""
    if MOMENT.fullmatch(text):
        return float(text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def _crossed(people: Sequence[Mapping[str, str]]) -> Said:
    """Return the votes of the table that has a column a statement."""
    return {
        (row.get("participant", ""), name): int(vote)
        for row in people
        for name, text in row.items()
        if STATEMENT.fullmatch(name) and (vote := number(text)) in VOTES and vote is not None
    }


def _matrix(said: Said, voters: Sequence[str], statements: Sequence[str]) -> Votes:
    """Return the votes as people by statements."""
    person, column = ({one: at for at, one in enumerate(names)} for names in (voters, statements))
    matrix = np.full((len(voters), len(statements)), UNSEEN, np.int8)
    for (who, statement), vote in said.items():
        if statement in column:
            matrix[person[who], column[statement]] = vote
    return matrix


def topic(folder: Path) -> str:
    """Return what the conversation is about, as its summary says; "" where nothing says it."""
    found = place(folder, "summary")
    told = rows(text_of(found).splitlines(), ",") if found else iter(())
    return next((row[1] for _, row in told if len(row) > 1 and row[0] == "topic"), "")


def _notes(statements: Sequence[str], words: Mapping[str, str], odd: Counter[str], out: int) -> Iterator[str]:
    """Yield what was odd about the tables, in sentences."""
    unknown = sum(one not in words for one in statements)
    if unknown:
        yield f"{unknown} statements have votes and no text: they are called by their number."
    if out:
        yield f"Moderators took out {out} statements; their votes are counted here all the same."
    if odd["vote"]:
        yield f"{odd['vote']} lines of votes.csv hold no vote of 1, 0 or -1 by a person on a statement: left out."
    if odd["again"]:
        yield f"Not every vote tells when it was given: of {odd['again']} given again, the later line counts."


def by_number(name: str) -> tuple[int, str]:
    """Return what sorts names by their number, those without one first."""
    return (int(name), "") if STATEMENT.fullmatch(name) else (-1, name)
