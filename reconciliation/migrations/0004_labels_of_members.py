from typing import Any

from django.db import migrations, models

from projects.triggers import append_only


def fill(apps: Any, schema_editor: Any) -> None:
    members = apps.get_model("reconciliation", "Member").objects.filter(label="")
    rows = list(members.select_related("coder", "event__assignment").iterator(chunk_size=2_000))
    for row in rows:
        sitting = row.event.assignment.sitting
        row.label = row.coder.label if sitting == 1 else f"{row.coder.label}/{sitting}"
    members.model.objects.bulk_update(rows, ["label"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0003_regroupings")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("member", "label", models.CharField(max_length=30)),
        migrations.AddConstraint(
            "member",
            models.UniqueConstraint(
                fields=["group", "label"], name="one_event_per_reading_in_a_group"
            ),
        ),
        *append_only("reconciliation_regrouping"),
    ]
