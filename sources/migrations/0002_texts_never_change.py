from django.db import migrations

from projects.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [*append_only("sources_text"), *append_only("sources_page")]
