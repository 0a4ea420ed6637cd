"""What the machine refuses, in plain words: no room on a disk, a disk that cannot be written to, a database that is away.

Kept apart from refusals, which are about what was asked. What a server said is not quoted: it may name hosts and people.
"""

import errno
import sqlite3
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

STATUS = 503
_AGAIN = "Try again in a moment; if it stays, tell whoever runs this installation."


@dataclass(frozen=True)
class Trouble:
    title: str
    message: str


FULL = Trouble(
    "The disk is full",
    "There is no room left on the disk of this installation, so nothing was changed. What was saved before is safe. "
    "Tell whoever runs it, and try again when there is room.",
)
READ_ONLY = Trouble(
    "The disk cannot be written to",
    "The disk of this installation takes nothing at the moment, so nothing was changed. What was saved before is safe. "
    "Tell whoever runs it, and try again later.",
)
AWAY = Trouble(
    "The database does not answer",
    "What was saved before is safe; whether this last step was still taken shows when the database is back. "
    + _AGAIN,
)
BUSY = Trouble("The database did not take it", f"Nothing was changed. {_AGAIN}")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EIO}
# SQLSTATE of PostgreSQL, by their beginnings: 53100 disk full, 25006 read-only transaction, 58030 I/O error.
_OF_POSTGRES = {"53100": FULL, "25006": READ_ONLY, "58030": READ_ONLY, "53": BUSY, "40": BUSY, "55": BUSY}  # fmt: skip
_OF_SQLITE = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": READ_ONLY,
    "SQLITE_IOERR": READ_ONLY,
}


def trouble(problem: BaseException | None) -> Trouble | None:
    """What is the matter with the machine, if it is the machine; looked for in what the problem came from, too."""
    seen = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        if found := _of(problem):
            return found
        problem = problem.__cause__ or problem.__context__
    return None


def _of(problem: BaseException) -> Trouble | None:
    if isinstance(problem, OSError):
        return (
            FULL if problem.errno in _FULL else READ_ONLY if problem.errno in _READ_ONLY else None
        )
    if not isinstance(problem, DatabaseError | InterfaceError):
        return None
    cause = problem.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        name = str(getattr(cause, "sqlite_errorname", ""))
        return next((one for start, one in _OF_SQLITE.items() if name.startswith(start)), BUSY)
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        known = (one for start, one in _OF_POSTGRES.items() if state.startswith(start))
        away = AWAY if state[:2] in {"08", "57"} else None
        return next(known, away)
    # psycopg gives no state where no server was there to give one.
    is_away = type(cause).__name__ in {"OperationalError", "InterfaceError"}
    return AWAY if is_away else None
