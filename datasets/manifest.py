"""The list of a release's files with their hashes, written beside them. Holding it against a folder is `verifying`,
which also stands in every release as a script of its own.

Any files will do. What the files are and what is said about them is decided in `tables` and `describing`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from datasets.verifying import NAME, is_inside

_FORMAT = 1


class File(Protocol):
    """A file to write: its path within the folder, and its bytes in chunks."""

    @property
    def path(self) -> str: ...
    @property
    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as it was written; `rows` counts the rows of a CSV file without its header."""

    path: str
    bytes: int
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a folder, sorted by path, and the hash of the manifest itself, which names the whole release."""

    entries: tuple[Entry, ...]
    sha256: str


class FolderTaken(ValueError):
    """The folder already holds something, so a release written there could not be told from it."""


def write(directory: Path, files: Iterable[File], about: Mapping[str, Any]) -> Manifest:
    """Write every file and then the manifest into an empty or new folder.

    Raises FolderTaken; ValueError for a path that is given twice or leads out of the folder.
    """
    if directory.exists() and any(directory.iterdir()):
        raise FolderTaken(f"the folder {directory} is not empty")
    entries: dict[str, Entry] = {}
    for file in files:
        if file.path == NAME or file.path in entries or not is_inside(file.path):
            raise ValueError(f"{file.path!r} cannot be the path of a file in a release")
        entries[file.path] = _written(directory / file.path, file)
    ordered = tuple(entries[path] for path in sorted(entries))
    content = text(ordered, about)
    (directory / NAME).write_bytes(content)
    return Manifest(ordered, hashlib.sha256(content).hexdigest())


def text(entries: Iterable[Entry], about: Mapping[str, Any]) -> bytes:
    """The manifest as it stands on disk: JSON with sorted keys and a line feed at the end."""
    content = {**about, "format": _FORMAT, "files": [asdict(entry) for entry in entries]}
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _written(target: Path, file: File) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size, rows = hashlib.sha256(), 0, _RowCount()
    with target.open("wb") as out:
        for chunk in file.chunks:
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            rows.add(chunk)
    counted = rows.without_header() if target.suffix == ".csv" else None
    return Entry(file.path, size, digest.hexdigest(), counted)


class _RowCount:
    """Counts line feeds outside quoted cells, so that the count is of the very bytes that were written."""

    def __init__(self) -> None:
        self._lines = 0
        self._is_quoted = False

    def add(self, chunk: bytes) -> None:
        for place, part in enumerate(chunk.split(b'"')):
            if place:
                self._is_quoted = not self._is_quoted
            if not self._is_quoted:
                self._lines += part.count(b"\n")

    def without_header(self) -> int:
        return max(self._lines - 1, 0)
