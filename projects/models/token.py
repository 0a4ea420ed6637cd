"""API tokens: only the hash is kept, the token itself is shown once."""

from django.conf import settings
from django.db import models

from projects.models.project import Project
from projects.roles import PERMISSIONS


class ApiToken(models.Model):
    """Scoped to one project and one person; never more rights than the person has there.

    `rights` are names of permissions; none (null) is all that the person may do.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="tokens")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    rights = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    @property
    def handle(self) -> str:
        """What tells it from others in an address, without telling how many there are."""
        return self.hash[:20]

    @property
    def rights_in_words(self) -> list[str]:
        if self.rights is None:
            return ["all that you may do"]
        return [PERMISSIONS[right] for right in self.rights if right in PERMISSIONS]

    def __str__(self) -> str:
        return self.name
