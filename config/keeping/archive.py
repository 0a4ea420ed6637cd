"""The file a backup or a project's export is: a tar that any machine can open, and that proves itself whole. Pure.

    head.json                   what this is, and in which format
    tables/NAME/00001.jsonl.gz  rows, one JSON array a line, in pieces
    files/ab/SHA256             stored files as they are
    manifest.json               tables with columns, counts and checksums
    SHA256                      of every byte before it, in hex; then two empty blocks end the file

One pass writes it, one pass proves it: nothing is read from a file that is cut short or of which any byte was altered.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

FORMAT = 1
HEAD, MANIFEST, SEAL = "head.json", "manifest.json", "SHA256"
BLOCK = 512
TAIL = 4 * BLOCK  # header and block of the seal, two empty blocks
PIECE_BYTES = 4 * 1024 * 1024
CHUNK = 1024 * 1024


class Broken(ValueError):
    """The file is not what was written."""


class Writer:
    """Writes front to back; `seal` ends it. Memory holds one piece of a table at most."""

    def __init__(self, out: BinaryIO, head: dict[str, Any]) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self.bytes = 0
        self._member(HEAD, _json({"format": FORMAT, **head}))

    def table(self, name: str, lines: Iterable[bytes]) -> tuple[int, str]:
        """Write the rows of a table, each a line without its end: (rows, sha256 of the lines)."""
        digest, rows, pieces = hashlib.sha256(), 0, 0
        piece, size = io.BytesIO(), 0
        packed = _packer(piece)
        for line in lines:
            packed.write(line + b"\n")
            digest.update(line + b"\n")
            rows, size = rows + 1, size + len(line)
            if size > PIECE_BYTES:
                packed.close()
                pieces += 1
                self._member(f"tables/{name}/{pieces:05d}.jsonl.gz", piece.getvalue())
                piece, size = io.BytesIO(), 0
                packed = _packer(piece)
        packed.close()
        if size:
            self._member(f"tables/{name}/{pieces + 1:05d}.jsonl.gz", piece.getvalue())
        return rows, digest.hexdigest()

    def file(self, sha256: str, source: BinaryIO, size: int) -> str:
        """Write a stored file, which does not change: the sha256 of what was read."""
        digest, left = hashlib.sha256(), size
        self._header(f"files/{sha256[:2]}/{sha256}", size)
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise OSError(f"the stored file {sha256} is shorter than it was")
            digest.update(chunk)
            self._write(chunk)
            left -= len(chunk)
        self._pad(size)
        return digest.hexdigest()

    def seal(self, manifest: dict[str, Any]) -> str:
        """The manifest and the hash of everything: the file is complete with it."""
        self._member(MANIFEST, _json(manifest))
        seal = self._digest.hexdigest()
        self._write(_tail(seal))
        return seal

    def _member(self, name: str, content: bytes) -> None:
        self._header(name, len(content))
        self._write(content)
        self._pad(len(content))

    def _header(self, name: str, size: int) -> None:
        self._write(_header(name, size))

    def _pad(self, size: int) -> None:
        self._write(bytes(-size % BLOCK))

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._digest.update(content)
        self.bytes += len(content)


def prove(path: Path) -> str:
    """Read the whole file and hold it against its seal; the seal."""
    size = path.stat().st_size
    if size < TAIL or size % BLOCK:
        raise Broken("it is cut short, or no backup of Concord")
    digest, left = hashlib.sha256(), size - TAIL
    with path.open("rb") as file:
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                raise Broken("it is cut short")
            digest.update(chunk)
            left -= len(chunk)
        tail = file.read()
    if tail == _tail(digest.hexdigest()):
        return digest.hexdigest()
    if tail[: tarfile.BLOCKSIZE][:7] != SEAL.encode() + b"\0":
        raise Broken("it is cut short, or no backup of Concord")
    raise Broken("it was altered: its content is not what its checksum says")


def head_of(path: Path) -> dict[str, Any]:
    """What the file says it is."""
    with path.open("rb") as file:
        for member, content in _members(file):
            if member.name == HEAD:
                head = json.loads(content.read())
                if head["format"] != FORMAT:
                    raise Broken(f"it has format {head['format']}; this program reads {FORMAT}")
                return cast("dict[str, Any]", head)
            break
    raise Broken("it is no backup of Concord")


def manifest_of(path: Path) -> dict[str, Any]:
    """The last member before the seal, found by its place from the end of the file."""
    with path.open("rb") as file:
        for member, content in _members(file):
            if member.name == MANIFEST:
                return cast("dict[str, Any]", json.loads(content.read()))
    raise Broken("it has no manifest")


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Every member in the order in which it was written: its name and content."""
    with path.open("rb") as file:
        for member, content in _members(file):
            yield member.name, content


def lines(content: IO[bytes]) -> Iterator[list[Any]]:
    """The rows of one piece of a table."""
    with gzip.GzipFile(fileobj=content) as opened:
        for line in opened:
            yield json.loads(line)


def _members(file: BinaryIO) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    with tarfile.open(fileobj=file, mode="r:") as opened:
        try:
            while member := opened.next():
                # Kept by tarfile for going back, which nobody does: memory stays flat.
                opened.members.clear()  # type: ignore[attr-defined]  # no other way is offered
                content = opened.extractfile(member)
                if content is None:
                    raise Broken(f"{member.name} is no file")
                yield member, content
        except tarfile.TarError as error:
            raise Broken(str(error)) from error


def _packer(piece: io.BytesIO) -> gzip.GzipFile:
    return gzip.GzipFile(fileobj=piece, mode="wb", compresslevel=3, mtime=0)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o440
    return info.tobuf(tarfile.GNU_FORMAT)


def _tail(seal: str) -> bytes:
    return _header(SEAL, 64) + seal.encode().ljust(BLOCK, b"\0") + bytes(2 * BLOCK)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def written_beside(path: Path) -> Path:
    """Where a file is written until it is whole: never under the name that says it is."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")
