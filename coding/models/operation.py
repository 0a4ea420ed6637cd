"""The truth of coding: each edit as it was sent, once, in order. The database refuses to change it."""

from django.conf import settings
from django.db import models

from coding.models.round import Assignment


class Operation(models.Model):
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="operations")
    uid = models.UUIDField()
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    body = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["assignment_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "uid"], name="an_operation_counts_once"),
            models.UniqueConstraint(fields=["assignment", "n"], name="operations_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.kind}"
