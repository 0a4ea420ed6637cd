"""One file in, one text out. The kind of a file is told by its content; its name only decides between kinds of text.

Knows nothing of rows, requests or Django. `isolated.read_isolated` does the same in a process of its own,
which is how files from strangers are to be read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from . import containers, tabular
from .values import (
    Block,
    Furniture,
    Metadata,
    PageRead,
    ReadText,
    Unreadable,
    Word,
)

__all__ = [
    "Block",
    "Furniture",
    "Metadata",
    "PageRead",
    "ReadText",
    "Unreadable",
    "Word",
    "check_size",
    "kind",
    "read",
]

MAX_BYTES = 100_000_000
MAX_TEXT_BYTES = 20_000_000
_PDF_LOOKED_AT = 1024
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_SOME_HTML = re.compile(r"<(?:p|div|h[1-6]|article|table|title|meta)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\A---[ \t]*\n(?:[\w-]+[ \t]*:.*\n|[ \t]+.*\n|-[ \t].*\n)+?---[ \t]*\n|^#{1,6} \S|^\[[^\]]+\]: \S|\]\(https?://",
    re.MULTILINE,
)
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_COLLECTIONS = {
    "table": "This is a table of articles, not one document. Add it under “Add documents”: each row becomes a document.",
    "archive": "This is a ZIP archive, not one document. Add it under “Add documents”: each file in it becomes one.",
}
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (_OLD_OFFICE, "an old Word, Excel or PowerPoint file. Save it as PDF and add that"),
    (b"{\\rtf", "an RTF file. Save it as PDF and add that"),
    (b"\x89PNG", "a picture. Run text recognition (OCR) on it and add the result as PDF or text"),
    (b"\xff\xd8\xff", "a picture. Run text recognition (OCR) on it and add the result as PDF or text"),
    (b"GIF8", "a picture. Run text recognition (OCR) on it and add the result as PDF or text"),
    (b"II*\x00", "a picture. Run text recognition (OCR) on it and add the result as PDF or text"),
    (b"MM\x00*", "a picture. Run text recognition (OCR) on it and add the result as PDF or text"),
    (b"\x1f\x8b", "a compressed file. Unpack it and add the documents in it"),
    (b"7z\xbc\xaf", "a compressed file. Unpack it and add the documents in it"),
    (b"Rar!", "a compressed file. Unpack it and add the documents in it"),
    (b"BZh", "a compressed file. Unpack it and add the documents in it"),
    (b"\xfd7zXZ", "a compressed file. Unpack it and add the documents in it"),
    (b"%!PS", "a PostScript file. Convert it to PDF and add that"),
)  # fmt: skip


def read(
    data: bytes, filename: str, *, announce: Callable[[int], None] = lambda pages: None
) -> ReadText:
    """The text of a file, or Unreadable. `announce` is told each PDF page as its reading begins."""
    found = kind(data, filename)
    if found == "pdf":
        from . import pdf

        return pdf.read(data, announce)
    if found == "docx":
        from . import docx

        return docx.read(data)
    if found == "html":
        from . import html

        return html.read_bytes(data)
    if found in ("table", "archive"):
        raise Unreadable("unsupported", _COLLECTIONS[found])
    from .encodings import decode

    if found == "markdown":
        from . import markdown

        return markdown.read(decode(data))
    from . import plain

    return plain.read(decode(data))


def kind(data: bytes, filename: str) -> str:
    """'pdf', 'docx', 'html', 'markdown' or 'plain'; 'table' or 'archive' for what holds many documents.

    Unreadable for what no reader here takes.
    """
    if not data.strip():
        raise Unreadable(
            "empty", "The file is empty. Check that it was saved or downloaded completely."
        )
    check_size(len(data))
    if b"%PDF-" in data[:_PDF_LOOKED_AT]:
        return "pdf"
    if containers.is_zip(data):
        return _kind_of_zip(data)
    _refuse_others(data)
    if tabular.form(data[:8192], filename):
        return "table"
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(
            "too_large",
            f"The text is larger than {MAX_TEXT_BYTES // 1_000_000} MB. Split it into its documents and add those.",
        )
    return _kind_of_text(data, filename.casefold())


def check_size(size: int) -> None:
    """Unreadable for a file that is not even opened. `size` in bytes."""
    if size > MAX_BYTES:
        raise Unreadable(
            "too_large",
            f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it into parts, or save it with smaller images.",
        )


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE) and _LOCKED_OFFICE in data:
        raise Unreadable(
            "encrypted",
            "This Office file is protected by a password. Save a copy without one and add that.",
        )
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise Unreadable("unsupported", f"This is {what}.")


def _kind_of_zip(data: bytes) -> str:
    with containers.opened(io.BytesIO(data)) as container:
        what = containers.what(container)
    if what in ("docx", "archive"):
        return what
    raise Unreadable("unsupported", f"This is {what}.")


def _kind_of_text(data: bytes, name: str) -> str:
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.decode("utf-16", "replace")
    else:
        start = head.decode("utf-8-sig", "replace")
    if (
        _HTML.search(start)
        or name.endswith((".html", ".htm", ".xhtml"))
        and _SOME_HTML.search(start)
    ):
        return "html"
    if name.endswith(_MARKDOWN_NAMES):
        return "markdown"
    if name.endswith(".json") and start.lstrip().startswith(("{", "[")):
        raise Unreadable(
            "unsupported",
            "This is a JSON file, but not JSON Lines: that has one article, in braces, on each line. Save it so.",
        )
    if name.endswith((".txt", ".text")):
        return "plain"
    return "markdown" if _MARKDOWN.search(start) else "plain"
