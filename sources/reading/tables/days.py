"""Days as tables of articles write them, to ISO. What could be two days is told, not guessed."""

import re
from datetime import date

from .lines import shown

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), start=1
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?![\d])")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]+)\.?,?[ -](\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(
    r"(?:[A-Za-z]+,? )?([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)"
)


def iso(text: str) -> str:
    """The day as YYYY-MM-DD, '' for none. Raises ValueError with the reason where it is no day or may be two."""
    if not text:
        return ""
    if found := _ISO.match(text) or _YEAR_FIRST.match(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first > 12:  # points are written day first
            return _day(text, year, second, first)
        if second > 12 or first == second:
            return _day(text, year, first, second)
        raise ValueError(f"“{shown(text, 40)}” may be day or month first.")
    if (found := _DAY_MONTH.match(text)) and found[2].casefold() in _MONTHS:
        return _day(text, int(found[3]), _MONTHS[found[2].casefold()], int(found[1]))
    if (found := _MONTH_DAY.match(text)) and found[1].casefold() in _MONTHS:
        return _day(text, int(found[3]), _MONTHS[found[1].casefold()], int(found[2]))
    raise ValueError(f"“{shown(text, 40)}” is no day that can be read.")


def _day(text: str, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(f"“{shown(text, 40)}” is no day of the calendar.") from None
