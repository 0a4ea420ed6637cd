"""The short form of a clock that jumps: see the module for what is asked."""

from tests.trust import clock


def test_a_clock_that_jumps_by_hours_loses_nothing_and_does_nothing_twice():
    figure = clock.programme("sqlite")

    assert figure.stands, figure.reached
