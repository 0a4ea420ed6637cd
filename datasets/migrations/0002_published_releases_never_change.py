from django.db import migrations

from projects.triggers import refuse

FROZEN = "a published release never changes: make a new version"
# Everything but the withdrawal, which happens once and is never undone or reworded.
FIXED = [
    "project_id", "version", "parameters", "records_sha256", "manifest_sha256", "made_by_id", "made_at", "built_at",
    "published_by_id", "published_at",
]  # fmt: skip
WITHDRAWAL = ["state", "withdrawn_at", "withdrawn_reason"]


def changed(columns: list[str]) -> str:
    return " OR ".join(f"NEW.{name} IS NULL OR NEW.{name} <> OLD.{name}" for name in columns)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]
    operations = [
        refuse(
            "UPDATE",
            "datasets_release",
            when=f"OLD.published_at IS NOT NULL AND ({changed(FIXED)} OR NEW.state = 'draft' "
            f"OR (OLD.state = 'withdrawn' AND ({changed(WITHDRAWAL)})))",
            message=FROZEN,
        ),
        refuse("DELETE", "datasets_release", when="OLD.published_at IS NOT NULL", message=FROZEN),
        refuse("UPDATE", "datasets_releasefile", when="OLD.frozen", message=FROZEN),
        refuse("DELETE", "datasets_releasefile", when="OLD.frozen", message=FROZEN),
        refuse(
            "INSERT",
            "datasets_releasefile",
            when="EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = NEW.release_id "
            "AND datasets_release.published_at IS NOT NULL)",
            message=FROZEN,
        ),
    ]
