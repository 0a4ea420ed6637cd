"""Tables that people open in a spreadsheet: a text that it would run as a formula gets an apostrophe before it.

Numbers stay numbers. What a release promises beyond that (quoting, codes, the way back) is said in datasets/cells.py.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A spreadsheet takes these first characters (and their full-width forms) for the start of a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# Numbers, and names of our own as "@event": without a bracket nothing of it can run.
_HARMLESS = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|@[a-z_]+")


def guarded(text: str) -> str:
    """Text as it stands in a cell: one apostrophe before anything a spreadsheet would run.

    Text that already has apostrophes before such a sign gets one more, so taking one apostrophe away
    from every cell that begins with apostrophes and a sign gives the original back.
    """
    return "'" + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made this cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def written(columns: Sequence[str], rows: Iterable[Iterable[object]], *, end: str = "\r\n") -> str:
    """A CSV table with its head. A text that is nothing but a number stays one, and so does a name such as "@event"."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and not _HARMLESS.fullmatch(value):
        return guarded(value)
    return value
