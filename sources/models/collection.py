"""A collection: one upload that holds many documents, a table of articles or an archive, and what became of each.

The documents point to it; its lines tell of those that were not taken, or not wholly.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models import Project, public_id


class Collection(models.Model):
    class Form(models.TextChoices):
        CSV = "csv", "table (CSV)"
        JSONL = "jsonl", "table (JSON Lines)"
        ARCHIVE = "archive", "archive (ZIP)"

    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be taken in"
        DONE = "done", "taken in"
        FAILED = "failed", "could not be taken in"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="collections")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    # What documents without an id of their own are numbered under: "wire-2" gives "wire-2-17".
    label = models.CharField(max_length=180)
    form = models.CharField(max_length=10, choices=Form.choices)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # field of an article -> column, as a person said
    said = models.JSONField(default=dict)  # kind and outlet of all its documents
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inner"
    )
    depth = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.TextField(blank=True)
    items = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Whether searches find all of its articles; those of an archive are indexed as they are read.
    is_indexed = models.BooleanField(default=True)
    unpacked = models.PositiveBigIntegerField(default=0)
    # When its own file went because a document in it was taken down.
    emptied_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "sha256"], name="one_collection_per_content"
            ),
            models.UniqueConstraint(fields=["project", "label"], name="one_collection_per_label"),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(reason=""),
                name="a_failed_collection_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.project.slug, self.public_id])

    @property
    def is_table(self) -> bool:
        return self.form != self.Form.ARCHIVE


class CollectionLine(models.Model):
    """One row of a table or member of an archive that has something to tell. Written anew by each taking in."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", "not added"
        KNOWN = "known", "here already"
        NOTED = "noted", "added, with a note"

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField()
    document = models.ForeignKey(
        "sources.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["collection_id", "number", "id"]
        indexes = [models.Index(fields=["collection", "number"], name="lines_of_a_collection")]

    def __str__(self) -> str:
        return f"{self.collection}, {self.number}: {self.reason}"
