"""Migration operations that let the database itself refuse a change, on SQLite and PostgreSQL alike.

Code that promises "never changes" is one careless query away from breaking it; a trigger is not.
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations

Run = Callable[[Any, Any], None]


def _create(name: str, table: str, event: str, when: str, message: str) -> Run:
    def run(apps: Any, schema_editor: Any) -> None:
        condition = f"WHEN ({when})" if when else ""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            return
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
            f"EXECUTE FUNCTION {name}()"
        )

    return run


def _drop(name: str, table: str) -> Run:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
            return
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        schema_editor.execute(f"DROP FUNCTION {name}()")

    return run


def refuse(event: str, table: str, *, message: str, when: str = "") -> migrations.RunPython:
    """Refuse UPDATE or DELETE on `table`, always or only for rows where `when` (SQL over OLD and NEW) holds."""
    name = f"{table}_refuses_{event.lower()}"
    return migrations.RunPython(
        _create(name, table, event, when, message), _drop(name, table), elidable=False
    )


def append_only(table: str) -> list[migrations.RunPython]:
    return [
        refuse("UPDATE", table, message=f"{table} is append-only: rows never change"),
        refuse("DELETE", table, message=f"{table} is append-only: rows are never deleted"),
    ]
