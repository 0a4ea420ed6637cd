"""The rows of a table made ready to be kept: the article and its text as it reads.

Pure. `prepared` does it, `ahead` in a process of its own: a stranger's table cannot take the worker down, and the
next rows are made while the database takes the last. Keeping them is collecting's, their tokens are indexing's.
"""

import gc
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from sources.reading import Unreadable, canonical, isolated, limits, plain, serial, tabular
from sources.reading.tabular import Article, Fault, Form
from sources.reading.values import Metadata

# Of a process that is ahead the first batch is small and each twice the one before, so that the database is soon at work.
FIRST, BATCH = 100, 1600


class Ready(NamedTuple):
    """`content` is what is stored: the headline above the text. `body`, the same decoded, and `blocks` (JSON) are how it reads."""

    article: Article
    sha256: str  # of the content
    content: bytes
    body: str
    blocks: str
    proposed: Metadata


@dataclass(frozen=True, slots=True)
class Batch:
    rows: list[Ready | Fault]
    at: int  # bytes of the file that are behind it


_NOTHING = Metadata()


def prepared(
    file: IO[bytes], form: Form, columns: Mapping[str, str], *, first: int = BATCH
) -> Iterator[Batch]:
    """All rows, some at a time. Raises Unreadable."""
    rows = tabular.rows(file, form, columns)
    size = min(first, BATCH)
    while batch := list(islice(rows, size)):
        yield Batch([row if isinstance(row, Fault) else _ready(row) for row in batch], file.tell())
        size = min(2 * size, BATCH)


def ahead(path: Path, form: Form, columns: Mapping[str, str]) -> Iterator[Batch]:
    """The same from a process that is a batch ahead of whoever asks. Raises Unreadable."""
    words = ["sources.preparing", form, json.dumps(dict(columns))]
    lines = isolated.lines_isolated(words, path)
    for told, texts in zip(lines, lines, strict=True):
        yield _loaded(told, texts)


def _ready(article: Article) -> Ready:
    text = article.text
    if article.title and not canonical.line(text[: 2 * len(article.title) + 20]).startswith(article.title):  # fmt: skip
        text = f"{article.title}\n\n{text}"
    # Canonical already and without blank ends, as both of its parts are.
    blocks = json.dumps(list(plain.blocks(text)))
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    return Ready(article, sha256, content, text, blocks, plain.proposed(text))


# -- from process to process: plain data, so that nothing in it can run

# A batch is two lines: what is told of its rows in JSON, and their texts as they are, which is faster by far. The marks in
# the place of line feeds and between texts are characters that no canonical text holds.
_FEED, _BETWEEN, _TEXTS = b"\x0b", b"\x0c", b"texts"


def _dumped(batch: Batch) -> bytes:
    rows = [
        [row.line, row.reason]
        if isinstance(row, Fault)
        else [
            _told(row.article),
            row.sha256,
            row.blocks,
            None
            if row.proposed == _NOTHING
            else [getattr(row.proposed, name) for name in Metadata.__slots__],
        ]
        for row in batch.rows
    ]
    texts = _BETWEEN.join(row.content for row in batch.rows if isinstance(row, Ready))
    told = json.dumps([batch.at, rows], ensure_ascii=False).encode(errors="replace")
    return b"\n".join([told, _TEXTS + texts.replace(b"\n", _FEED), b""])


def _told(article: Article) -> list[Any]:
    """Its parts in order; of its text only the length, because the content ends with it."""
    return [
        article.line, len(article.text), article.id, article.title, article.published_on, article.outlet,
        article.author, article.address, article.kind, article.language, article.notes,
    ]  # fmt: skip


def _loaded(told: bytes, texts: bytes) -> Batch:
    at, rows = json.loads(told)
    contents = iter(texts[len(_TEXTS) :].replace(_FEED, b"\n").split(_BETWEEN))
    return Batch([Fault(*row) if len(row) == 2 else _loaded_row(row, next(contents)) for row in rows], at)  # fmt: skip


def _loaded_row(row: list[Any], content: bytes) -> Ready:
    article, sha256, blocks, proposed = row
    body = content.decode()
    article[1] = body[len(body) - article[1] :]
    article[-1] = tuple(article[-1])  # the notes
    metadata = Metadata(*proposed) if proposed else _NOTHING
    return Ready(Article(*article), sha256, content, body, blocks, metadata)


def main() -> int:
    # As long as there are rows; whoever asks looks at the clock for each batch.
    limits.set_own(timed=False)
    gc.disable()  # nothing here refers to itself
    form, columns = cast(Form, sys.argv[1]), json.loads(sys.argv[2])
    try:
        for batch in prepared(sys.stdin.buffer, form, columns, first=FIRST):
            sys.stdout.buffer.write(_dumped(batch))
            sys.stdout.buffer.flush()
        answer = json.dumps(None)
    except Unreadable as refusal:
        answer = serial.dump_refusal(refusal)
    except MemoryError:
        return limits.NO_MEMORY
    except RecursionError:
        return limits.TOO_DEEP
    sys.stdout.write(answer + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    os._exit(main())
