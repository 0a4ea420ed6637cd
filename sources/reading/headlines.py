"""The head of a release in plain text: its headline alone on the first line, and under it a line that is only a day."""

from itertools import islice

from . import headings
from .tables import days

_LONGEST_DAY = 32  # "Wednesday, September 22nd, 2021"
_ENDS_A_SENTENCE = (".", ",", ";", ":")


def dated(body: str) -> tuple[str, str] | None:
    """The headline and the day (ISO) under it, None where a text does not begin so."""
    lines = (line.strip() for line in body.split("\n"))
    first, second = (*islice((line for line in lines if line), 2), "", "")[:2]
    if not 10 <= len(first) <= 300 or first.endswith(_ENDS_A_SENTENCE) or headings.rank(first):
        return None
    if not second or len(second) > _LONGEST_DAY:
        return None
    try:
        return first, days.iso(second)
    except ValueError:
        return None
