"""The head of a release in plain text: its headline alone on the first line, and under it a line that is only a day."""

from collections.abc import Iterable

from . import headings
from .tables import days

_LONGEST_DAY = 32  # "Wednesday, September 22nd, 2021"
_ENDS_A_SENTENCE = (".", ",", ";", ":")


def dated(lines: Iterable[str]) -> tuple[str, str] | None:
    """The headline and the day (ISO) under it, None where a text does not begin so."""
    said = filter(None, map(str.strip, lines))
    first, second = next(said, ""), next(said, "")
    if not 10 <= len(first) <= 300 or first.endswith(_ENDS_A_SENTENCE) or headings.rank(first):
        return None
    if not second or len(second) > _LONGEST_DAY:
        return None
    try:
        return first, days.iso(second)
    except ValueError:
        return None
