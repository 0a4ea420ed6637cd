"""Reading a backup into an empty place. The file is proved whole before anything is written; then all comes in, or nothing.

The database may be the other one than it was written from, and the program a newer one: the place is first brought to the
migrations of the backup, then filled, then brought up to date.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from config import blank
from config.keeping import archive, backups, tables
from config.keeping.backups import Tell, quietly
from config.keeping.tables import Table
from projects import files, rows
from projects.refusals import Invalid, Refused
from sources.search import indexing


@dataclass(frozen=True)
class Restored:
    rows: int
    files: int
    sha256: str
    made_at: str


def restore(path: Path, *, sha256: str = "", tell: Tell = quietly) -> Restored:
    """Fill this installation from a backup. Refused where anything is here already, or the file is not what was written."""
    seal, head, manifest = proved(path, backups.WHOLE)
    if sha256 and seal != sha256:
        raise Invalid(
            f"{path.name} is whole, but another file than you named: its SHA-256 is {seal}."
        )
    tell("the file is whole")
    _must_be_empty()
    _bring_to(head["migrations"])
    try:
        with transaction.atomic(), tables.untriggered():
            _clear_set_up()
            count = _fill(path, manifest, tell)
    except BaseException:
        # The place was empty: whatever lies in the store now came with the attempt.
        shutil.rmtree(settings.FILES_DIR, ignore_errors=True)
        raise
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        tell("bringing the tables up to date")
        call_command("migrate", verbosity=0, interactive=False)
    tell("making the search index again")
    indexing.refill()
    return Restored(manifest["rows"], count, seal, head["made_at"])


def proved(path: Path, what: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The seal, head and manifest of a file that is whole and is what is looked for."""
    try:
        seal = archive.prove(path)
        head = archive.head_of(path)
        if head.get("what") != what:
            raise archive.Broken(f"it is a {head.get('what')}, no {what}")
        return seal, head, archive.manifest_of(path)
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from error
    except archive.Broken as broken:
        raise Invalid(f"{path.name} cannot be used: {broken}. Nothing was changed.") from broken


def _must_be_empty() -> None:
    held = []
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables.all_tables():
            if table.name in there and table.name not in tables.SET_UP:
                cursor.execute(f'SELECT 1 FROM "{table.name}" LIMIT 1')  # noqa: S608 - names of our own tables and columns  # nosec B608
                if cursor.fetchone():
                    held.append(table.name)
    if held:
        more = f" and {len(held) - 3} more tables" if len(held) > 3 else ""
        raise Invalid(
            f"This installation is not empty: there are rows in {', '.join(held[:3])}{more}. "
            "Restore into a new data folder or database. Nothing was changed."
        )
    if next(backups.stored(), None):
        raise Invalid(
            f"There are stored files in {settings.FILES_DIR} already. "
            "Restore into an empty folder. Nothing was changed."
        )


def _bring_to(migrations: list[list[str]]) -> None:
    """The place gets the tables the backup was written from."""
    wanted = {(app, name) for app, name in migrations}
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    unknown = sorted(one for one in wanted if one not in graph.nodes)
    if unknown and not _replaced(executor, unknown):
        raise Invalid(
            "The backup was made by a newer version of Concord: this one does not know "
            f"{unknown[0][0]}.{unknown[0][1]}. Nothing was changed."
        )
    here = set(executor.loader.applied_migrations)
    if here - wanted:
        raise Invalid(
            "The tables here are newer than the backup. Restore into a database without tables; "
            "they are made as the backup needs them and brought up to date afterwards."
        )
    if here == wanted:
        return
    if wanted == blank.migrations(connection.vendor) and blank.lay(connection):
        return
    targets = [
        one
        for one in wanted
        if one in graph.nodes
        and not any(child.key in wanted for child in graph.node_map[one].children)
    ]
    executor.migrate(sorted(targets))


def _replaced(executor: MigrationExecutor, unknown: list[tuple[str, str]]) -> bool:
    """Whether these are known under the name of one migration that took their place."""
    replaced = {old for new in executor.loader.replacements.values() for old in new.replaces}
    return all(one in replaced for one in unknown)


def _clear_set_up() -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in sorted(tables.SET_UP & there):
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names of our own tables and columns  # nosec B608


def _fill(path: Path, manifest: dict[str, Any], tell: Tell) -> int:
    told = {
        one["name"]: Table(one["name"], tuple((name, kind) for name, kind in one["columns"]))
        for one in manifest["tables"]
    }
    counted = dict.fromkeys(told, 0)
    count = 0
    for name, content in archive.members(path):
        part, _, rest = name.partition("/")
        if part == "tables":
            table = told[rest.partition("/")[0]]
            counted[table.name] += insert(table, archive.lines(content))
        elif part == "files":
            put_file(rest.partition("/")[2], content, manifest["damaged"])
            count += 1
            if count % 1000 == 0:
                tell(f"{count:,} files")
    for one in manifest["tables"]:
        if counted[one["name"]] != one["rows"]:
            raise Invalid(
                f"{path.name} holds {counted[one['name']]:,} rows of {one['name']} and names {one['rows']:,}."
            )
        if ("id", "int") in told[one["name"]].columns:
            last = max(one["last_key"], highest(one["name"]))
            count_on_from(one["name"], last)
    return count


def insert(table: Table, lines: Iterable[list[Any]], change: tables.Change | None = None) -> int:
    """Put rows into a table as they were; how many."""
    count = 0

    def counted() -> Iterator[list[Any]]:
        nonlocal count
        for row in tables.values(lines, table, change):
            count += 1
            yield row

    rows.insert(table.name, table.names, counted())
    return count


def put_file(sha256: str, content: IO[bytes], damaged: list[str]) -> None:
    """Into the store under the name it had; one that was damaged when it was kept is so again."""
    kept, _ = files.put(iter(lambda: content.read(archive.CHUNK), b""))
    if kept != sha256:
        if sha256 not in damaged:
            raise Invalid(f"The stored file {sha256} is another one than its name says.")
        target = files.path_of(sha256)
        target.parent.mkdir(exist_ok=True)
        files.path_of(kept).replace(target)


def highest(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT MAX("id") FROM "{name}"')  # noqa: S608 - names of our own tables and columns  # nosec B608
        (found,) = cursor.fetchone()
    return found or 0


def count_on_from(name: str, last: int) -> None:
    """The next row's number is never one that was given before."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if last:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{name}"', last]
                )
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, name])
        if not cursor.rowcount and last:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last])
