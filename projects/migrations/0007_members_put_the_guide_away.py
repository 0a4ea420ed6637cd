from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_webhooks_and_kept_answers")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="is_guide_away",
            field=models.BooleanField(default=False),
        )
    ]
