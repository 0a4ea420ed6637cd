"""API tokens: made, checked, revoked. The token is shown once; only its hash is kept."""

import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from projects import ledger, rows, secrets
from projects.models import ApiToken, Membership, Project, User
from projects.refusals import Invalid
from projects.roles import PERMISSIONS, permissions_of

PREFIX = "concord_"
VIEW = "project.view"


def create(
    project: Project,
    *,
    by: User,
    name: str,
    days: int = 365,
    rights: Collection[str] | None = None,
) -> tuple[ApiToken, str]:
    """`rights` are names of permissions beside looking at the project; None is all that the person may do.

    Only rights that the person has: a token does not grow in silence when its owner is given another role.
    """
    if not 1 <= days <= 3650:
        raise Invalid("A token lives between 1 and 3650 days.")
    unknown = sorted(set(rights or ()) - set(PERMISSIONS))
    if unknown:
        raise Invalid(f"There is no right {', '.join(unknown)}.")
    lacking = sorted(set(rights or ()) - _held(project, by))
    if lacking:
        raise Invalid(
            f"Your roles do not let you {PERMISSIONS[lacking[0]]}, so no token of yours can."
        )
    secret = secrets.new(PREFIX)
    with transaction.atomic():
        token = ApiToken.objects.create(
            project=project,
            user=by,
            name=name[:80],
            hash=secrets.hashed(secret),
            rights=None if rights is None else sorted({VIEW, *rights}),
            expires_at=timezone.now() + timedelta(days=days),
        )
        ledger.record(
            project,
            "token.create",
            token,
            by=by,
            difference={"name": token.name, "days": days}
            | ({} if rights is None else {"rights": token.rights}),
        )
    return token, secret


def _held(project: Project, person: User) -> frozenset[str]:
    held = Membership.objects.filter(project=project, user=person, left_at=None).first()
    return permissions_of(held.roles) if held else frozenset()


def revoke(token: ApiToken, *, by: User) -> ApiToken:
    """End a token. One that was revoked before stays as it was."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            ledger.record(token.project, "token.revoke", token, by=by)
    token.refresh_from_db(fields=["revoked_at"])
    return token


# By hand: every request by a token begins with it, and making a query of it took six times as long as asking it.
_OWNER = """
    SELECT u.*, t.id AS token_id, t.project_id AS token_project_id, t.rights AS token_rights
    FROM projects_apitoken t JOIN projects_user u ON u.id = t.user_id
    WHERE t.hash = %s AND t.revoked_at IS NULL AND t.expires_at > %s AND u.is_active
"""


def owner_of(secret: str) -> ApiToken | None:
    """The living token behind a secret with its owner, or None. What else it has is read when it is asked for."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    owner: Any = next(iter(User.objects.raw(_OWNER, [secrets.hashed(secret), now])), None)
    if owner is None:
        return None
    rights = owner.token_rights and json.loads(owner.token_rights)
    token = {"id": owner.token_id, "project_id": owner.token_project_id, "user_id": owner.pk}
    found = rows.partly(ApiToken, {**token, "rights": rights})
    found.user = owner
    return found
