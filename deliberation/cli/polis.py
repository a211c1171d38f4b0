"""A conversation exported from Polis, read from its four tables: what was said, and who voted how on what.

People are the numbers the export gives them; nothing here reaches further than the replay.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deliberation.interchange import polis
from surveys.domain.questionnaire import Words, plain
from surveys.domain.reading import MOST_CHOICES

LONGEST = 280
BREAK = 40
"""A text that is too long is cut at the last space, unless that would cost more letters than this."""
HAN = range(0x4E00, 0xA000)
COLUMNS: Mapping[str, frozenset[str]] = {
    "votes": frozenset({"timestamp", "comment-id", "voter-id", "vote"}),
    "comments": frozenset({"comment-id", "comment-body"}),
    "participants-votes": frozenset({"participant"}),
}
KEPT = {"participants-votes": "people"}
VOTES = ("1", "0", "-1")
Row = Mapping[str, str]


class NotAnExport(Exception):
    """The folder does not hold a conversation that can be replayed; says what is missing, in words."""


@dataclass(frozen=True, slots=True)
class Voter:
    """One person: the votes (1 agree, 0 pass, -1 disagree) by statement, and what each column says of them."""

    votes: Mapping[str, int]
    columns: Row


@dataclass(frozen=True, slots=True)
class Export:
    """A conversation: its topic, its statements by number, its people; `tag` is the language it is held in."""

    topic: str
    tag: str
    statements: Mapping[str, str]
    people: tuple[Voter, ...]

    def groups(self, column: str) -> tuple[str, ...]:
        """Return the groups a column names. Raises `NotAnExport` when there is no such column."""
        if any(column not in one.columns for one in self.people):
            raise NotAnExport(f"participants-votes.csv has no column “{column}”.")
        return tuple(sorted({one.columns[column] for one in self.people} - {""}, key=_by_number))

    def words(self, text: str) -> Words:
        """Return a text as words of the language the conversation is held in."""
        return {self.tag: text}


def read(folder: Path) -> Export:
    """Return the conversation a folder holds; where a person voted twice on a statement, the last vote counts.

    The statements are those the export gives a column to: what was put before people. Raises `NotAnExport`.
    """
    if not folder.is_dir():
        raise NotAnExport(f"There is no folder {folder}.")
    people = {row["participant"]: row for row in _table(folder, "participants-votes")}
    bodies = {row["comment-id"]: row["comment-body"] for row in _table(folder, "comments")}
    asked = sorted({name for row in people.values() for name in row if _numbered(name)}, key=_by_number)
    if not asked:
        raise NotAnExport("participants-votes.csv has no column for any statement.")
    if len(asked) > MOST_CHOICES:
        raise NotAnExport(f"At most {MOST_CHOICES} statements can be replayed; there are {len(asked)}.")
    for one in asked:
        if one not in bodies:
            raise NotAnExport(f"comments.csv has no text for statement {one}.")
    votes = _votes(folder, people, asked)
    texts = {one: shortened(bodies[one]) for one in asked}
    topic = _topic(folder)
    voters = tuple(Voter(votes[key], people[key]) for key in sorted(people, key=_by_number))
    return Export(topic, _language([topic, *texts.values()]), dict(_told_apart(texts)), voters)


def _votes(folder: Path, people: Iterable[str], asked: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """Return each person's last vote on each statement."""
    known, found = frozenset(asked), {person: dict[str, int]() for person in people}
    for row in sorted(_table(folder, "votes"), key=_moment):
        person, statement = row["voter-id"], row["comment-id"]
        if person not in found or statement not in known:
            raise NotAnExport(f"votes.csv: participants-votes.csv lacks person {person} or statement {statement}.")
        if row["vote"] not in VOTES:
            raise NotAnExport(f"votes.csv: a vote is 1, 0 or -1, not “{row['vote']}”.")
        found[person][statement] = int(row["vote"])
    return found


def _moment(row: Row) -> int:
    try:
        return int(row["timestamp"])
    except ValueError:
        raise NotAnExport(f"votes.csv: “{row['timestamp']}” is no timestamp.") from None


def _topic(folder: Path) -> str:
    """Return what the conversation is about: the first line of its summary that says so, or nothing."""
    named = (row for row in _rows(folder, "summary") if len(row) > 1 and row[0] == "topic")
    return next((shortened(row[1]) for row in named), "")


def _table(folder: Path, name: str) -> Iterator[Row]:
    heading, *rows = _rows(folder, name) or [[]]
    absent = sorted(COLUMNS[name] - set(heading))
    if absent:
        raise NotAnExport(f"{name}.csv has no column “{absent[0]}”.")
    empty = dict.fromkeys(heading, "")
    yield from (empty | dict(zip(heading, row, strict=False)) for row in rows if row)


def _rows(folder: Path, name: str) -> list[list[str]]:
    """Return the rows of one table of the export. Raises `NotAnExport` when it is not there, or not a table."""
    path = polis.place(folder, KEPT.get(name, name)) or folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines))
    except FileNotFoundError:
        raise NotAnExport(f"{folder} has no {name}.csv: is it the export of a Polis conversation?") from None
    except (OSError, UnicodeDecodeError, csv.Error):
        raise NotAnExport(f"{path} cannot be read as a table.") from None


def shortened(text: str) -> str:
    """Return a text on one line, at most LONGEST letters, cut between words and never inside a letter."""
    whole = plain(" ".join(text.split()))
    if len(whole) <= LONGEST:
        return whole
    end = LONGEST - 1
    while end and _continues(whole[end]):
        end -= 1
    space = whole.rfind(" ", end - BREAK, end + 1)
    return f"{whole[: space if space > 0 else end].rstrip(' ,;:')}…"


def _continues(letter: str) -> bool:
    """Tell whether a letter belongs to the one before it: an accent, a joiner, a variant."""
    return unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"}


def _told_apart(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the texts, with the statement's number where a text is empty or was already there."""
    seen = set[str]()
    for one, text in texts.items():
        said = text if text and _folded(text) not in seen else f"{text} ({one})".strip()
        seen.add(_folded(said))
        yield one, said


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _language(texts: Iterable[str]) -> str:
    """Return "zh" for texts written for a good part in Han characters, "en" for all others."""
    letters = [letter for text in texts for letter in text if letter.isalpha()]
    return "zh" if 3 * sum(ord(letter) in HAN for letter in letters) > len(letters) else "en"


def _by_number(name: str) -> tuple[int, str]:
    return (int(name), "") if _numbered(name) else (-1, name)


def _numbered(name: str) -> bool:
    return name.isascii() and name.isdecimal()
