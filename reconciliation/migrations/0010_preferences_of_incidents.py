import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from projects.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0009_handlings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("value", models.JSONField(default=list)),
                ("reason", models.TextField()),
                ("by_label", models.CharField(max_length=20)),
                ("own_coding", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preferences",
                        to="reconciliation.incident",
                    ),
                ),
                (
                    "taken_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reconciliation.resolvedevent",
                    ),
                ),
            ],
            options={
                "ordering": ["incident_id", "id"],
            },
        ),
        *append_only("reconciliation_preference"),
    ]
