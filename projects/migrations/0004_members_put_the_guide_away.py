from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_people_choose_a_language")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="is_guide_away",
            field=models.BooleanField(default=False),
        )
    ]
