"""Places to keep things in: databases of either kind with real transactions, each with a store of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from django.db import connections
from django.test import override_settings

SQLITE = "django.db.backends.sqlite3"
Open = Callable[[], AbstractContextManager[None]]


@contextmanager
def default_database(settings: dict[str, object]) -> Iterator[None]:
    """Django's default database is another one for a while."""
    known, connection = connections.settings["default"], connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": settings})[
        "default"
    ]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = known
        connections["default"] = connection


def sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # As in settings, but for waiting on the disk.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON;",
        },
    }


def copy_of(template: Path, target: Path) -> None:
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


@contextmanager
def place(database: dict[str, object], files: Path) -> Iterator[None]:
    with default_database(database), override_settings(FILES_DIR=files):
        yield
