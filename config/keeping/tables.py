"""Every table with its columns, and how a value is written so that either database can take it in again.

What can be made from the rest is left out and declared here; a test holds the databases against it.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

#: Tables that Django has no model for, with columns and kinds; the first columns make the key.
BARE = {"sources_shingle": (("hash", "int"), ("document_id", "int"))}

#: Made again from texts after a restore (sources.search.indexing.refill).
DERIVED_TABLES = ("sources_searchtokens",)
DERIVED_COLUMNS = {"sources_searchrange": {"tokens"}}

#: Made by the migrations of the place itself, or counted by the database.
OF_THE_PLACE = {"django_migrations", "sqlite_sequence"}
#: Filled by setting up, before anybody was there: replaced by what was kept.
SET_UP = {"auth_permission", "django_content_type", "django_site"}

_KINDS = {
    "AutoField": "int", "BigAutoField": "int", "SmallAutoField": "int", "IntegerField": "int", "BigIntegerField": "int",
    "SmallIntegerField": "int", "PositiveIntegerField": "int", "PositiveBigIntegerField": "int",
    "PositiveSmallIntegerField": "int", "FloatField": "float", "BooleanField": "bool", "DateTimeField": "time",
    "DateField": "date", "UUIDField": "uuid", "JSONField": "json", "BinaryField": "bytes", "DecimalField": "decimal",
    "CharField": "text", "TextField": "text", "SlugField": "text", "EmailField": "text", "URLField": "text",
    "GenericIPAddressField": "text", "FileField": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table as it is written and read: columns with their kinds, the key first."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: int = 1

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]

    def select(self, where: str = "") -> str:
        columns = ", ".join(f'"{name}"' for name in self.names)
        order = ", ".join(f'"{name}"' for name in self.names[: self.key])
        return f'SELECT {columns} FROM "{self.name}" {where} ORDER BY {order}'  # noqa: S608 - names of our own tables and columns  # nosec B608


def table_of(model: type[models.Model]) -> Table:
    fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
    return Table(
        model._meta.db_table, tuple((str(field.column), kind_of(field)) for field in fields)
    )


def kind_of(field: "models.Field[Any, Any]") -> str:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return _KINDS[field.get_internal_type()]


def all_tables() -> list[Table]:
    """Every table that is kept, by name."""
    found = {
        model._meta.db_table: table_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    bare = {name: Table(name, columns, len(columns)) for name, columns in BARE.items()}
    return [one for _, one in sorted({**found, **bare}.items())]


# -- values out


def line(row: Sequence[Any], writers: Sequence[Callable[[Any], str]]) -> bytes:
    """A row as a line of JSON."""
    parts = [
        "null" if value is None else write(value) for value, write in zip(row, writers, strict=True)
    ]
    return ("[" + ",".join(parts) + "]").encode()


def writers(table: Table) -> list[Callable[[Any], str]]:
    return [_WRITE[kind] for _, kind in table.columns]


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _time(value: Any) -> str:
    # SQLite keeps what Django wrote; PostgreSQL gives a moment. Both are UTC.
    told = value if isinstance(value, str) else value.replace(tzinfo=None).isoformat(" ")
    return f'"{told}"'


def _json(value: Any) -> str:
    # As the database has it; a line break between values would end the row.
    return (value if isinstance(value, str) else json.dumps(value)).replace("\n", " ")


_WRITE: dict[str, Callable[[Any], str]] = {
    "int": str,
    "float": lambda value: json.dumps(float(value)),
    "bool": lambda value: "true" if value else "false",
    "text": _text,
    "time": _time,
    "date": lambda value: f'"{value}"',
    "uuid": lambda value: '"' + str(value).replace("-", "") + '"',
    "json": _json,
    "bytes": lambda value: '"' + base64.b64encode(bytes(value)).decode() + '"',
    "decimal": lambda value: f'"{value}"',
}


# -- values in


def readers(table: Table) -> list[Callable[[Any], Any]]:
    """From a value of a line to what projects.rows.insert takes."""
    return [_READ.get(kind, _same) for _, kind in table.columns]


def _same(value: Any) -> Any:
    return value


def _time_in(value: str) -> str:
    return value if connection.vendor == "sqlite" else f"{value}+00:00"


_READ: dict[str, Callable[[Any], Any]] = {
    "json": json.dumps,
    "bytes": base64.b64decode,
    "time": _time_in,
}


Change = Callable[[list[Any]], list[Any]]


def values(
    rows: Iterable[list[Any]], table: Table, change: Change | None = None
) -> Iterator[list[Any]]:
    """Rows as they are inserted; `change` sees them before, in the order of the columns."""
    reading = readers(table)
    for row in rows:
        if change is not None:
            row = change(row)
        yield [
            None if value is None else read(value) for value, read in zip(row, reading, strict=True)
        ]


# -- the database's own


@contextmanager
def untriggered() -> Iterator[None]:
    """What refuses new rows to what is frozen stands aside while it comes in whole. Inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE INSERT%'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, sql in triggers:
                cursor.execute(sql)
            return
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE NOT tgisinternal AND tgtype & 4 > 0 AND nspname = current_schema()"  # those of INSERT
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        yield
        # What is deferred is looked at now: a table with something still to check cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


def uncovered() -> list[str]:
    """Tables and columns of the database that are neither kept nor declared to be made again."""
    kept = {table.name: set(table.names) for table in all_tables()}
    found = []
    with connection.cursor() as cursor:
        for info in connection.introspection.get_table_list(cursor):
            if (
                info.type != "t"
                or info.name in OF_THE_PLACE
                or info.name.startswith(DERIVED_TABLES)
            ):
                continue
            if info.name not in kept:
                found.append(info.name)
                continue
            cursor.execute(f'SELECT * FROM "{info.name}" LIMIT 0')  # noqa: S608 - names of our own tables and columns  # nosec B608
            there = {column[0] for column in cursor.description}
            left = there - kept[info.name] - DERIVED_COLUMNS.get(info.name, set())
            found += [f"{info.name}.{column}" for column in sorted(left)]
    return sorted(found)
