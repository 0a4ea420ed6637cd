"""How a person settled where a passage marked on an older text belongs in a newer one. Append-only: the last one holds.

The passage itself, the coding and its text never change; this is another row beside them.
"""

from django.conf import settings
from django.db import models

from coding.models.round import Assignment
from sources.models import Text


class Settlement(models.Model):
    """About the passage `passage` as it stood at [from_start, from_end): [start, end) of `text`, or why it has no place."""

    class Outcome(models.TextChoices):
        MARKED = "marked", "marked in the newer text"
        KEPT = "kept", "kept on the older text"
        DROPPED = "dropped", "dropped"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="settlements")
    passage = models.UUIDField()
    from_start = models.PositiveIntegerField()
    from_end = models.PositiveIntegerField()
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["assignment_id", "passage", "text_id", "n"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "passage", "text", "n"], name="settlements_numbered"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="marked", start__lt=models.F("end"))
                | (~models.Q(outcome="marked") & models.Q(start__isnull=True, end__isnull=True)),
                name="a_marked_passage_has_a_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="dropped") | ~models.Q(reason=""),
                name="a_dropped_passage_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage} in {self.text}: {self.get_outcome_display()}"
