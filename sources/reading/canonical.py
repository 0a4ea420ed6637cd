"""The one form every text takes before anything is anchored to it: NFC, LF, nothing invisible, nothing unstorable.

Never NFKC: superscripts, full-width forms and fractions stay what they are. Finding words and paragraphs is
left to the readers, who call this on each piece before they join the pieces.
"""

import re
import unicodedata

_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_SPACES = dict.fromkeys((0x00A0, 0x202F, 0x2007), " ")
_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_CONTROLS = dict.fromkeys(
    [n for n in (*range(0x20), *range(0x7F, 0xA0)) if n not in (0x09, 0x0A, 0x0B, 0x0C, 0x85)]
)
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]
    + list(range(0x202A, 0x202F))
    + list(range(0x2061, 0x2065))
    + list(range(0x2066, 0x2070))
)
# The bullets of the Symbol and Wingdings fonts, which arrive as private-use characters.
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓"}
_TABLE: dict[int, str | None] = {
    **_CONTROLS, **_LINE_ENDS, **_LIGATURES, **_SPACES, **_INVISIBLE, **_BULLETS,
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}  # fmt: skip
_JOINERS = "\u200c\u200d"
_NEEDS_WORK = re.compile("[" + "".join(re.escape(chr(n)) for n in _TABLE) + _JOINERS + "]")


def text(raw: str) -> str:
    """The canonical form of a whole text or a piece of one. Applying it twice changes nothing."""
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if _NEEDS_WORK.search(raw):
        raw = raw.translate(_TABLE)
        if "\u200c" in raw or "\u200d" in raw:
            raw = _without_idle_joiners(raw)
    return raw if raw.isascii() else unicodedata.normalize("NFC", raw)


def word(raw: str) -> str:
    """The canonical form of one printed word: as `text`, and without any white space in it."""
    if raw.isascii() and raw.isprintable() and " " not in raw:
        return raw
    return "".join(text(raw).split())


def line(raw: str) -> str:
    """The canonical form of a run that must stay on one line: white space of any kind becomes one space."""
    return " ".join(text(raw).split())


def _without_idle_joiners(raw: str) -> str:
    """Keep ZWNJ and ZWJ where they are spelling (Persian, Indic scripts, joined emoji), drop them elsewhere."""
    kept: list[str] = []
    for index, character in enumerate(raw):
        if character in _JOINERS:
            following = raw[index + 1 : index + 2]
            if not following or unicodedata.category(following) not in ("Lo", "So"):
                continue
            if _base_category(kept) not in ("Lo", "So"):
                continue
        kept.append(character)
    return "".join(kept)


def _base_category(kept: list[str]) -> str:
    """Category of the last character that is not a mark or an emoji modifier, '' if there is none."""
    for character in reversed(kept):
        category = unicodedata.category(character)
        if category not in ("Mn", "Mc", "Me", "Sk"):
            return category
    return ""
