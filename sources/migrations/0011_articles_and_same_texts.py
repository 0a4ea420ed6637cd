"""What an article of a table is told by, clusters that nobody confirmed, and texts found by their hash."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("sources", "0010_notes_and_where_parties_were_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="article",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="cluster",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="text",
            index=models.Index(fields=["sha256"], name="texts_of_the_same_words"),
        ),
    ]
