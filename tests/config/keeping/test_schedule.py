"""Backups by themselves: asked for when due, by one worker, the oldest let go; and the commands around them."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.keeping import backups, dumps, schedule
from projects import jobs
from projects.models import Job
from projects.refusals import Invalid
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


def ended(state: str, ago: timedelta, error: str = "") -> Job:
    at = timezone.now() - ago
    return small.job(schedule.KIND, schedule.SUBJECT, state=state, finished_at=at, error=error)


def test_nothing_is_asked_for_where_no_folder_is_named(settings):
    settings.BACKUP_DIR = None

    assert schedule.ask() is None
    assert str(schedule.status()) == "no backups by schedule: CONCORD_BACKUPS names no folder"
    with pytest.raises(Invalid, match="names no folder"):
        schedule.run()


@pytest.mark.parametrize(
    ("state", "ago", "is_asked"),
    [
        ("done", timedelta(hours=25), True),
        ("done", timedelta(hours=23), False),
        ("failed", timedelta(minutes=59), False),
        ("failed", timedelta(minutes=61), True),
    ],
)
def test_a_backup_is_asked_for_when_the_last_is_a_day_old(folder, state, ago, is_asked):
    ended(state, ago, "no space left" if state == "failed" else "")

    assert (schedule.ask() is not None) == is_asked


def test_a_backup_is_asked_for_once(folder):
    assert schedule.ask() is not None
    assert schedule.ask() is None
    assert Job.objects.count() == 1


def test_the_operator_reads_when_the_last_was_written_and_why_one_failed(folder):
    assert schedule.status().is_late
    done = ended("done", timedelta(hours=49))
    ended("failed", timedelta(hours=2), "no space left")

    status = schedule.status()

    assert (status.last, status.failed, status.is_late) == (done.finished_at, "no space left", True)
    assert str(status).endswith("UTC; the last try failed: no space left")
    ended("done", timedelta(hours=1))
    assert (schedule.status().failed, schedule.status().is_late) == ("", False)


def test_a_worker_writes_what_is_due_and_lets_the_oldest_go(
    open_place, folder, settings, monkeypatch
):
    settings.BACKUP_KEEP = 2
    with open_place("sqlite"):
        for day in (1, 2, 3):
            monkeypatch.setattr(schedule, "stamp", lambda moment, day=day: f"2026010{day}-000000")
            (folder / "mine.backup").parent.mkdir(exist_ok=True)
            (folder / "mine.backup").write_text("not the schedule's")
            assert schedule.ask() is not None
            jobs.finish_all()
            assert Job.objects.get(state="done").message.startswith(f"concord-2026010{day}-000000")
            Job.objects.all().delete()

    assert [one.name for one in schedule.kept()] == [
        "concord-20260103-000000.backup",
        "concord-20260102-000000.backup",
    ]
    assert (folder / "mine.backup").read_text() == "not the schedule's"


def test_a_folder_that_cannot_be_written_is_said_on_the_job(open_place, folder):
    folder.write_text("a file, no folder")
    with open_place("sqlite"):
        with pytest.raises(CommandError, match="The folder of CONCORD_BACKUPS cannot be made"):
            call_command("backup", "--scheduled")

        assert schedule.status().failed.startswith("The folder of CONCORD_BACKUPS cannot be made")


def test_the_commands_write_restore_and_compare(open_place, tmp_path, capsys):
    path = tmp_path / "file"
    with open_place("sqlite"):
        small.document(small.project("study"))
        before = dumps.dump()
        call_command("backup", str(path), as_json=True)
        told = json.loads(capsys.readouterr().out)
        call_command("dump")
        dumped = capsys.readouterr().out
        with pytest.raises(CommandError, match="Name a FILE to write, or say --scheduled"):
            call_command("backup")

    assert told["bytes"] == path.stat().st_size
    assert path.stat().st_mode & 0o777 == 0o600
    with open_place("sqlite"):
        with pytest.raises(CommandError, match="another file than you named"):
            call_command("restore", str(path), sha256="1" * 64)
        call_command("restore", str(path), sha256=told["sha256"])
        assert capsys.readouterr().out.startswith(f"{told['rows']} rows and 0 files restored from")
        call_command("dump")
        assert capsys.readouterr().out == dumped
        assert dumps.dump() == before
        assert backups.applied()
