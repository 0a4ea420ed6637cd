"""The one Celery task: do the job with this id, if nobody else does. The small arrangement calls the same."""

import os
import socket
from typing import Any

from celery import shared_task

from projects import jobs, kept_answers, stopping, webhooks


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:64]


@shared_task(name="projects.work", ignore_result=True)
def work(job_id: int | None = None) -> bool:
    try:
        return jobs.work_one(worker_name(), job_id)
    except stopping.GivenBack:
        return False


@shared_task(name="projects.look", ignore_result=True)
def look() -> None:
    """What is done regularly, for Celery beat."""
    jobs.tick()


@jobs.handles(webhooks.KIND)
def deliver(subject: str, parameters: dict[str, Any], progress: jobs.Progress) -> str:
    return webhooks.deliver(subject, progress)


jobs.regularly(webhooks.look)
jobs.regularly(kept_answers.prune)
