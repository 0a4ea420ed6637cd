"""What is printed on a page but is no part of its text: running heads and feet, page numbers, line numbers.

They are put aside on the sheet, never thrown away. A line that reads as a heading ("Article 12") always stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from . import headings
from .sheets import Line, Mark, Sheet
from .values import FurnitureKind

MARGIN = 0.12  # of the page's height, where heads and feet are looked for
EDGE = 0.05  # the same from the edge of the text
NUMBER_MARGIN = 0.2  # the same for page numbers, which must count up
LINES_LOOKED_AT = 4
NEARNESS = 12.0  # points by which a running head may move from page to page
_PAGE_NUMBER = re.compile(
    r"^[-–—\[(\s]*(?:(?:page|página|p\.|seite|стр\.)\s*)?"
    r"(?:\d{1,4}|[ivxl]{1,7}|[IVXL]{1,7})(?:\s*(?:/|of|de|sur|von)\s*\d{1,4})?[-–—\])\s]*$",
    re.IGNORECASE,
)
_LINE_NUMBER = re.compile(r"[0-9]{1,3}$")
_DIGITS = re.compile(r"\d+")
_ROMAN_OR_NUMBER = re.compile(r"\d+|[ivxl]+", re.IGNORECASE)


def put_aside(sheets: list[Sheet]) -> None:
    """Move the furniture of every sheet from its lines to its furniture."""
    _line_numbers(sheets)
    _running(sheets)
    _page_numbers(sheets)


def _running(sheets: list[Sheet]) -> None:
    """Lines in the margins that recur at about the same height on other pages: alike but for digits and order
    on three pages or more, word for word where there are only two or three."""
    if len(sheets) < 2:
        return
    shape, least = (_shape, max(3, len(sheets) // 20)) if len(sheets) > 3 else (_words, 2)
    zone = _Zone.of(sheets, MARGIN)
    places: defaultdict[tuple[FurnitureKind, str], list[tuple[int, float]]] = defaultdict(list)
    originals: dict[tuple[str, ...], int] = {}
    for index, sheet in enumerate(sheets):
        original = originals.setdefault(_middle(sheet, index), index)
        for where, line in zone.lines(sheet):
            places[where, shape(line)].append((original, line.top))
    recurring = {
        key
        for key, found in places.items()
        if len({index for index, _ in found}) >= least and _are_near(found) and key[1].strip("# ")
    }
    aside = [
        {
            id(line): where
            for where, line in zone.lines(sheet)
            if (where, shape(line)) in recurring and not headings.rank(line.text)
        }
        for sheet in sheets
    ]
    if sum(map(len, aside)) == sum(len(sheet.lines) for sheet in sheets):
        return  # the same few words on every page are the text
    for sheet, found in zip(sheets, aside, strict=True):
        _move(sheet, found)


def _middle(sheet: Sheet, index: int) -> tuple[str, ...]:
    """The lines in the middle of a page: what a page printed twice, head and all, has in common with itself."""
    half = len(sheet.lines) // 2
    middle = tuple(_words(line) for line in sheet.lines[max(half - 2, 0) : half + 3])
    return middle if len(sheet.lines) > 2 * LINES_LOOKED_AT else (*middle, str(index))


def _are_near(found: list[tuple[int, float]]) -> bool:
    """Whether most of them stand within a line of a height they share (left and right pages may differ)."""
    heights = Counter(round(top / NEARNESS) for _, top in found)
    return sum(count for _, count in heights.most_common(2)) >= 0.6 * len(found)


def _page_numbers(sheets: list[Sheet]) -> None:
    """Numbers alone in the margin. One sheet's is believed at the very edge, otherwise they must count up."""
    candidates: dict[int, list[tuple[Line, int | None]]] = {}
    steps: Counter[int] = Counter()
    zone = _Zone.of(sheets, NUMBER_MARGIN)
    for index, sheet in enumerate(sheets):
        for _, line in zone.lines(sheet):
            if _PAGE_NUMBER.match(line.text) and not headings.rank(line.text):
                number = _first_number(line.text)
                candidates.setdefault(index, []).append((line, number))
                if number is not None:
                    steps[number - index] += 1
    for index, found in candidates.items():
        sheet = sheets[index]
        edges = {id(line) for line in _outermost(sheet)}
        aside: dict[int, FurnitureKind] = {}
        for line, number in found:
            counts_up = number is not None and steps[number - index] >= 2
            is_alone = len(sheets) == 1 or number is None or not steps
            is_low = line.top > 0.85 * sheet.text_height
            if counts_up or id(line) in edges and (is_alone or is_low):
                aside[id(line)] = "page_number"
        _move(sheet, aside)


def _line_numbers(sheets: list[Sheet]) -> None:
    """A column of numbers beside the text that counts the lines: 1 2 3, or 5 10 15."""
    for sheet in sheets:
        for side in ("left", "right"):
            column = _number_column(sheet, side)
            if column:
                _cut_column(sheet, column, side)


