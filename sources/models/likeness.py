"""Documents that share their words: sketches to find them by, pairs found alike, and clusters of copies.

Shingles live in a table of two columns that the migration makes itself, without row ids or a second index.
"""

from django.conf import settings
from django.db import models

from projects.models import Project, public_id
from sources.models.document import Document
from sources.models.text import Text


class Sketch(models.Model):
    """The kept shingles of a document's text, packed eight bytes each: what it is compared by."""

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="sketch", primary_key=True
    )
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"sketch of {self.document_id}"


class Likeness(models.Model):
    """Two documents of a project that share this much of the shorter one. The older row comes first."""

    first = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="likenesses")
    second = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="likenesses_before")
    containment = models.FloatField()
    resemblance = models.FloatField()
    # A person looked and said that these are not the same report.
    rejected_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_likeness_per_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")),
                name="likeness_first_before_second",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.containment:.2f}"


class Cluster(models.Model):
    """Copies of one report: one is coded, the others count as reports of what it tells."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="clusters")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    representative = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="represents"
    )
    # Nobody: the texts are the same letter for letter, so that no person had to say it.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project_id", "id"]

    def __str__(self) -> str:
        return f"copies of {self.representative}"


class Copy(models.Model):
    """A document of a cluster, the representative among them. No document is in two."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="copies")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="copy")

    class Meta:
        ordering = ["cluster_id", "document_id"]
        verbose_name_plural = "copies"

    def __str__(self) -> str:
        return f"{self.document} in {self.cluster_id}"
