"""Where paragraphs of a PDF begin: gaps, indents, short lines, labels, a change of print, the next column or page.

Putting them into one text is `composing`'s work.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from . import headings
from .sheets import Line, Sheet

HYPHENS = "-\u2010"
LABEL = re.compile(
    r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\(?\d{1,3}(?:\.\d{1,3})+|[•▪➢✓●○■◦‣–—*o-])$"
)
_ENDS = (".", ":", ";", "?", "!", ".”", '."', ".)", ",”", "。")
_LINKS = ("and", "or", "y", "o", "et", "ou", "и", "или")


@dataclass(slots=True)
class Column:
    """Consecutive lines that go down the page: one column, or the whole page."""

    left: float
    right: float


@dataclass(slots=True)
class Placed:
    line: Line
    sheet: int
    column: Column
    size: float
    bold: bool
    rank: int
    text: str


def find(sheets: list[Sheet], body_size: float) -> list[list[Placed]]:
    """The lines of all pages as paragraphs, each a list of lines; `body_size` is the size of the common print."""
    placed = [line for index, sheet in enumerate(sheets) for line in _placed(sheet, index)]
    pitch = _pitch(placed)
    found: list[list[Placed]] = []
    for index, line in enumerate(placed):
        following = placed[index + 1] if index + 1 < len(placed) else None
        if index and not _begins(line, placed[index - 1], following, pitch, body_size):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _placed(sheet: Sheet, index: int) -> Iterator[Placed]:
    for column in _columns(sheet.lines):
        starts = sorted(line.x0 for line in column)
        ends = sorted(line.x1 for line in column)
        edges = Column(_left(starts), ends[int(0.9 * (len(ends) - 1))])
        for line in column:
            text = line.text
            yield Placed(line, index, edges, line.size, line.bold, headings.rank(text), text)


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    column: list[Line] = []
    for line in lines:
        if (
            column
            and (
                line.bottom < column[-1].top  # back up the page
                or line.x0 > max(other.x1 for other in column[-3:])
                or line.x1 < min(other.x0 for other in column[-3:])
            )
        ):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _left(starts: list[float]) -> float:
    """The leftmost edge that several lines share."""
    counts = Counter(round(x / 3) for x in starts)
    shared = [place for place, count in counts.items() if count >= max(2, 0.15 * len(starts))]
    return min(shared) * 3.0 if shared else starts[0]


def _pitch(placed: list[Placed]) -> float:
    """The usual distance of two lines of one paragraph, in sizes of the print."""
    ratios: Counter[float] = Counter()
    for earlier, later in zip(placed, placed[1:], strict=False):
        if earlier.sheet == later.sheet and earlier.size and abs(earlier.size - later.size) < 0.5:
            ratio = (later.line.top - earlier.line.top) / earlier.size
            if 0.7 < ratio < 4:
                ratios[round(ratio * 10) / 10] += 1
    total = sum(ratios.values())
    # The smallest distance that is common: the distance of paragraphs may be commoner where they are short.
    for ratio in sorted(ratios):
        near = ratios[ratio] + ratios[round(ratio + 0.1, 1)]
        if near >= 0.15 * total:
            return ratio + 0.1
    return 1.3


def _begins(
    line: Placed, last: Placed, following: Placed | None, pitch: float, body_size: float
) -> bool:
    """Whether this line begins a new paragraph."""
    if line.rank or last.rank:
        return not _heading_goes_on(line, last)
    if _is_display(line, body_size) and _is_display(last, body_size):
        return not _display_goes_on(line, last, pitch)
    if abs(line.size - last.size) > 0.12 * max(last.size, 1) and not _is_small_part(line, last):
        return True
    if line.bold != last.bold and (line.bold and len(line.line.marks) > 1 or last.bold):
        return not last.text.endswith(tuple(HYPHENS)) and _is_apart(line, last)
    ended = last.text.endswith(_ENDS) or last.line.marks.texts[-1].casefold() in _LINKS
    width = max(last.column.right - last.column.left, 1.0)
    short = last.line.x1 < last.column.right - 0.12 * width
    em = max(line.size, 1.0)
    if line.sheet != last.sheet or line.column is not last.column:
        if LABEL.match(line.line.marks.texts[0]) and ended:
            return True
        if ended and short:
            return True
        indented = line.line.x0 > line.column.left + 0.8 * em
        return ended and indented and not _starts_lower(line)
    gap = (line.line.top - last.line.top) / em
    if gap > pitch * 1.25 + 0.1:
        return True
    if LABEL.match(line.line.marks.texts[0]) and (ended or last.text.endswith(",")):
        return True
    if (
        short
        and (ended or not _starts_lower(line))
        and (ended or last.line.x1 < last.column.left + 0.6 * width)
    ):
        return True
    return ended and _is_indented(line, last, following, em)


def _heading_goes_on(line: Placed, last: Placed) -> bool:
    """A long heading broken over lines of the same print: not two headings one above the other."""
    return bool(
        last.rank
        and not line.rank
        and last.sheet == line.sheet
        and abs(line.size - last.size) < 0.5
        and line.bold == last.bold
        and last.line.x1 > last.column.left + 0.85 * (last.column.right - last.column.left)
        and _starts_lower(line)
    )


def _is_display(line: Placed, body_size: float) -> bool:
    """Print that stands out: bold, large, or all capitals."""
    return line.bold or line.size > 1.15 * body_size or line.text.isupper()


def _display_goes_on(line: Placed, last: Placed, pitch: float) -> bool:
    """A title broken over several lines: same print, no gap, aligned at an edge or about the same middle."""
    em = max(line.size, 1.0)
    one, two = line.line, last.line
    return (
        line.sheet == last.sheet
        and abs(line.size - last.size) < 0.5
        and line.bold == last.bold
        and line.text.isupper() == last.text.isupper()
        and 0 < (one.top - two.top) / em <= pitch * 1.25 + 0.1
        and not last.text.endswith((".", ":", ";", "?", "!"))
        and not LABEL.match(one.marks.texts[0])
        and min(abs(one.x0 - two.x0), abs(one.x0 + one.x1 - two.x0 - two.x1) / 2) < em
    )


def _is_small_part(line: Placed, last: Placed) -> bool:
    """A stray note mark or a line of small print inside a sentence."""
    return len(line.line.marks) <= 2 and not last.text.endswith(_ENDS) and _starts_lower(line)


def _is_apart(line: Placed, last: Placed) -> bool:
    return len(line.line.marks) > 3 or last.line.x1 < last.column.right - line.size * 3


def _is_indented(line: Placed, last: Placed, following: Placed | None, em: float) -> bool:
    """A first-line indent: this line starts further in than the ones around it."""
    if line.line.x0 < last.line.x0 + 0.8 * em:
        return False
    if LABEL.match(last.line.marks.texts[0]):
        return False  # the text of a list item hangs under its label
    return (
        following is None
        or following.column is not line.column
        or following.line.x0 < line.line.x0 - 0.8 * em
    )


def _starts_lower(line: Placed) -> bool:
    first = line.text.lstrip("(“\"'‘[")[:1]
    return first.islower()
