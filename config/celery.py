"""Celery of the large arrangement. Messages are hints: the job row decides, so a lost one costs only time."""

import os
import threading
import time

from celery import Celery
from celery.signals import setup_logging, worker_process_init, worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings  # noqa: E402 - settings need the variable above

RECONCILE_SECONDS = 30

app = Celery("concord")
app.conf.update(
    broker_url=settings.REDIS_URL or None,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_time_limit=settings.JOB_TIME_LIMIT,
    broker_transport_options={"visibility_timeout": settings.JOB_TIME_LIMIT + 600},
    broker_connection_retry_on_startup=True,
    task_default_queue="concord",
    worker_hijack_root_logger=False,
    timezone="UTC",
    # Every worker does this by itself; with `celery beat` it is done also while all of them are busy starting.
    beat_schedule={"look": {"task": "projects.look", "schedule": RECONCILE_SECONDS}},
)
app.autodiscover_tasks(["projects"])
# Also in the web server's other threads: projects/jobs.py asks Celery for its application, not this module.
app.set_default()


@worker_ready.connect
def _reconcile_for_ever(**_: object) -> None:
    from projects import jobs  # noqa: PLC0415 - needs Django to be set up

    def loop() -> None:
        from django.db import close_old_connections  # noqa: PLC0415

        while True:
            time.sleep(RECONCILE_SECONDS)
            try:
                close_old_connections()
                jobs.tick()
            except Exception:  # noqa: BLE001 - the next round tries again
                jobs.log.exception("what is done regularly could not be done")

    threading.Thread(target=loop, daemon=True, name="reconcile-queue").start()


@setup_logging.connect
def _leave_logs_to_django(**_: object) -> None:
    """Celery sets no logs up where somebody answers this: its lines then look like all others."""


@worker_shutting_down.connect
def _ask_the_pool_to_stop(**_: object) -> None:
    from projects import stopping  # noqa: PLC0415 - needs Django to be set up

    stopping.ask()


@worker_process_init.connect
def _listen(**_: object) -> None:
    from projects import stopping  # noqa: PLC0415 - needs Django to be set up

    stopping.listen()
    stopping.watch()
