"""Dates as sources give them: what a person types, or EDTF level 1, becomes bounds and a precision.

Knows nothing of fields, codebooks or events. A day is never invented: what is known only to the month is
the month. The canonical form of every date is its EDTF string (Library of Congress, 2019, level 1).
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

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
LONGEST = 100

_MONTH_NUMBER = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {"sept": 9}
_SEASON_NUMBER = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"


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


def read(text: str) -> FuzzyDate:
    """The date meant by `text`, typed freely or written in EDTF level 1.

    Understood: `14 Mar 1878`, `March 1878`, `1878`, `c. 1878`, `1878?`, `spring 1951`, `1950s`,
    `June to August 1951`, `3-5 June 1951`, `since June 1951`, `before 1951`, `week of 3 June 1951`,
    `Q2 1951`, `early 1951`, `14.03.1951`, and EDTF such as `1951-XX`, `195X`, `1951-06/..`, `2001-21`.
    Raises DateInvalid.
    """
    return _value(_as_edtf(text))


def precision_of(earliest: date | None, latest: date | None) -> int:
    """The precision code for the width between two bounds, both days counted."""
    if earliest is None or latest is None:
        return -9
    days = (latest - earliest).days + 1
    for code, widest in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= widest:
            return code
    return 5


# EDTF -> value

_ONE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[?~%]?)"
)
_EDTF_SIGNS = re.compile(r"[0-9X.?~%/-]+")


def _value(edtf: str) -> FuzzyDate:
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
        raise DateInvalid(_why_not_edtf(one))
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


def _why_not_edtf(one: str) -> str:
    if re.fullmatch(r"\d{1,3}[?~%]?", one):
        return f'"{one}": write the year with four digits'
    if re.fullmatch(r"Y?-?\d{5,}.*|-\d+.*", one):
        return f'"{one}": years run from 0001 to 9999, written with four digits'
    if "?" in one[:-1] or "~" in one[:-1] or "%" in one[:-1]:
        return f'"{one}": the signs ? ~ % may only stand at the end of a date'
    if "X" in one:
        return f'"{one}": X may stand for the last digits of a year (195X), a month (1951-XX) or a day (1951-06-XX)'
    return f'"{one}" is not a date; write for instance 1951-06-14, June 1951, 1951, spring 1951 or 1951-06/1951-08'


# What people type -> EDTF


def _as_edtf(text: str) -> str:
    if not isinstance(text, str):
        raise DateInvalid("a date is written as text, for instance 1951-06-14")
    if len(text) > LONGEST:
        raise DateInvalid(f"a date has at most {LONGEST} characters; this one has {len(text)}")
    typed = unicodedata.normalize("NFKC", text)
    typed = re.sub("[\u2010-\u2015\u2212]", "-", typed)
    typed = re.sub(r"\d", lambda digit: str(int(digit[0])), typed)  # figures of any script
    typed = " ".join(typed.replace(",", " ").split()).lower()
    if not typed:
        raise DateInvalid("no date was given")
    if re.search(r"\dt\d\d:?\d\d", typed):
        raise DateInvalid(
            f'"{text.strip()}": the time of day is not recorded; write {typed.split("t")[0]}'
        )
    numeric = _numeric(typed)
    if numeric:
        return numeric
    if _EDTF_SIGNS.fullmatch(typed.upper()):
        return typed.upper().replace("?~", "%").replace("~?", "%")
    return _range(typed) or _qualified(typed)


def _numeric(typed: str) -> str | None:
    """Days written with figures only, and years joined by a dash. None when it is something else."""
    if found := re.fullmatch(r"(\d{4})-(\d{4})", typed):
        return f"{found[1]}/{found[2]}"
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", typed):
        return f"{found[1]}-{found[2]}-{found[3]}"
    if found := re.fullmatch(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})([?~%]?)", typed):
        return f"{found[1]}-{int(found[3]):02d}-{int(found[4]):02d}{found[5]}"
    if found := re.fullmatch(r"(\d{4})-(\d)([?~%]?)", typed):
        return f"{found[1]}-0{found[2]}{found[3]}"
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", typed):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})", typed):
        return _day_and_month(int(found[1]), int(found[3]), found[4], typed)
    if re.fullmatch(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}", typed):
        raise DateInvalid(f'"{typed}": write the year with four digits')
    if found := re.fullmatch(r"(\d{4})-?w(\d{2})", typed):
        return _iso_week(int(found[1]), int(found[2]), typed)
    if found := re.fullmatch(r"(\d{4})/(\d{1,2})", typed):
        raise DateInvalid(
            f'"{typed}": for a month write {found[1]}-{int(found[2]):02d}; for an interval write both years in full'
        )
    return None


def _day_and_month(first: int, second: int, year: str, typed: str) -> str:
    """14/03/1951 and 03/14/1951 can be read in one way only; 03/04/1951 cannot."""
    if first <= 12 and second <= 12 and first != second:
        raise DateInvalid(
            f'"{typed}" can be {first} {MONTHS[second - 1]} or {second} {MONTHS[first - 1]}; '
            f"write {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}"
        )
    day, month = (second, first) if second > 12 else (first, second)
    return f"{year}-{month:02d}-{day:02d}"


def _iso_week(year: int, week: int, typed: str) -> str:
    try:
        monday = date.fromisocalendar(year, week, 1)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    except (ValueError, OverflowError):
        raise DateInvalid(f'"{typed}": the year {year} has no week {week}') from None


def _range(typed: str) -> str | None:
    """Intervals said with words. None when the text names one date."""
    if found := re.fullmatch(r"week (?:of|beginning|starting) (.+)", typed):
        first = _exact_day(found[1], "a week is named by its first day")
        return f"{first.isoformat()}/{_shifted(first, 6).isoformat()}"
    if found := re.fullmatch(r"before (.+)", typed):
        return f"../{_shifted(_bounded(found[1])[0], -1).isoformat()}"
    if found := re.fullmatch(r"after (.+)", typed):
        return f"{_shifted(_bounded(found[1])[1], 1).isoformat()}/.."
    if found := re.fullmatch(r"(?:by|until|till|up to|not later than) (.+)", typed):
        return f"../{_last(_qualified(found[1]))}"
    if found := re.fullmatch(r"since (.+)|from (?!.* (?:to|until|till) )(.+)|(.+) onwards?", typed):
        return f"{_first(_qualified(found[1] or found[2] or found[3]))}/.."
    for pattern in (
        r"between (.+) and (.+)",
        r"(?:from )?(.+?) (?:to|until|till|through) (.+)",
        r"(.+?) - (.+)",
        r"(.+?) ?/ ?(.+)",
        r"(\d{1,2}) ?- ?(\d{1,2} .+)",
        r"([a-z]+)-([a-z]+ .+)",
        r"([a-z]+ \d{1,2}) ?- ?(\d{1,2} \d{4})",
    ):
        if (found := re.fullmatch(pattern, typed)) and not re.search(
            r"winter(?: of)? \d{4}/\d\d", typed
        ):
            return _between(found[1], found[2])
    return None


def _between(left: str, right: str) -> str:
    """Two sides of an interval; the left one borrows month and year that only the right one names,
    and the right one the month that only the left one names (June 3 to 5 1951)."""
    if right in ("..", "now", "present"):
        return f"{_first(_qualified(left))}/.."
    if left == "..":
        return f"../{_last(_qualified(right))}"
    if (found := re.fullmatch(rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?", left)) and re.fullmatch(
        r"\d{1,2}(?:st|nd|rd|th)? \d{4}", right
    ):
        right = f"{found['month']} {right}"
    end = _qualified(right)
    year = _first(end)[:4]
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", left) and (
        found := re.search(rf"\b{_MONTH}", right)
    ):
        left = f"{left} {found['month']} {year}"
    elif not re.search(r"\d{4}|\d{3}x", left):
        left = f"{left} {year}"
    return f"{_first(_qualified(left))}/{_last(end)}"


_ABOUT = re.compile(r"(?:(?:c|ca|approx)\b\.? ?|(?:circa|about|around|approximately|roughly) )")
_MAYBE = re.compile(r"(?:probably|possibly|perhaps|maybe|presumably|likely) ")


def _qualified(typed: str) -> str:
    """One date with its words of doubt, as EDTF (early and late parts of a year come out as an interval)."""
    mark = ""
    rest = typed.strip()
    if found := re.search(r"\s*([?~%]+)$", rest):
        mark, rest = found[1], rest[: found.start()]
    while True:
        if found := _ABOUT.match(rest):
            mark += "~"
        elif found := _MAYBE.match(rest):
            mark += "?"
        else:
            break
        rest = rest[found.end() :].strip()
    edtf = _single(rest, typed)
    if "~" in edtf:
        mark += "~"
        edtf = edtf.replace("~", "")
    sign = "%" if "%" in mark or {"?", "~"} <= set(mark) else mark[:1]
    return "/".join(side + sign for side in edtf.split("/"))


def _single(rest: str, typed: str) -> str:
    """One date without doubt words. A trailing ~ marks a vague part of a year or month."""
    numeric = _numeric(rest)
    if numeric:
        return numeric
    if re.fullmatch(r"\d{4}(-[\dx]{2}(-[\dx]{2})?)?|\d{1,3}x{1,3}", rest):
        return rest.upper()
    if found := re.fullmatch(r"(?:the )?(\d{3})0'?s", rest):
        return f"{found[1]}X"
    for pattern in (
        rf"{_DAY} (?:of )?{_MONTH} {_YEAR}",
        rf"{_MONTH} {_DAY} {_YEAR}",
        rf"{_YEAR} {_MONTH} {_DAY}",
    ):
        if found := re.fullmatch(pattern, rest):
            return f"{found['year']}-{_MONTH_NUMBER[found['month']]:02d}-{int(found['day']):02d}"
    for pattern in (rf"{_MONTH} (?:of )?{_YEAR}", rf"{_YEAR} {_MONTH}"):
        if found := re.fullmatch(pattern, rest):
            return f"{found['year']}-{_MONTH_NUMBER[found['month']]:02d}"
    part = _part_of_year(rest)
    if part:
        return part
    raise DateInvalid(_why_not_typed(rest, typed))


_SEASON = "(?P<season>spring|summer|autumn|fall|winter)"
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
}
_ORDINAL = "(?P<n>" + "|".join(_ORDINALS) + ")"


def _part_of_year(rest: str) -> str | None:
    if found := re.fullmatch(
        rf"(?:the )?{_SEASON} (?:of )?{_YEAR}(?:[/-](?P<next>\d\d|\d{{4}}))?|(?P<y2>\d{{4}}) (?P<s2>\w+)",
        rest,
    ):
        season = found["season"] or found["s2"]
        if season in _SEASON_NUMBER:
            return _season(season, found["year"] or found["y2"], found["next"])
    if found := re.fullmatch(rf"q(?P<q>[1-4]) ?{_YEAR}|(?P<y2>\d{{4}}) ?-?q(?P<q2>[1-4])", rest):
        return _months(found["year"] or found["y2"], int(found["q"] or found["q2"]) * 3 - 2, 3)
    if found := re.fullmatch(rf"(?:the )?{_ORDINAL} (?P<unit>quarter|half) (?:of )?{_YEAR}", rest):
        size = 3 if found["unit"] == "quarter" else 6
        number = (
            min(_ORDINALS[found["n"]], 12 // size)
            if found["n"] == "last"
            else _ORDINALS[found["n"]]
        )
        return (
            _months(found["year"], (number - 1) * size + 1, size) if number * size <= 12 else None
        )
    if found := re.fullmatch(
        rf"(?P<part>early|mid|late)[ -](?:{_MONTH} )?(?:in |of )?{_YEAR}", rest
    ):
        third = ("early", "mid", "late").index(found["part"])
        if found["month"] is None:
            return _months(found["year"], third * 4 + 1, 4) + "~"
        return _third_of_month(found["year"], _MONTH_NUMBER[found["month"]], third) + "~"
    return None


def _season(name: str, year: str, following: str | None) -> str:
    if following and (name != "winter" or f"{int(year) + 1:04d}"[-len(following) :] != following):
        raise DateInvalid(
            f'only a winter spans two years, and they follow each other: "winter {year}/{int(year) + 1}"'
        )
    return f"{year}-{_SEASON_NUMBER[name]}"


def _months(year: str, first: int, count: int) -> str:
    return f"{year}-{first:02d}/{year}-{first + count - 1:02d}"


def _third_of_month(year: str, month: int, third: int) -> str:
    if int(year) == 0:
        raise DateInvalid("there is no year 0000; years run from 0001 to 9999")
    last = (10, 20, monthrange(int(year), month)[1])[third]
    return f"{year}-{month:02d}-{third * 10 + 1:02d}/{year}-{month:02d}-{last:02d}"


def _why_not_typed(rest: str, typed: str) -> str:
    if rest in ("unknown", "n/a", "none", "-", "?", "not known", "undated"):
        return "a date that is not known is coded -9, one that cannot apply -8"
    if rest in ("today", "yesterday", "tomorrow", "now", "ongoing", "present"):
        return f'"{typed}" depends on the day of reading; write the date itself'
    if re.search(r"[a-z]", rest) and not re.search(r"\d{4}|\d{3}x", rest):
        return f'"{typed}" names no year; write the year with four digits'
    return _why_not_edtf(typed)


def _first(edtf: str) -> str:
    return edtf.split("/")[0]


def _last(edtf: str) -> str:
    return edtf.split("/")[-1]


def _bounded(typed: str) -> tuple[date, date]:
    value = _value(_qualified(typed))
    if value.earliest is None or value.latest is None:
        raise DateInvalid(f'"{typed}" is not bounded on both sides')
    return value.earliest, value.latest


def _exact_day(typed: str, why: str) -> date:
    earliest, latest = _bounded(typed)
    if earliest != latest:
        raise DateInvalid(f'"{typed}" is not one day; {why}')
    return earliest


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise DateInvalid("the date lies outside the years 0001 to 9999") from None


# EDTF -> words


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
