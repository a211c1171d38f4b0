"""What changed between two texts, word by word, so that both can be read side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and had the same fate."""

    change: Change
    text: str


def difference(before: str, after: str) -> tuple[Run, ...]:
    """Return the runs of both texts in reading order; what was taken out stands before what was put in its place.

    Words are what white space parts. The runs that are not `PUT_IN` make the text before, those that are not
    `TAKEN_OUT` the text after, white space apart. Longest common runs first (Ratcliff & Metzener, 1988).
    """
    old, new = before.split(), after.split()
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(chain.from_iterable(_runs(old[a:b], new[c:d], same=kind == "equal") for kind, a, b, c, d in found))


def _runs(old: Sequence[str], new: Sequence[str], *, same: bool) -> Iterator[Run]:
    if same:
        yield Run(Change.SAME, " ".join(old))
        return
    if old:
        yield Run(Change.TAKEN_OUT, " ".join(old))
    if new:
        yield Run(Change.PUT_IN, " ".join(new))
