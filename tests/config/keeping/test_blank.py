"""An empty database gets its tables in one go, and they are those that the history of migrations ends in."""

import re
import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangosOwn
from django.db import connection

from config import blank
from projects.models import User
from tests import blank as recording

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
AGAIN = "run `python -m tests.blank` and look at what changed"


def test_what_is_recorded_is_what_the_history_ends_in_on_sqlite(tmp_path):
    file = recording.migrated(tmp_path, "", "--history")

    assert recording.text(recording.of_sqlite(file)) == blank.recorded("sqlite").read_text(), AGAIN


@pytest.mark.postgres
def test_what_is_recorded_is_what_the_history_ends_in_on_postgres(tmp_path, postgres_url):
    recording.migrated(tmp_path, postgres_url, "--history")

    told = recording.text(recording.of_postgres(postgres_url))
    assert told == blank.recorded("postgresql").read_text(), AGAIN


def test_what_is_laid_is_what_is_recorded_on_sqlite(tmp_path):
    file = recording.migrated(tmp_path)

    assert recording.text(recording.of_sqlite(file)) == blank.recorded("sqlite").read_text()


@pytest.mark.postgres
def test_what_is_laid_is_what_is_recorded_on_postgres(tmp_path, postgres_url):
    recording.migrated(tmp_path, postgres_url)

    told = recording.text(recording.of_postgres(postgres_url))
    assert _plain(told) == _plain(blank.recorded("postgresql").read_text())


def _plain(told: str) -> str:
    """PostgreSQL tells a list that it was told as one of varchar, cast to text, as one of texts."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", told)


@pytest.mark.parametrize("kind", KINDS)
def test_no_migration_is_walked(open_place, kind):
    with open_place(kind, migrated=False):
        assert blank.lay(connection)
        assert applied() == blank.migrations(connection.vendor)


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A record that was written before the newest migration of sources."""
    newest = max(name for app, name in blank.migrations("sqlite") if app == "sources")
    parts = blank.recorded("sqlite").read_text().split(blank.NEXT)
    file = tmp_path / "older.sql"
    file.write_text(blank.NEXT.join(part for part in parts if f"'{newest}'" not in part))
    monkeypatch.setattr(blank, "recorded", lambda vendor: file)
    return file


def test_what_the_record_lacks_is_left_to_the_history(open_place, older, monkeypatch):
    asked = []
    monkeypatch.setattr(DjangosOwn, "handle", lambda self, *words, **options: asked.append(options["database"]))  # fmt: skip
    with open_place("sqlite", migrated=False):
        call_command("migrate", verbosity=0)
        assert applied() == blank.migrations("sqlite")

    assert asked == ["default"]


def test_where_the_record_is_whole_no_history_is_asked(open_place, monkeypatch):
    monkeypatch.setattr(DjangosOwn, "handle", lambda *words, **options: pytest.fail("asked"))
    with open_place("sqlite", migrated=False):
        call_command("migrate", verbosity=0)


def test_a_record_that_the_database_refuses_leaves_nothing_behind(open_place, older, caplog):
    older.write_text(blank.NEXT.join([*older.read_text().split(blank.NEXT)[:50], "CREATE NONSENSE"]))  # fmt: skip
    with open_place("sqlite", migrated=False):
        assert not blank.lay(connection)
        assert connection.introspection.table_names() == []
    assert "cannot be laid here" in caplog.text


def test_tables_that_are_there_are_left_alone(open_place):
    with open_place("sqlite"):
        User.objects.create(username="lead")

        assert not blank.lay(connection)
        call_command("migrate", verbosity=0)
        assert User.objects.get().username == "lead"


def test_the_moment_of_each_migration_is_when_the_tables_were_laid(tmp_path):
    assert "CURRENT_TIMESTAMP" in blank.recorded("sqlite").read_text()
    with closing(sqlite3.connect(recording.migrated(tmp_path))) as asked:
        ((first, last),) = asked.execute("SELECT min(applied), max(applied) FROM django_migrations")
    assert first == last
    assert re.match(r"20\d\d-\d\d-\d\d ", first)


def applied() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())
