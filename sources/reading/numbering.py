"""Automatic numbers of Word paragraphs ("Article 3", "2.1", "(b)"): Word prints them, its text does not hold them.

Pure arithmetic over the numbering part's XML; where numbered paragraphs stand is `docx`' business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    form: str  # decimal, lowerLetter, upperRoman, bullet ...
    pattern: str  # "Article %1", "%1.%2"
    start: int
    legal: bool  # every number shown in decimals
    restart: int | None = (
        None  # begins anew after a level with a smaller index; None: after any above it
    )


@dataclass(slots=True)
class Numbering:
    """The lists of one file and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by the list's own id
    shared: dict[str, str] = field(default_factory=dict)  # list id -> the definition that counts
    restarted: set[str] = field(default_factory=set)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """From the root element of numbering.xml."""
        made = cls()
        abstract = {
            item.get(f"{W}abstractNumId"): _levels(item) for item in root.iter(f"{W}abstractNum")
        }
        for item in root.iter(f"{W}num"):
            number = item.get(f"{W}numId") or ""
            base = _value(item.find(f"{W}abstractNumId")) or ""
            levels = dict(abstract.get(base, {}))
            for override in item.iter(f"{W}lvlOverride"):
                at = _whole(override.get(f"{W}ilvl"), 0)
                own = _levels(override)
                start = _value(override.find(f"{W}startOverride"))
                if at in own:
                    levels[at] = own[at]
                if start is not None and at in levels:
                    old = levels[at]
                    levels[at] = replace(old, start=_whole(start, 0))
                    made.restarted.add(number)
            made.levels[number] = levels
            made.shared[number] = number if number in made.restarted else f"of {base}"
        return made

    def next(self, number: str, level: int) -> str:
        """The mark printed before the next paragraph of this list, '' for bullets and unknown lists."""
        levels = self.levels.get(number)
        if not levels or level not in levels or level >= MAX_LEVELS:
            return ""
        counts = self.counts.setdefault(self.shared[number], [None] * MAX_LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        for above in range(level):  # a level passed over counts as begun
            if counts[above] is None and above in levels:
                counts[above] = levels[above].start
        for below in range(level + 1, MAX_LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or level < restart:
                counts[below] = None
        mine = levels[level]
        if mine.form in ("bullet", "none"):
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at)
            if of is None:
                return ""
            count = counts[at]
            form = "decimal" if mine.legal else of.form
            return written(of.start if count is None else count, form)

        return _PLACE.sub(shown, mine.pattern)


def written(number: int, form: str) -> str:
    """A count in the form a level asks for; forms not known here are shown in decimals."""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26 * 20:
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman, rest = "", number
        for value, sign in _ROMAN:
            while rest >= value:
                roman, rest = roman + sign, rest - value
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        ending = (
            "th"
            if number % 100 in (11, 12, 13)
            else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        )
        return f"{number}{ending}"
    return str(number)


def _levels(holder: Any) -> dict[int, Level]:
    return {
        _whole(item.get(f"{W}ilvl"), 0): Level(
            _value(item.find(f"{W}numFmt")) or "decimal",
            _value(item.find(f"{W}lvlText")) or "",
            _whole(_value(item.find(f"{W}start")), 0),
            item.find(f"{W}isLgl") is not None,
            _whole(_value(item.find(f"{W}lvlRestart")), -1)
            if item.find(f"{W}lvlRestart") is not None
            else None,
        )
        for item in holder.findall(f"{W}lvl")
    }


def _value(element: Any) -> str | None:
    return element.get(f"{W}val") if element is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    try:
        number = int(text or "")
    except ValueError:
        return otherwise
    return number if 0 <= number < 1_000_000 else otherwise
