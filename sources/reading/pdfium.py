"""The last way to read a PDF: PDFium's own text, where pdfminer cannot make sense of the file even when rewritten.

Gives the same sheets as pdfplumber's way, so that everything after it is one. Slower by page, and it knows less of
fonts, so it is not the first way.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from .lines import fill_sheet, is_strange
from .sheets import Box, Sheet, is_page_picture

_SEPARATORS = frozenset((0x0A, 0x0D, 0x20, 0xA0))
_HYPHENS = frozenset((0x02, 0xFFFE))  # what PDFium gives for a hyphen at a line end


def rewritten(data: bytes) -> bytes | None:
    """The file written anew by PDFium, None where it cannot open or write it."""
    import io

    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            out = io.BytesIO()
            document.save(out)
            return out.getvalue()
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        return None


def sheets(data: bytes, announce: Callable[[int], None]) -> Iterator[Sheet]:
    """A sheet for every page, those that cannot be opened left out."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for index in range(len(document)):
            announce(index + 1)
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                continue
            yield _sheet(page, index + 1)
            page.close()
    finally:
        document.close()


def _sheet(page: Any, number: int) -> Sheet:
    import pypdfium2.raw as raw

    rotation = int(page.get_rotation())
    media, crop = page.get_mediabox(), page.get_cropbox()
    sheet = Sheet.of_page(number, media, crop, rotation)
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        x0, y0, x1, y1 = item.get_bounds()
        sheet.picture = sheet.picture or is_page_picture(x1 - x0, y1 - y0, sheet)
    fill_sheet(sheet, {0: list(_characters(page, sheet, media))})
    return sheet


def _characters(page: Any, sheet: Sheet, media: Box) -> Iterator[dict[str, Any]]:
    import pypdfium2.raw as raw

    text = page.get_textpage()
    left, low, right, high = sheet.crop
    last: dict[str, Any] | None = None
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in _SEPARATORS:
            if last is not None:
                yield {**last, "text": " "}
            continue
        letter = "-" if code in _HYPHENS else chr(code) if code <= 0x10FFFF else "\ufffd"
        x0, y0, x1, y1 = sheet.in_layout(text.get_charbox(index, loose=True), media)
        sheet.characters += 1
        sheet.strange += is_strange(letter)
        if not (2 * left <= x0 + x1 <= 2 * right and 2 * low <= y0 + y1 <= 2 * high):
            sheet.hidden += 1
            continue
        size = raw.FPDFText_GetFontSize(text, index) or y1 - y0
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(128)
        raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
        last = {
            "text": letter, "x0": x0 - left, "x1": x1 - left, "top": high - y1, "bottom": high - y0,
            "doctop": high - y1, "upright": True, "size": size, "fontname": name.value.decode("ascii", "replace"),
        }  # fmt: skip
        yield last
    text.close()
