"""A PDF page before it is text: where its visible part lies, which way its text runs, its lines and furniture.

Coordinates of lines are points from the top left of the page *as its text runs*: on a page whose text is turned
they are turned along, and `Sheet.shown` gives the place as a viewer shows it. How lines are found is `lines`' work.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import overload

from .values import Furniture, FurnitureKind

PICTURE_SHARE = 0.5  # an image covering this much of the page is a picture of a page
LITTLE_TEXT = 50  # characters; a scan's watermark or stamp rather than its text
GARBLED_SHARE = 0.05

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(slots=True)
class Mark:
    """A word as printed."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool


class Marks(Sequence[Mark]):
    """The words of a line, as numbers in a row: a long document has a million, and as objects they take 500 MB."""

    __slots__ = ("_numbers", "texts")
    _WIDTH = 6

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self.texts: list[str] = []
        self._numbers = array("d")
        for mark in marks:
            self.append(mark)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Mark: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mark]: ...
    def __getitem__(self, at: int | slice) -> Mark | list[Mark]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        place = range(len(self))[at] * self._WIDTH
        *box, size, bold = self._numbers[place : place + self._WIDTH]
        x0, top, x1, bottom = box
        return Mark(self.texts[at], x0, top, x1, bottom, size, bool(bold))

    def append(self, mark: Mark) -> None:
        self.texts.append(sys.intern(mark.text))
        self._numbers.extend((mark.x0, mark.top, mark.x1, mark.bottom, mark.size, mark.bold))

    def drop(self, at: int) -> None:
        place = range(len(self))[at] * self._WIDTH
        del self.texts[at], self._numbers[place : place + self._WIDTH]

    @property
    def sizes(self) -> Sequence[float]:
        return self._numbers[4 :: self._WIDTH]

    @property
    def bold(self) -> bool:
        return all(self._numbers[5 :: self._WIDTH])


@dataclass(slots=True)
class Line:
    marks: Marks
    x0: float
    top: float
    x1: float
    bottom: float

    @classmethod
    def of(cls, mark: Mark) -> Line:
        return cls(Marks([mark]), mark.x0, mark.top, mark.x1, mark.bottom)

    @property
    def text(self) -> str:
        return " ".join(self.marks.texts)

    @property
    def size(self) -> float:
        return float(median(self.marks.sizes))

    @property
    def bold(self) -> bool:
        return self.marks.bold


@dataclass(slots=True)
class Sheet:
    """One page before it is text. `crop` is the visible box within the layout: x0, y0, x1, y1 from the bottom."""

    number: int
    crop: Box
    rotation: int
    crop_box: Box
    turned: int = 0
    lines: list[Line] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    characters: int = 0
    strange: int = 0
    hidden: int = 0
    picture: bool = False

    @classmethod
    def of_page(cls, number: int, media: Box, crop: Box, rotation: int) -> Sheet:
        """From the boxes a page states, corners in any order; a CropBox outside the MediaBox counts as none."""
        media, crop = _sorted(media), _sorted(crop)
        x0, y0 = max(crop[0], media[0]), max(crop[1], media[1])
        x1, y1 = min(crop[2], media[2]), min(crop[3], media[3])
        crop_box = (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else media
        return cls(number, _turned_box(crop_box, media, rotation), rotation, crop_box)

    def in_layout(self, box: Box, media: Box) -> Box:
        """A box of the page's own space in pdfminer's layout."""
        return _turned_box(_sorted(box), _sorted(media), self.rotation)

    @property
    def width(self) -> float:
        return self.crop[2] - self.crop[0]

    @property
    def height(self) -> float:
        return self.crop[3] - self.crop[1]

    @property
    def text_height(self) -> float:
        return self.width if self.turned in (90, 270) else self.height

    @property
    def is_garbled(self) -> bool:
        return self.strange > GARBLED_SHARE * max(self.characters, 1)

    @property
    def is_picture(self) -> bool:
        return self.picture and self.characters < LITTLE_TEXT

    def shown(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box of turned text, back on the page as a viewer shows it."""
        if self.turned == 90:
            return (top, self.height - x1, bottom, self.height - x0)
        if self.turned == 180:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if self.turned == 270:
            return (self.width - bottom, x0, self.width - top, x1)
        return (x0, top, x1, bottom)

    def put_aside(self, kind: FurnitureKind, line: Line) -> None:
        x0, top, x1, bottom = self.shown(line.x0, line.top, line.x1, line.bottom)
        self.furniture.append(Furniture(kind, line.text, x0, top, x1 - x0, bottom - top))


def _sorted(box: Iterable[float]) -> Box:
    x0, y0, x1, y1 = (float(number) for number in box)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _turned_box(box: Box, media: Box, rotation: int) -> Box:
    """A box in pdfminer's layout, whose origin is the lower left of the MediaBox as turned for viewing."""
    if rotation == 90:
        return (box[1] - media[1], media[2] - box[2], box[3] - media[1], media[2] - box[0])
    if rotation == 180:
        return (media[2] - box[2], media[3] - box[3], media[2] - box[0], media[3] - box[1])
    if rotation == 270:
        return (media[3] - box[3], box[0] - media[0], media[3] - box[1], box[2] - media[0])
    return (box[0] - media[0], box[1] - media[1], box[2] - media[0], box[3] - media[1])


def is_page_picture(width: float, height: float, sheet: Sheet) -> bool:
    """Whether an image of this size is a picture of the page rather than one on it."""
    return width * height > PICTURE_SHARE * max(sheet.width * sheet.height, 1.0)


def usual_size(sheets: Iterable[Sheet]) -> float:
    """The size most of a document's text is printed in, 0 if there is none."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size * 2) / 2] += sum(map(len, line.marks.texts))
    return sizes.most_common(1)[0][0] if sizes else 0.0
