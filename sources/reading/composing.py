"""The lines of the pages put together into one text: blocks, hyphens at line ends, and words with their boxes.

Lines of a paragraph join by a space, paragraphs by a line feed. A line-end hyphen before a lower-case letter
goes, and its word keeps both its boxes. Where paragraphs begin is decided in `paragraphs`.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import paragraphs
from .packing import LONGEST_WORD, PageWords, pack, snapped, unit
from .paragraphs import HYPHENS, LABEL, Placed
from .sheets import Sheet, usual_size
from .values import Block, BlockKind, PageRead, PageState, Word

_LONGEST_DISPLAY = 300  # characters of a title or heading told by its print


@dataclass(slots=True)
class Composed:
    body: str
    blocks: tuple[Block, ...]
    pages: tuple[PageRead, ...]  # one a sheet


def compose(sheets: list[Sheet]) -> Composed:
    body_size = usual_size(sheets)
    return _Writer(sheets, body_size).write(paragraphs.find(sheets, body_size))


class _Writer:
    """Puts the paragraphs into one string and remembers where each word and each page went."""

    def __init__(self, sheets: list[Sheet], body_size: float) -> None:
        self.sheets = sheets
        self.body_size = body_size
        self.pieces: list[str] = []
        self.length = 0
        self.pages: list[PageRead] = []
        self.words: list[Word] = []  # of the page that is being written, the one behind `pages`
        self.end = 0  # of the text on the pages behind
        self.vocabulary: frozenset[str] = frozenset()

    def write(self, paragraphs: list[list[Placed]]) -> Composed:
        self.vocabulary = frozenset(
            _bare(text)
            for paragraph in paragraphs
            for line in paragraph
            for text in line.line.marks.texts
        )
        blocks: list[Block] = []
        for paragraph in paragraphs:
            if self.length:
                self._put("\n")
            start = self.length
            self._paragraph(paragraph)
            kind, level = self._kind(paragraph, is_first=not blocks)
            blocks.append(Block(kind, start, self.length, level))
        self._turn_to(len(self.sheets))
        return Composed("".join(self.pieces), tuple(blocks), tuple(self.pages))

    def _paragraph(self, paragraph: list[Placed]) -> None:
        for index, line in enumerate(paragraph):
            marks = line.line.marks
            following = (
                paragraph[index + 1].line.marks.texts[0] if index + 1 < len(paragraph) else ""
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

        The hyphen stays where the document writes the whole word with one elsewhere ("non-proliferation"), and
        before a capital, but in capitals throughout where the document knows the word without it.
        """
        if len(text) < 2 or text[-1] not in HYPHENS or not text[-2].isalpha():
            return text, False
        stem, rest = _bare(text[:-1]), _bare(following)
        if not following[0].islower():
            is_known = following.isupper() and stem + rest in self.vocabulary
            return text[:-1] if is_known else text, following[0].isalpha()
        if f"{stem}-{rest}" in self.vocabulary and stem + rest not in self.vocabulary:
            return text, True
        return text[:-1], True

    def _word(self, number: int, text: str, box: tuple[float, float, float, float]) -> None:
        self._turn_to(number)
        sheet = self.sheets[number]
        step = unit(sheet.width, sheet.height)
        x0, top, x1, bottom = sheet.shown(*box)
        x0, top, right, foot = max(x0, 0.0), max(top, 0.0), max(x1, 0.0), max(bottom, 0.0)
        place = [snapped(length, step) for length in (x0, top, right - x0, foot - top)]
        for begin in range(0, len(text), LONGEST_WORD):
            piece = text[begin : begin + LONGEST_WORD]
            self.words.append(Word(self.length, len(piece), *place))
            self._put(piece)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _turn_to(self, number: int) -> None:
        """Paragraphs go through the sheets in order: what lies behind this one is whole, and is packed.

        A sheet without text lies, empty, at the end of the one before.
        """
        while len(self.pages) < number:
            sheet, words = self.sheets[len(self.pages)], self.words
            start = words[0].start if words else self.end
            self.end = words[-1].start + words[-1].length if words else start
            width, height = round(sheet.width, 2), round(sheet.height, 2)
            packed = pack(words, start=start, width=width, height=height)
            self.pages.append(
                PageRead(
                    sheet.number,
                    start,
                    self.end,
                    width,
                    height,
                    sheet.rotation,
                    sheet.crop_box,
                    PageWords(packed, start=start, width=width, height=height),
                    tuple(sheet.furniture),
                    _state(sheet, has_words=bool(words)),
                )
            )
            self.words = []

    def _kind(self, paragraph: list[Placed], *, is_first: bool) -> tuple[BlockKind, int]:
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
        if len(first.line.marks) > 1 and LABEL.match(first.line.marks.texts[0]):
            return "list", 1
        return "paragraph", 0


def _bare(text: str) -> str:
    return text.strip(".,;:()[]“”\"'‘’").casefold()


def _state(sheet: Sheet, *, has_words: bool) -> PageState:
    if sheet.is_picture:
        return "image"
    if not has_words:
        return "empty"
    return "garbled" if sheet.is_garbled else "ok"
