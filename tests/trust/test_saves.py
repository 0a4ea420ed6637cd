"""The short form of the kills during saves: see the module for what is asked."""

import pytest

from tests.trust import saves
from tests.trust.nursery import Place


def test_no_acknowledged_save_is_lost_when_the_server_is_killed(tmp_path):
    outcome = saves.kill_during_saves(Place(tmp_path), kills=8)

    assert outcome.stands, outcome.told()


@pytest.mark.postgres
def test_no_acknowledged_save_is_lost_on_postgres_either(tmp_path, copied_postgres):
    outcome = saves.kill_during_saves(Place(tmp_path, DATABASE_URL=copied_postgres), kills=2)

    assert outcome.stands, outcome.told()
