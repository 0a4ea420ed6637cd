"""What short forms share: databases that are migrated once in the run, and copied."""

from collections.abc import Iterator

import pytest

from tests import migrated
from tests.conftest import _new_postgres
from tests.trust.nursery import MIGRATED


@pytest.fixture(scope="session")
def migrated_sqlite() -> Iterator[None]:
    """A place of its own begins with a copy of this database instead of fifty migrations."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MIGRATED, str(migrated.empty()))
        yield


@pytest.fixture
def copied_postgres(server_addresses, migrated_postgres) -> Iterator[str]:
    """The address of a PostgreSQL database of this test's own, migrated and empty."""
    with _new_postgres(server_addresses, like=migrated_postgres) as address:
        yield address
