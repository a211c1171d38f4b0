"""Tables as people keep them: commas, semicolons or tabs between the fields, or the first sheet of a workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, is_zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from deliberation.interchange.election import Unreadable
from deliberation.interchange.lines import LARGEST, Row, delimiter_of, rows, seen, text_of

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv")
BROKEN = "Open it with a program for tables, save it as CSV, and give that."
CELLS, UNPACKED, LONGEST = 5_000_000, 1 << 27, 9
"""More cells than this, or more bytes unpacked, are not unfolded. So many digits of a number are believed."""
SECRET = b"encryption-data"
PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings of a table, as they are written, and its rows with their line; a short row lacks its last cells."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, at: int) -> tuple[str, ...]:
        """Return the cells of one column, "" where a row ends before it."""
        return tuple(row[at] if at < len(row) else "" for _, row in self.rows)

    def place(self, names: Iterable[str]) -> int | None:
        """Return where the first of these headings stands, capitals or not; None where there is none of them."""
        heads = [one.casefold() for one in self.columns]
        return next((heads.index(name) for name in names if name in heads), None)

    def records(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Yield each row with its line, by headings in small letters."""
        heads = [one.casefold() for one in self.columns]
        for line, row in self.rows:
            yield line, dict(zip(heads, row, strict=False))


def read(path: Path) -> Sheet:
    """Return the table a file holds: its first line that is not empty is the headings. Raises `Unreadable`."""
    found = _cells(path) if path.suffix.lower() in WORKBOOKS else _lines(path)
    heading = next(found, None)
    if heading is None:
        raise Unreadable(path, 0, "The table is empty.", "Give one whose first line names the columns.")
    return Sheet(path, tuple(" ".join(one.split()) for one in heading[1]), tuple(found))


def _lines(path: Path) -> Iterator[Row]:
    lines = text_of(path).splitlines()
    heading = next((line for line in lines if line.strip()), "")
    return rows(lines, delimiter_of(heading))


def _cells(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet that are not empty. Raises `Unreadable`."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(path, 0, "This is larger than 256 MB.", "Cut it into parts.")
        _small(path)
        sheet = _opened(path).get_sheet_by_index(0)
        if sheet.total_height * sheet.total_width > CELLS:
            raise Unreadable(path, 0, f"Its first sheet has more than {CELLS} cells.", BROKEN)
        table = sheet.to_python(skip_empty_area=False)
    except PasswordError:
        raise Unreadable(path, 0, "It is locked with a password.", "Save it without one.") from None
    except (CalamineError, BadZipFile, OSError) as fault:
        raise Unreadable(path, 0, f"It cannot be read as a workbook ({fault}).", BROKEN) from None
    return _filled(table)


def _opened(path: Path) -> CalamineWorkbook:
    """Return a workbook, of the format its ending tells or else of another. Raises what python_calamine raises."""
    try:
        return load_workbook(path)  # only so is a password told apart from a broken file
    except PasswordError:
        raise
    except CalamineError:
        return load_workbook(BytesIO(path.read_bytes()))


def _small(path: Path) -> None:
    """Raise `Unreadable` for a packed workbook that would fill the memory: it is unfolded from its corners at once."""
    if not is_zipfile(path):
        return
    with ZipFile(path) as packed:
        parts = packed.infolist()
        if sum(one.file_size for one in parts) > UNPACKED:
            raise Unreadable(path, 0, f"Unpacked it is larger than {UNPACKED >> 20} MB.", BROKEN)
        texts = {one.filename: packed.read(one) for one in parts if one.filename.endswith(".xml")}
    for text in texts.values():
        places = PLACE.findall(text)
        wide = max((_column(letters) for letters, _ in places), default=0)
        if wide * max((int(row) for _, row in places), default=0) > CELLS:
            raise Unreadable(path, 0, f"A sheet has more than {CELLS} cells.", BROKEN)
    if SECRET in texts.get("META-INF/manifest.xml", b""):
        raise PasswordError
    if _unfolded(path, texts.get("content.xml", b"<a/>")) > CELLS:
        raise Unreadable(path, 0, f"Its sheets have more than {CELLS} cells.", BROKEN)


class _Unfolded:
    """How many cells the sheets of an OpenDocument file have once repeated rows and cells are written out.

    What stands empty behind the last cell, or below the last row, that holds something is not counted: programs fill
    whole sheets so, and nothing unfolds it.
    """

    def __init__(self) -> None:
        """Begin before the first sheet."""
        self.cells = self._rows = self._columns = self._high = self._wide = 0
        self._in_cell = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Meet the beginning of an element."""
        if name == "table:table":
            self._rows = self._high = self._wide = 0
        elif name == "table:table-row":
            self._rows, self._columns = self._rows + _times(said, "rows"), 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._columns, self._in_cell = self._columns + _times(said, "columns"), True
        if self._in_cell and (any("value" in one for one in said) or not name.startswith("table:")):
            self._high, self._wide = self._rows, max(self._wide, self._columns)

    def end(self, name: str) -> None:
        """Meet the end of an element."""
        if name in {"table:table-cell", "table:covered-table-cell"}:
            self._in_cell = False
        elif name == "table:table":
            self.cells += self._high * self._wide


def _times(said: Mapping[str, str], what: str) -> int:
    """Return how often something is repeated; too often, where that is written as no program for tables writes it."""
    often = said.get(f"table:number-{what}-repeated", "1")
    return int(often) if often.isdecimal() and len(often) <= LONGEST else CELLS + 1


def _unfolded(path: Path, content: bytes) -> int:
    """Return the cells of an OpenDocument file, read once from end to end. Raises `Unreadable`."""
    found, parser = _Unfolded(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end

    def refuse(*_: object) -> None:
        raise Unreadable(path, 0, "It declares a type of document, as no program for tables does.", BROKEN)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - its own way of saying that this is all
    except expat.ExpatError as fault:
        raise Unreadable(path, 0, f"It cannot be read as a workbook ({fault}).", BROKEN) from None
    return found.cells


def _column(letters: bytes) -> int:
    """Return the number of a column, A being 1."""
    return reduce(lambda so_far, letter: 26 * so_far + letter - 64, letters, 0)


def _filled(table: Iterable[Iterable[object]]) -> Iterator[Row]:
    for line, row in enumerate(table, start=1):
        cells = [_written(cell) for cell in row]
        if any(cells):
            yield line, cells


def _written(cell: object) -> str:
    """Return a cell as text, a whole number without a point."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return seen(str(cell)).strip()
