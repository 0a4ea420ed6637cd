"""The doctor: nothing is found where nothing is wrong; each invariant, broken behind the program's back, is found and mended."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from coding.models import Assignment
from config import doctor
from config.doctor import place
from config.keeping import restoring, schedule
from datasets.models import ReleaseFile
from projects import files
from projects.models import Job, Project
from sources import taking_down
from sources.models import Document
from tests import small
from tests.config.keeping import places
from tests.config.keeping.study import SLUG

pytestmark = pytest.mark.django_db


@contextmanager
def bent() -> Iterator[None]:
    """For as long as this lasts anything can be written; afterwards nothing of it was."""
    vendor = connection.vendor
    with transaction.atomic(), connection.cursor() as cursor:
        if vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        yield
        transaction.set_rollback(True)


def sql(*statements: str) -> Callable[[], None]:
    """Past the triggers of the tables that are named."""

    def run() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                table = re.search(r"(?:UPDATE|FROM) (\w+)", statement).group(1)  # type: ignore[union-attr]
                kept = switched_off(cursor, table)
                cursor.execute(statement)
                for again in kept:
                    cursor.execute(again)

    return run


def switched_off(cursor, table: str) -> list[str]:
    """The triggers of a table go; the SQL that brings them back."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {table} ENABLE TRIGGER USER"]
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP TRIGGER {name}")
    return [again for _, again in found]


def forget_a_migration() -> None:
    MigrationRecorder(connection).record_unapplied("datasets", "0004_published_releases_keep_what_they_say")  # fmt: skip


def drop_a_trigger() -> None:
    on = " ON coding_operation" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER coding_operation_refuses_update{on}")


