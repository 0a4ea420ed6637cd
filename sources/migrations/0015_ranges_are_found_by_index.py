"""PostgreSQL looks words up in the index, always: its planner counts pages of the table and not what it costs to
unpack the tokens beside it, and so reads every one of them for a common word (31 ms of 10,000 ranges, 2 by the index).
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION sources_ranges_with(tsquery) RETURNS TABLE (id bigint, document_id bigint)
LANGUAGE sql STABLE ROWS 1000 SET enable_seqscan = off
AS 'SELECT id, document_id FROM sources_searchrange WHERE tokens @@ $1'
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION sources_ranges_with(tsquery)")


class Migration(migrations.Migration):
    dependencies = [("sources", "0014_articles_are_found")]
    operations = [migrations.RunPython(make, unmake)]
