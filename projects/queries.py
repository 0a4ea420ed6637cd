"""What screens ask about people and jobs. Never writes."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from projects import invitations
from projects.access import Pass, require_of_token
from projects.models import ApiToken, Invitation, Job, Membership, User
from projects.refusals import Missing
from projects.roles import permissions_of

# Whose long work a role may watch. What one asked for oneself is always there, but for a token that may not ask for it.
_WATCH = {
    "sources.": "project.view",
    "coding.": "coding.import",
    "reconciliation.": "reconciliation.view",
    "datasets.": "releases.view",
}

# The right by which long work is asked for, so that a token stops and starts again only what it may ask for.
_ASK = {
    "projects.webhook": ("project.manage",),
    "sources.": ("documents.add",),
    "coding.import": ("coding.import",),
    "coding.export": ("coding.code", "reconciliation.view"),
    "coding.move_round": ("rounds.manage",),
    "reconciliation.accept": ("reconciliation.decide",),
    "reconciliation.": ("reconciliation.run",),
    "datasets.": ("releases.build",),
}
ASKING = tuple(dict.fromkeys(right for rights in _ASK.values() for right in rights))

# What coders' work sets going: that it ran tells somebody blind that others handed in.
_OF_CODINGS = ("coding.", "reconciliation.", "datasets.")
Hides = Callable[[Pass], bool]
_HIDES: list[Hides] = []

JOB_WORDS = {
    "projects.webhook": "Telling another program",
    "sources.read": "Reading a document",
    "sources.compare": "Comparing new documents",
    "sources.index": "Indexing documents",
    "sources.index_collection": "Making new documents findable",
    "sources.mention": "Looking for states in documents",
    "sources.collect": "Taking in many documents",
    "sources.recognise": "Recognising the text of a scan",
    "coding.digest": "Sending a digest",
    "coding.import": "Importing codings",
    "coding.export": "Writing codings",
    "reconciliation.run": "Reconciling a round",
    "reconciliation.accept": "Accepting what is agreed",
    "coding.move_round": "Moving a round to a new version of the codebook",
    "reconciliation.propose": "Looking for reports of one incident",
    "datasets.build": "Building a release",
    "config.backup": "Writing a backup",
}


def hides_work(rule: Hides) -> Hides:
    """Register a rule: whether others' long work on codings is out of this person's sight. Apps that know of codings say so."""
    _HIDES.append(rule)
    return rule


def memberships_of(user: User) -> QuerySet[Membership]:
    """The projects a person takes part in."""
    return (
        Membership.objects.filter(user=user, left_at=None)
        .select_related("project")
        .order_by("project__title", "project__slug")
    )


def members(holder: Pass) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(project=holder.project, left_at=None)
        .select_related("user")
        .order_by("user__last_name", "user__username")
    )


def members_as_managed(holder: Pass) -> QuerySet[Membership]:
    """With the day each was last here. For managers only: when others work is nothing for a coder to know."""
    sessions = UserSession.objects.filter(user=OuterRef("user_id")).order_by("-last_seen_at")
    return members(holder).annotate(seen_at=Subquery(sessions.values("last_seen_at")[:1]))


def former_members(holder: Pass) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(project=holder.project)
        .exclude(left_at=None)
        .select_related("user")
        .order_by("label")
    )


def open_invitations(holder: Pass) -> QuerySet[Invitation]:
    return invitations.open_for(holder.project)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Those that still open something."""
    return ApiToken.objects.filter(
        user=user, revoked_at=None, expires_at__gt=timezone.now()
    ).order_by("-id")


def member_for(holder: Pass, public_id: str) -> Membership:
    found = members(holder).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such member in this project.")
    return found


def visible_jobs(holder: Pass) -> QuerySet[Job]:
    """Long work this person asked for or may know of: how far others' work is can itself tell something."""
    own = _own_work(holder) if holder.by_token else Q(by=holder.user)
    return _newest(Job.objects.filter(own | _watched(holder), project=holder.project))


def _own_work(holder: Pass) -> Q:
    """Of a token: what it might have asked for itself."""
    own = Q(pk__in=())
    for prefix, rights in _ASK.items():
        if holder.permissions & {*rights}:
            own |= Q(kind__startswith=prefix)
    return own & Q(by=holder.user)


def _watched(holder: Pass) -> Q:
    seen = Q(pk__in=())
    is_blind = any(rule(holder) for rule in _HIDES)
    for prefix, permission in _WATCH.items():
        if holder.allows(permission) and not (is_blind and prefix in _OF_CODINGS):
            seen |= Q(kind__startswith=prefix)
    return seen


def _newest(jobs: QuerySet[Job]) -> QuerySet[Job]:
    return jobs.select_related("project", "by").order_by("-id")


def visible_job_for(holder: Pass, public_id: str) -> Job:
    job = visible_jobs(holder).filter(public_id=public_id).first()
    if job is None:
        raise Missing("There is no such work in this project.")
    return job


def operators_jobs(user: User) -> QuerySet[Job]:
    """All long work, for who runs the installation. Where they take part themselves, what their roles let them know."""
    own = Membership.objects.filter(user=user, left_at=None).select_related("project", "user")
    seen = Q(project=None) | ~Q(project__in=[membership.project_id for membership in own])
    for membership in own:
        holder = Pass(membership.project, membership, permissions_of(membership.roles))
        may_know = Q(by=user) | _watched(holder)
        seen |= Q(project=membership.project) & may_know
    return _newest(Job.objects.filter(seen))


def operators_job_for(user: User, public_id: str) -> Job:
    job = operators_jobs(user).filter(public_id=public_id).first()
    if job is None:
        raise Missing("There is no such work.")
    return job


def latest_job(holder: Pass, kind: str, subject: str | int) -> Job | None:
    """The newest piece of work on this subject, if there is one this person may know of."""
    return visible_jobs(holder).filter(kind=kind, subject=str(subject)).first()


def own_job_for(holder: Pass, public_id: str) -> Job:
    """A job this person may stop or start again: their own, or any as manager. A token needs the right to ask for it."""
    job = visible_job_for(holder, public_id)
    if job.by_id != holder.user.pk:
        holder.require("project.manage")
    elif holder.by_token:
        rights = next(rights for kind, rights in _ASK.items() if job.kind.startswith(kind))
        require_of_token(holder.user, *rights)
    return job