def _number_column(sheet: Sheet, side: str) -> set[int]:
    """Ids of the lines that the longest counting column stands beside, at one side of most lines, or nothing."""
    ends = [line.marks[0 if side == "left" else -1] for line in sheet.lines]
    numbers = [mark for mark in ends if _LINE_NUMBER.match(mark.text)]
    line_of = {id(mark): id(line) for mark, line in zip(ends, sheet.lines, strict=True)}
    longest: list[Mark] = []
    for edge in ("x0", "x1"):  # the column may be flush at either side
        by_place: defaultdict[int, list[Mark]] = defaultdict(list)
        for mark in numbers:
            by_place[round(getattr(mark, edge) / 6)].append(mark)
        for column in by_place.values():
            is_longer = len(column) > len(longest)
            if is_longer and _counts_lines(column, sheet) and _is_beside(column, sheet, side):
                longest = column
    return {line_of[id(mark)] for mark in longest}


def _counts_lines(column: list[Mark], sheet: Sheet) -> bool:
    """Whether the numbers go up by one on most rows of the page (else it is a numbered list), by five or by ten."""
    found = [int(mark.text) for mark in sorted(column, key=lambda mark: mark.top)]
    if len(found) < 5 or len(found) < 0.12 * len(sheet.lines):
        return False
    gaps = Counter(later - earlier for earlier, later in zip(found, found[1:], strict=False))
    step, count = gaps.most_common(1)[0]
    if step not in (1, 5, 10) or count < 0.8 * (len(found) - 1):
        return False
    return step > 1 or len(found) >= 0.5 * _rows(sheet)


def _is_beside(column: list[Mark], sheet: Sheet, side: str) -> bool:
    """Whether next to nothing else is printed beyond the column, or in it."""
    inner = max(mark.x1 for mark in column) if side == "left" else min(mark.x0 for mark in column)
    others = [m for line in sheet.lines for m in line.marks if not m.text.isdigit()]
    beyond = sum(1 for m in others if (m.x0 < inner if side == "left" else m.x1 > inner))
    return beyond <= 0.02 * len(others)


def _rows(sheet: Sheet) -> int:
    return len({round(line.top / 4) for line in sheet.lines})


def _cut_column(sheet: Sheet, column: set[int], side: str) -> None:
    kept = []
    for line in sheet.lines:
        if id(line) in column:
            position = 0 if side == "left" else -1
            sheet.put_aside("line_number", Line.of(line.marks[position]))
            line.marks.drop(position)
            if not line.marks:
                continue
            line.x0, line.x1 = line.marks[0].x0, max(m.x1 for m in line.marks)
        kept.append(line)
    sheet.lines = kept


@dataclass(frozen=True, slots=True)
class _Zone:
    """Where heads and feet are looked for: in the margins, and at the edges of the text where margins are wide."""

    margin: float  # share of the page's height
    head: float  # points from the top within which the first lines usually stand, and a little more
    foot: float

    @classmethod
    def of(cls, sheets: list[Sheet], margin: float) -> _Zone:
        tops = sorted(min(line.top for line in sheet.lines) for sheet in sheets if sheet.lines)
        feet = sorted(max(line.bottom for line in sheet.lines) for sheet in sheets if sheet.lines)
        heights = sorted(sheet.text_height for sheet in sheets if sheet.lines)
        if len(tops) < 3:
            return cls(margin, 0.0, float("inf"))
        middle = len(tops) // 2
        little = EDGE * heights[middle]
        return cls(margin, tops[middle] + little, feet[middle] - little)

    def lines(self, sheet: Sheet) -> list[tuple[FurnitureKind, Line]]:
        """The few outermost lines of the sheet that stand in the zone, with the word for each."""
        height = sheet.text_height
        head = max(self.margin * height, self.head)
        foot = min((1 - self.margin) * height, self.foot)
        ordered = sorted(sheet.lines, key=lambda line: line.top)
        heads = [line for line in ordered[:LINES_LOOKED_AT] if line.bottom < head]
        feet = [
            line for line in ordered[-LINES_LOOKED_AT:] if line.top > foot and line not in heads
        ]
        found: list[tuple[FurnitureKind, Line]] = [("head", line) for line in heads]
        return found + [("foot", line) for line in feet]


def _outermost(sheet: Sheet) -> list[Line]:
    ordered = sorted(sheet.lines, key=lambda line: line.top)
    return [ordered[0], ordered[-1]] if ordered else []


def _words(line: Line) -> str:
    """The words of a line in any order: left and right pages often swap the ends of their heads."""
    return " ".join(sorted(line.text.casefold().split()))


def _shape(line: Line) -> str:
    return " ".join(sorted(_DIGITS.sub("#", line.text).casefold().split()))


def _first_number(text: str) -> int | None:
    found = _ROMAN_OR_NUMBER.search(text)
    return int(found[0]) if found and found[0].isdigit() else None


def _move(sheet: Sheet, aside: dict[int, FurnitureKind]) -> None:
    for line in sheet.lines:
        if id(line) in aside:
            sheet.put_aside(aside[id(line)], line)
    sheet.lines = [line for line in sheet.lines if id(line) not in aside]
