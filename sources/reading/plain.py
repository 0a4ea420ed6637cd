"""Plain text, kept to the character but for the canonical form and blank ends: every line is a block.

A hard-wrapped paragraph is a `paragraph` block and `line` blocks that continue it; where each line is a paragraph,
each is a `paragraph`. Decoding is left to `encodings`.
"""

import re
from collections.abc import Iterator

from . import canonical, headings, headlines, proposals
from .encodings import Decoded
from .values import Block, BlockKind, Metadata, ReadText, Unreadable

VERSION = "2"
_WRAPPED = (40, 110)  # between these, in characters, lie the lines of a hand-wrapped text
_WIDEST = 160  # a longer line was broken by nobody
_RUN_ON = 0.3  # of the inner line ends, where sentences run on over them
_SPACED = re.compile(r"\n[ \t]*\n")
_ENDS = (".", ":", ";", "!", "?", ".”", '."', ".)", "。", "！", "？", "؟")
_LABEL = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s|[•*‣–—-]\s)")
_NOTHING = Metadata()
EMPTY = Unreadable("empty", "The file holds no text. Check that it is the right one.")


def read(decoded: Decoded) -> ReadText:
    body = canonical.text(decoded.text).rstrip()
    if not body.strip():
        raise EMPTY
    return ReadText(
        body=body,
        blocks=tuple(Block(*block) for block in blocks(body)),
        metadata=proposed(body),
        warnings=decoded.warnings,
        reader="plain",
        reader_version=VERSION,
        parameters={"encoding": decoded.encoding},
    )


def proposed(body: str) -> Metadata:
    """What a text says of itself: the head of a treaty, or a headline with a day under it."""
    lines = body.split("\n")
    treaty, instrument = headings.kind_of(body, lines), headings.title_of(lines)
    headline, day = headlines.dated(lines) or (None, None)
    if treaty is None and instrument is None and headline is None:
        return _NOTHING
    return proposals.metadata(
        title=proposals.first((instrument, "its first lines"), (headline, "its first line")),
        published_on=proposals.first((day, "its second line")),
        kind=treaty or ("news" if headline else None),
        kind_found_in=proposals.TREATY if treaty else "its headline with a day under it",
    )


def blocks(body: str) -> Iterator[tuple[BlockKind, int, int, int]]:
    """The parts of each block of a canonical text."""
    wrapped = is_wrapped(body)
    width = _width(body) if wrapped else 0
    start, last = 0, ""
    for line in body.split("\n"):
        end = start + len(line)
        if not line.strip():
            last = ""
            if line:  # spaces alone: nothing to read, but the text is kept to the character
                yield "line", start, end, 0
        else:
            rank = headings.rank(line.strip())
            if rank:
                yield "heading", start, end, rank
            elif not last or not wrapped or _begins(line, last, width):
                yield "paragraph", start, end, 0
            else:
                yield "line", start, end, 0
            last = "" if rank else line
        start = end + 1


def is_wrapped(body: str) -> bool:
    """Whether the lines were broken at a width: most inner lines are about full, or sentences run on over their ends."""
    if not any("\n" in paragraph for paragraph in body.split("\n\n")):
        return False  # mostly: each paragraph is a line
    inner: list[int] = []
    runs_on = 0
    for paragraph in _SPACED.split(body):
        lines = [line.rstrip() for line in paragraph.split("\n") if line.strip()]
        inner.extend(len(line) for line in lines[:-1])
        runs_on += sum(
            _runs_on(above, below) for above, below in zip(lines, lines[1:], strict=False)
        )
    if not inner or max(inner) > _WIDEST:
        return False
    if len(inner) >= 3:
        full = sum(1 for length in inner if _WRAPPED[0] <= length <= _WRAPPED[1])
        if full >= 0.7 * len(inner):
            return True
    return runs_on >= max(1, _RUN_ON * len(inner))


def _runs_on(above: str, below: str) -> bool:
    """No sentence ends with the line above, and the next begins as only the middle of one does."""
    return not above.endswith(_ENDS) and below.lstrip()[:1].islower()


def _begins(line: str, last: str, width: int) -> bool:
    """Whether a line of a wrapped text begins a paragraph, with no blank line above: by a label, an indent, a short line."""
    ended = last.rstrip().endswith(_ENDS)
    indent, indent_before = (len(one) - len(one.lstrip()) for one in (line, last))
    if ended and (_LABEL.match(line) or indent >= indent_before + 2):
        return True
    return ended and len(last.rstrip()) < 0.75 * width and not line.lstrip()[:1].islower()


def _width(body: str) -> int:
    """About where the lines are broken: all but the longest few are no longer."""
    lengths = sorted(len(line.rstrip()) for line in body.split("\n") if line.strip())
    return lengths[int(0.95 * (len(lengths) - 1))]
