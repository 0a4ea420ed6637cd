"""The short form of ten writers on one assignment: see the module for what is asked."""

import pytest

from tests.trust import writers

pytestmark = pytest.mark.usefixtures("migrated_sqlite")


def test_ten_writers_on_one_assignment_overwrite_nothing_on_sqlite():
    # The same on PostgreSQL is in tests/test_postgres.py, by threads.
    figure = writers.programme("sqlite", seconds=writers.SHORT)

    assert figure.stands, figure.reached
