"""How a concern about the codebook was dealt with."""

from django.conf import settings
from django.db import models

from coding.models import DraftNote, Question
from reconciliation.models.decision import Decision


class Handling(models.Model):
    """A flagged decision or a coder's question, put into a draft note or set aside with a reason. No row: it waits."""

    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="handling"
    )
    question = models.OneToOneField(
        Question, null=True, on_delete=models.PROTECT, related_name="handling"
    )
    note = models.ForeignKey(
        DraftNote, null=True, on_delete=models.PROTECT, related_name="handlings"
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__isnull=False, question=None)
                | models.Q(decision=None, question__isnull=False),
                name="a_handling_is_of_a_decision_or_a_question",
            ),
            models.CheckConstraint(
                condition=models.Q(note__isnull=False, reason="")
                | (models.Q(note=None) & ~models.Q(reason="")),
                name="a_handling_is_a_note_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision or self.question}: {self.note or self.reason}"
