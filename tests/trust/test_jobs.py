"""The short form of the kills of workers, children, servers and the broker: see the module for what is asked."""

import pytest

from tests import servers
from tests.trust import jobs
from tests.trust.nursery import Place


def test_no_job_is_lost_or_done_twice_whoever_is_killed(tmp_path):
    outcome = jobs.kill_while_working(Place(tmp_path, **jobs.SETTINGS), None, kills=2)

    assert outcome.stands, outcome.told()


@pytest.mark.postgres
@pytest.mark.redis
def test_no_job_is_lost_or_done_twice_with_a_pool_and_a_broker_either(tmp_path, copied_postgres):
    own = servers.new_servers()  # a broker that may be killed
    try:
        place = Place(
            tmp_path,
            DATABASE_URL=copied_postgres,
            REDIS_URL=own.start_redis(lasting=True),
            **jobs.SETTINGS,
        )
        outcome = jobs.kill_while_working(place, own, kills=3)
    finally:
        own.stop()

    assert outcome.stands, outcome.told()
