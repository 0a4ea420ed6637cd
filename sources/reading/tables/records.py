"""Records of a CSV from its lines. A quotation mark that is never closed costs its line, not the rest of the file."""

import csv
from collections.abc import Iterator

from .lines import MAX_LINE, BadRow, Lines

MAX_RECORD_LINES = 20_000  # of one record
MAX_RESUMED = 50  # times the reading is taken up again after a mark that is never closed


def records(lines: Lines) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Records with the line they begin on. A quotation mark never closed costs its line, not the rest."""
    csv.field_size_limit(MAX_LINE)
    source = iter(lines)
    again: list[tuple[int, str | BadRow]] = []  # lines to be read once more, last first
    resumed = 0
    delimiter = ""
    while True:
        held: list[tuple[int, str | BadRow]] = []

        def feed(held: list[tuple[int, str | BadRow]] = held) -> Iterator[str]:
            while True:
                item = again.pop() if again else next(source, None)
                if item is None:
                    return
                held.append(item)
                if isinstance(item[1], BadRow):
                    raise item[1]
                if len(held) > MAX_RECORD_LINES:
                    raise csv.Error("unexpected end of data")
                yield item[1]

        if not delimiter:
            first = next(source, None)
            if first is None:
                return
            delimiter = _delimiter(first[1]) if isinstance(first[1], str) else ","
            again.append(first)
        reader = csv.reader(feed(), delimiter=delimiter, strict=True)
        try:
            for record in reader:
                number = held[0][0]
                held.clear()
                if record:
                    yield number, record
            return
        except BadRow as bad:
            yield held[-1][0], bad
        except csv.Error as error:
            yield held[0][0], BadRow(_csv_reason(str(error), len(held)))
            if len(held) > 1:
                resumed += 1
                if resumed > MAX_RESUMED:
                    yield (
                        held[0][0],
                        BadRow("Too many quotation marks are never closed; the rest was not read."),
                    )
                    return
                again.extend(reversed(held[1:]))


def _csv_reason(error: str, lines: int) -> str:
    if "end of data" in error or lines > 1:
        return "A quotation mark opened here is never closed."
    if "expected after" in error:
        return "Something stands between a closing quotation mark and the next cell. Quotation marks within a cell are doubled."
    if "field larger" in error:
        return f"A cell is longer than {MAX_LINE:,} characters."
    return "The line is not a row of a CSV table."


def _delimiter(line: str) -> str:
    counts = {mark: line.count(mark) for mark in (",", ";", "\t", "|")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","
