"""Workbooks and tables of a panel as tests save them, in the shape research databases export: nobody is in them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

KINDS = "http://schemas.openxmlformats.org/"
BOOK = f"{KINDS}officeDocument/2006/relationships"
MAIN = f'xmlns="{KINDS}spreadsheetml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{KINDS}package/2006/content-types"><Default Extension="rels" ContentType='
    f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
    f'"{TYPE}.sheet.main+xml"/><Override PartName="/xl/s.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{KINDS}package/2006/relationships"><Relationship Id="r" '
    f'Type="{BOOK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{BOOK}">'
    '<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{KINDS}package/2006/relationships"><Relationship Id="a" '
    f'Type="{BOOK}/worksheet" Target="s.xml"/></Relationships>',
}
Cell = int | float | str | bool | None


def workbook(path: Path, table: Iterable[Sequence[Cell]]) -> Path:
    rows = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in table)
    with ZipFile(path, "w") as file:
        for name, text in PARTS.items():
            file.writestr(name, text)
        file.writestr("xl/s.xml", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
    return path


def repacked(path: Path, *changes: tuple[bytes, bytes]) -> Path:
    """Write a workbook again, packed, with some of its bytes in place of others."""
    with ZipFile(path) as file:
        parts = {one: file.read(one) for one in file.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, data in parts.items():
            for before, after in changes:
                data = data.replace(before, after)  # noqa: PLW2901 - one change after the other
            file.writestr(name, data)
    return path


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def panel(path: Path, prefix: str, rated: Mapping[int, Sequence[int | None]]) -> Path:
    """Save a round: for each statement the ratings of the people, in their order, among columns that are none."""
    people = len(next(iter(rated.values())))
    head: list[Cell] = ["record_id", f"{prefix}_0_email", f"{prefix}_a_s10_type2", f"{prefix}_z_s2_type3___1"]
    for one in rated:
        head += [f"{prefix}_a_s{one}_type1", f"{prefix}_a_s{one}_type1_no_op", f"{prefix}_a_s{one}_comment"]
    table: list[list[Cell]] = [head]
    for at in range(people):
        row: list[Cell] = [at + 1, f"p{at}@example.org", at % 4 + 1, at % 2]
        for given in rated.values():
            row += [given[at], None if given[at] else 1, "très utile" if at % 3 else None]
        table.append(row)
    return workbook(path, table)
