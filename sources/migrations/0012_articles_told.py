"""Articles that are here get what a new one is told by: its text and what its row said of its source."""

import hashlib
import json

from django.db import migrations

BATCH = 1000


def tell_articles(apps, schema_editor):
    """What a new article of a table gets when it is taken in, for those that are here."""
    document = apps.get_model("sources", "Document")
    articles = document.objects.exclude(pack="").select_related("collection").order_by("pk")
    last = 0
    while batch := list(articles.filter(pk__gt=last)[:BATCH]):
        for one in batch:
            own_id = one.external_id
            if one.collection and own_id == f"{one.collection.label}-{one.line}":
                own_id = ""
            day = one.published_on.isoformat() if one.published_on else ""
            said = [one.sha256, own_id, one.outlet, day, one.address]
            one.article = hashlib.sha256(json.dumps(said).encode()).hexdigest()
        document.objects.bulk_update(batch, ["article"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("sources", "0011_articles_and_same_texts")]
    operations = [migrations.RunPython(tell_articles, migrations.RunPython.noop, elidable=True)]
