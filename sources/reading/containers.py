"""ZIP containers (Word files, archives) looked at before anything in them is unpacked.

Sizes and counts are checked from the directory at the file's end; Python's zipfile never unpacks more of a member
than the directory states. What the members mean is left to `docx` and `archive`.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO

from .values import Unreadable

MAX_MEMBERS = 10_000
MAX_DIRECTORY = 4_000_000  # bytes; 10,000 members with long names
_END, _END_SIZE = b"PK\x05\x06", 22
_LONGEST_COMMENT = 65_535
_WIDE = 0xFFFFFFFF
# What zipfile and zlib raise on damaged members, and RuntimeError on encrypted ones.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error, KeyError)  # fmt: skip
BROKEN = Unreadable(
    "broken", "This ZIP file is damaged: its table of contents cannot be read. Download it again."
)


def is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """The container, once its directory is known to be small. Raises Unreadable."""
    count, size = _directory(file)
    if count > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise Unreadable(
            "too_large",
            f"This ZIP file lists {count:,} members; at most {MAX_MEMBERS:,} are taken. Split it into smaller ones.",
        )
    try:
        return zipfile.ZipFile(file)
    except DAMAGED as error:
        raise BROKEN from error


def what(container: zipfile.ZipFile) -> str:
    """'docx', 'archive', or what else it is with what to do about it; told by the names inside."""
    names = set(container.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "an Excel file. Save the sheet as CSV and add that"
        if any(name.startswith("ppt/") for name in names):
            return "a PowerPoint file. Save it as PDF and add that"
    if "mimetype" in names and ("content.xml" in names or "META-INF/container.xml" in names):
        return "an OpenDocument file or an e-book. Save it as PDF or DOCX and add that"
    return "archive"


def _directory(file: IO[bytes]) -> tuple[int, int]:
    """Members and bytes of the directory, as the end record states them."""
    file.seek(0, 2)
    length = file.tell()
    start = max(0, length - _END_SIZE - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise BROKEN
    count, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    if size == _WIDE or count == 0xFFFF:
        # A 64-bit record just before tells the real numbers; files we take have no use for it.
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        if wide < 0 or at - wide < 56:
            raise BROKEN
        count, size = struct.unpack("<QQ", tail[wide + 32 : wide + 48])
    # zipfile believes the end record's size, so a small lie leads to no more than that many bytes.
    return count, size
