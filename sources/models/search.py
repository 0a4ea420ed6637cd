"""What documents are found by: ranges of the search index, articles, the states they mention; and searches kept.

The tokens themselves are the back ends' (sources/search/sqlite.py, postgres.py): a full-text table or column beside
SearchRange that Django knows nothing of.
"""

from django.conf import settings
from django.db import models

from projects.models import Project, public_id
from sources.models.document import Document
from sources.models.text import Text


class SearchRange(models.Model):
    """A range of the document's current text, by code points; the title is found in the first."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="ranges")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="ranges_of_a_document_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"range {self.number}"


class ArticleRange(models.Model):
    """Where an article stands in a text by the outline that holds, under each number it may be looked for by."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="article_ranges")
    number = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["text_id", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "text", "start", "end"], name="article_ranges_by_number"
            ),
        ]

    def __str__(self) -> str:
        return f"article {self.number}"


class Mention(models.Model):
    """That a document's current text names a state, and how often."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="mentions")
    ccode = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["document_id", "-count", "ccode"]
        constraints = [
            models.UniqueConstraint(fields=["document", "ccode"], name="one_mention_per_state")
        ]
        indexes = [models.Index(fields=["ccode", "document"], name="documents_by_state_named")]

    def __str__(self) -> str:
        return f"{self.ccode} ({self.count} times)"


class SearchLog(models.Model):
    """One search that somebody keeps: what was looked for, when, in how much, and what was found. Never changed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="searches")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    words = models.CharField(max_length=500, blank=True)
    filters = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    # Numbers of documents, and the own ids of the first of them in the order of the list.
    hits = models.PositiveIntegerField()
    searched = models.PositiveIntegerField()
    documents = models.JSONField(default=list)
    tokens_version = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"“{self.words}” ({self.hits} of {self.searched})"
