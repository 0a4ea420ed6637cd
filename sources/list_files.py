"""A list handed in as a CSV file: its rows by column with their line numbers, and what is wrong with a line.

Which columns a list has, and what its cells mean, is said by whoever asks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from projects.spreadsheets import unguarded

LARGEST = 20_000_000  # bytes; the longest lists known have a hundredth of it
_LONGEST_CELL = 20  # lines
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ListUnreadable(ValueError):
    """Nothing can be read from the file; the message says why and what to do."""


class CellInvalid(ValueError):
    """A cell cannot be taken; the message says why, its line is known to whoever reads it."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something to say of a line of the file, counted from 1 with the header."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell without outer blanks; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class ListFile:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Told, ...]


def read(data: bytes, *, required: Iterable[str], aliases: Mapping[str, str]) -> ListFile:
    """Comma, semicolon or tab between cells; UTF-8, or UTF-16 with its mark. Empty lines are passed over.

    A line that cannot be read is a problem and leaves the others alone. Raises ListUnreadable.
    """
    if len(data) > LARGEST:
        raise ListUnreadable(
            f"The file has more than {LARGEST // 1_000_000} MB; no list is that long."
        )
    lines = _lines(data)
    header = next((line for line in lines if line.strip()), "")
    if not header:
        raise ListUnreadable("The file is empty.")
    if _is_undecoded(header):
        raise ListUnreadable(
            "The first line, with the names of the columns, is not UTF-8. Save the file as CSV in UTF-8."
        )
    found: list[Row] = []
    problems: list[Told] = []
    columns: tuple[str, ...] = ()
    for line, cells, wrong in _records(lines, _delimiter(header)):
        if not columns:
            columns = _columns(cells, required, aliases)
        elif any(cell.strip() for cell in cells) or wrong:
            wrong = wrong or _wrong(cells, columns)
            if wrong:
                problems.append(Told(line, wrong))
                continue
            told = (unguarded(" ".join(cell.split())) for cell in cells)
            named = zip(columns, told, strict=False)
            found.append(Row(line, {name: cell for name, cell in named if name}))
    return ListFile(columns, tuple(found), tuple(problems))


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """The number of each record's first line, its cells, or what is wrong with it.

    A quotation mark that is never closed spoils its own line, not those after it.
    """
    at = next((n for n, line in enumerate(lines) if line.strip()), 0)
    while at < len(lines):
        for end in range(at + 1, min(at + _LONGEST_CELL, len(lines)) + 1):
            try:
                cells = next(csv.reader(lines[at:end], delimiter=delimiter, strict=True), [])
            except csv.Error as error:
                if "unexpected end of data" in str(error):
                    continue
                try:
                    cells = next(csv.reader(lines[at:end], delimiter=delimiter), [])
                except csv.Error:
                    yield at + 1, [], f"the line cannot be read ({error})."
                    break
            yield at + 1, cells, ""
            break
        else:
            end = at + 1
            yield at + 1, [], "a quotation mark is opened in this line and never closed."
        at = end


def day(text: str, *, is_last: bool) -> date:
    """A day written YYYY-MM-DD; a month or a year alone means its last or its first day. Raises CellInvalid."""
    match = _DAY.fullmatch(text)
    if not match:
        raise CellInvalid(f"“{short(text)}” is no date; write 1951-09-08, 1951-09 or 1951")
    year, month, number = match.groups()
    try:
        if number:
            return date(int(year), int(month), int(number))
        if not is_last:
            return date(int(year), int(month or 1), 1)
        following = date(int(year), int(month or 12), 28) + timedelta(days=4)
        return following.replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError):
        raise CellInvalid(f"there is no day “{text}” in the calendar") from None


def whole(text: str, *, what: str) -> int:
    """A whole number above zero of at most nine digits, also as spreadsheets write it (3150.0). Raises CellInvalid."""
    digits = re.fullmatch(r"0*([1-9][0-9]{0,8})(?:\.0+)?", text)
    if not digits:
        raise CellInvalid(f"“{short(text)}” is no {what}: a whole number above zero")
    return int(digits.group(1))


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _lines(data: bytes) -> list[str]:
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    data = data[len(mark) :]
    if encoding != "utf-8":
        try:
            return data.decode(encoding).splitlines(keepends=True)
        except UnicodeDecodeError:
            raise ListUnreadable(
                "The file says it is UTF-16, but it is not. Save it as CSV in UTF-8."
            ) from None
    if b"\x00" in data[:4096]:
        raise ListUnreadable("The file is no text. Save the table as CSV in UTF-8.")
    # What is not UTF-8 is carried along as lone surrogates and refused with its line.
    text = data.decode("utf-8", errors="surrogateescape")
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


def _is_undecoded(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _columns(
    cells: Iterable[str], required: Iterable[str], aliases: Mapping[str, str]
) -> tuple[str, ...]:
    names = [re.sub(r"[\W_]+", "_", cell.strip().casefold()).strip("_") for cell in cells]
    columns = [aliases.get(name, name) for name in names]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise ListUnreadable(f"The column “{twice[0]}” stands in the file twice.")
    missing = [name for name in required if name not in columns]
    if missing:
        word = "columns are" if len(missing) > 1 else "column is"
        raise ListUnreadable(
            f"The {word} missing: {', '.join(missing)}. The file has: "
            f"{', '.join(filter(None, map(short, names[:20]))) or 'none'}."
        )
    return tuple(columns)


def _wrong(cells: list[str], columns: tuple[str, ...]) -> str:
    if any(map(_is_undecoded, cells)):
        return "the letters are not UTF-8. Save the file as CSV in UTF-8."
    if any(map(_UNPRINTABLE.search, cells)):
        return "a cell holds a character that cannot be shown."
    if any(cell.strip() for cell in cells[len(columns) :]):
        return f"there are {len(cells)} cells for {len(columns)} columns."
    return ""


def numbered(told: Iterable[Told]) -> Iterator[Told]:
    """In the order of the file, each thing once."""
    yield from sorted(dict.fromkeys(told), key=lambda one: (one.line, one.message))
