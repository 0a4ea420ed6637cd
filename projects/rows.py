"""Many new rows at once, with keys known beforehand: COPY in PostgreSQL, one prepared statement in SQLite.

For long work that writes thousands; `bulk_create` spends several times as long on each value. Rows are new and of
their columns' types already: nothing is validated, returned, or told to anybody. And for the two or three requests made
all day, where building a query takes longer than asking it: a handful of rows by hand.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)

PIECE = 1 << 16
MOST_VALUES = 30_000  # in one statement; SQLite takes 32,766


def take_keys(model: type[Model], count: int) -> Sequence[int]:
    """Keys that nobody else will be given, in order. Inside a transaction, as what is written with them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if cursor.rowcount == 0:  # the table never held a row
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count]
            )
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)


def write(rows: Iterable[Model]) -> None:
    """Rows of one model. What has no key yet is given one by the database and is not told it."""
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    fields = [
        field
        for field in first._meta.concrete_fields
        if not field.primary_key or first.pk is not None
    ]
    columns = [_column(field) for field in fields]
    insert(
        first._meta.db_table,
        [str(field.column) for field in fields],
        ([value(row) for value in columns] for row in chain([first], coming)),
    )


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The same from bare values in the order of the columns: text, numbers, bytes, booleans, None.

    Rows that are made while they are asked for are made while PostgreSQL takes in those before them.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # type: ignore[arg-type]  # any iterable will do  # noqa: S608 - names of our own tables and columns  # nosec B608
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # fmt: skip
            for lines in _pieces("\t".join([_printed(value) for value in row]) for row in rows):
                copy.write(lines)


def insert_few(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """A handful of rows from bare values, in one statement; the keys that the database gave them, in order."""
    if not rows:
        return []
    names = ", ".join(f'"{column}"' for column in columns)
    place = f"({', '.join(['%s'] * len(columns))})"
    most, keys = MOST_VALUES // len(columns), list[int]()
    with connection.cursor() as cursor:
        for at in range(0, len(rows), most):
            some = rows[at : at + most]
            places = ", ".join([place] * len(some))
            statement = f"INSERT INTO {table} ({names}) VALUES {places} RETURNING id"  # noqa: S608 - names of our own tables and columns  # nosec B608
            cursor.execute(statement, list(chain.from_iterable(some)))
            keys += [key for (key,) in cursor.fetchall()]
    return keys


def partly(model: type[Row], values: dict[str, Any]) -> Row:
    """A row of which these columns were read by hand; the others are read when they are asked for."""
    names = [one.attname for one in model._meta.concrete_fields if one.attname in values]
    return model.from_db(connection.alias, names, [values[name] for name in names])


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together to pieces of a size worth handing over: each costs a turn of the connection."""
    waiting, size = [], 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size > PIECE:
            yield "\n".join(waiting) + "\n"
            waiting, size = [], 0
    if waiting:
        yield "\n".join(waiting) + "\n"


def _printed(value: object) -> str:
    """A value as COPY reads it."""
    if isinstance(value, str):
        if "\\" in value:
            value = value.replace("\\", "\\\\")
        return value.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    return str(value)


def _column(field: "Field[Any, Any]") -> Callable[[Model], Any]:
    """How the value of a field is taken from a row, as the database driver wants it."""
    name = field.attname
    if isinstance(field, models.JSONField):
        return lambda row: json.dumps(getattr(row, name), cls=field.encoder)
    if isinstance(field, models.DateField):  # and DateTimeField, which may tell the time of writing
        return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
    return attrgetter(name)
