"""Requests that carry a key are done once: the effect and its answer are kept in one transaction.

What was refused has changed nothing and is not kept: sent again, it is judged again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.models import KeptAnswer, User
from projects.refusals import Invalid, WrongState

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Answered:
    """An answer as it goes out; `is_secret` where it must not be kept."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    is_secret: bool = False
    is_replayed: bool = False


def once(user: User, key: str, fingerprint: str, do: Callable[[], Answered]) -> Answered:
    """Do it and keep the answer, or give the answer that was kept.

    A second request with the same key waits at the unique key until the first has ended, however it ends.
    """
    try:
        with transaction.atomic():
            with transaction.atomic():
                kept = KeptAnswer.objects.create(
                    user=user, key=key, fingerprint=fingerprint, kept_at=timezone.now()
                )
            done = do()
            kept.status, kept.headers = done.status, done.headers
            kept.body = None if done.is_secret else done.body
            kept.save(update_fields=["status", "headers", "body"])
            return done
    except IntegrityError:
        found = KeptAnswer.objects.filter(user=user, key=key).first()
        if found is None:
            raise
    return _again(found, fingerprint)


def _again(kept: KeptAnswer, fingerprint: str) -> Answered:
    if kept.fingerprint != fingerprint:
        raise Invalid(
            "This Idempotency-Key was used for another request. Take a new key for each thing you ask for."
        )
    if kept.body is None:
        raise WrongState(
            "This was done when the key was first used; what it answered is shown only once."
        )
    return Answered(kept.status, bytes(kept.body), dict(kept.headers), is_replayed=True)


def prune() -> int:
    """Forget answers that nobody asks for again."""
    forgotten, _ = KeptAnswer.objects.filter(kept_at__lt=timezone.now() - KEPT).delete()
    return forgotten
