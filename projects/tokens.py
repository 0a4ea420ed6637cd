"""API tokens: made, checked, revoked. The token is shown once; only its hash is kept."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from projects import ledger
from projects.models import ApiToken, Project, User
from projects.refusals import Invalid

PREFIX = "concord_"


def create(project: Project, *, by: User, name: str, days: int = 365) -> tuple[ApiToken, str]:
    if not 1 <= days <= 3650:
        raise Invalid("A token lives between 1 and 3650 days.")
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            project=project,
            user=by,
            name=name[:80],
            hash=_hash(secret),
            expires_at=timezone.now() + timedelta(days=days),
        )
        ledger.record(
            project, "token.create", token, by=by, difference={"name": token.name, "days": days}
        )
    return token, secret


def revoke(token: ApiToken, *, by: User) -> ApiToken:
    """End a token. One that was revoked before stays as it was."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            ledger.record(token.project, "token.revoke", token, by=by)
    token.refresh_from_db(fields=["revoked_at"])
    return token


def owner_of(secret: str) -> ApiToken | None:
    """The living token behind a secret, or None."""
    return (
        ApiToken.objects.select_related("user")
        .filter(
            hash=_hash(secret), revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True
        )
        .first()
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
