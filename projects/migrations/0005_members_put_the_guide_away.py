from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_ledgers_have_an_end")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="is_guide_away",
            field=models.BooleanField(default=False),
        )
    ]
