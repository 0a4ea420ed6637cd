"""All tables as they were at one moment, while others go on writing.

SQLite's own backup copies the database to a file beside the one that is being written; PostgreSQL gives one transaction a
view that does not move. Neither keeps a writer waiting.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from config.keeping.tables import Table, line, writers

ROWS = 2_000


class Snapshot(Protocol):
    """One moment of the database."""

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]: ...

    def last_keys(self) -> dict[str, int]:
        """By table, the last number the database gave to a row, also where the row is gone."""


def lines(snapshot: Snapshot, table: Table, where: str = "") -> Iterator[bytes]:
    writing = writers(table)
    for row in snapshot.rows(table.select(where)):
        yield line(row, writing)


@contextmanager
def taken(folder: Path) -> Iterator[Snapshot]:
    """The database as it is now. `folder` has room for a copy of it where it is SQLite."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with _postgres() as snapshot:
            yield snapshot
        return
    with (
        tempfile.NamedTemporaryFile(dir=folder, prefix=".snapshot-", suffix=".sqlite3") as file,
        closing(sqlite3.connect(file.name)) as copy,
    ):
        connection.connection.backup(copy)
        yield SqliteSnapshot(copy)


class SqliteSnapshot:
    def __init__(self, copy: sqlite3.Connection) -> None:
        self._copy = copy

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        yield from self._copy.execute(sql)

    def last_keys(self) -> dict[str, int]:
        return dict(self.rows("SELECT name, seq FROM sqlite_sequence"))


@contextmanager
def _postgres() -> Iterator[Snapshot]:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield PostgresSnapshot(own)
    finally:
        own.close()


class PostgresSnapshot:
    def __init__(self, own: Any) -> None:
        self._own = own

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with self._own.connection.cursor(name="rows") as cursor:
            cursor.itersize = ROWS
            cursor.execute(sql)
            yield from cursor

    def last_keys(self) -> dict[str, int]:
        with self._own.cursor() as cursor:
            cursor.execute(
                "SELECT replace(sequencename, '_id_seq', ''), last_value FROM pg_sequences "
                "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
            )
            return dict(cursor.fetchall())
