"""The short form of migrations back and forth, and that every migration has a way back or says why it has none."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.trust import migrations


def test_the_newest_migrations_go_back_and_forward_with_data_intact():
    # SQLite makes tables anew and may lose what hangs on them; the programme itself does both databases.
    figure = migrations.programme("sqlite", short=True)

    assert figure.stands, figure.reached


@pytest.mark.django_db
def test_every_migration_has_a_way_back_or_a_declared_reason():
    """A module whose migration cannot be reversed says why in IRREVERSIBLE, in words for whoever upgrades."""
    disk = MigrationLoader(connection).disk_migrations
    own = {key: one for key, one in disk.items() if key[0] in migrations.OWN}

    one_way = {
        f"{app}.{name}"
        for (app, name), migration in own.items()
        if not all(operation.reversible for operation in migration.operations)
    }
    declared = {
        f"{app}.{name}"
        for app, name in own
        if len(str(getattr(import_module(f"{app}.migrations.{name}"), "IRREVERSIBLE", ""))) > 20
    }

    assert one_way == declared
