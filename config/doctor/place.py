"""The place itself: its tables and triggers, its disk, its jobs, its backups."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config.doctor.checks import Check, Finding, Scope
from config.keeping import schedule
from projects import jobs, triggers
from projects.models import Job

FREE_BYTES = 1_000_000_000
WAITING = timedelta(hours=1)


def migrations(scope: Scope) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("tables", f"{migration} is not applied: run `manage.py migrate`")


def missing_triggers(scope: Scope) -> Iterator[Finding]:
    there = triggers.there(connection)
    for name, trigger in sorted(triggers.expected(connection).items()):
        if name not in there:
            yield Finding(trigger.table, f"the trigger {name} is not there", trigger)


def put_trigger(finding: Finding) -> str:
    assert isinstance(finding.subject, triggers.Trigger)
    with transaction.atomic():
        finding.subject.create(connection)
    return "put there again"


def soundness(scope: Scope) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(20)")
            for (said,) in cursor.fetchall():
                if said != "ok":
                    yield Finding("database file", said)
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _ in cursor.fetchmany(1000):
                yield Finding(table, f"row {row} speaks of a row of {parent} that is not there")
            return
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated"
        )
        for table, name in cursor.fetchall():
            yield Finding(table, f"the constraint {name} was never looked through")


def disk(scope: Scope) -> Iterator[Finding]:
    for folder in dict.fromkeys((settings.DATA_DIR, settings.FILES_DIR)):
        there = next(one for one in (Path(folder), *Path(folder).parents) if one.exists())
        free = shutil.disk_usage(there).free
        if free < FREE_BYTES:
            yield Finding(str(folder), f"{free / 1e6:,.0f} MB are free, less than 1 GB")


def abandoned_jobs(scope: Scope) -> Iterator[Finding]:
    """Work whose holder is gone is taken up again within minutes, where a worker runs."""
    now = timezone.now()
    late = now - timedelta(seconds=2 * settings.JOB_LEASE_SECONDS)
    found = Job.objects.filter(**scope.only("project")).order_by("pk")
    for job in found.filter(state=Job.State.RUNNING, lease_until__lt=late).iterator():
        yield Finding(f"job {job.public_id}", f"{job.kind}: its holder {job.worker} is gone", job)
    for job in found.filter(state=Job.State.QUEUED, created_at__lt=now - WAITING).iterator():
        yield Finding(
            f"job {job.public_id}", f"{job.kind}: nobody took it for an hour; does a worker run?"
        )


def free_job(finding: Finding) -> str:
    if not isinstance(finding.subject, Job):
        return "left: a worker has to be started"
    freed = jobs.free(finding.subject)
    return "waits to be taken up again" if freed else "left: somebody holds it again"


def backups_late(scope: Scope) -> Iterator[Finding]:
    status = schedule.status()
    if status.is_late or status.failed:
        yield Finding("backups", str(status))


def write_backup(finding: Finding) -> str:
    job = jobs.see_through(schedule.ask_now())
    return f"written: {job.message}" if job.state == Job.State.DONE else f"left: {job.error}"


CHECKS = (
    Check("migrations", "every migration is applied", migrations, of_projects=False),
    Check(
        "triggers", "the database itself refuses to change what never changes", missing_triggers,
        "Put the missing triggers there again", put_trigger, of_projects=False,
    ),
    Check("soundness", "the database is sound and every row it speaks of is there", soundness, of_projects=False),
    Check("disk", "there is room on the disk", disk, of_projects=False),
    Check(
        "jobs", "no work lies about that nobody holds", abandoned_jobs,
        "Let workers take up again what nobody holds", free_job,
    ),
    Check(
        "backups", "backups by schedule are written", backups_late, "Write a backup now", write_backup, of_projects=False
    ),
)  # fmt: skip
