"""A codebook while somebody writes at it: any text, also one full of mistakes, so that nothing typed is lost."""

from django.conf import settings
from django.db import models

from projects.models import Project


class Manuscript(models.Model):
    """One for each person and project. `base` is the SHA-256 of the version it started from, if any."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="manuscripts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="manuscripts"
    )
    text = models.TextField(blank=True)
    base = models.CharField(max_length=64, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_manuscript_each")
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.person}"
