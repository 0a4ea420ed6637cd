"""The tokens a text is found by, made once for every database: folded words, whole numbers, pairs of characters.

Knows nothing of queries or rows. No stemming in any language; scripts written without spaces (Chinese, Japanese,
Korean, Thai and their like) are cut into overlapping pairs, so that any run of characters can be found.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

VERSION = 1
LONGEST = 60  # characters of a term; the tail of a longer one is not searched


class Token(NamedTuple):
    """What is looked for (`term`) and the code points of the text it stands for."""

    term: str
    start: int
    end: int


# Kana and Han: lines and columns break them anywhere, so a single space inside a run is passed over.
_HAN_KANA = (
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
# Hangul, Thai, Lao, Burmese, Khmer: cut into pairs too, but a space in them is one.
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf"
    "\u1000-\u103f\u1050-\u1059\u1780-\u17b3\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
)
_PAIRED = _HAN_KANA + _UNSPACED
# Marks that only help pronunciation or are accents; vowel signs of Indic scripts are spelling and stay.
_DROPPED = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
}  # fmt: skip
_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=.{3})")


def _points(ranges: str) -> set[int]:
    """The code points of the inside of a character class."""
    firsts = re.findall(r"(.)(?:-(.))?", ranges, re.DOTALL)
    return {point for one, two in firsts for point in range(ord(one), ord(two or one) + 1)}


def _ranges(points: list[int]) -> str:
    """Code points in order as the inside of a character class."""
    parts: list[list[int]] = []
    for point in points:
        if parts and parts[-1][1] == point - 1:
            parts[-1][1] = point
        else:
            parts.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in parts)


# Letters, marks and digits beyond ASCII by Unicode category, as far as words are written with them.
_CATEGORIES = {point: unicodedata.category(chr(point)) for point in range(0x80, 0x20000)}
_SOUND_MARKS = [0xFF9E, 0xFF9F]  # the half-width ones are letters to Unicode
_MARKS = _ranges([p for p, kind in _CATEGORIES.items() if kind[0] == "M"] + _SOUND_MARKS)
_LETTERS_AND_DIGITS = "A-Za-z0-9" + _ranges(
    sorted(
        {p for p, kind in _CATEGORIES.items() if kind in ("Nd", "Nl") or kind[0] == "L"}
        - _points(_PAIRED)
        - set(_SOUND_MARKS)
    )
)
_FOLDS: dict[int, str | None] = {
    **{ord(letter): plain for letter, plain in _PLAIN.items()},
    **{p: str(unicodedata.decimal(chr(p))) for p, kind in _CATEGORIES.items() if kind == "Nd"},
    **dict.fromkeys(_points(_DROPPED)),
}

# Letters that fold into several (ß, ligatures) are no initials: A.ß and A.SS must be cut alike.
_EXPANDING = "".join(chr(code) for code in range(0xDF, 0xFB18) if len(chr(code).casefold()) > 1)
_INITIAL = rf"[^\W\d_{_EXPANDING}]"
_INITIALS = rf"{_INITIAL}(?:\.{_INITIAL})+\.?(?![A-Za-z0-9])"
_NUMBER = (
    r"[0-9]{1,3}(?:(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:\.[0-9]{3}){2,}(?:,[0-9]+)?)(?![A-Za-z0-9]|[.,][0-9])"
    r"|(?<![0-9][.,])[0-9]+(?:\.[0-9]+|,[0-9]{1,2})(?![A-Za-z0-9]|[.,][0-9])"
)
_ASCII = re.compile(rf"[A-Za-z](?:\.[A-Za-z])+\.?(?![A-Za-z0-9])|{_NUMBER}|[A-Za-z0-9]+")
# The same for a text without paired characters: many times faster, because a category is no list of ranges.
_WORDS = re.compile(rf"{_INITIALS}|{_NUMBER}|[^\W_]+(?:[{_MARKS}\u200c\u200d]+[^\W_]*)*")
_ANY = re.compile(
    rf"{_INITIALS}|{_NUMBER}"
    rf"|([{_PAIRED}][{_PAIRED}{_MARKS}]*(?:(?<=[{_HAN_KANA}])[ \u3000](?=[{_HAN_KANA}])[{_PAIRED}{_MARKS}]+)*)"
    rf"|[{_LETTERS_AND_DIGITS}][{_LETTERS_AND_DIGITS}{_MARKS}\u200c\u200d]*"
)
_STARTS_PAIRED = re.compile(f"[{_PAIRED}]").match
# Paired characters, and numbers that are no part of a word (², ½, ①); beyond the basic plane whatever there is.
_OTHER_NUMBERS = _ranges([p for p, kind in _CATEGORIES.items() if kind == "No" and p < 0x10000])
_NEEDS_CARE = re.compile(
    rf"[\u0e01-\u11ff\u3005-\ud7ff\uf900-\ufaff\uff66-\uffdc{_OTHER_NUMBERS}]"
).search
_IS_ASTRAL = re.compile("[\U00010000-\U0010ffff]").search
_UNIT = re.compile(rf"[^\s{_MARKS}][{_MARKS}]*")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in order; those of a run of paired characters overlap."""
    if text.isascii():
        for match in _ASCII.finditer(text):
            yield Token(_term(match[0]), *match.span())
        return
    for match in _ANY.finditer(text):
        if match.lastindex:
            yield from _pairs(match[0], match.start())
        elif term := _term(match[0]):
            yield Token(term, *match.span())


