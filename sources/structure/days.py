"""Days as treaties write them: "13th June 1985", "this fourth day of April, nineteen hundred and forty-nine", in four languages."""

import re
from collections.abc import Iterator
from datetime import date

from .numbers import WORDS

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero января jan", "february février febrero февраля feb", "march mars marzo марта mar",
            "april avril abril апреля apr", "may mai mayo мая", "june juin junio июня jun", "july juillet julio июля jul",
            "august août agosto августа aug", "september septembre septiembre сентября sept sep",
            "october octobre octubre октября oct", "november novembre noviembre ноября nov",
            "december décembre diciembre декабря dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_TENS = {
    w: n * 10
    for n, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_WORDS = "|".join(WORDS)
_DAY = rf"(?P<day>[0-9]{{1,2}}(?:st|nd|rd|th|er)?|(?:twenty|thirty)[ -](?:{_WORDS})|thirtieth|twentieth|{_WORDS})"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR_WORD = rf"(?:{_WORDS}|{'|'.join(_TENS)}|hundred|thousand|and)"
# Letterheads run into what follows: "January 15, 1981No.3".
_YEAR = rf"(?P<year>[12][0-9]{{3}}(?![0-9])|{_YEAR_WORD}(?:[ -]+{_YEAR_WORD})+(?!\w))"
_DATES = (
    re.compile(
        rf"\b{_DAY}(?: day)?(?:,? (?:of|de|del))? (?:the )?{_MONTH},?(?: (?:of|de|del|in the year(?: of our lord)?))? {_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}", re.IGNORECASE),
)
# "the Convention of 10 December 1982" in a title is the day of another instrument.
_OF_ANOTHER = re.compile(rf"\b(?:of|dated|от|de|del|du|vom)\s+{_DATES[0].pattern}", re.IGNORECASE)


def first(text: str) -> date | None:
    return next((day for _, day in sorted(_all(text), key=lambda pair: pair[0])), None)


def last(text: str) -> date | None:
    return next((day for _, day in sorted(_all(text), key=lambda pair: -pair[0])), None)


def without_days_of_others(text: str) -> str:
    return _OF_ANOTHER.sub(" ", text)


def _all(text: str) -> Iterator[tuple[int, date]]:
    text = " ".join(text.split())  # a day may run over the end of a line
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _day(match)
            if day:
                yield match.start(), day


def _day(match: "re.Match[str]") -> date | None:
    try:
        return date(_count(match["year"]), _MONTHS[match["month"].casefold()], _count(match["day"]))
    except ValueError:
        return None


def _count(written: str) -> int:
    """A number in figures or English words: "13th", "twenty-third", "nineteen hundred and forty-four"."""
    figures = re.match(r"[0-9]+", written)
    if figures:
        return int(figures[0])
    total = current = 0
    for word in re.split(r"[ -]+", written.casefold()):
        if word == "hundred":
            current *= 100
        elif word == "thousand":
            total, current = total + current * 1000, 0
        elif word != "and":
            current += _TENS.get(word, WORDS.get(word, 0) or {"thirtieth": 30}.get(word, 0))
    return total + current
