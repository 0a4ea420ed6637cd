"""One value into one CSV cell, the same bytes everywhere: RFC 4180 quoting, UTF-8, LF, ISO dates.

Which columns a file has is said in `columns` and `tables`; nothing here knows a codebook.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, cast

from projects.spreadsheets import guarded

#: Codes that stand for a value that is not there. -7 (sources conflict) occurs in raw codings only.
MISSING = {"-9": "unknown", "-8": "not applicable", "-7": "sources conflict"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is known to be missing, by its code: written in files that keep codes, empty elsewhere."""

    code: str


#: What a column may read from a row. None is blank: nobody coded it.
Cell: TypeAlias = str | int | float | date | Missing | None

LIST_SEPARATOR = ";"

# With one of these first a text may be the start of a formula; with one of those anywhere it is quoted.
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")
_QUOTED = ('"', ",", "\n", "\r")


def line(cells: Iterable[Cell], *, keep_codes: bool) -> str:
    """One CSV line with its LF. Raises ValueError when a number is not finite."""
    return joined_cells(cells, keep_codes=keep_codes) + "\n"


def joined_cells(cells: Iterable[Cell], *, keep_codes: bool) -> str:
    """Cells with commas between them: a whole line, or a run of neighbours in one."""
    return ",".join(["" if cell is None else encode(cell, keep_codes=keep_codes) for cell in cells])


def encoded(cells: Sequence[Cell], *, keep_codes: bool) -> Sequence[str]:
    """The cells of one column, each as `encode` has it, an empty one empty; several times as fast as one by one.

    Cells of one column are mostly of one kind, and mostly need no care: both are found out once for all of them.
    """
    kinds = set(map(type, cells))
    empty = type(None) in kinds
    kinds.discard(type(None))
    if kinds == {int}:
        return [str(c) if c is not None else "" for c in cells] if empty else list(map(str, cells))
    if not kinds:
        return [""] * len(cells)
    if kinds == {str}:
        given = cast(Sequence[str | None], cells)
        texts = [text or "" for text in given] if empty else cast(Sequence[str], cells)
        # Looked for in all texts at once: most columns need no care.
        whole = "\0".join(texts)
        is_plain = _FIRST.isdisjoint([text[:1] for text in texts])
        if is_plain and not any(mark in whole for mark in _QUOTED):
            return texts
        return list(map(_text, texts))
    if kinds == {date}:
        days = cast(Sequence[date | None], cells)
        return ["" if day is None else day.isoformat() for day in days]
    if kinds == {int, Missing}:
        numbers = cast(Sequence[int | Missing | None], cells)
        return [
            "" if n is None else str(n) if isinstance(n, int) else n.code if keep_codes else ""
            for n in numbers
        ]
    return ["" if cell is None else encode(cell, keep_codes=keep_codes) for cell in cells]


def encoded_columns(columns: Iterable[Sequence[Cell]], *, keep_codes: bool) -> list[Sequence[str]]:
    """Some rows, column by column, ready to be joined by commas; neighbours that are empty in all rows stand as one."""
    made: list[Sequence[str]] = []
    rows = empty = 0
    for cells in columns:
        rows = len(cells)
        if cells.count(None) == rows:
            empty += 1
            continue
        if empty:
            made.append(["," * (empty - 1)] * rows)
            empty = 0
        made.append(encoded(cells, keep_codes=keep_codes))
    if empty:
        made.append(["," * (empty - 1)] * rows)
    return made


def encode(cell: Cell, *, keep_codes: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, int):
        return str(int(cell))  # int() because True is an int that prints as a word
    if isinstance(cell, float):
        return number(cell)
    if isinstance(cell, Missing):
        return cell.code if keep_codes else ""
    return cell.isoformat()


def number(value: int | float) -> str:
    """The shortest text that reads back as the same number; whole numbers without a point."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a number that can be published")
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)
    return str(int(value))


def _text(text: str) -> str:
    if text[:1] in _FIRST:
        text = guarded(text)
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def joined(values: Sequence[str | int]) -> str:
    return LIST_SEPARATOR.join(str(value) for value in values)


def tabled(table: Mapping[str, int | float | str]) -> str:
    """A table by state as `ccode=value;...`, by number of the state."""
    states = sorted(table, key=lambda ccode: (len(ccode), ccode))
    return LIST_SEPARATOR.join(f"{ccode}={_plain(table[ccode])}" for ccode in states)


def any_value(value: object) -> Cell:
    """Any canonical value as one cell, for files that hold values of every kind in one column.

    Money reads `150 millions USD`; missing values are their codes.
    """
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return Missing(value) if value in MISSING else value
    if isinstance(value, Mapping):
        if "amount" in value:
            return f"{_plain(value['amount'])} {value['scale']} {value['currency']}"
        return tabled(value)
    if isinstance(value, Sequence):
        return joined(value)
    raise ValueError(f"a {type(value).__name__} is not a coded value")


def _plain(value: object) -> str:
    return number(value) if isinstance(value, int | float) else str(value)
