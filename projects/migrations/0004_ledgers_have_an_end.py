"""Each ledger's end is kept in a row of its own; lines say in which form they were hashed. No line changes.

Lines that are there were hashed by their project's number: their chain goes by it for good.
"""

from django.db import migrations, models

from projects.triggers import refuse, refuse_truncate

BACK = "a ledger only grows: its end never moves back"


def find_ends(apps, schema_editor):
    line = apps.get_model("projects", "LedgerLine")
    ends = line.objects.values("project_id").annotate(n=models.Max("n")).order_by("project_id")
    apps.get_model("projects", "LedgerHead").objects.bulk_create(
        apps.get_model("projects", "LedgerHead")(
            project_id=end["project_id"],
            chain=str(end["project_id"]),
            n=end["n"],
            hash=line.objects.get(project_id=end["project_id"], n=end["n"]).hash,
        )
        for end in ends
    )


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_people_choose_a_language")]
    operations = [
        # By hand: Django would make SQLite's table anew, and with the old one its triggers would go.
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    'ALTER TABLE projects_ledgerline ADD COLUMN form smallint NOT NULL DEFAULT 1 CHECK ("form" >= 0)',
                    "ALTER TABLE projects_ledgerline DROP COLUMN form",
                )
            ],
            [
                migrations.AddField(
                    "ledgerline", "form", models.PositiveSmallIntegerField(default=1)
                )
            ],
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("project_id", models.BigIntegerField(unique=True)),
                ("chain", models.CharField(max_length=20)),
                ("n", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"ordering": ["project_id"]},
        ),
        migrations.RunPython(find_ends, migrations.RunPython.noop),
        refuse("DELETE", "projects_ledgerhead", message=BACK),
        refuse(
            "UPDATE",
            "projects_ledgerhead",
            when="NEW.n <= OLD.n OR NEW.chain <> OLD.chain OR NEW.project_id <> OLD.project_id OR NEW.id <> OLD.id",
            message=BACK,
        ),
        refuse_truncate("projects_ledgerline"),
        refuse_truncate("projects_ledgerhead"),
    ]
