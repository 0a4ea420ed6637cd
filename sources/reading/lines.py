"""From pdfminer's characters to words, and from words to lines in reading order.

What is furniture and what is text, and where paragraphs end, is decided elsewhere (`furniture`, `paragraphs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from . import canonical
from .sheets import Line, Mark, Sheet, is_page_picture

# Measured on the corpus: word F1 .989 on average, against .887 with pdfplumber's own settings.
X_TOLERANCE_RATIO = 0.15
Y_TOLERANCE = 3


def read_sheet(sheet: Sheet, layout: Iterable[Any]) -> None:
    """Fill the sheet from a pdfminer layout (`page.layout`): lines, what is turned, what is only a picture."""
    fill_sheet(sheet, _characters(layout, sheet))


def fill_sheet(sheet: Sheet, by_direction: dict[int, list[dict[str, Any]]]) -> None:
    """The same from characters already gathered by the direction their text runs in."""
    if not by_direction:
        return
    sheet.turned = max(by_direction, key=lambda direction: len(by_direction[direction]))
    for direction, characters in by_direction.items():
        if direction != sheet.turned:
            _put_turned_aside(sheet, direction, characters)
    characters = _without_doubles(by_direction[sheet.turned])
    sheet.lines = list(_lines(_marks(_turned(characters, sheet, sheet.turned))))


def _characters(layout: Iterable[Any], sheet: Sheet) -> dict[int, list[dict[str, Any]]]:
    """Characters straight from the layout: pdfplumber's `page.chars` makes a far larger dictionary of each.

    Walks into form XObjects; counts strange characters and marks large pictures on the way. An explicit stack,
    since forms can be nested as deep as a file pleases.
    """
    from pdfminer.layout import LTChar, LTContainer, LTImage  # slow to import

    found: dict[int, list[dict[str, Any]]] = {}
    run: list[dict[str, Any]] = []
    last_direction = -1
    left, low, right, high = sheet.crop
    twice_left, twice_low, twice_right, twice_high = 2 * left, 2 * low, 2 * right, 2 * high
    stack = [iter(layout)]
    while stack:
        for item in stack[-1]:
            if type(item) is LTChar:
                text = item.get_text()
                if text.startswith("(cid:"):
                    text = "\ufffd"
                if not text.isspace():
                    sheet.characters += 1
                    if not text.isascii() and is_strange(text) or text < " ":
                        sheet.strange += 1
                x0, y0, x1, y1 = item.bbox
                if (
                    x0 + x1 < twice_left
                    or x0 + x1 > twice_right
                    or y0 + y1 < twice_low
                    or y0 + y1 > twice_high
                ):
                    sheet.hidden += 1
                    continue
                a, b, *_ = item.matrix
                direction = 0 if a > 0 and b == 0 else _direction(a, b)
                if direction != last_direction:
                    run, last_direction = found.setdefault(direction, []), direction
                top = high - y1
                run.append(
                    {
                        "text": text, "x0": x0 - left, "x1": x1 - left, "top": top, "bottom": high - y0,
                        "doctop": top, "upright": True, "size": item.size, "fontname": item.fontname,
                    }
                )  # fmt: skip
            elif isinstance(item, LTImage):
                sheet.picture = sheet.picture or is_page_picture(item.width, item.height, sheet)
            elif isinstance(item, LTContainer):
                stack.append(iter(item))
                break
        else:
            stack.pop()
    return found


def _direction(a: float, b: float) -> int:
    """Degrees anticlockwise by which text is turned, from the first row of its matrix."""
    if abs(b) > abs(a):
        return 90 if b > 0 else 270
    return 0 if a >= 0 else 180


def is_strange(text: str) -> bool:
    """Private-use, replacement or control characters: what a font without a usable map gives."""
    return any(
        ("\ue000" <= character <= "\uf8ff" and not canonical.word(character).isprintable())
        or character == "\ufffd"
        or "\x7f" <= character <= "\x9f"
        for character in text
    )


def _turned(characters: list[dict[str, Any]], sheet: Sheet, direction: int) -> list[dict[str, Any]]:
    """The same characters as seen by a reader who turns the page until the text runs from left to right."""
    width, height = sheet.width, sheet.height
    if direction == 0:
        return characters
    turned = []
    for c in characters:
        if direction == 90:
            x0, top, x1, bottom = height - c["bottom"], c["x0"], height - c["top"], c["x1"]
        elif direction == 270:
            x0, top, x1, bottom = c["top"], width - c["x1"], c["bottom"], width - c["x0"]
        else:
            x0, top = width - c["x1"], height - c["bottom"]
            x1, bottom = width - c["x0"], height - c["top"]
        size = min(c["size"], bottom - top) or c["size"]
        turned.append(
            {**c, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "size": size}
        )
    return turned


def _without_doubles(characters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop a character printed again within a tenth of its size: the shadow and bold of old word processors."""
    places = {(c["text"], int(c["x0"]), int(c["top"])) for c in characters}
    if len(places) == len(characters):
        return characters  # nearly every page: no two alike even within a point
    seen: set[tuple[str, int, int, int]] = set()
    kept = []
    for c in characters:
        cell = max(c["size"] * 0.1, 0.1)
        across, down = c["x0"] / cell, c["top"] / cell
        key = (c["text"], 0, int(across), int(down))
        shifted = (c["text"], 1, int(across + 0.5), int(down + 0.5))
        if (key in seen or shifted in seen) and not c["text"].isspace():
            continue
        seen.add(key)
        seen.add(shifted)
        kept.append(c)
    return kept


def _marks(characters: list[dict[str, Any]]) -> Iterator[Mark]:
    from pdfplumber.utils.text import extract_words  # slow to import

    found = extract_words(
        characters,
        x_tolerance_ratio=X_TOLERANCE_RATIO,
        y_tolerance=Y_TOLERANCE,
        use_text_flow=True,
        return_chars=True,
    )
    for word in found:
        text = canonical.word(word["text"])
        if word["text"].endswith("\u00ad"):
            text += "-"  # a soft hyphen that ends a printed word is the hyphen of a line end
        if not text:
            continue
        first = word["chars"][0]
        bold = "bold" in str(first["fontname"]).casefold()
        yield Mark(text, word["x0"], word["top"], word["x1"], word["bottom"], first["size"], bold)


def _lines(marks: Iterable[Mark]) -> Iterator[Line]:
    """Words in the order the file gives them, cut where the next is not to the right on the same line."""
    line: Line | None = None
    for mark in marks:
        if line is not None and _continues(line, mark):
            line.marks.append(mark)
            line.top = min(line.top, mark.top)
            line.bottom = max(line.bottom, mark.bottom)
            line.x1 = max(line.x1, mark.x1)
            continue
        if line is not None:
            yield line
        line = Line.of(mark)
    if line is not None:
        yield line


def _continues(line: Line, mark: Mark) -> bool:
    last = line.marks[-1]
    overlap = min(last.bottom, mark.bottom) - max(last.top, mark.top)
    least = min(last.bottom - last.top, mark.bottom - mark.top)
    return overlap > 0.4 * least and mark.x0 > last.x1 - max(last.size, mark.size)


def _put_turned_aside(sheet: Sheet, direction: int, characters: list[dict[str, Any]]) -> None:
    """Text that runs another way than the page's own (margin stamps, watermarks) is furniture."""
    aside = Sheet(sheet.number, sheet.crop, sheet.rotation, sheet.crop_box, turned=direction)
    for line in _lines(_marks(_turned(_without_doubles(characters), sheet, direction))):
        aside.put_aside("rotated", line)
    sheet.furniture.extend(aside.furniture)
