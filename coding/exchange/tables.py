"""The rows of a spreadsheet file: CSV in any usual encoding and separator, or the first sheet of an Excel workbook.

Cells of CSV are text and stay so; of Excel they are what they are, days as ISO dates. What columns mean is `spreadsheets`.
"""

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from coding.exchange.codings import Unreadable
from coding.exchange.spreadsheets import CellFault, Row
from sources.reading import Unreadable as Unfit
from sources.reading.tables.lines import BadRow, Lines
from sources.reading.tables.records import records

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_UNPACKED = 300_000_000
SAMPLE = 3
# What openpyxl and what it stands on raise on files that are none; a broken part of XML is a SyntaxError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError, NotImplementedError)  # fmt: skip
_WIDTH = "The row has {} cells, the table has {} columns."


@dataclass(frozen=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[CellFault, ...] = ()

    def sample(self, header: str) -> list[str]:
        """The first cells of a column that hold something."""
        cells = (str(row.cells.get(header) or "").strip() for row in self.rows[:50])
        return list(dict.fromkeys(cell for cell in cells if cell))[:SAMPLE]


def read(content: bytes, filename: str) -> Table:
    """Raises Unreadable."""
    if content.startswith(b"PK"):
        return _table(_workbook(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "This is an old Excel file (.xls) or one with a password. Save it as .xlsx or CSV."
        )
    try:
        return _table(_csv(content))
    except Unfit as refusal:
        raise Unreadable(refusal.reason) from None


def _csv(content: bytes) -> Iterator[tuple[int, list[Any] | str]]:
    """Rows counted as a spreadsheet shows them: a cell of several lines makes one row of them."""
    further = 0
    width = 0
    for line, record in records(Lines(io.BytesIO(content))):
        n = line - further
        if isinstance(record, BadRow):
            yield n, str(record)
            continue
        further += sum(cell.count("\n") for cell in record)
        width = width or len(record)
        if len(record) < width and any(cell.strip() for cell in record):
            yield n, _WIDTH.format(len(record), width)
        else:
            yield n, list(record)


def _workbook(content: bytes) -> Iterator[tuple[int, list[Any] | str]]:
    import openpyxl  # noqa: PLC0415 - slow to load, and few bring a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise Unreadable(
                "The workbook is larger than 300 MB when unpacked. Save the sheet as CSV."
            )
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        with contextlib.closing(book):
            if not book.worksheets:
                raise Unreadable("The workbook has no sheet of cells.")
            sheet = book.worksheets[0]
            # What a file says of its own size is not believed: rows are as wide as they are.
            sheet.reset_dimensions()
            for n, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield n, [_cell(cell) for cell in cells]
    except Unreadable:
        raise
    except _DAMAGED as error:
        raise Unreadable("The Excel file is damaged or is none. Save the sheet as CSV.") from error


def _cell(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else cell


def _table(found: Iterable[tuple[int, list[Any] | str]]) -> Table:
    headers: tuple[str, ...] = ()
    rows: list[Row] = []
    faults: list[CellFault] = []
    for n, cells in found:
        if isinstance(cells, str):
            faults.append(CellFault(n, "", cells))
        elif all(cell in (None, "") for cell in cells):
            continue
        elif not headers:
            headers = _headers(cells)
        else:
            if len(rows) == MOST_ROWS:
                raise Unreadable(f"The table has more than {MOST_ROWS:,} rows. Split it.")
            over = [cell for cell in cells[len(headers) :] if cell not in (None, "")]
            if over:
                faults.append(CellFault(n, "", _WIDTH.format(len(cells), len(headers))))
            else:
                rows.append(Row(n, dict(zip(headers, cells, strict=False))))
    if not headers:
        raise Unreadable("The table holds no row at all.")
    return Table(headers, tuple(rows), tuple(faults))


def _headers(cells: list[Any]) -> tuple[str, ...]:
    while cells and cells[-1] in (None, ""):
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise Unreadable(f"The table has more than {MOST_COLUMNS} columns.")
    names = [" ".join(str(cell or "").split()) or f"column {n}" for n, cell in enumerate(cells, 1)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Unreadable(f"Two columns of the table are called “{twice}”. Rename one of them.")
    return tuple(names)
