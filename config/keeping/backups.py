"""Writing a backup while others go on working: every row of one moment, every stored file, one file that proves itself.

The moment is taken first and the files after it: a stored file never changes and lies there before any row speaks of it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.keeping import archive, snapshots, tables
from projects import files
from projects.refusals import Invalid, Refused

WHOLE = "concord backup"
Tell = Callable[[str], None]


def quietly(words: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Written:
    """What a backup holds. `damaged` are stored files whose content is not what their name says; they are kept as they are."""

    path: Path
    rows: int
    files: int
    bytes: int
    sha256: str
    damaged: tuple[str, ...]


def backup(path: Path, *, tell: Tell = quietly) -> Written:
    """Write a backup of this installation. The file is there whole or not at all; one that is there is never replaced."""
    if path.exists():
        raise Invalid(f"{path} is there already. A backup never replaces a file.")
    part = archive.written_beside(path)
    try:
        with part.open("xb") as out:
            written = _write(out, path, tell)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o600)  # it holds everything, also what is hidden from most
        os.link(part, path)
    except FileExistsError:
        raise Invalid(f"{path} is there already. A backup never replaces a file.") from None
    except OSError as error:
        raise Refused(f"The backup could not be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return written


def _write(out: Any, path: Path, tell: Tell) -> Written:
    with snapshots.taken(path.parent) as snapshot:
        writer = archive.Writer(
            out,
            {
                "what": WHOLE,
                "made_at": timezone.now().isoformat(timespec="seconds"),
                "software": settings.SOFTWARE_VERSION,
                "database": connection.vendor,
                "migrations": [list(one) for one in applied()],
            },
        )
        told: list[dict[str, Any]] = []
        last = snapshot.last_keys()
        for table in tables.all_tables():
            rows, sha256 = writer.table(table.name, snapshots.lines(snapshot, table))
            tell(f"{table.name}: {rows:,} rows")
            told.append(
                {
                    "name": table.name,
                    "columns": [list(column) for column in table.columns],
                    "rows": rows,
                    "sha256": sha256,
                    "last_key": last.get(table.name, 0),
                }
            )
    count, size, damaged = 0, 0, []
    for sha256 in stored():
        try:
            with files.open_stored(sha256) as source:
                length = os.fstat(source.fileno()).st_size
                if writer.file(sha256, source, length) != sha256:
                    damaged.append(sha256)
        except Refused:
            continue  # taken down since the folder was listed
        count, size = count + 1, size + length
        if count % 1000 == 0:
            tell(f"{count:,} files")
    rows = sum(table["rows"] for table in told)
    manifest = {
        "tables": told,
        "rows": rows,
        "files": count,
        "file_bytes": size,
        "damaged": damaged,
    }
    seal = writer.seal(manifest)
    return Written(path, rows, count, writer.bytes, seal, tuple(damaged))


def applied() -> list[tuple[str, str]]:
    """The migrations this database has been through."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def stored() -> Iterator[str]:
    """The names of all files in the store, folder by folder."""
    root = Path(settings.FILES_DIR)
    for number in range(256):
        folder = root / f"{number:02x}"
        if folder.is_dir():
            yield from sorted(name for name in os.listdir(folder) if len(name) == 64)


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
