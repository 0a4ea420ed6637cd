"""Tables of articles, CSV and JSON Lines, read as a stream: an article for each row, or what is wrong with its line.

One bad row never costs another. Cells are text and stay so: what looks like a formula is kept to the letter.
Which columns mean what is proposed from their names or given (`columns`); keeping the articles is left to others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, Literal, NamedTuple

from . import canonical
from .tables import days
from .tables.lines import BadRow, Lines, has_surrogate, shown
from .tables.mapping import FIELDS, check, propose
from .tables.records import records
from .values import Unreadable

__all__ = ["FIELDS", "Article", "Fault", "Form", "check", "form", "headers", "propose", "rows"]

Form = Literal["csv", "jsonl"]
KINDS = ("treaty", "news", "other")
_HEAD_LINES = 100


class Article(NamedTuple):
    """A row. `line` counts the file's lines from 1; `notes` say what of the row could not be used."""

    line: int
    text: str
    id: str = ""
    title: str = ""
    published_on: str = ""  # ISO date
    outlet: str = ""
    author: str = ""
    address: str = ""
    kind: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


class Fault(NamedTuple):
    line: int
    reason: str


def form(head: bytes, filename: str) -> Form | None:
    """Whether a file is a table of articles: JSON Lines by name or its first line, CSV by name only."""
    name = filename.casefold()
    if b"%PDF-" in head[:1024]:
        return None
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if name.endswith((".csv", ".tsv")):
        return "csv"
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not first.startswith(b"{"):
        return None
    line, ended, _ = first.partition(b"\n")
    if not ended:  # one object, or one cut off where the head ends
        return "jsonl" if name.endswith(".json") and line.rstrip().endswith(b"}") else None
    try:
        return "jsonl" if isinstance(json.loads(line), dict) else None
    except (ValueError, RecursionError):
        return None


def headers(file: IO[bytes], of: Form) -> tuple[str, ...]:
    """Names of the columns: the first line of a CSV, the keys of a JSON Lines file's first hundred lines."""
    if of == "csv":
        for _, record in records(Lines(file)):
            if isinstance(record, list):
                return _header(record)
        raise Unreadable("empty", "The table holds no row at all.")
    found: dict[str, None] = {}
    for number, line in Lines(file):
        if number > _HEAD_LINES and found:
            break
        try:
            found.update(dict.fromkeys(_paths(_object(line))))
        except BadRow:
            continue
    if not found:
        raise Unreadable("broken", "None of the lines is a JSON object, so there is nothing to take from this file.")  # fmt: skip
    return tuple(found)


def rows(file: IO[bytes], of: Form, columns: Mapping[str, str]) -> Iterator[Article | Fault]:
    """Every row as an article or a fault. `columns` says which column is which field, `text` at least."""
    lines = Lines(file)
    found = _json_rows(lines) if of == "jsonl" else _csv_rows(lines)
    for number, row in found:
        if isinstance(row, BadRow):
            yield Fault(number, str(row))
            continue
        try:
            yield _article(number, row, columns)
        except BadRow as bad:
            yield Fault(number, str(bad))


# -- JSON Lines


def _json_rows(lines: Lines) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    for number, line in lines:
        if isinstance(line, str) and not line.strip():
            continue
        try:
            yield number, _object(line)
        except BadRow as bad:
            yield number, bad


def _object(line: str | BadRow) -> dict[str, Any]:
    if isinstance(line, BadRow):
        raise line
    try:
        found = _DECODER.decode(line.strip())
    except RecursionError:
        raise BadRow("The line nests deeper than any article does.") from None
    except json.JSONDecodeError as error:
        raise BadRow(
            f"The line is not JSON: {error.msg.lower()} at character {error.pos + 1}."
        ) from None
    except ValueError as error:  # an integer of thousands of digits
        raise BadRow("The line holds a number too long to be one.") from error
    if not isinstance(found, dict):
        raise BadRow("The line is not a JSON object in braces.")
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadRow(
            f"“{shown(twice)}” stands twice in the object; which one counts cannot be told."
        )
    return found


def _constant(name: str) -> Any:
    raise BadRow(f"{name} is no JSON value.")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)


def _paths(found: Mapping[str, Any]) -> Iterator[str]:
    for key, value in found.items():
        if isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in value)
        else:
            yield key


# -- CSV


def _csv_rows(lines: Lines) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    names: tuple[str, ...] = ()
    for number, record in records(lines):
        if isinstance(record, BadRow):
            yield number, record
        elif not names:
            names = _header(record)
        elif len(record) != len(names):
            yield (
                number,
                BadRow(f"The row has {len(record)} cells, the table has {len(names)} columns."),
            )
        else:
            yield number, dict(zip(names, record, strict=True))


def _header(record: list[str]) -> tuple[str, ...]:
    names = tuple(canonical.line(cell) or f"column {n}" for n, cell in enumerate(record, start=1))
    if len(set(names)) < len(names):
        twice = next(name for n, name in enumerate(names) if name in names[:n])
        raise Unreadable(
            "columns", f"Two columns of the table are called “{shown(twice)}”. Rename one of them."
        )
    return names


# -- a row as an article


def _article(line: int, row: Mapping[str, Any], columns: Mapping[str, str]) -> Article:
    notes: list[str] = []

    def cell(
        field: str, read: Callable[[Any], str] = lambda value: canonical.line(_plain(value))
    ) -> str:
        if field not in columns:
            return ""
        try:
            return read(_at(row, columns[field]))
        except BadRow as bad:
            if field in ("text", "id"):
                raise BadRow(f"The {field} cannot be used: {bad}") from None
            notes.append(f"The {field} was left out: {bad}")
            return ""

    text = cell("text", lambda value: canonical.text(_plain(value, "\n\n")).strip())
    if not text:
        raise BadRow(f"“{shown(columns['text'])}”, the column of the text, is empty here.")
    return Article(
        line,
        text,
        id=cell("id"),
        title=cell("title"),
        published_on=cell("date", _day),
        outlet=cell("outlet"),
        author=cell("author"),
        address=cell("address"),
        kind=cell("kind", _kind),
        language=cell("language"),
        notes=tuple(notes),
    )


def _at(row: Mapping[str, Any], name: str) -> Any:
    if name in row:
        return row[name]
    outer, dot, inner = name.partition(".")
    within = row.get(outer) if dot else None
    return within.get(inner) if isinstance(within, dict) else None


def _plain(value: Any, between: str = ", ") -> str:
    if isinstance(value, str):
        if not value.isascii() and has_surrogate(value):
            raise BadRow("it holds half a character (a lone surrogate).")
        if "\0" in value:
            raise BadRow("it holds NUL characters, which no text has.")
        return value
    if value is None:
        return ""
    if isinstance(value, bool | dict):
        raise BadRow("it is no text.")
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return between.join(_plain(part) for part in value)
        raise BadRow("it is no text.")
    return str(value)


def _day(value: Any) -> str:
    try:
        return days.iso(canonical.line(_plain(value)))
    except ValueError as error:
        raise BadRow(str(error)) from None


def _kind(value: Any) -> str:
    kind = canonical.line(_plain(value)).casefold()
    if kind and kind not in KINDS:
        raise BadRow(f"“{shown(kind)}” is none of {', '.join(KINDS)}.")
    return kind
