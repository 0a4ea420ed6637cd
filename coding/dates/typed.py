"""What people type for a date, into EDTF. A day is never invented: what is vague stays an interval."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from coding.dates.edtf import MONTHS, DateInvalid, valued, why_not

LONGEST = 100

_MONTH_NUMBER = {
    **{name.lower(): n for n, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): n for n, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_SEASON_NUMBER = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\.?"

_YEAR = r"(?P<year>\d{4})"

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

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

_ABOUT = re.compile(r"(?:(?:c|ca|approx)\b\.? ?|(?:circa|about|around|approximately|roughly) )")

_MAYBE = re.compile(r"(?:probably|possibly|perhaps|maybe|presumably|likely) ")

_EDTF_SIGNS = re.compile(r"[0-9X.?~%/-]+")


def as_edtf(text: str) -> str:
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
            r"(?:spring|summer|autumn|fall|winter)(?: of)? \d{4}/\d\d", typed
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
    return why_not(typed)


def _first(edtf: str) -> str:
    return edtf.split("/")[0]


def _last(edtf: str) -> str:
    return edtf.split("/")[-1]


def _bounded(typed: str) -> tuple[date, date]:
    value = valued(_qualified(typed))
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
