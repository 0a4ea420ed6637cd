"""What short forms share: databases that are migrated once for all of them, and copied."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import _RUN_FOLDER, ROOT, _new_postgres
from tests.installation import Installation
from tests.trust.nursery import MIGRATED


@pytest.fixture(scope="session")
def migrated_sqlite() -> Iterator[None]:
    """A place of its own begins with a copy of this database instead of fifty migrations."""
    folder = Path(os.environ[_RUN_FOLDER]) / "migrated"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "concord.sqlite3"
        if not made.exists():
            words = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            # In memory where there is such a folder: nobody waits for a disk fifty times.
            memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
            with tempfile.TemporaryDirectory(prefix="concord-migrated-", dir=memory) as new:
                environment = Installation(folder, CONCORD_DATA=new).environment
                subprocess.run(words, cwd=ROOT, env=environment, check=True)
                shutil.copy(Path(new) / "concord.sqlite3", made)
        fcntl.flock(lock, fcntl.LOCK_UN)
        patch.setenv(MIGRATED, str(made))
        yield


@pytest.fixture
def copied_postgres(server_addresses, migrated_postgres) -> Iterator[str]:
    """The address of a PostgreSQL database of this test's own, migrated and empty."""
    with _new_postgres(server_addresses, like=migrated_postgres) as address:
        yield address
