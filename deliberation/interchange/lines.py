"""Lines and fields of a text file as people make them: any encoding, any end of line, quotes that were never closed."""

import csv
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from deliberation.interchange.election import Unreadable

JOINED = 20
"""A quoted field may run over so many lines; after that the quote is taken for a letter."""
LARGEST = 1 << 28
csv.field_size_limit(LARGEST)
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a cursor, clears a screen or turns the order of letters round: a file would speak to the terminal."""
Row = tuple[int, list[str]]


def seen(text: str) -> str:
    """Return a text without what nobody sees."""
    return UNSEEN.sub("", text)


def text_of(path: Path) -> str:
    """Return a file as `seen` text: UTF-8 or UTF-16 with a mark, UTF-8, or one byte a letter. Raises `Unreadable`."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(path, 0, "This is larger than 256 MB.", "Cut it into parts.")
        data = path.read_bytes()
    except OSError as fault:
        reason = fault.strerror or "no reason given"
        raise Unreadable(
            path, 0, f"It cannot be read ({reason}).", "Check the path, and that you may read it."
        ) from None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return seen(data.decode("utf-16", "replace")).lstrip("\ufeff")
    try:
        return seen(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return seen(data.decode("cp1252", "replace"))


def rows(lines: Sequence[str], delimiter: str, first: int = 1) -> Iterator[Row]:
    """Yield the number and the fields of each line that is not empty; `first` is the number of the first line."""
    at = 0
    while at < len(lines):
        begun, line = at, lines[at]
        at += 1
        if line.count('"') % 2:
            end = _closed(lines, at)
            line, at = (" ".join(lines[begun:end]), end) if end else (line, at)
        if line.strip():
            yield begun + first, [one.strip() for one in next(csv.reader([line], delimiter=delimiter))]


def _closed(lines: Sequence[str], at: int) -> int:
    """Return after which line a quote that was open before line `at` is closed; 0 when it is not, or not soon."""
    for end in range(at, min(at + JOINED, len(lines))):
        if lines[end].count('"') % 2:
            return end + 1
        if lines[end].strip() in {"PROJECTS", "VOTES"}:
            break
    return 0


def delimiter_of(line: str) -> str:
    """Return what stands between the fields of a line of headings: a semicolon, a tab or a comma."""
    return max(";\t,", key=line.count)


def number(text: str) -> Fraction | None:
    """Return a number as people write it, or None: "1 200,50", "1,200.50", "1200.5", "EUR 12"."""
    kept = "".join(letter for letter in text if letter.isdigit() or letter in ".,-")
    if not any(map(str.isdigit, kept)):
        return None
    mark = max(".,", key=kept.rfind)
    whole, _, part = kept.rpartition(mark) if mark in kept else (kept, "", "")
    grouped = kept.count(mark) > 1 or (mark == "," and len(part) == 3)  # noqa: PLR2004 - thousands come in threes
    plain = "".join(letter for letter in (kept if grouped else whole) if letter not in ".,")
    try:
        return Fraction(f"{plain or 0}" if grouped or not part else f"{plain or 0}.{part}")
    except ValueError:
        return None
