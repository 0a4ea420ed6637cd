"""Four indexes less to keep for each article that comes in: a project's documents and a document's texts are found by the
beginning of other indexes, and nobody asks for the documents of who added or described them.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT

IDLE = {
    "sources_document_project_id_f29c2a09": ("sources_document", "project_id"),
    "sources_document_added_by_id_43b85cbd": ("sources_document", "added_by_id"),
    "sources_document_described_by_id_831607a8": ("sources_document", "described_by_id"),
    "sources_text_document_id_6104733c": ("sources_text", "document_id"),
}


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("sources", "0017_collections_say_whether_they_are_found"),
    ]
    operations = [
        # By hand: Django would make the whole tables anew on SQLite, and lose the triggers on texts.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} ({column})"
                )
                for name, (table, column) in IDLE.items()
            ],
            state_operations=[
                migrations.AlterField(
                    "document",
                    "project",
                    models.ForeignKey(
                        "projects.Project", PROTECT, related_name="documents", db_index=False
                    ),
                ),
                migrations.AlterField(
                    "document",
                    "added_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False
                    ),
                ),
                migrations.AlterField(
                    "document",
                    "described_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        PROTECT,
                        null=True,
                        related_name="+",
                        db_index=False,
                    ),
                ),
                migrations.AlterField(
                    "text",
                    "document",
                    models.ForeignKey(
                        "sources.Document", PROTECT, related_name="texts", db_index=False
                    ),
                ),
            ],
        )
    ]
