"""The values every reader gives: one text with its blocks, pages, word boxes and metadata, or a reason why not.

How a file becomes these values is the readers' business; how they are stored is `packing`'s and the models'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

BlockKind = Literal[
    "title", "heading", "paragraph", "line", "list", "quote", "table", "code", "signature"
]
PageState = Literal["ok", "empty", "image", "garbled"]
FurnitureKind = Literal["head", "foot", "page_number", "line_number", "rotated"]
DocumentKind = Literal["treaty", "news"]
ReasonCode = Literal[
    "empty",
    "encrypted",
    "broken",
    "too_large",
    "too_many_pages",
    "image_only",
    "unsupported",
    "columns",
    "binary",
    "timeout",
    "memory",
    "crashed",
]


class Word(NamedTuple):
    """A run of the body and where it stands on its page.

    `start` and `length` count code points of the body; the box is in points from the top left corner of the
    page as a viewer shows it (turned, CropBox subtracted). A word broken at a line end has two such runs.
    """

    start: int
    length: int
    x0: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a page shows but the body leaves out: running heads, page numbers, line numbers, turned text."""

    kind: FurnitureKind
    text: str
    x0: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page: body[start:end] is what it adds; sizes in points; `crop_box` as the file states it."""

    number: int
    start: int
    end: int
    width: float
    height: float
    rotation: int
    crop_box: tuple[float, float, float, float]
    words: Sequence[Word]
    furniture: tuple[Furniture, ...]
    state: PageState


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the body without line feed; consecutive blocks have only line feeds between them.

    `line` is a line that continues the paragraph above it: plain text keeps its own line ends. `level` is
    the rank of a heading (1 the highest) or the depth of a list item, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself. All of it is proposed to a person, none of it is trusted."""

    title: str | None = None
    outlet: str | None = None
    published_on: str | None = None  # ISO date
    author: str | None = None
    address: str | None = None
    language: str | None = None
    kind: DocumentKind | None = None
    # Field -> where it was found, in words; what is proposed is the same wherever it was.
    found_in: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ReadText:
    """A file, read. `warnings` are sentences for the person who added it."""

    body: str
    blocks: tuple[Block, ...]
    pages: tuple[PageRead, ...] = ()
    metadata: Metadata = Metadata()
    warnings: tuple[str, ...] = ()
    reader: str = ""
    reader_version: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)


class Unreadable(Exception):
    """Why a file gives no text: a stable code, and a reason that says what a person can do about it."""

    def __init__(self, code: ReasonCode, reason: str) -> None:
        super().__init__(code, reason)
        self.code: ReasonCode = code
        self.reason = reason

    def __str__(self) -> str:
        return self.reason
