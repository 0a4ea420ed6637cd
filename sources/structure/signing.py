"""Who made a treaty and when: state names and the day, from its title, opening and signature block. Proposed only.

Dates here are whole days of signing; fuzzy dates and their notation belong to coding.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sources import states

from .numbers import WORDS
from .values import Section

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero января", "february février febrero февраля", "march mars marzo марта",
            "april avril abril апреля", "may mai mayo мая", "june juin junio июня", "july juillet julio июля",
            "august août agosto августа", "september septembre septiembre сентября", "october octobre octubre октября",
            "november novembre noviembre ноября", "december décembre diciembre декабря",
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
_DAYS = "|".join(WORDS)
_DAY = rf"(?P<day>[0-9]{{1,2}}(?:st|nd|rd|th|er)?|(?:twenty|thirty)[ -](?:{_DAYS})|thirtieth|twentieth|{_DAYS})"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_YEAR_WORD = rf"(?:{_DAYS}|{'|'.join(_TENS)}|hundred|thousand|and)"
_YEAR = rf"(?P<year>[12][0-9]{{3}}|{_YEAR_WORD}(?:[ -]+{_YEAR_WORD})+)"
_DATES = (
    re.compile(
        rf"\b{_DAY}(?: day)?(?:,? (?:of|de|del))? {_MONTH},?(?: (?:of|de|del|in the year(?: of our lord)?))? {_YEAR}(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}(?!\w)", re.IGNORECASE),
)
# "the Convention of 10 December 1982" in a title is the day of another instrument.
_OF_ANOTHER = re.compile(rf"\b(?:of|dated|от|de|del|du|vom)\s+{_DATES[0].pattern}", re.IGNORECASE)
_OPENING = 600  # characters in which a dateline or a title stands
_OPENING_CLAUSE = re.compile(
    r"\b(?:whereas|considering|recogni[sz]ing|desir(?:ing|ous|e)|recalling|reaffirming|having|noting|convinced|in view)\b",
    re.IGNORECASE,
)


def signed_on(body: str, sections: Sequence[Section]) -> date | None:
    """The day in the signature block, else the one in the opening lines; None where neither tells."""
    for one in sections:
        if one.kind == "signature":
            found = _first_day(body[one.start : one.end][:3000])
            if found:
                return found
    title = next((one for one in sections if one.kind == "title"), None)
    before = body[: title.end if title else _OPENING][:_OPENING]
    return _first_day(_OF_ANOTHER.sub(" ", before)) or (
        _last_day(body[-_OPENING:]) if sections else None
    )


def parties(body: str, sections: Sequence[Section], on: date | None) -> tuple[int, ...]:
    """COW codes of the states the title names, else the opening clause, else the signature block; sorted."""
    for region in _regions(body, sections):
        found = _named(region, on)
        if len(found) >= 2:
            return tuple(sorted(found))
    return ()


def _regions(body: str, sections: Sequence[Section]) -> list[str]:
    by_kind = {one.kind: one for one in reversed(sections)}
    regions = []
    if "title" in by_kind:
        regions.append(body[by_kind["title"].start : by_kind["title"].end])
    if "preamble" in by_kind:
        preamble = body[by_kind["preamble"].start : by_kind["preamble"].end]
        clause = _OPENING_CLAUSE.search(preamble, 20)
        regions.append(preamble[: clause.start() if clause else _OPENING])
    if "signature" in by_kind:
        signature = body[by_kind["signature"].start : by_kind["signature"].end]
        regions.append("\n".join(re.findall(r"(?i)\bfor\b[^.\n;]{0,120}", signature)))
    return regions


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    system = states.standard()
    names = {name for state in system.states for name in system.names_of(state.ccode)}
    longest_first = sorted((name for name in names if len(name) > 3), key=lambda n: (-len(n), n))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _named(region: str, on: date | None) -> set[int]:
    found = set()
    for match in _names().finditer(region):
        if not match[0][0].isupper():
            continue
        try:
            found.add(states.find(match[0], on).ccode)
        except states.UnknownState:  # a name of several states; a person says which
            continue
    return found


def _first_day(text: str) -> date | None:
    days = [(match.start(), _day(match)) for pattern in _DATES for match in pattern.finditer(text)]
    return next((day for _, day in sorted(days, key=lambda pair: pair[0]) if day), None)


def _last_day(text: str) -> date | None:
    days = [(match.start(), _day(match)) for pattern in _DATES for match in pattern.finditer(text)]
    return next((day for _, day in sorted(days, key=lambda pair: -pair[0]) if day), None)


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
