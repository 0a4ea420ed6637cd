from django.db import migrations

from projects.triggers import append_only, refuse

_OVERLAP = (
    "EXISTS (SELECT 1 FROM sources_alliancemember m WHERE m.alliance_id = NEW.alliance_id "
    "AND m.ccode = NEW.ccode {other} AND m.start <= COALESCE(NEW.\"end\", '9999-12-31') "
    "AND NEW.start <= COALESCE(m.\"end\", '9999-12-31'))"
)
_MESSAGE = "spells of one member of an alliance do not overlap"


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_alliances_and_lists_of_states")]
    operations = [
        refuse(
            "INSERT", "sources_alliancemember", message=_MESSAGE, when=_OVERLAP.format(other="")
        ),
        refuse(
            "UPDATE",
            "sources_alliancemember",
            message=_MESSAGE,
            when=_OVERLAP.format(other="AND m.id <> NEW.id"),
        ),
        *append_only("sources_alliancelist"),
        *append_only("sources_statelist"),
    ]
