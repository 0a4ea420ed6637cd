"""Where passages marked in one text stand in another text of the same document: found exactly once, or why not.

Nothing is moved here. Assignments stay pinned to their text; this says what a new coding could take over.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

CONTEXT = 32  # code points kept before and after a quote
WhyNot = Literal["gone", "several", "changed"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as evidence keeps it: its words, and up to 32 code points on either side."""

    exact: str
    before: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class Carried:
    """body[start:end] of the new text is the quote, with all of its context."""

    quote: Quote
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Left:
    """A person must look: the words are gone, stand several times alike, or stand in changed surroundings.

    `near` are offsets at which the bare words stand in the new text, nearest to the old place first.
    """

    quote: Quote
    reason: WhyNot
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Carrying:
    carried: tuple[Carried, ...]
    left: tuple[Left, ...]


def carry(quotes: Sequence[Quote], body: str) -> Carrying:
    """Look for every quote with its context in the new body; whole answers in the order of the quotes."""
    carried: list[Carried] = []
    left: list[Left] = []
    for quote in quotes:
        found = _places(quote.before + quote.exact + quote.after, body, most=2)
        if len(found) == 1 and quote.exact:
            start = found[0] + len(quote.before)
            carried.append(Carried(quote, start, start + len(quote.exact)))
            continue
        bare = _places(quote.exact, body, most=50)
        reason: WhyNot = "several" if len(found) > 1 else "changed" if bare else "gone"
        left.append(Left(quote, reason, _nearest(bare, quote.start)[:3]))
    return Carrying(tuple(carried), tuple(left))


def _places(wanted: str, body: str, *, most: int) -> list[int]:
    """Offsets of the wanted words, overlapping ones too, no more than `most` of them."""
    found: list[int] = []
    at = body.find(wanted) if wanted else -1
    while at >= 0 and len(found) < most:
        found.append(at)
        at = body.find(wanted, at + 1)
    return found


def _nearest(places: list[int], to: int) -> tuple[int, ...]:
    at = bisect_left(places, to)
    around = places[max(0, at - 3) : at + 3]
    return tuple(sorted(around, key=lambda place: (abs(place - to), place)))
