"""People who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Our own from the first migration, so that it can grow without moving anybody."""

    @property
    def shown_name(self) -> str:
        return self.get_full_name() or self.username
