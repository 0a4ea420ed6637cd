"""Which keys a person wants in the workspace, on whatever computer they sit."""

from django.conf import settings
from django.db import models


class KeyChoice(models.Model):
    """Single keys on or off (WCAG 2.1.4), and acts that go by another key than the usual one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="key_choice"
    )
    single_keys = models.BooleanField(default=True)
    keys = models.JSONField(default=dict)  # name of the act -> key

    def __str__(self) -> str:
        return f"keys of {self.user}"