def lose_a_row() -> None:
    """A row of nobody; PostgreSQL does not let that happen, so there a constraint that was never looked through."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO coding_keychoice (user_id, single_keys, keys) VALUES (99999, 1, '{}')")  # fmt: skip
        else:
            cursor.execute("ALTER TABLE coding_keychoice ADD CONSTRAINT late CHECK (id > 0) NOT VALID")  # fmt: skip


def a_stored_file() -> str:
    return Document.objects.get(external_id="treaty").sha256


def orphan() -> None:
    sha256, _ = files.put_bytes(b"nobody's")
    old = time.time() - 2 * 86_400
    os.utime(files.path_of(sha256), (old, old))
    files.put_bytes(b"on its way")
    left = settings.FILES_DIR / ".incoming-broken"
    left.write_bytes(b"half")
    os.utime(left, (old, old))


def damage() -> None:
    path = files.path_of(a_stored_file())
    path.chmod(0o600)
    path.write_bytes(b"something else")


def lose_a_file() -> None:
    files.path_of(ReleaseFile.objects.order_by("pk").first().sha256).unlink()  # type: ignore[union-attr]


def lost_job() -> None:
    past = timezone.now() - timedelta(hours=1)
    small.job(state="running", worker="gone", attempts=1, lease_until=past)


@dataclass(frozen=True)
class Case:
    check: str
    bend: Callable[[], None]
    said: str
    mends: bool = False


DONE = "WHERE state = 'submitted'"
CASES = [
    Case("migrations", forget_a_migration, "datasets.0004_published_releases_keep_what_they_say is not applied"),
    Case("triggers", drop_a_trigger, "the trigger coding_operation_refuses_update is not there", True),
    Case("soundness", lose_a_row, "that is not there|was never looked through"),
    Case("jobs", lost_job, "its holder gone is gone", True),
    Case("texts", sql("UPDATE sources_text SET length = length + 1 WHERE n = 1"), "characters are named"),
    Case("texts", sql("UPDATE sources_text SET body = 'x' || substr(body, 2)"), "not those of its checksum"),
    Case("current texts", sql("UPDATE sources_document SET current_text_id = (SELECT MAX(id) FROM sources_text) WHERE external_id = 'd1'"), "current text is another"),
    Case("offsets", sql("UPDATE sources_page SET \"end\" = 99999"), "the text has"),
    Case("offsets", sql("UPDATE sources_section SET \"end\" = 99999"), "section"),
    Case("quotes", sql("UPDATE coding_passage SET exact = 'other words'"), "quotes other words than stand", True),
    Case("quotes", sql("UPDATE coding_passage SET \"end\" = 99999"), "ends behind the text"),
    Case("index", sql("DELETE FROM sources_searchrange"), "no search finds it", True),
    Case("projections", sql("UPDATE coding_event SET type = 'TO' WHERE type = 'EX'"), "events differ from what", True),
    Case("projections", sql("DELETE FROM coding_evidence"), "evidence differ", True),
    Case("projections", sql(f"UPDATE coding_assignment SET outcome = 'cannot_code' {DONE}"), "outcome differ", True),
    Case("versions", sql("UPDATE coding_assignment SET version = version + 1"), "version .*, but"),
    Case("readings", sql(f"UPDATE coding_assignment SET outcome = '' {DONE}"), "handed in without an outcome"),
    Case("readings", sql("UPDATE coding_assignment SET text_id = (SELECT MAX(id) FROM sources_text)"), "its text is another document's"),
    Case("counts", sql("UPDATE projects_ledgerline SET difference = '{\"documents\": 99}' WHERE verb = 'round.open'"), "99 documents were drawn, "),
    Case("counts", sql("UPDATE coding_assignment SET sitting = 2"), "a second reading without a first"),
    Case("files", damage, "its content is not what its name says"),
    Case("files", lose_a_file, "is not in the store; a backup has it"),
    Case("orphans", orphan, "nothing speaks of it", True),
    Case("releases", sql("UPDATE datasets_releasefile SET sha256 = '0' WHERE path LIKE '%.csv'"), "is another file than its manifest says"),
    Case("releases", sql("UPDATE datasets_releasefile SET frozen = false"), "not all of its files are frozen"),
    Case("releases", sql("UPDATE datasets_release SET manifest_sha256 = 'x' WHERE published_at IS NOT NULL"), "its manifest is another"),
    Case("releases", sql("DELETE FROM datasets_releasefile WHERE path LIKE '%.csv'"), "is named and not there"),
    Case("ledger", sql("UPDATE projects_ledgerline SET verb = 'x' WHERE n = 2"), "line 2: was changed after it was written"),
    Case("ledger", sql("DELETE FROM projects_ledgerline WHERE n > 5"), "are missing"),
]  # fmt: skip


def found(name: str) -> list[doctor.Finding]:
    check = next(one for one in doctor.ALL if one.name == name)
    return list(check.find(doctor.Scope()))


@pytest.fixture
def study(kept, open_place, tmp_path):
    """The study in a place of its own, that can be bent."""

    @contextmanager
    def opened(kind: str):
        if kind == "postgres":
            with open_place("postgres"):
                restoring.restore(kept.path)
                yield
            return
        with open_place("sqlite"):
            there = connection.settings_dict["NAME"]
            connection.close()
            places.copy_of(kept.path.parent / "concord.sqlite3", there)
            shutil.copytree(kept.path.parent / "files", settings.FILES_DIR)
            yield

    return opened


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_each_invariant_when_broken_is_found_and_where_safe_mended(study, kind, tmp_path):
    with study(kind):
        for check in doctor.ALL:
            if check.name != "disk":
                assert [str(one) for one in check.find(doctor.Scope())] == [], check.name
        for case in CASES:
            shutil.copytree(settings.FILES_DIR, tmp_path / "files")
            with bent():
                case.bend()
                told = [str(one) for one in found(case.check)]
                assert told and re.search(case.said, told[0]), (case, told[:3])
                check = next(one for one in doctor.ALL if one.name == case.check)
                if case.mends:
                    for one in found(case.check):
                        assert not check.repair(one).startswith("left"), case
                    assert found(case.check) == [], case
            shutil.rmtree(settings.FILES_DIR)
            shutil.move(tmp_path / "files", settings.FILES_DIR)


def test_a_document_that_was_taken_down_is_nothing_wrong_until_words_of_it_are_left(study):
    with study("sqlite"):
        taken = Document.objects.get(external_id="d1")
        taking_down.take_down(taken, by=taken.added_by, reason="Copyright.")
        for check in doctor.ALL:
            if check.name != "disk":
                assert [str(one) for one in check.find(doctor.Scope())] == [], check.name

        change = "UPDATE sources_text SET body = 'x' || substr(body, 2)"
        sql(f"{change} WHERE document_id = {taken.pk}")()
        (left,) = found("texts")
        assert left.message == "words are left of a document that was taken down"


def test_every_check_is_broken_by_a_case():
    elsewhere = {"disk", "backups"}

    assert {one.name for one in doctor.ALL} == {case.check for case in CASES} | elsewhere


def test_a_disk_that_is_nearly_full_is_told(monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(place.shutil, "disk_usage", lambda path: usage._replace(free=5_000_000))

    assert {one.message for one in found("disk")} == {"5 MB are free, less than 1 GB"}


def test_backups_that_are_late_are_told_and_written(open_place, tmp_path, settings):
    settings.BACKUP_DIR = tmp_path / "backups"
    with open_place("sqlite"):
        (late,) = found("backups")
        assert late.message.endswith("none yet")

        check = next(one for one in doctor.ALL if one.name == "backups")
        assert check.repair(late).startswith("written: ")
        assert len(schedule.kept()) == 1
        assert found("backups") == []


def test_the_command_ticks_what_holds_and_fails_for_what_does_not(study, capsys, monkeypatch):
    with study("sqlite"):
        monkeypatch.setattr(place, "FREE_BYTES", 0)
        call_command("doctor")
        said = capsys.readouterr().out.splitlines()
        assert said == [f"✓ {check.holds}" for check in doctor.ALL]

        sql("DELETE FROM coding_evidence")()
        Job.objects.all().delete()
        with pytest.raises(SystemExit):
            call_command("doctor", "--only", "projections", "--repair")
        said = capsys.readouterr()
        assert said.out.startswith("✗ codings stand as their operations tell: ")
        assert re.fullmatch(r"refused: projections: \d+ findings\n", said.err)

        with pytest.raises(SystemExit):
            call_command("doctor", "--project", SLUG, "--json")
        told = json.loads(capsys.readouterr().out)
        assert [one["check"] for one in told["checks"] if one["findings"]] == ["projections"]
        assert "migrations" not in {one["check"] for one in told["checks"]}

        call_command("doctor", "--only", "projections", "--yes")
        said = capsys.readouterr().out
        assert re.search(r"✓ codings stand .* mended\n.*written anew from its operations", said)
        call_command("doctor")


def test_a_repair_is_asked_for(study, monkeypatch, capsys):
    with study("sqlite"):
        sql("DELETE FROM coding_evidence")()
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        asked = []
        monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or "n")

        with pytest.raises(SystemExit):
            call_command("doctor", "--only", "projections", "--repair")
        assert len(asked) == 1 and asked[0].endswith("from their operations? [y/N] ")

        monkeypatch.setattr("builtins.input", lambda words: "yes")
        call_command("doctor", "--only", "projections", "--repair")
        assert Project.objects.count() == 1 and Assignment.objects.exists()
