"""Tables that Django has no field for, the log that never changes, and the asking for what was read before."""

from django.db import migrations

from projects.models.identity import public_id
from projects.triggers import append_only

MAKE = {
    "sqlite": [
        # Without the texts themselves: rows are found by, never read from.
        "CREATE VIRTUAL TABLE sources_searchtokens USING fts5(tokens, content='', tokenize='ascii', prefix='2 4')",
        "CREATE TABLE sources_shingle (hash integer NOT NULL, document_id integer NOT NULL, "
        "PRIMARY KEY (hash, document_id)) WITHOUT ROWID",
    ],
    "postgresql": [
        "ALTER TABLE sources_searchrange ADD COLUMN tokens tsvector",
        "CREATE INDEX sources_searchrange_tokens ON sources_searchrange USING gin (tokens)",
        "CREATE TABLE sources_shingle (hash bigint NOT NULL, document_id bigint NOT NULL, "
        "PRIMARY KEY (hash, document_id))",
    ],
}
UNMAKE = {
    "sqlite": ["DROP TABLE sources_searchtokens", "DROP TABLE sources_shingle"],
    "postgresql": [
        "ALTER TABLE sources_searchrange DROP COLUMN tokens",
        "DROP TABLE sources_shingle",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def ask_for_indexing(apps, schema_editor):
    """What was read before there was an index is indexed by a worker, project by project."""
    documents = apps.get_model("sources", "Document").objects.filter(state="read")
    job = apps.get_model("projects", "Job")
    slugs = dict(documents.values_list("project_id", "project__slug").distinct().order_by())
    for project_id, slug in slugs.items():
        # It may wait already, asked for on the way back from a later migration.
        job.objects.get_or_create(
            project_id=project_id,
            kind="sources.index",
            subject=slug,
            state="queued",
            defaults={"public_id": public_id()},
        )


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_finding"), ("projects", "0002_ledger_is_append_only")]
    operations = [
        migrations.RunPython(make, unmake, elidable=False),
        *append_only("sources_searchlog"),
        migrations.RunPython(ask_for_indexing, migrations.RunPython.noop),
    ]
