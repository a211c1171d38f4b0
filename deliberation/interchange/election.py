"""What an open file holds, whatever its format: items with costs, approvals, votes; and what was made of its faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deliberation.domain.retrace import Limit

UNSEEN = 2
"""A statement a person gave no vote on; votes are 1 (agree), 0 (pass) and -1 (disagree)."""
WITHDRAWN = 999_999_999
"""The cost that Pabulib writes for what nobody can choose any more, as it was withdrawn after the vote."""
Approvals = NDArray[np.bool_]
Votes = NDArray[np.int8]
Ranks = NDArray[np.int64]


class Unreadable(Exception):
    """A file cannot be read; says the file, the line, what is wrong there and what to do next."""

    def __init__(self, path: Path, line: int, fault: str, then: str) -> None:
        """Join the four into two sentences; line 0 is the file as a whole."""
        super().__init__(f"{path}{f', line {line}' if line else ''}: {fault} {then}")


@dataclass(frozen=True, slots=True)
class Item:
    """Something people voted on, by the name the file gives it; `selected` is the official outcome, None if untold."""

    name: str
    words: str
    cost: Fraction = Fraction(1)
    selected: bool | None = None
    told: Fraction | None = None
    """What the file says it received."""
    apart: bool = False
    """Whether it was selected by a decision of its own, beside the vote."""


@dataclass(frozen=True, slots=True)
class Election:
    """Items, and one row of approvals a ballot, in the order of the file.

    `scores` are what counts for the order of votes: approvals, or points. `budget` is None where none was told.
    `ranks`, where people ranked, are 1 for the first, 0 for what was left out; `points`, where people gave whole
    ones, are 0 for what got none. `taken` says what approvals stand for.
    """

    title: str
    items: tuple[Item, ...]
    approvals: Approvals
    scores: tuple[Fraction, ...]
    taken: str
    budget: Fraction | None = None
    costs: bool = False
    official: str = ""
    notes: tuple[str, ...] = ()
    ranks: Ranks | None = None
    points: Ranks | None = None
    threshold: Fraction = Fraction(0)
    """The official rule leaves out what received less."""
    parts: tuple[Limit, ...] = ()
    """What the official rule may spend on some of the items."""

    @property
    def ballots(self) -> int:
        """How many ballots there are, empty ones included."""
        return len(self.approvals)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Statements and the last vote of each person on each: people by statements, in the order of their numbers.

    `groups` is the group that was published for each person, "" for none.
    """

    title: str
    items: tuple[Item, ...]
    votes: Votes
    groups: tuple[str, ...]
    notes: tuple[str, ...] = ()
    people: tuple[str, ...] = field(default=())
    published: "tuple[Published, ...]" = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of groups in one file: `votes` by group and statement, agreements and answers; groups 0, 1 ….

    `stated` is the group-informed consensus of each statement, and `people` the group of each person, where the file
    itself tells it.
    """

    source: str
    votes: Mapping[str, Mapping[str, tuple[int, int]]]
    stated: Mapping[str, float]
    people: Mapping[str, str] = field(default_factory=dict)
