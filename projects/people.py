"""People: what they choose for themselves, in every project; ways back in; and how an account is closed."""

import re
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core.validators import validate_email
from django.db import transaction
from django.forms import ValidationError
from django.utils import timezone

from projects import ledger, members, secrets
from projects.models import (
    ApiToken,
    Invitation,
    Membership,
    Project,
    ResetLink,
    User,
    public_id,
)
from projects.refusals import Invalid, NotAllowed, WrongState
from projects.roles import MANAGER

RESET_HOURS = 48


def choose_language(user: User, language: str) -> User:
    """The language this person reads codebooks in; empty for what their browser asks for."""
    if language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise Invalid("A language is written as a code such as en, fr or pt-BR.")
    user.language = language
    user.save(update_fields=["language"])
    return user


def name(user: User, *, first: str, last: str) -> User:
    user.first_name, user.last_name = first.strip()[:150], last.strip()[:150]
    user.save(update_fields=["first_name", "last_name"])
    return user


def set_address(user: User, address: str) -> User:
    """Where mail for this person goes; empty for nowhere. That it is theirs was shown before."""
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Invalid("This is no mail address.") from None
    with transaction.atomic():
        # One place only says where mail goes.
        EmailAddress.objects.filter(user=user).delete()
        user.email = address
        if not address:
            user.digest = User.Digest.NEVER
        user.save(update_fields=["email", "digest"])
    return user


def choose_digest(user: User, often: str) -> User:
    """How often a mail tells of new work and answers. What was there before the choice is not told again."""
    if often not in User.Digest.values:
        raise Invalid("A digest comes never, daily or weekly.")
    if often and not user.email:
        raise Invalid("Give a mail address first.")
    user.digest, user.digest_at = often, timezone.now()
    user.save(update_fields=["digest", "digest_at"])
    return user


# -- a way back in


@dataclass(frozen=True)
class WayBack:
    """What was made, and the key of its link, which is told this once."""

    link: ResetLink
    key: str


def make_reset_link(
    user: User,
    *,
    by: User | None,
    project: Project | None = None,
    without_second_factor: bool = False,
) -> WayBack:
    """A link by which this person sets a new password, once. Any made before is void."""
    _must_be_in_the_hands_of(by, user)
    key = secrets.new()
    now = timezone.now()
    with transaction.atomic():
        ResetLink.objects.filter(user=user, used_at=None).delete()
        link = ResetLink.objects.create(
            user=user,
            hash=secrets.hashed(key),
            without_second_factor=without_second_factor,
            project=project,
            by=by,
            expires_at=now + timedelta(hours=RESET_HOURS),
        )
        for told in _projects_of(user):
            ledger.record(
                told.project,
                "member.reset_link",
                told,
                by=by,
                difference={"without_second_factor": without_second_factor},
            )
    return WayBack(link, key)


def living_reset_link(key: str) -> ResetLink | None:
    return (
        ResetLink.objects.select_related("user")
        .filter(hash=secrets.hashed(key), used_at=None, expires_at__gt=timezone.now())
        .filter(user__is_active=True)
        .first()
    )


def use_reset_link(link: ResetLink, *, password: str) -> User:
    """Set the password, once. Whoever was signed in is signed out, and who was locked out may try again."""
    with transaction.atomic():
        now = timezone.now()
        if not ResetLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now).update(
            used_at=now
        ):
            raise WrongState("This link was used already or has expired. Ask for another.")
        user = User.objects.select_for_update().get(pk=link.user_id)
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
        if link.without_second_factor:
            Authenticator.objects.filter(user=user).delete()
        AccessAttempt.objects.filter(username=user.username).delete()
        for told in _projects_of(user):
            ledger.record(told.project, "member.reset_password", told, by=user)
    return user


def end_sessions(user: User, *, except_key: str = "") -> int:
    """Sign a person out wherever they are, but for one session."""
    ended = 0
    for session in UserSession.objects.filter(user=user).exclude(session_key=except_key):
        session.end()
        ended += 1
    return ended


# -- the end of an account


def anonymise(user: User, *, by: User | None, reason: str) -> User:
    """Close an account and take out who it was: name, address, ways in. Labels and all work under them stay.

    The ledger never changes, and holds labels and handles alone: without the account nobody can say whose they were.
    """
    if not reason.strip():
        raise Invalid("Please say why this person is anonymised.")
    _must_be_in_the_hands_of(by, user)
    if by is not None and by.pk == user.pk:
        raise Invalid("Nobody anonymises themselves: another manager does.")
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.anonymised_at is not None:
            raise WrongState("This person is anonymised already.")
        for membership in _projects_of(user):
            ledger.record(
                membership.project,
                "member.anonymise",
                membership,
                by=by,
                difference={"label": membership.label, "reason": reason.strip()},
            )
            if membership.left_at is None:
                members.leave(membership, by=by)
        end_sessions(user)
        now = timezone.now()
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
        Invitation.objects.filter(membership__user=user).update(email="")
        AccessAttempt.objects.filter(username=user.username).delete()
        for rows in (Authenticator, SocialAccount, EmailAddress, ResetLink):
            rows.objects.filter(user=user).delete()
        user.handle = public_id()
        user.username = f"anonymised-{secrets.new()[:12].lower()}"
        user.first_name = user.last_name = user.email = user.language = ""
        user.digest, user.is_active, user.anonymised_at = User.Digest.NEVER, False, now
        user.last_login = None
        user.set_unusable_password()
        user.save()
    return user


def may_be_helped_by(by: User, user: User) -> bool:
    """Whether a manager may act for a person's whole account: only who manages all that it opens."""
    try:
        _must_be_in_the_hands_of(by, user)
    except NotAllowed:
        return False
    return True


def _must_be_in_the_hands_of(by: User | None, user: User) -> None:
    """One account opens every project of a person: a manager of one of them must not get into the others."""
    if by is None:
        return
    if user.is_staff or user.is_superuser:
        raise NotAllowed("This account runs the installation; only its own console helps it.")
    managed = {
        held.project_id
        for held in Membership.objects.filter(user=by, left_at=None)
        if MANAGER in held.roles
    }
    elsewhere = Membership.objects.filter(user=user, left_at=None).exclude(project__in=managed)
    if elsewhere.exists() or not Membership.objects.filter(user=user, project__in=managed).exists():
        raise NotAllowed(
            "This person also takes part in a project that you do not manage. Whoever runs this installation can help: "
            "`manage.py reset_link` and `manage.py anonymise`."
        )


def _projects_of(user: User) -> list[Membership]:
    return list(Membership.objects.filter(user=user).select_related("project"))
