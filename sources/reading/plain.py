"""Plain text, kept to the character but for the canonical form and blank ends: every line is a block.

A hard-wrapped paragraph is a `paragraph` block and `line` blocks that continue it; where each line is a paragraph,
each is a `paragraph`. Decoding is left to `encodings`.
"""

import re
from collections.abc import Iterator

from . import canonical, headings, proposals
from .encodings import Decoded
from .values import Block, ReadText, Unreadable

VERSION = "1"
_WRAPPED = (40, 110)  # between these, in characters, lie the lines of a hand-wrapped text
EMPTY = Unreadable("empty", "The file holds no text. Check that it is the right one.")


def read(decoded: Decoded) -> ReadText:
    body = canonical.text(decoded.text).rstrip()
    if not body.strip():
        raise EMPTY
    return ReadText(
        body=body,
        blocks=tuple(_blocks(body)),
        metadata=proposals.metadata(
            title=proposals.first((headings.title_of(body.split("\n")), "its first lines")),
            kind=headings.kind_of(body),
        ),
        warnings=decoded.warnings,
        reader="plain",
        reader_version=VERSION,
        parameters={"encoding": decoded.encoding},
    )


def _blocks(body: str) -> Iterator[Block]:
    wrapped = is_wrapped(body)
    start, after_blank = 0, True
    for line in body.split("\n"):
        end = start + len(line)
        if not line.strip():
            after_blank = True
            if line:  # spaces alone: nothing to read, but the text is kept to the character
                yield Block("line", start, end)
        else:
            rank = headings.rank(line.strip())
            if rank:
                yield Block("heading", start, end, rank)
            elif after_blank or not wrapped:
                yield Block("paragraph", start, end)
            else:
                yield Block("line", start, end)
            after_blank = bool(rank)
        start = end + 1


def is_wrapped(body: str) -> bool:
    """Whether the lines were broken by hand at a fixed width: most inner lines of paragraphs are about full."""
    inner: list[int] = []
    for paragraph in re.split(r"\n[ \t]*\n", body):
        lines = [line.rstrip() for line in paragraph.split("\n") if line.strip()]
        inner.extend(len(line) for line in lines[:-1])
    if len(inner) < 3:
        return False
    full = sum(1 for length in inner if _WRAPPED[0] <= length <= _WRAPPED[1])
    return full >= 0.7 * len(inner)
