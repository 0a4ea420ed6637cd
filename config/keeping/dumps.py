"""One short word for everything an installation holds: of every table its rows, of the store its files.

Two installations with the same dump hold the same, whichever database they stand in.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.keeping import archive, backups, snapshots, tables
from projects import files
from projects.chain import plain


def dump() -> dict[str, str]:
    """By table: how many rows, and the hash of all of them; and the same of the stored files."""
    with tempfile.TemporaryDirectory() as folder, snapshots.taken(Path(folder)) as snapshot:
        told = {
            table.name: _told(map(canonical, snapshots.lines(snapshot, table)))
            for table in tables.all_tables()
        }
    return {**told, "files": _told(_files())}


def canonical(line: bytes) -> bytes:
    """A row as it reads in either database: names sorted, whole numbers whole."""
    row: list[Any] = json.loads(line)
    return json.dumps(plain(row), sort_keys=True, ensure_ascii=False).encode()


def _told(lines: Iterator[bytes]) -> str:
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(line + b"\n")
        count += 1
    return f"{count} {digest.hexdigest()}"


def _files() -> Iterator[bytes]:
    for name in backups.stored():
        with files.open_stored(name) as file:
            digest = hashlib.sha256()
            while chunk := file.read(archive.CHUNK):
                digest.update(chunk)
            yield f"{name} {digest.hexdigest()}".encode()
