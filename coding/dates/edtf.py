"""EDTF level 1 into bounds, precision and words (Library of Congress, Extended Date/Time Format, 2019).

A subset: years 0001 to 9999, intervals, open and unknown sides, seasons, unspecified digits, ? ~ %.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

PRECISIONS = {
    1: "known to the day",
    2: "known to two to six days",
    3: "known to the week",
    4: "known to the month",
    5: "known to a season, a year or longer",
    -9: "one side is not bounded",
}

_ONE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[?~%]?)"
)


class DateInvalid(ValueError):
    """The text is not a date that can be understood; the message says why, in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class FuzzyDate:
    """A date with its bounds. `None` stands for a side that is open or not known.

    `precision` follows from the width in days: 1 one day, 2 two to six, 3 seven, 4 eight to 31,
    5 more, -9 not bounded on a side. `approximate` (~) and `uncertain` (?) never widen the bounds.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    precision: int
    approximate: bool = False
    uncertain: bool = False

    def echo(self) -> str:
        """What was understood, in words: the date, its bounds when they are not the words, its precision."""
        said = _in_words(self.edtf)
        doubts = [
            w
            for w, is_so in (("approximate", self.approximate), ("uncertain", self.uncertain))
            if is_so
        ]
        between = ""
        if self.earliest and self.latest and self.earliest != self.latest:
            between = f"{_day_words(self.earliest)} to {_day_words(self.latest)}"
        parts = [said + (f" ({' and '.join(doubts)})" if doubts else "")]
        if between and f"from {between}" != said:
            parts.append(between)
        parts.append(PRECISIONS[self.precision])
        return "; ".join(parts)


def valued(edtf: str) -> FuzzyDate:
    sides = edtf.split("/")
    if len(sides) == 1:
        bounds: tuple[date | None, date | None] = _bounds(edtf)
    elif len(sides) == 2:
        bounds = _interval_bounds(*sides)
        if sides[0] == sides[1]:
            edtf = sides[0]
    else:
        raise DateInvalid(f'"{edtf}" has more than one "/"; an interval is written first/last')
    earliest, latest = bounds
    return FuzzyDate(
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        precision=precision_of(earliest, latest),
        approximate="~" in edtf or "%" in edtf,
        uncertain="?" in edtf or "%" in edtf,
    )


def precision_of(earliest: date | None, latest: date | None) -> int:
    """The precision code for the width between two bounds, both days counted."""
    if earliest is None or latest is None:
        return -9
    days = (latest - earliest).days + 1
    for code, widest in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= widest:
            return code
    return 5


def _interval_bounds(first: str, last: str) -> tuple[date | None, date | None]:
    open_sides = ("", "..")
    if first in open_sides and last in open_sides:
        raise DateInvalid(
            "neither side of the interval has a date; if nothing is known, code -9 instead"
        )
    begin = None if first in open_sides else _bounds(first)
    end = None if last in open_sides else _bounds(last)
    if begin and end and begin[0] > end[1]:
        raise DateInvalid(f"the interval ends ({last}) before it begins ({first})")
    return (begin[0] if begin else None, end[1] if end else None)


def _bounds(one: str) -> tuple[date, date]:
    """First and last day of one EDTF date without interval sign."""
    found = _ONE.fullmatch(one)
    if not found:
        raise DateInvalid(why_not(one))
    year, month, day = found["year"], found["month"], found["day"]
    if "X" in year:
        if month:
            raise DateInvalid(
                f'"{one}": a year with unknown digits cannot have a month; write {year}'
            )
        return date(max(1, int(year.replace("X", "0"))), 1, 1), date(
            int(year.replace("X", "9")), 12, 31
        )
    if int(year) == 0:
        raise DateInvalid("there is no year 0000; years run from 0001 to 9999")
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if month == "XX":
        if day not in (None, "XX"):
            raise DateInvalid(
                f'"{one}": a day is given but its month is not; write {year} or {year}-XX'
            )
        return date(int(year), 1, 1), date(int(year), 12, 31)
    return _within_year(int(year), int(month), day, one)


def _within_year(year: int, month: int, day: str | None, one: str) -> tuple[date, date]:
    if month in SEASONS:
        if day is not None:
            raise DateInvalid(f'"{one}": a season ({SEASONS[month]}) has no day')
        return _season_bounds(year, month)
    if not 1 <= month <= 12:
        raise DateInvalid(
            f'"{one}": there is no month {month:02d}; months are 01 to 12, seasons 21 (spring) to 24 (winter)'
        )
    last = monthrange(year, month)[1]
    if day in (None, "XX"):
        return date(year, month, 1), date(year, month, last)
    number = int(day or 0)
    if not 1 <= number <= last:
        raise DateInvalid(
            f"{MONTHS[month - 1]} {year:04d} has {last} days, so there is no day {number}"
        )
    return date(year, month, number), date(year, month, number)


def _season_bounds(year: int, season: int) -> tuple[date, date]:
    """Northern meteorological seasons; winter begins in December of the named year."""
    first = date(year, 3 * (season - 20), 1)
    if season < 24:
        return first, date(year, first.month + 2, monthrange(year, first.month + 2)[1])
    if year == 9999:
        raise DateInvalid("winter 9999 ends beyond the last year that can be recorded")
    return first, date(year + 1, 2, monthrange(year + 1, 2)[1])


def why_not(one: str) -> str:
    if re.fullmatch(r"\d{1,3}[?~%]?", one):
        return f'"{one}": write the year with four digits'
    if re.fullmatch(r"[Yy]?-?\d{5,}.*|-\d+.*", one):
        return f'"{one}": years run from 0001 to 9999, written with four digits'
    if "?" in one[:-1] or "~" in one[:-1] or "%" in one[:-1]:
        return f'"{one}": the signs ? ~ % may only stand at the end of a date'
    if "X" in one:
        return f'"{one}": X may stand for the last digits of a year (195X), a month (1951-XX) or a day (1951-06-XX)'
    return f'"{one}" is not a date; write for instance 1951-06-14, June 1951, 1951, spring 1951 or 1951-06/1951-08'


def _day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"


def _in_words(edtf: str) -> str:
    sides = edtf.split("/")
    if len(sides) == 1:
        return _one_in_words(edtf)
    first, last = sides
    if last in ("..", ""):
        return f"from {_one_in_words(first)}, " + ("open end" if last else "end not known")
    if first in ("..", ""):
        return f"until {_one_in_words(last)}, " + (
            "open beginning" if first else "beginning not known"
        )
    return f"from {_one_in_words(first)} to {_one_in_words(last)}"


def _one_in_words(one: str) -> str:
    found = _ONE.fullmatch(one)
    if not found:
        return one
    year, month, day = found["year"], found["month"], found["day"]
    if "X" in year:
        low, high = year.replace("X", "0"), year.replace("X", "9")
        return f"the {low}s" if year.count("X") == 1 else f"some year from {low} to {high}"
    if month is None:
        return year
    if month == "XX":
        return f"some {'month' if day is None else 'day'} of {year}"
    if int(month) in SEASONS:
        return f"{SEASONS[int(month)]} {year}"
    named = f"{MONTHS[int(month) - 1]} {year}"
    if day is None:
        return named
    return f"some day of {named}" if day == "XX" else f"{int(day)} {named}"
