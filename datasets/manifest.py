"""The list of a release's files with their hashes: written beside them, and held against a folder later.

Any files will do. What the files are and what is said about them is decided in `tables` and `describing`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Protocol

NAME = "MANIFEST.json"
_FORMAT = 1
_BLOCK = 1 << 20


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


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a folder is not what its manifest says."""

    path: str
    kind: Literal["changed", "missing", "extra"]
    detail: str


class ManifestInvalid(ValueError):
    """The folder has no manifest that can be read; the message says why."""


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
        if file.path == NAME or file.path in entries or not _is_inside(file.path):
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


def verify(directory: Path) -> tuple[Difference, ...]:
    """Every difference between a folder and its manifest, sorted by path; none when it is untouched.

    Raises ManifestInvalid when there is no manifest to hold the folder against.
    """
    listed = _listed(directory)
    present = {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_symlink() or not path.is_dir()
    } - {NAME}
    found = [Difference(path, "extra", "not in the manifest") for path in present - listed.keys()]
    for path, (size, sha256) in listed.items():
        if path not in present:
            found.append(Difference(path, "missing", "in the manifest, not in the folder"))
        elif changed := _change(directory / path, size, sha256):
            found.append(Difference(path, "changed", changed))
    return tuple(sorted(found, key=lambda difference: difference.path))


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


def _listed(directory: Path) -> dict[str, tuple[int, str]]:
    """Size and hash by path, as the manifest of the folder gives them."""
    try:
        content = json.loads((directory / NAME).read_bytes())
        listed = {
            str(entry["path"]): (int(entry["bytes"]), str(entry["sha256"]))
            for entry in content["files"]
        }
    except FileNotFoundError:
        raise ManifestInvalid(f"{directory} holds no {NAME}") from None
    except OSError as error:
        raise ManifestInvalid(f"{directory / NAME} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ManifestInvalid(f"{directory / NAME} is not a manifest") from None
    for path in listed:
        if not _is_inside(path):
            raise ManifestInvalid(
                f"{directory / NAME} names {path!r}, which is no file of the folder"
            )
    return listed


def _change(path: Path, size: int, sha256: str) -> str:
    """What is wrong with a file that is there; empty when nothing is."""
    if path.is_symlink() or not path.is_file():
        return "not a plain file"
    digest, found = hashlib.sha256(), 0
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
            found += len(block)
    if found != size:
        return f"{found} bytes instead of {size}"
    if digest.hexdigest() != sha256:
        return "same length, other content"
    return ""


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    parts = pure.parts
    return (
        bool(parts)
        and not pure.is_absolute()
        and ".." not in parts
        and pure.as_posix() == path
        and "\\" not in path
    )
