"""The tokens a text is found by, made once for every database: folded words, whole numbers, pairs of characters.

Knows nothing of queries or rows. No stemming in any language; scripts written without spaces (Chinese, Japanese,
Korean, Thai and their like) are cut into overlapping pairs, so that any run of characters can be found.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
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
_ANY = re.compile(
    rf"{_INITIALS}|{_NUMBER}"
    rf"|([{_PAIRED}][{_PAIRED}{_MARKS}]*(?:(?<=[{_HAN_KANA}])[ \u3000](?=[{_HAN_KANA}])[{_PAIRED}{_MARKS}]+)*)"
    rf"|[{_LETTERS_AND_DIGITS}][{_LETTERS_AND_DIGITS}{_MARKS}\u200c\u200d]*"
)
_STARTS_PAIRED = re.compile(f"[{_PAIRED}]").match
# Where a run of Han and kana goes on behind a space. Nothing else that is one token has white space in it.
_GOES_ON = re.compile(f"[ \u3000](?=[{_HAN_KANA}])(?<=[{_HAN_KANA}].)").search
_RUN = re.compile(r"\S+")
_UNIT = re.compile(rf"[^\s{_MARKS}][{_MARKS}]*")


# A stretch of text taken apart: of each token its term, how it is spelt, where in the stretch it begins and ends.
# Plain tuples, because the garbage collector soon lets them be.
_Piece = tuple[Sequence[str], Sequence[str], Sequence[int], Sequence[int]]


class _Pieces(dict[str, _Piece]):
    """Runs without white space, each taken apart once: a language says the same few thousand again and again."""

    def __missing__(self, run: str) -> _Piece:
        piece = _taken_apart(run)
        if len(run) <= _REMEMBERED_LENGTH and not run[0].isdigit():  # numbers seldom come again
            if len(self) >= _REMEMBERED:
                self.clear()
            self[run] = piece
        return piece


_AROUND = ".,;:!?()[]\"'“”‘’„«»-–—…"
_REMEMBERED, _REMEMBERED_LENGTH = 1 << 15, 30  # about ten megabytes at most
_KNOWN = _Pieces()


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in order; those of a run of paired characters overlap."""
    for offset, (terms, _, starts, ends) in _pieces(text):
        for term, start, end in zip(terms, starts, ends, strict=True):
            yield Token(term, offset + start, offset + end)


def starts(text: str) -> list[int]:
    """Where the tokens of a text begin."""
    return [offset + start for offset, (_, _, starts, _) in _pieces(text) for start in starts]


def terms(text: str) -> list[str]:
    """The terms of `tokens`, made faster."""
    return spelled(text)[0]


def spelled(text: str) -> tuple[list[str], list[str]]:
    """The terms of `tokens`, made faster, and beside each how it is spelt in the text (a pair: as a term)."""
    terms: list[str] = []
    spellings: list[str] = []
    runs = [text] if _is_one_stretch(text) else text.split()
    for its_terms, its_spellings, _, _ in map(_KNOWN.__getitem__, runs):
        terms += its_terms
        spellings += its_spellings
    return terms, spellings


def _pieces(text: str) -> Iterator[tuple[int, _Piece]]:
    if _is_one_stretch(text):
        yield 0, _KNOWN[text]
    else:
        for run in _RUN.finditer(text):
            yield run.start(), _KNOWN[run[0]]


def _is_one_stretch(text: str) -> bool:
    return not text.isascii() and _GOES_ON(text) is not None


def _taken_apart(text: str) -> _Piece:
    word = text.strip(_AROUND)
    if word.isascii() and word.isalnum():  # nearly always
        start = text.index(word)
        return (folded(word),), (word,), (start,), (start + len(word),)
    if text.isascii():
        found = list(_ASCII.finditer(text))
        spelt = tuple(match[0] for match in found)
        spans = [match.span() for match in found]
        return tuple(map(_term, spelt)), spelt, [a for a, _ in spans], [b for _, b in spans]
    terms: list[str] = []
    spellings: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _ANY.finditer(text):
        if match.lastindex:
            pairs, pair_starts, pair_ends = _pairs(match[0], match.start())
            terms += pairs
            spellings += pairs
            starts += pair_starts
            ends += pair_ends
        elif term := _term(match[0]):
            terms.append(term)
            spellings.append(match[0])
            starts.append(match.start())
            ends.append(match.end())
    return tuple(terms), tuple(spellings), tuple(starts), tuple(ends)


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


def _pairs(run: str, offset: int) -> tuple[list[str], Sequence[int], Sequence[int]]:
    """Each character with the next, and the last by itself: a single one is then found as a beginning."""
    behind = offset + len(run)
    if run.isalnum() and unicodedata.is_normalized(
        "NFKC", run
    ):  # nothing to fold, each its own unit
        pairs = [run[at : at + 2] for at in range(len(run))]
        return pairs, range(offset, behind), [*range(offset + 2, behind + 1), behind]
    parts = [(folded(run[a:b]), a + offset, b + offset) for a, b in units(run)]
    parts = [part for part in parts if part[0]]
    terms = [one + two for (one, _, _), (two, _, _) in pairwise(parts)]
    terms += [term for term, _, _ in parts[-1:]]
    ends = [end for _, _, end in parts[1:] + parts[-1:]]
    return terms, [start for _, start, _ in parts], ends
