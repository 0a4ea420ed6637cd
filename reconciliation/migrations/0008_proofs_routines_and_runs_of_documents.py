import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from projects.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0006_questions_working_time_and_keys"),
        ("reconciliation", "0007_figures_taken_apart"),
        ("sources", "0014_articles_are_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="sources.document",
            ),
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("exact", models.TextField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="reconciliation.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["decision_id", "start", "end"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "start", "end"), name="a_passage_proves_a_decision_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="proof_start_before_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Routine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("enough", models.PositiveSmallIntegerField(null=True)),
                (
                    "every",
                    models.PositiveIntegerField(
                        choices=[
                            (0, "only when asked"),
                            (15, "every 15 minutes at most"),
                            (60, "every hour at most"),
                            (1440, "once a day at most"),
                        ],
                        default=0,
                    ),
                ),
                ("by_label", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routine",
                        to="coding.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enough__isnull", True), ("enough__gte", 1), _connector="OR"
                        ),
                        name="enough_coders_are_some",
                    )
                ],
            },
        ),
        *append_only("reconciliation_proof"),
    ]
