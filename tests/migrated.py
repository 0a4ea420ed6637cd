"""Databases with every table and trigger and no row, copied from one that was migrated once in the run.

Migrating takes as long as dozens of tests, and many programmes of the tests want an installation of their own. Outside of a
run of pytest each migrates as an operator would.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
RUN_FOLDER = "CONCORD_TEST_RUN_FOLDER"
TEMPLATE = "concord_migrated"


def empty() -> Path:
    """The SQLite file of this run with every table and no row; for copies only."""
    folder = _folder()
    once(folder / "done", lambda: walk(own(CONCORD_DATA=str(folder))))
    return folder / "concord.sqlite3"


def postgres_like(address: str) -> str:
    """The address of a database of the same server with every table and no row; for copies only."""
    like = urlunsplit(urlsplit(address)._replace(path=f"/{TEMPLATE}"))
    server = urlsplit(address).netloc.rpartition("@")[2].replace(":", "-")
    once(_folder() / f"done-{server}", lambda: _found(like))
    return like


def migrate(environment: Mapping[str, str] | None = None) -> None:
    """Give the empty database of an installation, else of this process before its first question, all it needs."""
    told = dict(environment or os.environ)
    address = told.get("DATABASE_URL", "")
    run = os.environ.get(RUN_FOLDER)
    if run and not address:
        data = Path(told["CONCORD_DATA"])
        data.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(empty(), data / "concord.sqlite3")
    elif run and address.startswith("postgres"):
        like = urlsplit(postgres_like(address)).path[1:]
        _administer(address, *_replaced(urlsplit(address).path[1:], f'TEMPLATE "{like}"'))
    else:
        walk(told)


def once(done: Path, make: Callable[[], None]) -> None:
    """Whoever comes first in the run makes it, the others wait."""
    done.parent.mkdir(parents=True, exist_ok=True)
    with done.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()


def walk(environment: Mapping[str, str], *more: str) -> None:
    words = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *more]
    subprocess.run(words, cwd=ROOT, env=dict(environment), check=True, timeout=240)


def _folder() -> Path:
    return Path(os.environ[RUN_FOLDER]) / "migrated"


def own(**told: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | told


def _found(address: str) -> None:
    # A database of this name may be left over from a run on a server that outlives runs.
    _administer(address, *_replaced(TEMPLATE))
    walk(own(CONCORD_DATA=str(_folder()), DATABASE_URL=address))


def _replaced(name: str, like: str = "") -> tuple[str, str]:
    return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" {like}'


def _administer(address: str, *statements: str) -> None:
    import psycopg

    elsewhere = urlunsplit(urlsplit(address)._replace(path="/postgres"))
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
