"""How long a coder was at work on a document."""

from django.db import models

from coding.models.round import Assignment


class Stint(models.Model):
    """One opening of the workspace: its active seconds so far, idle time left out, as the browser counts them.

    The browser makes the uid and tells a growing total, so that a message told twice counts once.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="stints")
    uid = models.UUIDField()
    seconds = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["assignment_id", "began_at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "uid"], name="a_stint_counts_once")
        ]

    def __str__(self) -> str:
        return f"{self.seconds} s"
