from django.db import migrations

from projects.triggers import refuse

FROZEN = "a published release never changes: make a new version"
# Everything but the withdrawal, which happens once and is never undone or reworded, and the DOI, which comes later.
FIXED = [
    "project_id", "version", "creators", "licence", "description", "publisher", "address", "released_on", "changes",
    "year_rule", "span_rule", "anonymous_copy", "checks", "built_from", "parameters", "records_sha256",
    "manifest_sha256", "made_by_id", "made_at", "built_at", "published_by_id", "published_at",
]  # fmt: skip
WITHDRAWAL = ["state", "withdrawn_at", "withdrawn_reason"]


def changed(columns: list[str]) -> str:
    return " OR ".join(
        f"COALESCE(CAST(NEW.{name} AS TEXT), '') <> COALESCE(CAST(OLD.{name} AS TEXT), '')"
        for name in columns
    )


PUBLISHED = (
    "EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = {row}.release_id "
    "AND datasets_release.published_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0003_checks_waivers_and_what_a_release_says")]
    operations = [
        refuse(
            "UPDATE",
            "datasets_release",
            when=f"OLD.published_at IS NOT NULL AND ({changed(FIXED)} OR NEW.state IN ('draft', 'checked') "
            f"OR (OLD.state = 'withdrawn' AND ({changed(WITHDRAWAL)})))",
            message=FROZEN,
        ),
        refuse("DELETE", "datasets_release", when="OLD.published_at IS NOT NULL", message=FROZEN),
        refuse("UPDATE", "datasets_releasefile", when="OLD.frozen", message=FROZEN),
        refuse("DELETE", "datasets_releasefile", when="OLD.frozen", message=FROZEN),
        refuse("INSERT", "datasets_releasefile", when=PUBLISHED.format(row="NEW"), message=FROZEN),
        refuse("INSERT", "datasets_waiver", when=PUBLISHED.format(row="NEW"), message=FROZEN),
        refuse("UPDATE", "datasets_waiver", when=PUBLISHED.format(row="OLD"), message=FROZEN),
        refuse("DELETE", "datasets_waiver", when=PUBLISHED.format(row="OLD"), message=FROZEN),
    ]
