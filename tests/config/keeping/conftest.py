"""Fixtures of places: `here` is migrated and open; `there()` opens another one, empty and migrated, or without tables."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import dj_database_url
import pytest

from config.keeping import backups, dumps
from datasets import formats
from datasets.papers import pdf
from tests.config.keeping import places
from tests.config.keeping.study import whole_study
from tests.conftest import _new_postgres
from tests.migrated import empty

Opener = Callable[..., AbstractContextManager[None]]


@dataclass(frozen=True)
class Kept:
    """A backup of a whole study in SQLite, and the dump of what it was written from."""

    path: Path
    dump: dict[str, str]
    written: backups.Written


@pytest.fixture(scope="session")
def kept(django_db_blocker, tmp_path_factory) -> Kept:
    folder = tmp_path_factory.mktemp("study")
    places.copy_of(empty(), folder / "concord.sqlite3")
    database = places.sqlite(folder / "concord.sqlite3")
    with django_db_blocker.unblock(), places.place(database, folder / "files"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(formats, "FORMATS", ())
            patch.setattr(pdf, "written", lambda paper: b"%PDF- not set in this test")
            whole_study()
        before = dumps.dump()
        written = backups.backup(folder / "backup")
        assert dumps.dump() == before, "a backup changes nothing"
    return Kept(folder / "backup", before, written)


@pytest.fixture
def open_place(request, tmp_path: Path, django_db_blocker) -> Iterator[Opener]:
    """Opens a new place: `open_place("sqlite")`, `open_place("postgres", migrated=False)`."""
    numbers = count(1)

    @contextmanager
    def opened(kind: str, *, migrated: bool = True) -> Iterator[None]:
        folder = tmp_path / f"place{next(numbers)}"
        folder.mkdir()
        with ExitStack() as stack:
            stack.enter_context(django_db_blocker.unblock())
            if kind == "sqlite":
                if migrated:
                    places.copy_of(empty(), folder / "concord.sqlite3")
                database = places.sqlite(folder / "concord.sqlite3")
            else:
                like = request.getfixturevalue("migrated_postgres") if migrated else ""
                addresses = request.getfixturevalue("server_addresses")
                address = stack.enter_context(_new_postgres(addresses, like=like))
                database = dj_database_url.parse(address)
            stack.enter_context(places.place(database, folder / "files"))
            yield

    yield opened
