from django.db import migrations

from projects.triggers import loosened, moved, not_blackened


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0010_preferences_of_incidents")]
    operations = [
        loosened(
            "UPDATE",
            "reconciliation_proof",
            message="a proof never changes, but that it is blackened when its document is taken down",
            when=f"{not_blackened('exact', 'LENGTH(OLD.exact)')} OR "
            + moved("id", "decision_id", "start", "end"),
        )
    ]
