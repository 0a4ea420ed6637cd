import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from projects.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0003_manuscripts_and_second_looks"),
        ("sources", "0008_documents_come_from_collections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("passage", models.UUIDField()),
                ("from_start", models.PositiveIntegerField()),
                ("from_end", models.PositiveIntegerField()),
                ("n", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("marked", "marked in the newer text"),
                            ("kept", "kept on the older text"),
                            ("dropped", "dropped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="coding.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.text",
                    ),
                ),
            ],
            options={
                "ordering": ["assignment_id", "passage", "text_id", "n"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "passage", "text", "n"), name="settlements_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "marked"), ("start__lt", models.F("end"))),
                            models.Q(
                                models.Q(("outcome", "marked"), _negated=True),
                                ("end__isnull", True),
                                ("start__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_marked_passage_has_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "dropped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_dropped_passage_says_why",
                    ),
                ],
            },
        ),
        *append_only("coding_settlement"),
    ]
