"""What a coder asks the PI about one document, and what was answered; and the notes that answers become."""

from django.conf import settings
from django.db import models

from coding.models.codebook import Codebook
from coding.models.round import Assignment
from projects.models import public_id


class Question(models.Model):
    """Asked on an event, a field of it, a passage, or the document as a whole. The browser makes its uid."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="questions")
    uid = models.UUIDField()
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    event = models.UUIDField(null=True, blank=True)
    type = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    words = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # when the coder first saw the answer

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "uid"], name="a_question_counts_once"),
            models.CheckConstraint(
                condition=models.Q(start=None, end=None)
                | models.Q(start__isnull=False, end__isnull=False, start__lt=models.F("end")),
                name="a_question_is_on_a_whole_passage",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, answer="", read_at=None)
                | (
                    models.Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~models.Q(answer="")
                ),
                name="answered_when_by_whom_and_what",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class CodebookNote(models.Model):
    """What a PI tells every coder about a type or a field of a codebook that is frozen. Withdrawn, it stays on record."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="notes")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    type = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["codebook_id", "id"]

    def __str__(self) -> str:
        return self.words[:60]
