"""Files people take away: written so that a spreadsheet cannot be made to run what a stranger typed."""

import csv
import io
from collections.abc import Iterable, Sequence

_DANGEROUS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


def safe(cell: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in _DANGEROUS and text else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV with its header, every cell quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()
