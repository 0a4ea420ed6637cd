"""The rows of a table made ready to be kept: the article, its text as it reads, its tokens for the index.

Pure. `prepared` does it, `ahead` in a process of its own: a stranger's table cannot take the worker down, and the
next rows are made while the database takes the last. Keeping them is collecting's.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from sources.reading import Unreadable, canonical, isolated, limits, plain, serial, tabular
from sources.reading.encodings import Decoded
from sources.reading.tabular import Article, Fault, Form
from sources.reading.values import ReadText
from sources.search import tokens

BATCH = 500


@dataclass(frozen=True, slots=True)
class Ready:
    """`content` is what is stored: the headline above the text. Terms and how they are spelt are the body's."""

    article: Article
    content: str
    read: ReadText
    terms: list[str]
    spellings: list[str]


@dataclass(frozen=True, slots=True)
class Batch:
    rows: list[Ready | Fault]
    at: int  # bytes of the file that are behind it


def prepared(file: IO[bytes], form: Form, columns: Mapping[str, str]) -> Iterator[Batch]:
    """All rows, some at a time. Raises Unreadable."""
    rows = tabular.rows(file, form, columns)
    while batch := list(islice(rows, BATCH)):
        yield Batch([row if isinstance(row, Fault) else _ready(row) for row in batch], file.tell())


def ahead(path: Path, form: Form, columns: Mapping[str, str]) -> Iterator[Batch]:
    """The same from a process that is a batch ahead of whoever asks. Raises Unreadable."""
    words = ["sources.preparing", form, json.dumps(dict(columns))]
    for line in isolated.lines_isolated(words, path):
        yield _loaded(line)


def _ready(article: Article) -> Ready:
    text = article.text
    if article.title and not canonical.line(text[: 2 * len(article.title) + 20]).startswith(article.title):  # fmt: skip
        text = f"{article.title}\n\n{text}"
    read = plain.read(Decoded(text, "utf-8"))
    return Ready(article, text, read, *tokens.spelled(read.body))


# -- from process to process: plain data, so that nothing in it can run


def _dumped(batch: Batch) -> str:
    rows = [
        [row.line, row.reason]
        if isinstance(row, Fault)
        else [
            astuple(row.article),
            row.content,
            serial.dump(row.read),
            # No token holds white space, and one long string travels faster than many short ones.
            " ".join(row.terms),
            " ".join(row.spellings),
        ]
        for row in batch.rows
    ]
    return json.dumps([batch.at, rows])


def _loaded(line: bytes) -> Batch:
    at, rows = json.loads(line)
    return Batch([_loaded_row(*row) for row in rows], at)


def _loaded_row(first: Any, second: str, *rest: str) -> Ready | Fault:
    if not rest:
        return Fault(first, second)
    read, terms, spellings = rest
    notes = tuple(first.pop())
    article = replace(Article(*first), notes=notes) if notes else Article(*first)
    return Ready(article, second, serial.load(read), terms.split(), spellings.split())


def main() -> int:
    limits.set_own(
        timed=False
    )  # as long as there are rows; whoever asks looks at the clock for each batch
    form, columns = cast(Form, sys.argv[1]), json.loads(sys.argv[2])
    try:
        for batch in prepared(sys.stdin.buffer, form, columns):
            sys.stdout.write(_dumped(batch) + "\n")
            sys.stdout.flush()
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
