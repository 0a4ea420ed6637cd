"""Invitations: a manager makes a link, one person joins by it. Verbs; the pages are accounts'."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from projects import ledger, members, secrets
from projects.models import Invitation, Membership, Project, User
from projects.refusals import Invalid, WrongState
from projects.roles import MANAGER

DAYS, MOST_DAYS = 7, 60


@dataclass(frozen=True)
class Invited:
    """What was made, and the key of its link, which is told this once."""

    invitation: Invitation
    key: str


def invite(
    project: Project,
    *,
    roles: list[str],
    by: User,
    label: str = "",
    email: str = "",
    days: int = DAYS,
) -> Invited:
    members.check(roles, label)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"An invitation is good for 1 to {MOST_DAYS} days.")
    key = secrets.new()
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        if label and (
            Membership.objects.filter(project=project, label=label).exists()
            or open_for(project).filter(label=label).exists()
        ):
            raise Invalid(f"The label {label} belongs to a member or is promised to one.")
        made = Invitation.objects.create(
            project=project,
            hash=secrets.hashed(key),
            roles=sorted(set(roles)),
            label=label,
            email=email,
            by=by,
            expires_at=timezone.now() + timedelta(days=days),
        )
        ledger.record(
            project,
            "invitation.make",
            made,
            by=by,
            difference={"roles": made.roles, "label": label, "days": days},
        )
    return Invited(made, key)


def send(invitation: Invitation, link: str) -> bool:
    """Mail the link to the address that was given, where there is one and mail goes out; whether it went."""
    if not (settings.SENDS_MAIL and invitation.email):
        return False
    told = {
        "by": invitation.by.shown_name,
        "project": invitation.project.title,
        "roles": ", ".join(invitation.roles),
        "until": f"{invitation.expires_at:%d %B %Y}",
        "link": link,
    }
    words = render_to_string("accounts/mails/invitation.txt", told)
    subject = f"Concord: an invitation to “{' '.join(invitation.project.title.split())}”"
    send_mail(subject, words, None, [invitation.email])
    return True


def cancel(invitation: Invitation, *, by: User) -> Invitation:
    with transaction.atomic():
        if not _unused(invitation).update(cancelled_at=timezone.now()):
            raise WrongState("This invitation was used or cancelled already.")
        ledger.record(invitation.project, "invitation.cancel", invitation, by=by)
    invitation.refresh_from_db()
    return invitation


def living(key: str) -> Invitation | None:
    """The invitation behind a key that still lets somebody in, or None."""
    found = (
        Invitation.objects.select_related("project", "by")
        .filter(hash=secrets.hashed(key), cancelled_at=None, used_at=None)
        .filter(expires_at__gt=timezone.now())
        .first()
    )
    return found if found and _may_still_invite(found) else None


def accept(invitation: Invitation, *, user: User) -> Membership:
    """Join by the invitation: once, by whoever is first."""
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=invitation.project_id)
        held = _unused(invitation).filter(expires_at__gt=timezone.now()).select_for_update().first()
        if held is None or not _may_still_invite(held):
            raise WrongState(
                "This invitation was used, was cancelled or has expired. Ask for another."
            )
        if held.project.memberships.filter(user=user, left_at=None).exists():
            raise WrongState(
                "You take part in this project already. The invitation is left for somebody else."
            )
        membership = members.add(held.project, user, roles=held.roles, label=held.label, by=held.by)
        held.used_at, held.membership = timezone.now(), membership
        held.save(update_fields=["used_at", "membership"])
        ledger.record(
            held.project, "invitation.accept", held, by=user, difference={"label": membership.label}
        )
    return membership


def open_for(project: Project) -> QuerySet[Invitation]:
    """Invitations that somebody may still join by."""
    return Invitation.objects.filter(
        project=project, cancelled_at=None, used_at=None, expires_at__gt=timezone.now()
    ).select_related("by")


def _unused(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(pk=invitation.pk, cancelled_at=None, used_at=None)


def _may_still_invite(invitation: Invitation) -> bool:
    """Whoever invited must still be a manager: a link does not outlive the right to make it."""
    held = Membership.objects.filter(
        project_id=invitation.project_id, user_id=invitation.by_id, left_at=None
    ).first()
    return held is not None and MANAGER in held.roles and held.user.is_active
