"""The full-text table of SQLite without its indexes of beginnings: they cost more than half of the writing.

Measured on 10,000 documents, a beginning is found as fast by walking the terms. The table can not be read back, so a
worker lays everything into it anew; until it has, searches find what is added since.
"""

from django.db import migrations

from projects.models.identity import public_id

TABLE = (
    "CREATE VIRTUAL TABLE sources_searchtokens USING fts5(tokens, content='', tokenize='ascii'{})"
)


def _made_again(schema_editor, options):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE sources_searchtokens")
        schema_editor.execute(TABLE.format(options))


def make(apps, schema_editor):
    _made_again(schema_editor, ", columnsize=0")
    ask_for_indexing(apps, schema_editor)


def unmake(apps, schema_editor):
    _made_again(schema_editor, ", prefix='2 4'")
    ask_for_indexing(apps, schema_editor)


def ask_for_indexing(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    documents = apps.get_model("sources", "Document").objects.filter(state="read")
    job = apps.get_model("projects", "Job")
    slugs = dict(documents.values_list("project_id", "project__slug").distinct().order_by())
    for project_id, slug in slugs.items():
        job.objects.get_or_create(
            project_id=project_id,
            kind="sources.index",
            subject=slug,
            state="queued",
            defaults={"public_id": public_id()},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0008_documents_come_from_collections"),
        ("projects", "0002_ledger_is_append_only"),
    ]
    operations = [migrations.RunPython(make, unmake, elidable=False)]
