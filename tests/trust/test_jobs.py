"""The short form of the kills of workers, children, servers and the broker: see the module for what is asked."""

import pytest

from tests.trust import jobs


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.parametrize("arrangement", ["sqlite", "postgres"])
def test_no_job_is_lost_or_done_twice_whoever_is_killed(arrangement):
    figure = jobs.programme(arrangement, kills=4)

    assert figure.stands, figure.reached
