"""A table is read as people keep it; a workbook that is locked, broken or beyond measure is refused in words."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from deliberation.interchange import sheets
from deliberation.interchange.election import Unreadable
from deliberation.interchange.lines import LARGEST
from tests.deliberation.workbooks import workbook

LOCKED = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
    '<manifest:encryption-data manifest:checksum-type="SHA1"/></manifest:file-entry></manifest:manifest>'
)
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def locked(path: Path) -> Path:
    with ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", LOCKED)
        file.writestr("content.xml", "not to be read")
    return path


def far(path: Path) -> Path:
    """Save a workbook whose one cell is the last that a sheet can have."""
    workbook(path.with_suffix(".start"), [])
    with ZipFile(path.with_suffix(".start")) as start, ZipFile(path, "w") as file:
        for name in start.namelist():
            text = start.read(name).decode()
            file.writestr(name, text.replace("<sheetData>", f"<sheetData>{FAR}"))
    return path


def opened(path: Path, table: str, before: str = "", listed: str = "<manifest/>") -> Path:
    """Save an OpenDocument workbook of one sheet."""
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", listed)
        file.writestr(
            "content.xml",
            f'{before}<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="S">'
            f"{table}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def row(*cells: str, often: int | str = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{often}">{"".join(cells)}</table:table-row>'


def cell(text: str = "", often: int | str = 1) -> str:
    told = f"<text:p>{text}</text:p>" if text else ""
    kind = ' office:value-type="string"' if text else ""
    return f'<table:table-cell table:number-columns-repeated="{often}"{kind}>{told}</table:table-cell>'


def large(path: Path) -> Path:
    path.touch()
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)
    return path


def test_cells_are_read_as_they_are_seen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "one.xlsx", [["a  b", "c"], [True, 7.0], [None, None], [False, 2.5]])

    found = sheets.read(path)

    assert (found.columns, found.rows) == (("a b", "c"), ((2, ["1", "7"]), (4, ["0", "2.5"])))


def test_a_workbook_with_another_ending_is_read_all_the_same(tmp_path: Path) -> None:
    path = workbook(tmp_path / "one.xls", [["a", "b"], [1, 2]])

    assert sheets.read(path).rows == ((2, ["1", "2"]),)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (lambda folder: locked(folder / "one.ods"), "It is locked with a password. Save it without one."),
        (lambda folder: far(folder / "one.xlsx"), "A sheet has more than 5000000 cells."),
        (
            lambda folder: opened(folder / "one.ods", row(cell("a", 1000), often=1_000_000)),
            "Its sheets have more than 5000000 cells.",
        ),
        (
            lambda folder: opened(folder / "one.ods", row(cell("", 16_000), cell("a")) + row(cell("a"), often=400)),
            "Its sheets have more than 5000000 cells.",
        ),
        (
            lambda folder: opened(folder / "one.ods", row(cell("a", "+3000"), often="+900000")),
            "Its sheets have more than 5000000 cells.",
        ),
        (
            lambda folder: opened(folder / "one.ods", row(cell("a", "0000003000"), often=900_000)),
            "Its sheets have more than 5000000 cells.",
        ),
        (
            lambda folder: opened(
                folder / "one.ods",
                row(cell("a", 3000), often=900_000),
                listed="<manifest><!-- encryption-data --></manifest>",
            ),
            "It is locked with a password.",
        ),
        (
            lambda folder: opened(folder / "one.ods", row(cell("a")), '<!DOCTYPE a [<!ENTITY b "c">]>'),
            "It declares a type of document",
        ),
        (lambda folder: opened(folder / "one.ods", "<table:table-row>"), "It cannot be read as a workbook"),
        (lambda folder: large(folder / "one.xlsx"), "This is larger than 256 MB. Cut it into parts."),
        (lambda folder: folder / "none.xlsx", "It cannot be read as a workbook"),
    ],
)
def test_a_workbook_that_cannot_be_taken_is_refused(tmp_path: Path, path: Callable[[Path], Path], said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        sheets.read(path(tmp_path))


def test_a_sheet_filled_with_nothing_to_its_end_is_read_as_what_stands_in_it(tmp_path: Path) -> None:
    """As programs save it: a repeated answer, and empty cells to the last column and the last row there can be."""
    head = row(cell("a"), cell("b"), cell("", 16_382))
    answers = row(cell("7", 2), cell("", 16_382), often=3)
    rest = row(cell("", 16_384), often=1_048_572)

    found = sheets.read(opened(tmp_path / "one.ods", head + answers + rest))

    assert found.columns == ("a", "b")
    assert [cells for _, cells in found.rows] == [["7", "7"]] * 3


def test_what_stands_in_a_remark_repeats_nothing(tmp_path: Path) -> None:
    hidden = f"<!-- {row(cell('a', 9000), often=9000)} -->"

    assert sheets.read(opened(tmp_path / "one.ods", hidden + row(cell("a")) + row(cell("7")))).columns == ("a",)
