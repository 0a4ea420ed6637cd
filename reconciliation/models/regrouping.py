"""What the adjudicator decided about which events are the same one, and what each document was last aligned from."""

from django.conf import settings
from django.db import models

from coding.models import Round
from projects.models import public_id
from sources.models import Document


class Regrouping(models.Model):
    """One decision about grouping. Never changed: a later one about the same events counts instead."""

    class Kind(models.TextChoices):
        MERGE = "merge", "merged"
        SPLIT = "split", "split off"
        MOVE = "move", "moved"
        RELEASE = "release", "left to the program again"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="regroupings")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="regroupings")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Ids of events: lists of those that are one event, pairs that are not, those left to the program again.
    together = models.JSONField(default=list)
    apart = models.JSONField(default=list)
    released = models.JSONField(default=list)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=20)
    own_coding = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["round", "document"], name="regroupings_of_a_document")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.document}"


class AlignedDocument(models.Model):
    """That the stored groups of a document are those of this input, so that a run may leave them as they are."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    input_hash = models.CharField(max_length=64)
    tally = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "document"], name="a_document_aligned_once_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} in {self.round}"
