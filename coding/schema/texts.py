"""Texts, names, references and dates: what a person writes in words, cleaned of what cannot be recorded."""

import unicodedata
from typing import Any

from coding import dates
from coding.schema.codebook import Field
from coding.schema.refusals import ValueInvalid, items, what

LONGEST_TEXT = 20_000

LONGEST_NAME = 500


def text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueInvalid(f"a text is expected, not {what(raw)}")
    return _clean(raw, LONGEST_TEXT)


def name(field: Field, raw: Any) -> str:
    if (
        isinstance(raw, int)
        and not isinstance(raw, bool)
        and field.kind in ("treaty_ref", "event_ref")
    ):
        raw = str(raw)
    if not isinstance(raw, str):
        raise ValueInvalid(f"a text is expected, not {what(raw)}")
    return " ".join(_clean(raw, LONGEST_NAME).split())


def event_refs(field: Field, raw: Any) -> list[str]:
    return list(dict.fromkeys(name(field, one) for one in items(raw, separators=";,")))


def date(field: Field, raw: Any) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise ValueInvalid(f"a date is expected, not {what(raw)}")
    try:
        return dates.read(raw).edtf
    except dates.DateInvalid as refusal:
        raise ValueInvalid(refusal.message) from None


def _clean(raw: str, longest: int) -> str:
    """Composed characters, plain line ends, no outer blanks; what a database or a file cannot hold is refused."""
    if len(raw) > longest:
        raise ValueInvalid(f"the text has {len(raw):,} characters; at most {longest:,} are allowed")
    for place, sign in enumerate(raw):
        if (
            (ord(sign) < 32 and sign not in "\t\n\r")
            or ord(sign) == 127
            or 0xD800 <= ord(sign) <= 0xDFFF
        ):
            raise ValueInvalid(
                f"the text holds a character that cannot be recorded (U+{ord(sign):04X}, at place {place + 1})"
            )
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise ValueInvalid("the text is empty")
    return text
