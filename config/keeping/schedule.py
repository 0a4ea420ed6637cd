"""Backups by themselves: when one is due, where it goes, which old ones are let go. Off until a folder is named.

Every worker looks twice a minute (and Celery beat, where it runs); the job table sees to it that only one of them writes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.keeping import backups
from config.keeping.backups import Tell, Written, quietly, stamp
from projects import jobs
from projects.models import Job
from projects.refusals import Invalid

KIND = "config.backup"
SUBJECT = "scheduled"
NAMES = "concord-*.backup"
#: After one that failed nobody tries again at once: a full disk stays full for a while.
PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Status:
    """How the backups of this installation stand, for whoever runs it."""

    folder: Path | None
    every: timedelta
    keep: int
    last: datetime | None
    failed: str
    is_late: bool

    def __str__(self) -> str:
        if self.folder is None:
            return "no backups by schedule: CONCORD_BACKUPS names no folder"
        said = (
            f"the last one was written {self.last:%Y-%m-%d %H:%M} UTC" if self.last else "none yet"
        )
        return f"every {self.every} into {self.folder}, {said}" + (
            f"; the last try failed: {self.failed}" if self.failed else ""
        )


def status() -> Status:
    tries = Job.objects.filter(kind=KIND, subject=SUBJECT)
    done = tries.filter(state=Job.State.DONE).order_by("-finished_at").first()
    latest = tries.exclude(finished_at=None).order_by("-finished_at").first()
    failed = latest.error if latest and latest.state == Job.State.FAILED else ""
    last = done.finished_at if done else None
    every = timedelta(hours=settings.BACKUP_EVERY_HOURS)
    is_late = bool(settings.BACKUP_DIR) and (last is None or timezone.now() - last > 2 * every)
    return Status(settings.BACKUP_DIR, every, settings.BACKUP_KEEP, last, failed, is_late)


def ask() -> Job | None:
    """Ask for a backup where one is due."""
    if settings.BACKUP_DIR is None:
        return None
    now = timezone.now()
    tries = Job.objects.filter(kind=KIND, subject=SUBJECT)
    every = timedelta(hours=settings.BACKUP_EVERY_HOURS)
    if (
        jobs.waiting_for(KIND, SUBJECT)
        or tries.filter(state=Job.State.DONE, finished_at__gt=now - every).exists()
        or tries.filter(finished_at__gt=now - min(PAUSE, every)).exists()
    ):
        return None
    return ask_now()


def ask_now() -> Job:
    return jobs.enqueue(KIND, SUBJECT, project=None, by=None)


def run(*, tell: Tell = quietly) -> Written:
    """Write one into the folder, then let the oldest go beyond those to keep."""
    folder = settings.BACKUP_DIR
    if folder is None:
        raise Invalid("CONCORD_BACKUPS names no folder for backups by schedule.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Invalid(f"The folder of CONCORD_BACKUPS cannot be made: {error.strerror}.") from None
    written = backups.backup(folder / f"concord-{stamp(timezone.now())}.backup", tell=tell)
    for old in kept()[settings.BACKUP_KEEP :]:
        old.unlink(missing_ok=True)
    return written


def kept() -> list[Path]:
    """The backups in the folder, newest first: by their names, which tell when they were begun."""
    folder = settings.BACKUP_DIR
    return sorted(folder.glob(NAMES), reverse=True) if folder and folder.is_dir() else []
