from django.db import migrations, models

import projects.models.identity


def give(apps, schema_editor):
    User = apps.get_model("projects", "User")
    for pk in User.objects.order_by("pk").values_list("pk", flat=True):
        User.objects.filter(pk=pk).update(handle=projects.models.identity.public_id())


class Migration(migrations.Migration):
    """What the ledger writes of somebody who is no member, instead of the name they sign in with."""

    dependencies = [("projects", "0008_members_put_the_guide_away")]

    operations = [
        migrations.AddField(
            "user", "handle", models.CharField(max_length=16, null=True, editable=False)
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AlterField(
            "user",
            "handle",
            models.CharField(
                max_length=16,
                unique=True,
                default=projects.models.identity.public_id,
                editable=False,
            ),
        ),
    ]
