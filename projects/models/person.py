"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from projects.models.identity import public_id


class User(AbstractUser):
    """Our own from the first migration, so that it can grow without moving anybody.

    `language` is the one this person reads codebooks in; empty for what their browser asks for.
    `handle` is what a ledger calls them where they have no label; an account that is anonymised gets a new one.
    `digest` is how often a mail tells of new work and answers; `digest_at` when it last looked.
    """

    class Digest(models.TextChoices):
        NEVER = "", "never"
        DAILY = "daily", "once a day"
        WEEKLY = "weekly", "once a week"

    handle = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    language = models.CharField(max_length=35, blank=True)
    digest = models.CharField(max_length=10, choices=Digest.choices, blank=True, default="")
    digest_at = models.DateTimeField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    @property
    def shown_name(self) -> str:
        return self.get_full_name() or self.username
