"""Word boxes of a page as bytes and back: zlib of six columns of unsigned 16-bit numbers, little-endian.

Columns: start less the start before it (the first: less the page's), length, x0, top, width, height. Lengths are
in units of 0.1 pt, coarser on pages larger than 6,500 pt. Where the bytes are kept is left to the models.
"""

import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import overload

from .values import PageRead, Word

HIGHEST = 65_535
LONGEST_WORD = (
    30_000  # code points: no start can then lie further than 65,535 behind the one before
)


def unit(width: float, height: float) -> float:
    """Points per step on a page of this size."""
    return 0.1 * max(1, -(-int(max(width, height)) // 6_500))


def snapped(value: float, step: float) -> float:
    """A length as it will come back from the bytes."""
    return round(_steps(value, step) * step, 4)


class PageWords(Sequence[Word]):
    """The words of one page as they are stored. A long document has a million; looked at, they are made anew."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, packed: bytes, *, start: int, width: float, height: float) -> None:
        self.packed = packed
        self._start, self._width, self._height = start, width, height

    def __len__(self) -> int:
        return len(self._words())

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, at: int | slice) -> Word | tuple[Word, ...]:
        return self._words()[at]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._words() == tuple(other)

    def _words(self) -> tuple[Word, ...]:
        return unpack(self.packed, start=self._start, width=self._width, height=self._height)


def packed(page: PageRead) -> bytes:
    """The words of a page as bytes, packed already or not."""
    if isinstance(page.words, PageWords):
        return page.words.packed
    return pack(page.words, start=page.start, width=page.width, height=page.height)


def pack(words: Sequence[Word], *, start: int, width: float, height: float) -> bytes:
    """The words of one page, which must be in the order of the body. ValueError if one does not fit."""
    step = unit(width, height)
    starts = [word.start for word in words]
    deltas = [
        later - earlier for earlier, later in zip(chain([start], starts), starts, strict=False)
    ]
    columns = [
        deltas,
        [word.length for word in words],
        [_steps(word.x0, step) for word in words],
        [_steps(word.top, step) for word in words],
        [_steps(word.width, step) for word in words],
        [_steps(word.height, step) for word in words],
    ]
    try:
        numbers = array("H", chain.from_iterable(columns))
    except OverflowError as overflow:
        raise ValueError("words out of order, or more than 65,535 characters apart") from overflow
    if sys.byteorder == "big":
        numbers.byteswap()
    return zlib.compress(numbers.tobytes(), 6)


def unpack(data: bytes, *, start: int, width: float, height: float) -> tuple[Word, ...]:
    """The words `pack` was given, lengths rounded to the page's unit."""
    numbers = array("H")
    numbers.frombytes(zlib.decompress(data))
    if sys.byteorder == "big":
        numbers.byteswap()
    count = len(numbers) // 6
    columns = [numbers[index * count : (index + 1) * count] for index in range(6)]
    starts = list(accumulate(columns[0], initial=start))[1:]
    step = unit(width, height)
    boxes = [[round(steps * step, 4) for steps in column] for column in columns[2:]]
    return tuple(map(Word._make, zip(starts, columns[1], *boxes, strict=True)))


def _steps(value: float, step: float) -> int:
    return min(max(round(value / step), 0), HIGHEST)
