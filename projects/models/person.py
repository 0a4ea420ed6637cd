"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Our own from the first migration, so that it can grow without moving anybody.

    `language` is the one this person reads codebooks in; empty for what their browser asks for.
    """

    language = models.CharField(max_length=35, blank=True)

    @property
    def shown_name(self) -> str:
        return self.get_full_name() or self.username
