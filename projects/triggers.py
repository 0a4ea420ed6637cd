"""Migration operations that let the database itself refuse a change, on SQLite and PostgreSQL alike.

Code that promises "never changes" is one careless query away from breaking it; a trigger is not.
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations

Run = Callable[[Any, Any], None]


def _create(name: str, table: str, event: str, when: str, message: str) -> Run:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            condition = f"WHEN ({when})" if when else ""
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            return
        # The condition stands in the function: a WHEN of PostgreSQL may not look into other tables.
        row = "OLD" if event == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when or 'true'} THEN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {row}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
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
    """Refuse INSERT, UPDATE or DELETE on `table`, always or only for rows where `when` (SQL over OLD and NEW) holds."""
    name = f"{table}_refuses_{event.lower()}"
    return migrations.RunPython(
        _create(name, table, event, when, message), _drop(name, table), elidable=False
    )


def append_only(table: str) -> list[migrations.RunPython]:
    return [
        refuse("UPDATE", table, message=f"{table} is append-only: rows never change"),
        refuse("DELETE", table, message=f"{table} is append-only: rows are never deleted"),
    ]


def refuse_truncate(table: str) -> migrations.RunPython:
    """Refuse to empty the table at one stroke, which triggers of rows do not see. SQLite knows no such statement."""
    name = f"{table}_refuses_truncate"

    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            return
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{table} is append-only: it is never emptied' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()"
        )

    def back(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            _drop(name, table)(apps, schema_editor)

    return migrations.RunPython(run, back, elidable=False)


def loosened(event: str, table: str, *, message: str, when: str) -> migrations.RunPython:
    """In the place of `append_only`'s refusal of everything: refuse only where `when` holds. Undone, all is refused again."""
    name = f"{table}_refuses_{event.lower()}"
    everything = f"{table} is append-only: rows never change"

    def run(apps: Any, schema_editor: Any) -> None:
        _drop(name, table)(apps, schema_editor)
        _create(name, table, event, when, message)(apps, schema_editor)

    def undo(apps: Any, schema_editor: Any) -> None:
        _drop(name, table)(apps, schema_editor)
        _create(name, table, event, "", everything)(apps, schema_editor)

    return migrations.RunPython(run, undo, elidable=False)


def moved(*columns: str) -> str:
    """SQL for: one of these columns changes."""
    return " OR ".join(
        f"COALESCE(CAST(NEW.\"{name}\" AS TEXT), '') <> COALESCE(CAST(OLD.\"{name}\" AS TEXT), '')"
        for name in columns
    )


def not_blackened(column: str, length: str) -> str:
    """SQL for: a text is something else than black boxes and line feeds, as many characters as it was long."""
    rest = f"REPLACE(REPLACE(NEW.{column}, '█', ''), '\n', '')"
    return f"({rest} <> '' OR LENGTH(NEW.{column}) <> {length})"
