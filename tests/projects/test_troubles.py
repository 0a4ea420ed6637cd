"""What the machine refuses, told in plain words whatever it came wrapped in."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError

from projects import troubles
from projects.troubles import AWAY, BUSY, FULL, READ_ONLY, trouble


def wrapped(cause: BaseException, kind: type[Exception] = OperationalError) -> Exception:
    """As Django raises it."""
    problem = kind("said by the server at db.example.org")
    problem.__cause__ = cause
    return problem


def of_sqlite(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("it said so")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("problem", "found"),
    [
        (OSError(errno.ENOSPC, "x"), FULL),
        (OSError(errno.EDQUOT, "x"), FULL),
        (OSError(errno.EROFS, "x"), READ_ONLY),
        (OSError(errno.ENOENT, "x"), None),
        (wrapped(of_sqlite("SQLITE_FULL")), FULL),
        (wrapped(of_sqlite("SQLITE_READONLY_DBMOVED")), READ_ONLY),
        (wrapped(of_sqlite("SQLITE_CANTOPEN")), READ_ONLY),
        (wrapped(of_sqlite("SQLITE_BUSY")), BUSY),
        (wrapped(psycopg.errors.DiskFull("x")), FULL),
        (wrapped(psycopg.errors.ReadOnlySqlTransaction("x"), DatabaseError), READ_ONLY),
        (wrapped(psycopg.errors.AdminShutdown("x")), AWAY),
        (wrapped(psycopg.OperationalError("connection refused")), AWAY),
        (wrapped(psycopg.InterfaceError("closed"), InterfaceError), AWAY),
        (wrapped(psycopg.errors.DeadlockDetected("x")), BUSY),
        (wrapped(psycopg.errors.UniqueViolation("x"), DatabaseError), None),
        (ValueError("x"), None),
        (None, None),
    ],
)
def test_what_is_the_matter_with_the_machine_is_known_by_its_own_signs(problem, found):
    assert trouble(problem) == found


def test_it_is_found_behind_what_was_raised_because_of_it_and_nothing_of_a_server_is_quoted():
    outer = RuntimeError("could not answer")
    outer.__context__ = wrapped(of_sqlite("SQLITE_FULL"))

    assert trouble(outer) == FULL
    for one in (FULL, READ_ONLY, AWAY, BUSY):
        assert "example.org" not in one.title + one.message
        assert one.message.endswith(".")
    assert troubles.STATUS == 503
