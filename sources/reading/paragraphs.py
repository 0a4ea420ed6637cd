"""From the lines of the pages to one text: paragraphs, hyphens at line ends, blocks, and words with their boxes.

Lines of a paragraph join by a space, paragraphs by a line feed. A line-end hyphen before a lower-case letter
goes, and its word keeps both its boxes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import headings
from .lines import Line, Sheet, usual_size
from .packing import LONGEST_WORD, snapped, unit
from .values import Block, BlockKind, PageRead, PageState, Word

_HYPHENS = "-\u2010"
_LABEL = re.compile(
    r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\(?\d{1,3}(?:\.\d{1,3})+|[•▪➢✓●○■◦‣–—*o-])$"
)
_ENDS = (".", ":", ";", "?", "!", ".”", '."', ".)", ",”", "。")
_LONGEST_DISPLAY = 300  # characters of a title or heading told by its print
_LINKS = ("and", "or", "y", "o", "et", "ou", "и", "или")


@dataclass(slots=True)
class _Column:
    """Consecutive lines that go down the page: one column, or the whole page."""

    left: float
    right: float


@dataclass(slots=True)
class _Placed:
    line: Line
    sheet: int
    column: _Column
    size: float
    bold: bool
    rank: int
    text: str


@dataclass(slots=True)
class Composed:
    body: str
    blocks: tuple[Block, ...]
    words: list[list[Word]] = field(default_factory=list)  # one list a sheet
    spans: list[tuple[int, int]] = field(default_factory=list)  # start and end, one a sheet


def compose(sheets: list[Sheet]) -> Composed:
    placed = [line for index, sheet in enumerate(sheets) for line in _placed(sheet, index)]
    body_size = usual_size(sheets)
    pitch = _pitch(placed)
    paragraphs: list[list[_Placed]] = []
    for index, line in enumerate(placed):
        following = placed[index + 1] if index + 1 < len(placed) else None
        if index and not _begins(line, placed[index - 1], following, pitch, body_size):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return _Writer(sheets, body_size).write(paragraphs)


def _placed(sheet: Sheet, index: int) -> Iterator[_Placed]:
    for column in _columns(sheet.lines):
        starts = sorted(line.x0 for line in column)
        ends = sorted(line.x1 for line in column)
        edges = _Column(_left(starts), ends[int(0.9 * (len(ends) - 1))])
        for line in column:
            text = line.text
            yield _Placed(line, index, edges, line.size, line.bold, headings.rank(text), text)


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


def _pitch(placed: list[_Placed]) -> float:
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
    line: _Placed, last: _Placed, following: _Placed | None, pitch: float, body_size: float
) -> bool:
    """Whether this line begins a new paragraph."""
    if line.rank or last.rank:
        return not _heading_goes_on(line, last)
    if _is_display(line, body_size) and _is_display(last, body_size):
        return not _display_goes_on(line, last, pitch)
    if abs(line.size - last.size) > 0.12 * max(last.size, 1) and not _is_small_part(line, last):
        return True
    if line.bold != last.bold and (line.bold and len(line.line.marks) > 1 or last.bold):
        return not last.text.endswith(tuple(_HYPHENS)) and _is_apart(line, last)
    ended = last.text.endswith(_ENDS) or last.line.marks[-1].text.casefold() in _LINKS
    width = max(last.column.right - last.column.left, 1.0)
    short = last.line.x1 < last.column.right - 0.12 * width
    em = max(line.size, 1.0)
    if line.sheet != last.sheet or line.column is not last.column:
        if _LABEL.match(line.line.marks[0].text) and ended:
            return True
        if ended and short:
            return True
        indented = line.line.x0 > line.column.left + 0.8 * em
        return ended and indented and not _starts_lower(line)
    gap = (line.line.top - last.line.top) / em
    if gap > pitch * 1.25 + 0.1:
        return True
    if _LABEL.match(line.line.marks[0].text) and (ended or last.text.endswith(",")):
        return True
    if (
        short
        and (ended or not _starts_lower(line))
        and (ended or last.line.x1 < last.column.left + 0.6 * width)
    ):
        return True
    return ended and _is_indented(line, last, following, em)


def _heading_goes_on(line: _Placed, last: _Placed) -> bool:
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


def _is_display(line: _Placed, body_size: float) -> bool:
    """Print that stands out: bold, large, or all capitals."""
    return line.bold or line.size > 1.15 * body_size or line.text.isupper()


def _display_goes_on(line: _Placed, last: _Placed, pitch: float) -> bool:
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
        and not _LABEL.match(one.marks[0].text)
        and min(abs(one.x0 - two.x0), abs(one.x0 + one.x1 - two.x0 - two.x1) / 2) < em
    )


def _is_small_part(line: _Placed, last: _Placed) -> bool:
    """A stray note mark or a line of small print inside a sentence."""
    return len(line.line.marks) <= 2 and not last.text.endswith(_ENDS) and _starts_lower(line)


def _is_apart(line: _Placed, last: _Placed) -> bool:
    return len(line.line.marks) > 3 or last.line.x1 < last.column.right - line.size * 3


def _is_indented(line: _Placed, last: _Placed, following: _Placed | None, em: float) -> bool:
    """A first-line indent: this line starts further in than the ones around it."""
    if line.line.x0 < last.line.x0 + 0.8 * em:
        return False
    if _LABEL.match(last.line.marks[0].text):
        return False  # the text of a list item hangs under its label
    return (
        following is None
        or following.column is not line.column
        or following.line.x0 < line.line.x0 - 0.8 * em
    )


def _starts_lower(line: _Placed) -> bool:
    first = line.text.lstrip("(“\"'‘[")[:1]
    return first.islower()


class _Writer:
    """Puts the paragraphs into one string and remembers where each word and each page went."""

    def __init__(self, sheets: list[Sheet], body_size: float) -> None:
        self.sheets = sheets
        self.body_size = body_size
        self.pieces: list[str] = []
        self.length = 0
        self.words: list[list[Word]] = [[] for _ in sheets]
        self.steps = [unit(sheet.width, sheet.height) for sheet in sheets]
        self.vocabulary: frozenset[str] = frozenset()

    def write(self, paragraphs: list[list[_Placed]]) -> Composed:
        self.vocabulary = frozenset(
            _bare(mark.text)
            for paragraph in paragraphs
            for line in paragraph
            for mark in line.line.marks
        )
        blocks: list[Block] = []
        for paragraph in paragraphs:
            if self.length:
                self._put("\n")
            start = self.length
            self._paragraph(paragraph)
            kind, level = self._kind(paragraph, is_first=not blocks)
            blocks.append(Block(kind, start, self.length, level))
        return Composed("".join(self.pieces), tuple(blocks), self.words, self._spans())

    def _paragraph(self, paragraph: list[_Placed]) -> None:
        for index, line in enumerate(paragraph):
            marks = line.line.marks
            following = (
                paragraph[index + 1].line.marks[0].text if index + 1 < len(paragraph) else ""
            )
            for position, mark in enumerate(marks):
                is_last = position + 1 == len(marks)
                text = mark.text
                joined = False
                if is_last and following:
                    text, joined = self._at_line_end(text, following)
                self._word(line.sheet, text, (mark.x0, mark.top, mark.x1, mark.bottom))
                if not joined and not (is_last and not following):
                    self._put(" ")

    def _at_line_end(self, text: str, following: str) -> tuple[str, bool]:
        """The word without its line-end hyphen, and whether the next line's first word continues it.

        The hyphen stays where the document writes the whole word with one elsewhere ("non-proliferation").
        """
        if len(text) < 2 or text[-1] not in _HYPHENS or not text[-2].isalpha():
            return text, False
        if not following[0].islower():
            return text, following[0].isalpha()
        stem, rest = _bare(text[:-1]), _bare(following)
        if f"{stem}-{rest}" in self.vocabulary and stem + rest not in self.vocabulary:
            return text, True
        return text[:-1], True

    def _word(self, sheet: int, text: str, box: tuple[float, float, float, float]) -> None:
        x0, top, x1, bottom = self.sheets[sheet].shown(*box)
        step = self.steps[sheet]
        x0, top, right, foot = max(x0, 0.0), max(top, 0.0), max(x1, 0.0), max(bottom, 0.0)
        place = [snapped(length, step) for length in (x0, top, right - x0, foot - top)]
        for begin in range(0, len(text), LONGEST_WORD):
            piece = text[begin : begin + LONGEST_WORD]
            self.words[sheet].append(Word(self.length, len(piece), *place))
            self._put(piece)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _spans(self) -> list[tuple[int, int]]:
        """Where each sheet's text lies; a sheet without text lies, empty, at the end of the one before."""
        spans: list[tuple[int, int]] = []
        end = 0
        for words in self.words:
            start = words[0].start if words else end
            end = words[-1].start + words[-1].length if words else end
            spans.append((start, end))
        return spans

    def _kind(self, paragraph: list[_Placed], *, is_first: bool) -> tuple[BlockKind, int]:
        first = paragraph[0]
        if first.rank and len(paragraph) <= 3:
            return "heading", first.rank
        length = sum(len(line.text) for line in paragraph)
        large = first.size > 1.15 * self.body_size
        if (
            first.sheet == 0
            and is_first
            and length < 300
            and (large or all(p.bold for p in paragraph))
        ):
            return "title", 1
        ends_sentence = paragraph[-1].text.endswith((".", ";", ",", ":"))
        if length < _LONGEST_DISPLAY and not ends_sentence:
            if large:
                return "heading", 2
            if all(line.bold for line in paragraph) or all(
                line.text.isupper() and len(line.text) > 3 for line in paragraph
            ):
                return "heading", 3
        if len(first.line.marks) > 1 and _LABEL.match(first.line.marks[0].text):
            return "list", 1
        return "paragraph", 0


def _bare(text: str) -> str:
    return text.strip(".,;:()[]“”\"'‘’").casefold()


def pages(sheets: list[Sheet], composed: Composed) -> tuple[PageRead, ...]:
    """The sheets as values, with what each adds to the body."""
    return tuple(
        PageRead(
            sheet.number,
            start,
            end,
            round(sheet.width, 2),
            round(sheet.height, 2),
            sheet.rotation,
            sheet.crop_box,
            tuple(words),
            tuple(sheet.furniture),
            _state(sheet, has_words=bool(words)),
        )  # fmt: skip
        for sheet, words, (start, end) in zip(sheets, composed.words, composed.spans, strict=True)
    )


def _state(sheet: Sheet, *, has_words: bool) -> PageState:
    if sheet.is_picture:
        return "image"
    if not has_words:
        return "empty"
    return "garbled" if sheet.is_garbled else "ok"
