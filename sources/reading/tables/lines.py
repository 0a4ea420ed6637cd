"""The physical lines of a table, decoded as a stream; one that cannot be used is told in its place."""

import io
from collections.abc import Iterator
from typing import IO

from sources.reading import canonical, encodings
from sources.reading.values import Unreadable

MAX_LINE = 4_000_000  # characters
_SAMPLE = 1 << 20


def shown(text: str, most: int = 60) -> str:
    """A piece of the file within a sentence of ours: on one line, printable, and not too long."""
    piece = canonical.line(text[: 4 * most])[:most]
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in piece)


class BadRow(Exception):
    """What is wrong with one row."""


class Lines:
    """The physical lines with their numbers; a line that cannot be used is a `BadRow` in its place."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        sample = file.read(_SAMPLE)
        cut = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE else len(sample)
        encoding = _encoding(sample[:cut] or sample)
        file.seek(0)
        self._wide = wide = encoding.startswith(("utf-16", "utf-32"))
        if encoding == "utf-8":
            encoding = "utf-8-sig"
        self._file = io.TextIOWrapper(
            _Open(file),  # type: ignore[type-var]
            encoding,
            errors="replace" if wide else "surrogateescape",
            newline="",
        )

    def __iter__(self) -> Iterator[tuple[int, str | BadRow]]:
        number = 0
        while line := self._file.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith("\n"):
                while (rest := self._file.readline(MAX_LINE)) and not rest.endswith("\n"):
                    pass
                yield number, BadRow(f"The line is longer than {MAX_LINE:,} characters.")
            elif "\0" in line:
                yield number, BadRow("The line holds NUL bytes, which no text has.")
            elif not line.isascii() and (has_surrogate(line) or (self._wide and "\ufffd" in line)):
                yield number, BadRow("The line is not in the encoding of the rest of the file.")
            else:
                yield number, line


def _encoding(sample: bytes) -> str:
    """That of most lines: a single bad byte must not turn a whole file of UTF-8 into something else."""
    if 10 * sample.count(0) < len(sample) and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        telling = [line for line in sample.split(b"\n") if not line.isascii()]
        if 2 * sum(_is_utf8(line) for line in telling) >= len(telling):
            return "utf-8"
    try:
        return encodings.decode(sample).encoding
    except Unreadable:
        return "utf-8"  # told line by line


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Open(io.BufferedIOBase):
    """Lets a text wrapper be thrown away without closing the file it read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._given = file

    def readable(self) -> bool:
        return True

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._given.read(65_536 if size is None or size < 0 else size)

    def read(self, size: int | None = -1, /) -> bytes:
        return self._given.read(-1 if size is None else size)


def has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
