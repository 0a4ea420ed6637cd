"""What short forms share."""

from collections.abc import Iterator

import pytest

from tests.conftest import _new_postgres


@pytest.fixture
def copied_postgres(server_addresses, migrated_postgres) -> Iterator[str]:
    """The address of a PostgreSQL database of this test's own, migrated and empty."""
    with _new_postgres(server_addresses, like=migrated_postgres) as address:
        yield address
