from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0016_documents_are_taken_down")]
    operations = [
        migrations.AddField("collection", "is_indexed", models.BooleanField(default=True)),
    ]
