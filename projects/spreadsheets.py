"""Tables that people open in a spreadsheet: a text that it would run as a formula gets an apostrophe before it.

Numbers stay numbers. What a release promises beyond that (quoting, codes, the way back) is said in datasets/cells.py.
"""

import csv
import io
import re
from collections.abc import Container, Iterable, Sequence

# A spreadsheet takes these first characters (and their full-width forms) for the start of a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def guarded(text: str) -> str:
    """Text as it stands in a cell: one apostrophe before anything a spreadsheet would run.

    Text that already has apostrophes before such a sign gets one more, so taking one apostrophe away
    from every cell that begins with apostrophes and a sign gives the original back.
    """
    return "'" + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made this cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def written(
    columns: Sequence[str],
    rows: Iterable[Iterable[object]],
    *,
    end: str = "\r\n",
    as_is: Container[str] = (),
) -> str:
    """A CSV table with its head. A text that is nothing but a number stays one; `as_is` are words of our own."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(columns)
    writer.writerows([value if value in as_is else _cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return guarded(value)
    return value
