"""Whether this process can do its work: database, queue, disk, each with a reason in plain words where not.

The reasons are fixed sentences. They hold no number, path or address, so that anybody may read them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from projects import queue

GOOD = "ok"
_up_to_date = False


def checks() -> dict[str, str]:
    """Each thing that is looked at: “ok”, or what is wrong with it."""
    looks: dict[str, Callable[[], str]] = {"database": database, "queue": waiting, "disk": disk}
    found = {name: look() for name, look in looks.items()}
    if found["database"] != GOOD:
        found["queue"] = "Not known without the database."
    return found


def database() -> str:
    global _up_to_date
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
            cursor.fetchone()
        # Once brought up to this code it stays so; reading all migrations each time would cost more than the rest.
        _up_to_date = _up_to_date or _is_migrated()
    except DatabaseError:
        return "The database does not answer."
    if not _up_to_date:
        return "The database is not brought up to this version: run manage.py migrate."
    return GOOD


def _is_migrated() -> bool:
    loader = MigrationLoader(connection)
    return set(loader.graph.nodes) <= set(loader.applied_migrations)


def waiting() -> str:
    try:
        late = queue.lag() > settings.QUEUE_LAG_SECONDS
    except DatabaseError:
        return "Not known without the database."
    return "Work waits longer than it should: is a worker running?" if late else GOOD


def disk() -> str:
    least = settings.DISK_FREE_BYTES
    for place, folder in _folders().items():
        if not os.access(folder, os.W_OK):
            return f"The folder of {place} cannot be written to."
        if shutil.disk_usage(folder).free < least:
            return f"The disk of {place} is nearly full."
    return GOOD


def free_bytes() -> dict[str, int]:
    return {
        place: shutil.disk_usage(folder).free
        for place, folder in _folders().items()
        if os.path.isdir(folder)
    }


def _folders() -> dict[str, str]:
    """Where this installation writes; the folder of files comes with the first file."""
    files = settings.FILES_DIR if settings.FILES_DIR.is_dir() else settings.FILES_DIR.parent
    return {"data": str(settings.DATA_DIR), "files": str(files)}
