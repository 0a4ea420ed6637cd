from django.db import migrations

from projects.triggers import refuse

FROZEN = "a published release never changes: make a new version"
CHANGED = " OR ".join(
    [
        "NEW.published_at IS NULL",
        "NEW.published_at <> OLD.published_at",
        "NEW.state = 'draft'",
        "NEW.version <> OLD.version",
        "NEW.project_id <> OLD.project_id",
        "NEW.records_sha256 <> OLD.records_sha256",
        "NEW.manifest_sha256 <> OLD.manifest_sha256",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]
    operations = [
        refuse(
            "UPDATE",
            "datasets_release",
            when=f"OLD.published_at IS NOT NULL AND ({CHANGED})",
            message=FROZEN,
        ),
        refuse("DELETE", "datasets_release", when="OLD.published_at IS NOT NULL", message=FROZEN),
        refuse("UPDATE", "datasets_releasefile", when="OLD.frozen", message=FROZEN),
        refuse("DELETE", "datasets_releasefile", when="OLD.frozen", message=FROZEN),
    ]
