from django.db import migrations, models

from projects.triggers import loosened, moved, not_blackened

FROZEN = "a text never changes, but that all of it is blackened when its document is taken down"


class Migration(migrations.Migration):
    dependencies = [("sources", "0015_ranges_are_found_by_index")]
    operations = [
        migrations.AddField(
            "document", "taken_down_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "collection", "emptied_at", models.DateTimeField(blank=True, null=True)
        ),
        loosened(
            "UPDATE",
            "sources_text",
            message=FROZEN,
            when=f"{not_blackened('body', 'OLD.length')} OR "
            "CAST(NEW.metadata AS TEXT) <> '{}' OR CAST(NEW.warnings AS TEXT) <> '[]' OR "
            + moved("id", "document_id", "n", "sha256", "length", "blocks", "reader", "reader_version", "parameters", "language", "has_astral", "made_at"),
        ),
        loosened(
            "UPDATE",
            "sources_page",
            message=FROZEN,
            when="LENGTH(NEW.words) <> 0 OR CAST(NEW.furniture AS TEXT) <> '[]' OR "
            + moved("id", "text_id", "number", "start", "end", "width", "height", "rotation", "crop_box", "state"),
        ),
        loosened(
            "UPDATE",
            "sources_section",
            message=FROZEN,
            when="NEW.heading <> '' OR "
            + moved("id", "outline_id", "kind", "label", "start", "end", "parent_id"),
        ),
    ]  # fmt: skip
