from django.db import migrations

from projects.triggers import append_only, refuse

FROZEN = "a published codebook never changes: load a new version"


class Migration(migrations.Migration):
    dependencies = [("coding", "0001_initial")]
    operations = [
        *append_only("coding_operation"),
        refuse("UPDATE", "coding_codebook", when="OLD.published_at IS NOT NULL", message=FROZEN),
        refuse("DELETE", "coding_codebook", when="OLD.published_at IS NOT NULL", message=FROZEN),
    ]
