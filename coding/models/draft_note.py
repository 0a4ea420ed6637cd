"""What the next version of a codebook should say, kept until somebody writes it in or drops it."""

from django.conf import settings
from django.db import models

from projects.models import Project, public_id


class DraftNote(models.Model):
    """About a type, a field, or the whole codebook. What it came from points to it, from the rooms above."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="draft_notes")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    type = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    # Done: written into a version of the codebook, or dropped with a reason.
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None, version=None, reason="")
                | (
                    models.Q(done_at__isnull=False, done_by__isnull=False)
                    & (
                        models.Q(version__isnull=False, reason="")
                        | (models.Q(version=None) & ~models.Q(reason=""))
                    )
                ),
                name="a_draft_note_is_open_written_in_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def is_dropped(self) -> bool:
        return self.done_at is not None and self.version is None

    @property
    def place(self) -> str:
        """As the editor names lines: TYPE.field, field, TYPE, or nothing for the whole."""
        return ".".join(part for part in (self.type, self.field) if part)
