"""Bytes to characters: byte order mark, declared charset, strict UTF-8, a guess by statistics, Windows-1252.

Which kind of text it is, and where its blocks are, is left to the readers.
"""

import codecs
import re
from dataclasses import dataclass

from .values import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAX_CONTROLS = 0.005  # share of control characters above which it is no text
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_UNSURE = 0.5
BINARY = Unreadable(
    "binary",
    "This file is not text: it holds data no text reader understands. Add the document as PDF, HTML, Markdown "
    "or plain text.",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding they were read by, and what a person should check."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Unreadable where the bytes are no text, or are not in the encoding their mark promises."""
    decoded = _decode(data, declared)
    if len(_CONTROLS.findall(decoded.text)) > _MAX_CONTROLS * max(len(decoded.text), 1):
        raise BINARY
    return decoded


def _decode(data: bytes, declared: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\x00" in data[:4096]:
        return _with_nulls(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    known = _codec(declared)
    if known and known != "utf-8":
        text = _strict(data, known)
        if text is not None and not _C1.search(text):
            return Decoded(text, known)
    return _guessed(data, place, declared)


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "broken",
            f"The file says it is written in {encoding.upper()}, but the bytes from position {error.start:,} on "
            "are not. Save it again as UTF-8 text, or add the original it was made from.",
        ) from error


def _with_nulls(data: bytes) -> Decoded:
    """UTF-16 without its mark has a zero in every second byte; anything else with zeros is no text."""
    sample = data[:4096]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        others = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
        if zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.05 * max(len(others), 1):
            text = _strict(data, encoding)
            if text is not None:
                return Decoded(text, encoding)
    raise BINARY


def _guessed(data: bytes, place: int, declared: str | None) -> Decoded:
    import cchardet

    found = cchardet.detect(data)
    encoding, confidence = _codec(found.get("encoding")), found.get("confidence") or 0.0
    if encoding and encoding != "utf-8" and confidence >= _UNSURE:
        text = _strict(data, encoding)
        if text is not None and not _C1.search(text):
            return Decoded(text, encoding, (_note(encoding, declared),))
    text = _strict(data, "cp1252")
    if text is not None:
        return Decoded(text, "cp1252", (_note("cp1252", declared),))
    raise Unreadable(
        "binary",
        f"The letters of this file cannot be told from its bytes: from position {place:,} on they are neither "
        "UTF-8 nor any encoding that could be recognised. Save it again as UTF-8 text.",
    )


def _note(encoding: str, declared: str | None) -> str:
    says = (
        f"says its letters are {declared}, but they are not"
        if declared
        else ("does not say how its letters are encoded")
    )
    return (
        f"The file {says}; it was read as {encoding}. "
        "Check letters with accents and quotation marks."
    )


def _codec(name: object) -> str | None:
    """Python's name of an encoding. HTML's iso-8859-1 and ascii mean Windows-1252."""
    if not isinstance(name, str):
        return None
    try:
        known = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None
