"""Keeps a worker's claim alive while one long step runs, so that leases can be short.

A lease must end soon after its worker dies, however long the work in hand may take. The beat therefore
renews a short lease again and again, but only as long as the step said it may take: what hangs for ever
loses its claim like what died.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


@contextmanager
def beating(renew: Callable[[], None]) -> Iterator[None]:
    """Call `renew` three times a lease, from a thread with a database connection of its own."""
    stopped = threading.Event()

    def beat() -> None:
        while not stopped.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                renew()
            except DatabaseError as error:
                # A missed beat is made good by the next one; the lease outlasts two of them.
                log.warning("a lease could not be renewed this time: %s", type(error).__name__)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, daemon=True, name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
