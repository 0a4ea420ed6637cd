"""API tokens: only the hash is kept, the token itself is shown once."""

from django.conf import settings
from django.db import models

from projects.models.project import Project


class ApiToken(models.Model):
    """Scoped to one project and one person; never more rights than the person has there."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="tokens")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
