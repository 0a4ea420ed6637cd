"""The same words from another source are another document, a copy; the same file is not taken in twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0012_articles_told")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="one_document_per_content"),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "retired"), _negated=True) & models.Q(("article", "")),
                fields=("project", "sha256"),
                name="one_document_per_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "retired"), _negated=True)
                & models.Q(("article", ""), _negated=True),
                fields=("project", "article"),
                name="one_document_per_article",
            ),
        ),
    ]
