"""The short form of the kills during saves: see the module for what is asked."""

import pytest

from tests.trust import saves


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_no_acknowledged_save_is_lost_when_the_server_is_killed(database):
    figure = saves.programme(database, kills=saves.SHORT)

    assert figure.stands, figure.reached
