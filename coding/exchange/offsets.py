"""Places in a text, counted as other tools count: Unicode code points here, UTF-16 units in JavaScript and Java.

A character beyond U+FFFF is one code point and two units. A place inside such a character is no place.
"""

from bisect import bisect_left
from functools import cached_property


class NoPlace(ValueError):
    """The number is no place between two characters of the text."""


class Utf16:
    """One text, converted both ways; a text without astral characters costs nothing."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        # Code points before which an astral character has ended, in order: each adds one unit.
        self._astral = (
            []
            if text.isascii()
            else [at for at, letter in enumerate(text, start=1) if letter > "\uffff"]
        )

    @cached_property
    def _units(self) -> list[int]:
        """Of each astral character the unit at which it ends."""
        return [at + n for n, at in enumerate(self._astral, start=1)]

    def to_units(self, place: int) -> int:
        if not 0 <= place <= self.length:
            raise NoPlace(f"{place} lies outside the text, which has {self.length} characters")
        return place + bisect_left(self._astral, place + 1)

    def to_points(self, unit: int) -> int:
        if not 0 <= unit <= self.length + len(self._astral):
            raise NoPlace(
                f"{unit} lies outside the text, which has {self.length + len(self._astral)} UTF-16 units"
            )
        before = bisect_left(self._units, unit + 1)
        if before < len(self._units) and self._units[before] - 1 == unit:
            raise NoPlace(f"{unit} lies inside a character of two UTF-16 units")
        return unit - before


def span_to_points(units: Utf16, start: int, end: int) -> tuple[int, int]:
    """A run in UTF-16 units as one in code points. Raises NoPlace."""
    if type(start) is not int or type(end) is not int or not start < end:
        raise NoPlace(f"a passage runs from a smaller whole number to a larger one, not from {start} to {end}")  # fmt: skip
    return units.to_points(start), units.to_points(end)
