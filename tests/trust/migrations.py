"""Migrations keep the data: a populated database goes back step by step and forward again, on both databases.

    python -m tests.trust.migrations [--short] [sqlite] [postgres]

The demo project is loaded. Each app goes back one migration further every time (the last alone, in short form), then all go
forward. Afterwards the schema is to the letter what it was (triggers and indexes with it), and so is every value that the older
state had room for: what a step back takes away with its own table or column is no loss. Indexes that a worker lays anew and the
jobs that ask for it are left out.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.servers import new_servers
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import Nursery, Place
from tests.trust.saves import LABELS

OWN = ("projects", "sources", "coding", "reconciliation", "datasets")
# Laid anew by a worker when a migration asks for it, and the rows by which it asks.
LAID_ANEW = ("django_migrations", "projects_job", "sources_search", "sources_shingle", "sources_articlerange",
             "sqlite_sequence", "django_content_type", "auth_permission")  # fmt: skip


def programme(database: str, *, steps: int | None) -> Figure:
    clock, servers = Clock(), None
    with tempfile.TemporaryDirectory(prefix="concord-migrations-") as folder:
        place = Place(Path(folder))
        try:
            if database == "postgres":
                servers = new_servers()
                place.environment["DATABASE_URL"] = servers.start_postgres()
            with Nursery(place) as nursery:
                said = nursery.call("tests.trust.migrations:there_and_back", steps=steps)
        finally:
            if servers:
                servers.stop()
    told = (
        f"{said['journeys']} journeys over {said['unapplied']} steps, {said['rows']:,} rows: "
        + ("; ".join(said["wrong"][:3]) or "0 values changed, schema the same")
    )
    asked = "populated, back and forward: data intact"
    return Figure(f"migrations keep the data ({LABELS[database]})", asked, told, not said["wrong"], clock.seconds)  # fmt: skip


# -- inside the product


def there_and_back(steps: int | None = None) -> dict[str, Any]:
    """Every app back by one step, two, ... (at most `steps`) and forward again; what differs afterwards."""
    from django.core.management import call_command

    from config import demonstration

    call_command("migrate", verbosity=0)
    demonstration.load()
    journeys = unapplied = 0
    wrong: list[str] = []
    before = Dump()
    for app in OWN:
        for target in reversed(_names(app)[:-1][-steps if steps else None :]):
            total = len(_applied())
            try:
                call_command("migrate", app, target, verbosity=0)
                old = Dump()
                unapplied += total - len(_applied())
                call_command("migrate", verbosity=0)
            except Exception as error:  # noqa: BLE001 - the figure tells which journey broke and how
                wrong.append(f"{app} to {target}: {type(error).__name__}: {str(error)[:300]}")
                return {"journeys": journeys, "unapplied": unapplied, "rows": before.count, "wrong": wrong}  # fmt: skip
            journeys += 1
            after = Dump()
            wrong += [f"{app} to {target}: {one}" for one in differences(before, old, after)]
            before = after
    return {"journeys": journeys, "unapplied": unapplied, "rows": before.count, "wrong": wrong}


def _names(app: str) -> list[str]:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    return sorted(name for label, name in loader.disk_migrations if label == app)


def _applied() -> set[tuple[str, str]]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return set(MigrationRecorder(connection).applied_migrations())


class Dump:
    """Schema and rows as the database has them, model by no model."""

    def __init__(self) -> None:
        from django.db import connection

        self.columns: dict[str, list[str]] = {}
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        with connection.cursor() as cursor:
            for table in sorted(connection.introspection.table_names(cursor)):
                if table.startswith(LAID_ANEW):
                    continue
                description = connection.introspection.get_table_description(cursor, table)
                self.columns[table] = sorted(column.name for column in description)
                cursor.execute(
                    f'SELECT {", ".join(map(_quoted, self.columns[table]))} FROM "{table}"'
                )
                self.rows[table] = cursor.fetchall()
            self.schema = _schema(connection, cursor)
        self.count = sum(map(len, self.rows.values()))

    def digests(self, table: str, columns: list[str]) -> list[str]:
        """A digest of each row's values in these columns, sorted."""
        at = [self.columns[table].index(name) for name in columns]
        return sorted(
            hashlib.sha256(
                json.dumps([row[n] for n in at], default=repr, sort_keys=True).encode()
            ).hexdigest()
            for row in self.rows[table]
        )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _schema(connection: Any, cursor: Any) -> list[str]:
    """Every table, index, constraint and trigger in the database's own words."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        # A table made anew may name its columns in another order; what it says of each is the same.
        return sorted(f"{kind} {name} on {table}: {_parts(sql)}" for kind, name, table, sql in cursor.fetchall())  # fmt: skip
    found = []
    for statement in (
        "SELECT table_name, column_name, data_type, is_nullable, coalesce(character_maximum_length, 0), coalesce(column_default, '') "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT c.conname, c.conrelid::regclass::text, pg_get_constraintdef(c.oid) FROM pg_constraint c "
        "JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public'",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'public' AND p.prolang IN (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')",
    ):
        cursor.execute(statement)
        found += [" | ".join(map(str, row)) for row in cursor.fetchall()]
    return sorted(found)


def _parts(sql: str) -> list[str]:
    return sorted(part.strip() for part in sql.replace("(", ",").replace(")", ",").split(","))


def differences(before: Dump, old: Dump, after: Dump) -> list[str]:
    """What is not as it was, as far as the older state had room for it."""
    wrong = [f"gone from the schema: {one[:160]}" for one in before.schema if one not in set(after.schema)]  # fmt: skip
    wrong += [f"new in the schema: {one[:160]}" for one in after.schema if one not in set(before.schema)]  # fmt: skip
    for table, columns in before.columns.items():
        kept = [name for name in columns if name in old.columns.get(table, [])]
        if not kept or table not in after.columns:
            continue
        one, other = before.digests(table, kept), after.digests(table, kept)
        if one != other:
            lost = len(set(one) - set(other))
            wrong.append(f"{table}: {lost} of {len(one)} rows differ, {len(other)} are there")
    return wrong


def main(arguments: list[str]) -> int:
    said = words(__doc__).parse_args(arguments)
    steps = 1 if said.short else None
    return max(tell(programme(one, steps=steps)) for one in said.databases or LABELS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
