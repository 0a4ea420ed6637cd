"""Articles found by their number; outlines that are here are laid into the index by a worker, project by project."""

import django.db.models.deletion
from django.db import migrations, models

from projects.models.identity import public_id


def ask_for_indexing(apps, schema_editor):
    outlines = apps.get_model("sources", "Outline").objects.order_by()
    job = apps.get_model("projects", "Job")
    found = outlines.values_list("text__document__project", "text__document__project__slug")
    for project_id, slug in found.distinct():
        job.objects.get_or_create(
            project_id=project_id,
            kind="sources.index",
            subject=slug,
            state="queued",
            defaults={"public_id": public_id()},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0013_one_document_per_article"),
        ("projects", "0002_ledger_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleRange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_ranges",
                        to="sources.text",
                    ),
                ),
            ],
            options={
                "ordering": ["text_id", "start"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "text", "start", "end"), name="article_ranges_by_number"
                    )
                ],
            },
        ),
        migrations.RunPython(ask_for_indexing, migrations.RunPython.noop),
    ]
