"""The numbers of parts, articles and annexes: what "12 bis", "IV", "C", "1.2", "A-01", "First" or "十二" may mean.

A number can have two readings ("C" is a letter and a hundred); which one is meant is told by its neighbours, in `chains`.
"""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["arabic", "roman", "letter", "word", "han"]

_SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
_SUFFIX = rf"(?:[ \u00a0-]?(?:{'|'.join(_SUFFIXES)})\b)"
_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
WORDS: dict[str, int] = {
    **{word: n for n, word in enumerate(_ONES, 1)},
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **dict.fromkeys(("premier", "première", "primero", "primera", "primeiro", "первая"), 1),
    **dict.fromkeys(("unique", "único", "unico", "sole"), 1),
    **dict.fromkeys(("deuxième", "segundo", "segunda", "вторая"), 2),
    **dict.fromkeys(("troisième", "tercero", "tercera", "третья"), 3),
}
_HAN = {digit: n for n, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
HAN = r"[〇零一二三四五六七八九十百两0-9０-９]{1,9}"
PATTERN = (
    rf"(?:[0-9]{{1,3}}[lI]|[0-9]{{1,4}}(?:\.[0-9]{{1,3}})*(?:er|re|st|nd|rd|th|º|°|ª)?(?:{_SUFFIX}|[ ]?[A-Z](?![\w.]))?"
    rf"|[A-Z]-?[0-9]{{1,3}}|[IVXLCDM]{{1,9}}(?:{_SUFFIX}|-?[A-H])?|[A-Z]|{'|'.join(WORDS)})(?![\w’'])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """`key` orders numbers of one style and prefix: 12 is (12,), 12 bis (12, 2), 12A (12, 1), 1.2 (1, 2)."""

    style: Style
    key: tuple[int, ...]
    prefix: str = ""

    @property
    def is_first(self) -> bool:
        return all(part == 1 for part in self.key)

    def follows(self, other: "Number") -> bool:
        """Whether it comes directly after the other: 3 after 2, 2 bis after 2, 3 after 2 bis, 1.2 after 1.1."""
        if self.prefix != other.prefix:
            return False
        if len(self.key) > len(other.key):
            return self.key[:-1] == other.key and self.key[-1] in (1, 2)
        last = len(self.key) - 1
        return self.key[:last] == other.key[:last] and self.key[last] == other.key[last] + 1

    def missing_since(self, other: "Number") -> int:
        """How many numbers are left out between the other and this one; 0 directly after it."""
        if self.follows(other):
            return 0
        return max(1, self.key[0] - other.key[0] - 1)


def readings(token: str) -> tuple[Number, ...]:
    """Every way to read a number as it stands in a heading; none where it is no number."""
    token = token.strip().rstrip(".")
    if re.fullmatch(r"[0-9]{1,3}[lI]", token):
        token = f"{token[:-1]}1"  # typed or recognised wrongly: "Article 3l"
    for number in (_arabic(token), _prefixed(token), _word(token), _han(token)):
        if number:
            return (number,)
    found = []
    roman = re.fullmatch(rf"([IVXLCDM]+)({_SUFFIX}|-?[A-H])?", token)
    value = _roman_value(roman[1]) if roman else 0
    if roman and value:
        found.append(Number("roman", (value, *_suffix(roman[2]))))
    if re.fullmatch(r"[A-Z]", token):
        found.append(Number("letter", (ord(token) - 64,)))
    return tuple(found)


def _arabic(token: str) -> Number | None:
    found = re.fullmatch(
        rf"([0-9]{{1,4}})((?:\.[0-9]{{1,3}})*)(?:er|re|st|nd|rd|th|º|°|ª)?({_SUFFIX}|[ ]?[A-Z])?",
        token,
    )
    if not found:
        return None
    dotted = tuple(int(part) for part in found[2].split(".")[1:])
    return Number("arabic", (int(found[1]), *dotted, *_suffix(found[3])))


def _prefixed(token: str) -> Number | None:
    found = re.fullmatch(r"([A-Z])-?([0-9]{1,3})", token)
    return Number("arabic", (int(found[2]),), found[1]) if found else None


def _word(token: str) -> Number | None:
    value = WORDS.get(token.casefold())
    return Number("word", (value,)) if value else None


def _han(token: str) -> Number | None:
    if not re.fullmatch(HAN, token):
        return None
    total, digit = 0, 0
    for character in token:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            value = _HAN.get(character)
            digit = value if value is not None else digit * 10 + int(character)
    return Number("han", (total + digit,))


def _suffix(written: str | None) -> tuple[int, ...]:
    if not written:
        return ()
    word = written.strip(" \u00a0-")
    return (_SUFFIXES.index(word) + 2,) if word in _SUFFIXES else (ord(word) - 64,)


def _roman_value(letters: str) -> int:
    """0 for what is no Roman number, such as IIX or VV."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for letter, following in zip(letters, [*letters[1:], ""], strict=True):
        value = values[letter]
        total += -value if following and values[following] > value else value
    return total if _roman(total) == letters else 0


def _roman(value: int) -> str:
    steps = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    written = ""
    for step, letters in steps:
        while value >= step:
            written, value = written + letters, value - step
    return written
