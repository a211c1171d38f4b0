"""Scales in words: which level "Agree", « Tout à fait d’accord » or «Muy de acuerdo» stands for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from deliberation.interchange.levels import absent
from deliberation.interchange.sheets import Sheet

Scale = tuple[frozenset[str], ...]
"""The words of each level, the lowest first, as `plain` writes them."""

LOWEST = "strongly disagree|completely disagree|totally disagree|pas du tout d'accord|tout à fait en désaccord"
LOWEST += "|fortement en désaccord|muy en desacuerdo|totalmente en desacuerdo"
LOW = "disagree|pas d'accord|en désaccord|en desacuerdo"
LOWISH = "somewhat disagree|slightly disagree|plutôt pas d'accord|plutôt en désaccord|algo en desacuerdo"
MIDDLE = "neither agree nor disagree|neutral|undecided|ni d'accord ni pas d'accord|ni en accord ni en désaccord|neutre"
MIDDLE += "|ni de acuerdo ni en desacuerdo|indiferente"
HIGHISH = "somewhat agree|slightly agree|plutôt d'accord|plutôt en accord|algo de acuerdo"
HIGH = "agree|d'accord|en accord|de acuerdo"
HIGHEST = "strongly agree|completely agree|totally agree|tout à fait d'accord|fortement en accord|fortement d'accord"
HIGHEST += "|muy de acuerdo|totalmente de acuerdo"
FIVE = (LOWEST, f"{LOW}|{LOWISH}", MIDDLE, f"{HIGH}|{HIGHISH}", HIGHEST)
SEVEN = (LOWEST, LOW, LOWISH, MIDDLE, HIGHISH, HIGH, HIGHEST)


def plain(text: str) -> str:
    """Return words as they are compared: small letters, one kind of apostrophe, no point at the end."""
    return " ".join(text.replace("’", "'").casefold().split()).rstrip(".")


def scale_of(levels: Iterable[str]) -> Scale:
    """Return a scale from the words of each level, several for one level with | between."""
    return tuple(frozenset(map(plain, one.split("|"))) for one in levels)


KNOWN = tuple(map(scale_of, (FIVE, SEVEN)))


def numbered(sheet: Sheet, order: Sequence[str] = ()) -> tuple[Sheet, Sequence[str]]:
    """Return a table with the number of its level for each cell in words, and the words met, the lowest level first.

    `order` are the words of a scale, the lowest first; without them it is the known scale that tells most of the words
    met apart, of equal ones the shorter. A column has a scale in words when most of its cells are such words. Nothing
    changes, and no words are met, where there is no such column.
    """
    known = (scale_of(order),) if order else KNOWN
    taken = [at for at in range(len(sheet.columns)) if _in_words(sheet.column(at), known)]
    met = {plain(cell) for at in taken for cell in sheet.column(at)}
    best = max(known, key=lambda scale: sum(bool(words & met) for words in scale))
    places = {word: str(at) for at, words in enumerate(best, start=1) for word in words}
    rows = tuple(
        (line, [places.get(plain(cell), cell) if at in taken else cell for at, cell in enumerate(row)])
        for line, row in sheet.rows
    )
    return replace(sheet, rows=rows), [_named(words & met) for words in best] if taken else ()


def _in_words(cells: Iterable[str], known: Iterable[Scale]) -> bool:
    """Tell whether more than half of the cells that say something are words of one of the scales."""
    words = frozenset(word for scale in known for level in scale for word in level)
    said = [plain(cell) for cell in cells if not absent(cell)]
    return 2 * sum(one in words for one in said) > len(said)


def _named(words: Iterable[str]) -> str:
    return " / ".join(sorted(words)) or "(nobody)"
