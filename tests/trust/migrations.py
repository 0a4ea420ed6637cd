"""Migrations keep the data: a populated database goes back step by step and forward again, on both databases.

    python -m tests.trust.migrations [--short] [sqlite] [postgres]

With the demo project loaded, the newest step of every app goes back, then each app half way and to its first, and all forward again
(in short form the newest steps only, with a small study). Afterwards the schema is to the letter what it was (triggers and indexes with it), and so is every value that the older
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


def programme(database: str, *, short: bool) -> Figure:
    clock, servers = Clock(), None
    with tempfile.TemporaryDirectory(prefix="concord-migrations-") as folder:
        place = Place(Path(folder))
        try:
            if database == "postgres":
                servers = new_servers()
                place.environment["DATABASE_URL"] = servers.start_postgres()
            with Nursery(place) as nursery:
                said = nursery.call("tests.trust.migrations:there_and_back", short=short)
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


def there_and_back(*, short: bool) -> dict[str, Any]:
    """Back by these journeys and forward again after each; what differs afterwards."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _populate(short=short)
    before, unapplied, wrong = Dump(), 0, list[str]()
    journeys = _journeys(short=short)
    for journey in journeys:
        all_of_them = len(_applied())
        try:
            for app, target in journey:
                if (app, target) in _applied():
                    call_command("migrate", app, target, verbosity=0)
            old = Dump()
            unapplied += all_of_them - len(_applied())
            call_command("migrate", verbosity=0)
        except Exception as error:
            wrong.append(f"{journey}: {type(error).__name__}: {str(error)[:300]}")
            break
        after = Dump()
        wrong += [f"{journey[0]}: {one}" for one in differences(before, old, after)]
        before = after
    return {"journeys": len(journeys), "unapplied": unapplied, "rows": before.count, "wrong": wrong}


def _journeys(*, short: bool) -> list[list[tuple[str, str]]]:
    """The newest step of every app together; in long form also each app half way and to its first."""
    names = {app: _names(app) for app in OWN}
    newest = [(app, names[app][-2]) for app in reversed(OWN) if len(names[app]) > 1]
    if short:
        return [newest]
    further = [[(app, names[app][n])] for app in OWN for n in (len(names[app]) // 2, 0)]
    return [newest, *further]


def _populate(*, short: bool) -> None:
    from config import demonstration
    from tests import factories

    if not short:
        demonstration.load()
        return
    scene = factories.scene(reconciled=True)
    factories.release(scene.project)


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
                cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
                self.columns[table] = sorted(column[0] for column in cursor.description)
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
    return max(tell(programme(one, short=said.short)) for one in said.databases or LABELS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
