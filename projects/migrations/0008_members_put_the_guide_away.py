from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_jobs_know_since_when_they_wait")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="is_guide_away",
            field=models.BooleanField(default=False),
        )
    ]
