"""What the document page shows beside the text: its pages with their word boxes, its outline, its versions. Never writes."""

from bisect import bisect_right
from dataclasses import dataclass

from sources import outlines, states, structure
from sources.models import Document, Outline, Page, Text
from sources.reading import packing

DRAWN = "pdf"  # the reader whose pages can be drawn from the original


@dataclass(frozen=True)
class Box:
    """A word's place on its sheet: [start, start + length) of the text, lengths in points from the top left."""

    start: int
    length: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Sheet:
    """One page as it is drawn; sizes in points, turned and cut as a viewer shows it."""

    number: int
    of: int
    width: str
    height: str
    boxes: tuple[Box, ...]
    previous: int | None
    following: int | None


@dataclass(frozen=True)
class Entry:
    """A section as the outline lists it; `anchor` is the start of the block it begins in."""

    place: int
    kind: str
    label: str
    heading: str
    depth: int
    start: int
    end: int
    anchor: int

    @property
    def words(self) -> str:
        return " ".join(filter(None, (self.label, self.heading))) or self.kind.capitalize()


@dataclass(frozen=True)
class ShownOutline:
    n: int
    by: str
    entries: tuple[Entry, ...]

    @property
    def main(self) -> tuple[Entry, ...]:
        """Without paragraphs: what one jumps to."""
        return tuple(one for one in self.entries if one.kind != "paragraph")


@dataclass(frozen=True)
class Version:
    n: int
    reader: str
    made_at: object
    length: int
    is_current: bool


def chosen_text(document: Document, n: str | None) -> Text | None:
    """The text asked for by its number, else the current one."""
    if n and n.isdecimal() and len(n) < 6:
        return document.texts.filter(n=int(n)).first() or document.current_text
    return document.current_text


def exact_text(document: Document, n: str | None) -> Text | None:
    """The text with this number and no other; the current one where none is asked for."""
    if not n:
        return document.current_text
    return document.texts.filter(n=int(n)).first() if n.isdecimal() and len(n) < 6 else None


def found_in(document: Document, text: Text | None) -> dict[str, str]:
    """Where each proposed part of the description was read; nothing for what a person has said or checked."""
    if document.described_by_id or text is None:
        return {}
    if document.collection and document.collection.is_table and document.line:
        row = f"line {document.line} of {document.collection.filename}"
        named = ("title", "outlet", "author", "address", "published_on")
        return {name: row for name in named if getattr(document, name)}
    told = dict(text.metadata.get("found_in", {}))
    found = {name: where for name, where in told.items() if _is_still(document, text, name)}
    outline: Outline | None = text.outlines.order_by("n").first()
    if outline is None:
        return found
    for name, where in (outline.found_in or {}).items():
        proposed = outline.parties if name == "parties" else outline.signed_on
        if proposed and getattr(document, name) == proposed:
            found.setdefault(name, where)
    return found


def _is_still(document: Document, text: Text, name: str) -> bool:
    """Whether the document says what its text proposes; a long proposal was cut to fit."""
    said, proposed = str(getattr(document, name) or ""), str(text.metadata.get(name) or "")
    return bool(said) and proposed.startswith(said)


def versions(document: Document) -> list[Version]:
    rows = document.texts.order_by("-n").values_list(
        "pk", "n", "reader", "reader_version", "made_at", "length"
    )
    return [
        Version(n, f"{reader} {version}", made_at, length, pk == document.current_text_id)
        for pk, n, reader, version, made_at, length in rows
    ]


def party_names(document: Document) -> list[str]:
    return [states.by_ccode(ccode).name for ccode in document.parties]


def outline_of(text: Text) -> ShownOutline:
    """The outline that holds; n is 0 where there is none yet."""
    last: Outline | None = text.outlines.select_related("by").order_by("-n").first()
    sections = outlines.values(last)
    starts = [block[1] for block in text.blocks]
    entries = tuple(
        Entry(
            place, one.kind, one.label, one.heading, depth, one.start, one.end,
            starts[max(0, bisect_right(starts, one.start) - 1)] if starts else 0,
        )
        for place, (one, depth) in enumerate(zip(sections, structure.depths(sections), strict=True))
    )  # fmt: skip
    by = last.by.get_username() if last and last.by else ""
    return ShownOutline(last.n if last else 0, by, entries)


def is_drawn(text: Text) -> bool:
    """Whether the pages of this text can be shown as pictures of the original."""
    return text.reader.startswith(DRAWN)


def first_drawn(text: Text | None, wanted: str | None) -> int:
    return int(wanted) if wanted and wanted.isdecimal() and len(wanted) < 6 else 1


def sheet(text: Text | None, number: int) -> Sheet | None:
    """The page with this number, None where it cannot be drawn or there is none."""
    if text is None or not is_drawn(text):
        return None
    page: Page | None = text.pages.filter(number=number).first()
    if page is None or not page.width or not page.height:
        return None
    numbers = list(text.pages.order_by("number").values_list("number", flat=True))
    at = numbers.index(number)
    words = packing.unpack(bytes(page.words), start=page.start, width=page.width, height=page.height) if page.words else ()  # fmt: skip
    return Sheet(
        number=number,
        of=numbers[-1],
        width=_points(page.width),
        height=_points(page.height),
        boxes=tuple(
            Box(
                word.start, word.length, *map(_points, (word.x0, word.top, word.width, word.height))
            )
            for word in words
        ),
        previous=numbers[at - 1] if at else None,
        following=numbers[at + 1] if at + 1 < len(numbers) else None,
    )


def _points(value: float) -> str:
    """As SVG reads it, whatever the language of the page."""
    return f"{value:.1f}".removesuffix(".0")
