"""The tables of an empty database as the migrations leave them, laid in one go instead of step by step.

The history of migrations takes a database from any earlier state to today's; nobody need walk it to begin. What it ends in
is recorded in SQL beside this file, one for each kind of database (`python -m tests.blank` writes them), and a test
compares both ways to the letter.
"""

import logging
import re
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
NEXT = "\n--;\n"  # between two statements: a trigger has semicolons of its own
_NOTED = re.compile(r"INTO (?:public\.)?\"?django_migrations\"? .*?VALUES \(\d+, '(\w+)', '(\w+)'")


def recorded(vendor: str) -> Path:
    return HERE / f"{vendor}.sql"


def migrations(vendor: str) -> set[tuple[str, str]]:
    """(app, name) of every migration whose outcome is recorded; none where nothing is."""
    try:
        return set(_NOTED.findall(recorded(vendor).read_text("utf-8")))
    except FileNotFoundError:
        return set()


def lay(connection: BaseDatabaseWrapper) -> bool:
    """Give a database without any table all of them, wholly or not at all; whether that was done.

    Not done, and nothing changed: tables are there, or the database refuses a statement (an older PostgreSQL may not know
    one); the history of migrations then leads there as well.
    """
    file = recorded(connection.vendor)
    if not file.exists() or connection.introspection.table_names():
        return False
    statements = file.read_text("utf-8").split(NEXT)
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT current_schema() = 'public'")
                if cursor.fetchone() != (True,):
                    return False
                # Functions come before the tables they speak of. One question for all: each would be a way to the server.
                cursor.execute(";\n".join(["SET LOCAL check_function_bodies = off", *statements]))
            else:
                for statement in statements:
                    cursor.execute(statement)
    except DatabaseError as refused:
        log.warning(
            "the recorded tables cannot be laid here (%s): the migrations make them", refused
        )
        return False
    return True
