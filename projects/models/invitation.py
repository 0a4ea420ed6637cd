"""Links that let people in: an invitation to a project, and a way to a new password. Only their hashes are kept."""

from django.conf import settings
from django.db import models

from projects.models.identity import public_id
from projects.models.project import Membership, Project


class Invitation(models.Model):
    """Good once and until it expires, for these roles under this label; empty label: the next free one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="invitations")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    hash = models.CharField(max_length=64, unique=True)
    roles = models.JSONField(default=list)
    label = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="invitations"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None, membership=None)
                | models.Q(used_at__isnull=False, membership__isnull=False, cancelled_at=None),
                name="an_invitation_is_used_by_somebody_or_not_at_all",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.public_id}"


class ResetLink(models.Model):
    """A way to a new password, made by a manager or by whoever runs the installation (`by` is nobody)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reset_links"
    )
    hash = models.CharField(max_length=64, unique=True)
    without_second_factor = models.BooleanField(default=False)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"way to a new password for {self.user}"
