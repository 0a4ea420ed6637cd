"""What a new version of the codebook asks a coder to look at again, and how it was answered."""

from django.db import models

from coding.models.codebook import Codebook
from coding.models.event import Event
from coding.models.round import Assignment
from projects.models import public_id


class SecondLook(models.Model):
    """One field of one event, the event as a whole (no field), or the whole reading (no event).

    `held` is what stood there when it was asked; what stands otherwise by now has been looked at.
    """

    class Answer(models.TextChoices):
        HOLDS = "holds", "still holds"
        CHANGED = "changed", "changed"

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="second_looks"
    )
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="second_looks"
    )
    field = models.CharField(max_length=60, blank=True)
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="second_looks")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    reasons = models.JSONField(default=list)
    held = models.JSONField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assignment_id", "event__position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | models.Q(answer__in=["holds", "changed"], answered_at__isnull=False),
                name="second_look_answered_when",
            ),
            models.CheckConstraint(
                condition=models.Q(event__isnull=False) | models.Q(field=""),
                name="a_field_is_of_an_event",
            ),
        ]
        indexes = [models.Index(fields=["assignment", "answer"], name="open_second_looks")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.field or 'whole'}"