def terms(text: str) -> list[str]:
    """The terms of `tokens`, made faster."""
    return spelled(text)[0]


def spelled(text: str) -> tuple[list[str], list[str]]:
    """The terms of `tokens`, made faster, and beside each how it is spelt in the text (a pair: as a term)."""
    if text.isascii():
        found = _ASCII.findall(text)
        return [_term(word) for word in found], found
    if not (_NEEDS_CARE(text) or _IS_ASTRAL(text)):
        found = [word for word in _WORDS.findall(text) if _term(word)]
        return [_term(word) for word in found], found
    terms: list[str] = []
    spellings: list[str] = []
    for match in _ANY.finditer(text):
        if not match.lastindex:
            if term := _term(match[0]):
                terms.append(term)
                spellings.append(match[0])
            continue
        run = match[0].replace(" ", "").replace("\u3000", "")
        if run.isalnum() and unicodedata.is_normalized("NFKC", run):
            pairs = [run[n : n + 2] for n in range(len(run))]
        else:
            pairs = [token.term for token in _pairs(match[0], 0)]
        terms += pairs
        spellings += pairs
    return terms, spellings


@lru_cache(maxsize=1 << 16)
def _term(piece: str) -> str:
    if "." in piece or "," in piece:
        return _number(piece) if piece[0].isdigit() else folded(piece.replace(".", ""))
    return folded(piece)


def is_paired(term: str) -> bool:
    """Whether a term stands for characters of a script that is cut into pairs."""
    return _STARTS_PAIRED(term) is not None


def units(run: str) -> list[tuple[int, int]]:
    """The characters of a run of paired script, each with its marks."""
    return [match.span() for match in _UNIT.finditer(run)]


def folded(word: str) -> str:
    """Case, accents and forms of presentation folded away; '' where nothing that can be looked for is left."""
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = unicodedata.normalize("NFC", plain.translate(_FOLDS))
    plain = "".join(c for c in plain if c.isalnum() or unicodedata.category(c)[0] == "M")
    if "\u0600" <= plain[:1] <= "\u06ff":
        plain = _ARTICLE.sub("", plain)
    return plain[:LONGEST]


def _number(printed: str) -> str:
    """Thousands are run together; a decimal point or comma becomes a middle dot, which no word contains."""
    marks = [character for character in printed if character in ",."]
    is_grouped = len(marks) > 1 or re.fullmatch(r"[0-9]{1,3},[0-9]{3}", printed) is not None
    # What is left after the last mark is a fraction, unless that mark only separates thousands.
    if is_grouped and len(set(marks)) == 1:
        whole, rest = printed, ""
    else:
        last = printed.rfind(marks[-1])
        whole, rest = printed[:last], printed[last + 1 :]
    whole = whole.replace(",", "").replace(".", "")
    return (f"{whole}\u00b7{rest}" if rest else whole)[:LONGEST]


def _pairs(run: str, offset: int) -> Iterator[Token]:
    """Each character with the next, and the last by itself: a single one is then found as a beginning."""
    parts = [(folded(run[a:b]), a + offset, b + offset) for a, b in units(run)]
    parts = [part for part in parts if part[0]]
    for (one, start, _), (two, _, end) in zip(parts, parts[1:], strict=False):
        yield Token(one + two, start, end)
    if parts:
        yield Token(*parts[-1])
