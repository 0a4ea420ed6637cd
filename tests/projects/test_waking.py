"""Waking a worker: heard by the one that listens, and no harm where nobody does."""

import sys
import time
import uuid
from contextlib import closing

import pytest

from projects import waking

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="addresses without files are Linux's"
)
LONG = 30.0


@pytest.fixture(autouse=True)
def own_address(monkeypatch):
    address = f"\0concord-test-{uuid.uuid4().hex}".encode()
    monkeypatch.setattr(waking, "_address", lambda: address)


def waited(bell, seconds):
    begun = time.monotonic()
    bell.wait(seconds)
    return time.monotonic() - begun


def test_a_call_ends_the_wait_and_many_calls_end_one():
    with closing(waking.Bell()) as bell:
        for _ in range(3):
            waking.wake()

        assert waited(bell, LONG) < LONG / 2
        assert waited(bell, 0.01) >= 0.01


def test_a_call_that_nobody_hears_is_none_and_a_second_listener_only_waits():
    waking.wake()
    with closing(waking.Bell()), closing(waking.Bell()) as second:
        waking.wake()

        assert waited(second, 0.01) >= 0.01
