"""What was answered to a request that carries a key, so that sent again it is answered and not done again."""

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    # SHA-256 of method, address and body: the same key with anything else is a mistake of the sender.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    # None where the answer held something that is shown once, such as a new token.
    body = models.BinaryField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key"),
        ]
        indexes = [models.Index(fields=["kept_at"], name="answers_by_age")]

    def __str__(self) -> str:
        return f"{self.key} ({self.status})"
