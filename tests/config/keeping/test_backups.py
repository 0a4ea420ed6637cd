"""Backup and restore: the same dump afterwards, in either database; nothing else is taken for a backup."""

import tarfile

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from coding.models import Operation
from config.keeping import archive, backups, dumps, restoring
from config.keeping.tables import uncovered
from projects import files, ledger
from projects.models import Project, User
from projects.refusals import Invalid
from sources.search import finding
from tests import small
from tests.config.keeping.study import SLUG

# For the tables to be made at all; every test works in places of its own.
pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    project = Project.objects.get(slug=SLUG)
    rows = finding.documents(project, finding.Wanted(words))
    return sorted(rows.values_list("external_id", flat=True))


def test_what_goes_through_both_databases_is_the_same_afterwards(open_place, kept, tmp_path):
    """From SQLite to PostgreSQL, and from there to SQLite. (tests/trust has places without tables, and writers meanwhile.)"""
    with open_place("postgres"):
        restored = restoring.restore(kept.path)
        assert (restored.rows, restored.files) == (kept.written.rows, kept.written.files)
        assert dumps.dump() == kept.dump
        backups.backup(tmp_path / "of-postgres")
        holds_and_goes_on()
    with open_place("sqlite"):
        restoring.restore(tmp_path / "of-postgres")
        assert dumps.dump() == kept.dump
        holds_and_goes_on()


def holds_and_goes_on() -> None:
    """Ledgers hold, texts are found, what never changes refuses to, and new rows get numbers of their own."""
    project = Project.objects.get(slug=SLUG)
    assert ledger.verify(project) == []
    assert found("joint exercise yearly") == []
    assert found("parties hold") == ["treaty"]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Operation.objects.update(kind="x")
    last = User.objects.order_by("-pk").first()
    assert last is not None and small.user("somebody-new").pk > last.pk
    small.document(project, "new")
    assert ledger.record(project, "tests.do", project, by=None).n > 10
    assert ledger.verify(project) == []


def test_every_table_and_column_is_kept_or_declared(open_place):
    for kind in ("sqlite", "postgres"):
        with open_place(kind):
            assert uncovered() == []
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE forgotten (a int)")
                cursor.execute("ALTER TABLE projects_project ADD COLUMN more int")
            assert uncovered() == ["forgotten", "projects_project.more"]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_place_that_is_not_empty_is_refused_and_stays_as_it_is(open_place, kept, kind):
    with open_place(kind):
        small.user("here already")
        before = dumps.dump()

        with pytest.raises(Invalid, match="not empty: there are rows in projects_user"):
            restoring.restore(kept.path)

        assert dumps.dump() == before


def test_a_place_with_stored_files_is_refused(open_place, kept):
    with open_place("sqlite"):
        files.put_bytes(b"here already")

        with pytest.raises(Invalid, match="stored files in .* already"):
            restoring.restore(kept.path)

        assert User.objects.count() == 0
        assert list(backups.stored()) != []


def bent(kind: str, whole: bytes) -> bytes:
    middle = len(whole) // 2
    return {
        "cut in the middle": whole[:middle],
        "cut by one block": whole[:-512],
        "cut by one byte": whole[:-1],
        "lengthened": whole + bytes(512),
        "one bit in the middle": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "one bit of the first byte": bytes([whole[0] ^ 1]) + whole[1:],
        "one bit of the seal": whole[:-1500] + bytes([whole[-1500] ^ 1]) + whole[-1499:],
        "the last byte": whole[:-1] + b"\1",
        "empty": b"",
        "something else": b"PK\3\4" + bytes(4092),
    }[kind]


BENT = (
    "cut in the middle", "cut by one block", "cut by one byte", "lengthened", "one bit in the middle",
    "one bit of the first byte", "one bit of the seal", "the last byte", "empty", "something else",
)  # fmt: skip


def test_a_file_that_is_not_what_was_written_is_refused_before_anything_is(
    open_place, kept, tmp_path
):
    whole = kept.path.read_bytes()
    with open_place("sqlite"):
        before = dumps.dump()
        for kind in BENT:
            path = tmp_path / "bent"
            path.write_bytes(bent(kind, whole))
            with pytest.raises(Invalid, match="bent cannot be used: it (is|was) .* Nothing was"):
                restoring.restore(path)
        with pytest.raises(Invalid, match="There is no file"):
            restoring.restore(tmp_path / "nowhere")
        with pytest.raises(Invalid, match="another file than you named"):
            restoring.restore(kept.path, sha256="0" * 64)
        assert dumps.dump() == before
        assert not settings.FILES_DIR.exists()


def test_a_restore_that_fails_half_way_leaves_the_place_empty(open_place, kept, monkeypatch):
    with open_place("sqlite"):
        before = dumps.dump()
        put_file = restoring.put_file
        calls = []

        def full(*words):
            calls.append(words)
            if len(calls) == 3:
                raise OSError("no space left on device")
            put_file(*words)

        monkeypatch.setattr(restoring, "put_file", full)
        with pytest.raises(OSError):
            restoring.restore(kept.path)
        assert dumps.dump() == before

        monkeypatch.setattr(restoring, "put_file", put_file)
        restoring.restore(kept.path, sha256=kept.written.sha256)
        assert dumps.dump() == kept.dump


def test_a_backup_of_a_newer_program_is_refused(open_place, kept, tmp_path, monkeypatch):
    with open_place("sqlite"):
        known = backups.applied()
        monkeypatch.setattr(backups, "applied", lambda: [*known, ("coding", "9999_of_tomorrow")])
        backups.backup(tmp_path / "newer")

    newer = pytest.raises(Invalid, match="newer version .* does not know coding.9999_of_tomorrow")
    with open_place("sqlite", migrated=False), newer:
        restoring.restore(tmp_path / "newer")


def test_a_backup_is_a_tar_that_any_machine_opens(kept):
    with tarfile.open(kept.path) as opened:
        names = opened.getnames()

    assert (names[0], names[-2:]) == (archive.HEAD, [archive.MANIFEST, archive.SEAL])
    assert "tables/coding_operation/00001.jsonl.gz" in names
    assert len([name for name in names if name.startswith("files/")]) == kept.written.files
    assert archive.prove(kept.path) == kept.written.sha256


def test_a_backup_never_replaces_a_file_and_leaves_none_behind_that_is_not_whole(
    open_place, tmp_path, monkeypatch
):
    (tmp_path / "there").write_text("mine")
    with open_place("sqlite"):
        with pytest.raises(Invalid, match="there already"):
            backups.backup(tmp_path / "there")
        monkeypatch.setattr(backups, "stored", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backups.backup(tmp_path / "broken")

    assert (tmp_path / "there").read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["there"]


def test_a_damaged_file_is_told_and_comes_back_as_it_was(open_place, tmp_path):
    with open_place("sqlite"):
        sha256, _ = files.put_bytes(b"as it came")
        files.path_of(sha256).chmod(0o600)
        files.path_of(sha256).write_bytes(b"as it lies")

        written = backups.backup(tmp_path / "backup")
        before = dumps.dump()

    assert written.damaged == (sha256,)
    with open_place("sqlite"):
        restoring.restore(tmp_path / "backup")
        assert dumps.dump() == before
        assert files.read(sha256) == b"as it lies"
