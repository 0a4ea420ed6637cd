"""Projects and who takes part in them: verbs."""

import re

from django.db import IntegrityError, transaction
from django.utils import timezone

from projects import ledger
from projects.models import ApiToken, Membership, Project, User
from projects.refusals import Invalid, WrongState
from projects.roles import MANAGER, ROLES

LAST_MANAGER = "A project needs a manager: make somebody else one first."
LABEL = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")


def found(slug: str, *, title: str, by: User, description: str = "") -> Project:
    """Make a project; whoever founds it is its first manager."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,59}", slug):
        raise Invalid.at(
            "slug", "A project's short name is 2 to 60 lower-case letters, digits and hyphens."
        )
    if not title.strip():
        raise Invalid.at("title", "A project needs a title.")
    if Project.objects.filter(slug=slug).exists():
        raise _taken(slug)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                slug=slug, title=title.strip()[:200], description=description
            )
            first = Membership.objects.create(
                project=project, user=by, label=_free_label(project, [MANAGER]), roles=[MANAGER]
            )
            # After the membership, so that the line has the label of who founded it.
            ledger.record(
                project, "project.found", project, by=by, difference={"title": project.title}
            )
            after = {"label": first.label, "roles": first.roles}
            ledger.record(
                project, "member.add", first, by=by, difference={"before": {}, "after": after}
            )
    except IntegrityError:
        # Somebody else took the name between the look and the step.
        if Project.objects.filter(slug=slug).exists():
            raise _taken(slug) from None
        raise
    return project


def _taken(slug: str) -> Invalid:
    return Invalid.at("slug", f"There is already a project “{slug}”.")


def add(project: Project, user: User, *, roles: list[str], by: User, label: str = "") -> Membership:
    """Take a person in, or change what they may do. The label is what others see of a coder."""
    check(roles, label)
    if not user.is_active:
        raise Invalid("This account was closed; nobody signs in with it.")
    with transaction.atomic():
        # One at a time in a project: two managers who demote each other must not both succeed.
        Project.objects.select_for_update().get(pk=project.pk)
        membership = Membership.objects.filter(project=project, user=user).first()
        if membership is None:
            membership = Membership(
                project=project, user=user, label=label or _free_label(project, roles)
            )
        if (
            label
            and Membership.objects.filter(project=project, label=label).exclude(user=user).exists()
        ):
            raise Invalid(f"The label {label} belongs to another member.")
        before = {"label": membership.label, "roles": membership.roles} if membership.pk else {}
        membership.label = label or membership.label
        membership.roles = sorted(set(roles))
        membership.left_at = None
        if (
            before
            and MANAGER in before["roles"]
            and MANAGER not in roles
            and _is_last_manager(membership)
        ):
            raise Invalid(LAST_MANAGER)
        membership.save()
        after = {"label": membership.label, "roles": membership.roles}
        ledger.record(
            project, "member.add", membership, by=by, difference={"before": before, "after": after}
        )
    return membership


def check(roles: list[str], label: str) -> None:
    """Refuse what can be nobody's roles or label."""
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise Invalid(f"Roles are {', '.join(ROLES)}; not {', '.join(unknown) or 'none'}.")
    if label and not LABEL.fullmatch(label):
        raise Invalid(
            "A label is a letter followed by up to 19 letters, digits, _ or -, such as C1."
        )


def leave(membership: Membership, *, by: User | None) -> Membership:
    """End a membership. All that was coded and decided stays, under the label, which nobody else gets."""
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=membership.project_id)
        membership = Membership.objects.select_related("project").get(pk=membership.pk)
        if membership.left_at is not None:
            raise WrongState("This membership has ended already.")
        if MANAGER in membership.roles and _is_last_manager(membership):
            raise Invalid(LAST_MANAGER)
        now = timezone.now()
        membership.left_at = now
        membership.save(update_fields=["left_at"])
        ApiToken.objects.filter(
            project=membership.project, user=membership.user_id, revoked_at=None
        ).update(revoked_at=now)
        ledger.record(
            membership.project,
            "member.leave",
            membership,
            by=by,
            difference={"label": membership.label, "roles": membership.roles},
        )
    return membership


def put_guide(membership: Membership, *, away: bool) -> None:
    """A person's own choice of what their start page shows; nothing that the ledger would tell."""
    membership.is_guide_away = away
    membership.save(update_fields=["is_guide_away"])


def _free_label(project: Project, roles: list[str]) -> str:
    letter = "C" if "coder" in roles else "M"
    taken = set(Membership.objects.filter(project=project).values_list("label", flat=True))
    return next(label for n in range(1, len(taken) + 2) if (label := f"{letter}{n}") not in taken)


def _is_last_manager(membership: Membership) -> bool:
    others = Membership.objects.filter(
        project=membership.project, left_at=None, user__is_active=True
    ).exclude(pk=membership.pk)
    return not any(MANAGER in other.roles for other in others)
