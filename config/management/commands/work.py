"""`manage.py work`: do the long work. Polls the job table, or runs a Celery worker where REDIS_URL is set."""

import gc
import os
import signal
import sys
import time
from contextlib import closing

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from projects import jobs, stopping, waking
from projects.tasks import work
from projects.troubles import trouble

RECONCILE_SECONDS = 30
TROUBLE_SECONDS = 2


def _tried() -> bool:
    """One look for work; where the machine refuses (a full disk, a database that is away) it waits for better days."""
    try:
        return bool(work())
    except DatabaseError as error:
        if (found := trouble(error)) is None:
            raise
        jobs.log.error("no work for now: %s (%s)", found.title, type(error).__name__)
        time.sleep(TROUBLE_SECONDS)
        return False


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits, then stop")
        parser.add_argument(
            "--poll", type=float, default=0.5, help="seconds between looks at an empty table"
        )
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the parent process is gone"
        )

    def handle(self, *, once, poll, with_parent, **options):
        if settings.REDIS_URL and not once:
            words = ["-m", "celery", "-A", "config", "worker", "--loglevel", "INFO"]
            os.execv(  # noqa: S606 - no shell, and no word from outside  # nosec B606
                sys.executable,
                [sys.executable, *words, "--concurrency", str(os.cpu_count() or 2)],
            )
        stopping.listen()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)
        try:
            self.work(once=once, poll=poll, with_parent=with_parent)
        finally:
            stopping.calm()

    def work(self, *, once, poll, with_parent):
        gc.freeze()  # what was imported stays: no look for garbage goes through it again and again
        parent = os.getppid()
        reconciled = 0.0
        with closing(waking.Bell()) as bell:
            while not stopping.is_asked() and not (with_parent and os.getppid() != parent):
                close_old_connections()
                if time.monotonic() - reconciled > RECONCILE_SECONDS:
                    jobs.tick()
                    reconciled = time.monotonic()
                if _tried():
                    continue
                if once:
                    return
                bell.wait(poll)

    def stop(self, *_):
        # The job in hand ends, or is given back at its next step; one that reaches neither is broken off after a grace.
        stopping.ask()
        stopping.break_in_after_grace()
