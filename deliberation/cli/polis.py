"""A conversation exported from Polis, read from its four tables: what was said, and who voted how on what.

People are the numbers the export gives them; nothing here reaches further than the replay.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deliberation.interchange import polis
from deliberation.interchange.election import Unreadable
from deliberation.interchange.polis import Table, by_number
from surveys.domain.questionnaire import Words, plain
from surveys.domain.reading import MOST_CHOICES

LONGEST = 280
BREAK = 40
"""A text that is too long is cut at the last space, unless that would cost more letters than this."""
HAN = range(0x4E00, 0xA000)
COLUMNS: Mapping[str, frozenset[str]] = {
    "votes": frozenset({"timestamp", "comment-id", "voter-id", "vote"}),
    "comments": frozenset({"comment-id", "comment-body"}),
    "people": frozenset({"participant"}),
}
NAMED = {"votes": "votes.csv", "comments": "comments.csv", "people": "participants-votes.csv"}
LOST = "\N{REPLACEMENT CHARACTER}"
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
        return tuple(sorted({one.columns[column] for one in self.people} - {""}, key=by_number))

    def words(self, text: str) -> Words:
        """Return a text as words of the language the conversation is held in."""
        return {self.tag: text}


def read(folder: Path) -> Export:
    """Return the conversation a folder holds; where a person voted twice on a statement, the last vote counts.

    The statements are those the export gives a column to: what was put before people. Raises `NotAnExport`.
    """
    if not folder.is_dir():
        raise NotAnExport(f"There is no folder {folder}.")
    votes, comments, table = (_table(folder, name) for name in ("votes", "comments", "people"))
    people = {row["participant"]: row for _, row in table.rows}
    bodies = {row["comment-id"]: row["comment-body"] for _, row in comments.rows}
    asked = sorted({name for row in people.values() for name in row if _numbered(name)}, key=by_number)
    if not asked:
        raise NotAnExport("participants-votes.csv has no column for any statement.")
    if len(asked) > MOST_CHOICES:
        raise NotAnExport(f"At most {MOST_CHOICES} statements can be replayed; there are {len(asked)}.")
    for one in asked:
        if one not in bodies:
            raise NotAnExport(f"comments.csv has no text for statement {one}.")
    _check(votes, people, asked)
    said, _ = polis.last_votes(votes)
    texts = {one: shortened(bodies[one]) for one in asked}
    topic = shortened(polis.topic(folder))
    voters = tuple(
        Voter({one: said[key, one] for one in asked if (key, one) in said}, people[key])
        for key in sorted(people, key=by_number)
    )
    return Export(topic, _language([topic, *texts.values()]), dict(_told_apart(texts)), voters)


def _check(votes: Table, people: Collection[str], asked: Collection[str]) -> None:
    """Raise `NotAnExport` for a vote that is none, or of a person or on a statement that the export does not tell."""
    for _, row in votes.rows:
        if row["voter-id"] not in people or row["comment-id"] not in asked:
            lacking = f"person {row['voter-id']} or statement {row['comment-id']}"
            raise NotAnExport(f"votes.csv: participants-votes.csv lacks {lacking}.")
        if row["vote"] not in VOTES:
            raise NotAnExport(f"votes.csv: a vote is 1, 0 or -1, not “{row['vote']}”.")
        if not _numbered(row["timestamp"]):
            raise NotAnExport(f"votes.csv: “{row['timestamp']}” is no timestamp.")


def _table(folder: Path, name: str) -> Table:
    """Return one table of the export, with all that a replay needs. Raises `NotAnExport`."""
    if polis.place(folder, name) is None:
        raise NotAnExport(f"{folder} has no {NAMED[name]}: is it the export of a Polis conversation?")
    try:
        found = polis.table(folder, name)
    except Unreadable:
        found = Table(folder, (LOST,))
    if any(LOST in one for one in found.columns):
        raise NotAnExport(f"{folder / NAMED[name]} cannot be read as a table.")
    absent = sorted(COLUMNS[name] - set(found.columns))
    if absent:
        raise NotAnExport(f"{NAMED[name]} has no column “{absent[0]}”.")
    return found


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


def _numbered(name: str) -> bool:
    return name.isascii() and name.isdecimal()
