"""Projects, their members, long work, the ledger and tokens over HTTP."""

from rest_framework.exceptions import PermissionDenied

from projects import jobs, ledger_reading, members, queries, tokens
from projects.forms import MemberForm, NewMemberForm, ProjectForm
from projects.models import ApiToken, Job, Membership, User
from projects.refusals import Invalid, Missing
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import (
    anything,
    choice,
    day,
    moment,
    of_form,
    one,
    shape,
    some,
    text,
    whole,
)
from projects.roles import PERMISSIONS, ROLES

PROJECT = "projects/<slug:slug>/"

ProjectShape = shape(
    "Project",
    slug=text(source="project.slug"),
    title=text(source="project.title"),
    label=text(help_text="What others see of you in it."),
    roles=some(choice(*ROLES)),
)
MemberShape = shape(
    "Member",
    id=text(),
    name=text(),
    label=text(
        null=True, help_text="Your own; of others only managers learn whose label is whose."
    ),
    username=text(null=True, help_text="For managers."),
    roles=some(choice(*ROLES)),
    joined_at=moment(),
)
Work = shape(
    "Job",
    id=text(source="public_id"),
    kind=text(),
    state=choice(*Job.State.values),
    done=whole(),
    total=whole(),
    message=text(),
    error=text(),
    attempts=whole(),
    created_at=moment(),
    finished_at=moment(null=True),
)
Line = shape(
    "LedgerLine",
    n=whole(),
    at=moment(),
    verb=text(),
    subject_kind=text(),
    subject_id=text(),
    by=text(source="by_label"),
    difference=anything(),
    hash=text(),
    previous_hash=text(),
)
LedgerWanted = shape(
    "LedgerWanted",
    verb=text(optional=True, most=60),
    by=text(optional=True, most=150),
    kind=text(optional=True, most=60),
    subject=text(optional=True, most=64),
    since=day(optional=True),
    to=day(optional=True),
)
Token = shape(
    "Token",
    id=whole(),
    name=text(),
    rights=some(choice(*PERMISSIONS), null=True, help_text="Null: all that you may do."),
    created_at=moment(),
    expires_at=moment(),
    revoked_at=moment(null=True),
)
NewToken = shape("NewToken", token=one(Token), secret=text(help_text="Shown this once."))
TokenAsked = shape(
    "TokenAsked",
    name=text(most=80),
    days=whole(optional=True, min_value=1, max_value=3650, help_text="How long it lives; 365 where nothing is said."),
    rights=some(
        choice(*PERMISSIONS),
        optional=True,
        help_text="What it may beside looking at the project and its documents: rights that you have. An empty list is looking only; left out, all that you may do, also what you may later.",
    ),
)  # fmt: skip

projects = Route("projects/", "api_projects", "projects")
project = Route(PROJECT, "api_project", "projects")
member_route = Route(f"{PROJECT}members/", "api_members", "members")
member_one = Route(f"{PROJECT}members/<str:public_id>/", "api_member", "members")
job_route = Route(f"{PROJECT}jobs/", "api_jobs", "jobs")
job_one = Route(f"{PROJECT}jobs/<str:public_id>/", "api_job", "jobs")
job_cancel = Route(f"{PROJECT}jobs/<str:public_id>/cancel/", "api_cancel_job", "jobs", version=job_one)  # fmt: skip
job_retry = Route(f"{PROJECT}jobs/<str:public_id>/retry/", "api_retry_job", "jobs", version=job_one)  # fmt: skip
ledger_route = Route(f"{PROJECT}ledger/", "api_ledger", "ledger")
token_route = Route(f"{PROJECT}tokens/", "api_tokens", "tokens")
token_one = Route(f"{PROJECT}tokens/<int:number>/", "api_token", "tokens")


@projects.get(ListOf(ProjectShape, key="project__slug"))
def list_projects(asked: Asked):
    """The projects you take part in; of a token its one project."""
    found = Membership.objects.filter(user=asked.user, left_at=None).select_related("project")
    token_project = getattr(asked.user, "token_project_id", None)
    if token_project:
        found = found.filter(project_id=token_project)
    return found.order_by("project__slug")


@projects.post(ProjectShape, status=201, takes=of_form("NewProject", ProjectForm))
def found_project(asked: Asked):
    """Found a project and be its manager."""
    if isinstance(asked.request.auth, ApiToken):
        raise PermissionDenied("A token is for one project; sign in to found another.")
    said = asked.form(ProjectForm).cleaned_data
    made = members.found(by=asked.user, **said)
    return made.memberships.get(user=asked.user)


@project.get(ProjectShape, needs="project.view")
def read_project(asked: Asked):
    """A project, and what you are in it."""
    return asked.holder.membership


@member_route.get(ListOf(MemberShape, key="id"), needs="project.view")
def list_members(asked: Asked):
    """Who takes part."""
    return [_member(asked, one) for one in queries.members(asked.holder)]


def _member(asked: Asked, one: Membership) -> dict:
    """As the page of members tells it: adjudicators see labels in codings, and must not learn whose they are."""
    manages = asked.holder.allows("project.manage")
    return {
        "id": one.public_id,
        "name": one.user.shown_name,
        "label": one.label if manages or one.user_id == asked.user.pk else None,
        "username": one.user.username if manages else None,
        "roles": one.roles,
        "joined_at": one.joined_at,
    }


@member_route.post(MemberShape, status=201, needs="project.manage", takes=NewMemberForm)
def add_member(asked: Asked):
    """Take in a person who has an account."""
    said = asked.form(NewMemberForm).cleaned_data
    user = User.objects.filter(username=said["username"], is_active=True).first()
    if user is None:
        raise Invalid("Nobody signs in with this name yet: an account has to be made first.")
    if queries.members(asked.holder).filter(user=user).exists():
        raise Invalid("This person is a member already: change their roles.")
    made = members.add(
        asked.holder.project, user, roles=said["roles"], label=said["label"], by=asked.user
    )
    return _member(asked, made)


@member_one.get(MemberShape, needs="project.view")
def read_member(asked: Asked, public_id: str):
    """One member."""
    return _member(asked, queries.member_for(asked.holder, public_id))


@member_one.put(MemberShape, needs="project.manage", takes=of_form("MemberChange", MemberForm))
def change_member(asked: Asked, public_id: str):
    """Change what a member may do, and the label."""
    shown = queries.member_for(asked.holder, public_id)
    said = asked.form(MemberForm).cleaned_data
    made = members.add(
        asked.holder.project, shown.user, roles=said["roles"], label=said["label"], by=asked.user
    )
    return _member(asked, made)


@member_one.delete(
    MemberShape, needs="project.view", token_needs=("project.manage", "account.change")
)
def end_membership(asked: Asked, public_id: str):
    """Leave the project, or as a manager take somebody out. All that was coded and decided stays under the label."""
    shown = queries.member_for(asked.holder, public_id)
    if shown.pk != asked.holder.membership.pk:
        asked.holder.require("project.manage")
    return _member(asked, members.leave(shown, by=asked.user))


@job_route.get(ListOf(Work), needs="project.view")
def list_jobs(asked: Asked):
    """Long work you asked for or may know of, the newest first."""
    return queries.visible_jobs(asked.holder)


@job_one.get(Work, needs="project.view")
def read_job(asked: Asked, public_id: str):
    """How a piece of long work stands."""
    return job_as_json(queries.visible_job_for(asked.holder, public_id))


@job_cancel.post(Work, needs="project.view", token_needs=queries.ASKING)
def cancel_job(asked: Asked, public_id: str):
    """Stop long work at its next step. What it had finished stays."""
    return jobs.cancel(queries.own_job_for(asked.holder, public_id))


@job_retry.post(Work, needs="project.view", token_needs=queries.ASKING)
def retry_job(asked: Asked, public_id: str):
    """Put work that failed or was cancelled into the queue again."""
    return jobs.retry(queries.own_job_for(asked.holder, public_id))


@ledger_route.get(ListOf(Line, key="n"), needs="ledger.view", filters=LedgerWanted)
def list_ledger(asked: Asked):
    """Who did what when, the newest first; each line holds the hash of the one before it."""
    readable = ledger_reading.readable_for(asked.holder)
    wanted = {name: value for name, value in asked.wanted.items() if value is not None}
    return ledger_reading.chosen_lines(readable, ledger_reading.Chosen(**wanted))


@token_route.get(ListOf(Token, key="id"), needs="project.view")
def list_tokens(asked: Asked):
    """Your own tokens of the project, living and ended; a token is told of itself only."""
    return _own_tokens(asked)


@token_route.post(NewToken, status=201, needs="project.view", takes=TokenAsked, is_secret=True)
def create_token(asked: Asked):
    """Make a token for programs. It may never do more than you may, and its secret is shown once."""
    if isinstance(asked.request.auth, ApiToken):
        raise PermissionDenied("A token makes no tokens; sign in for that.")
    said = asked.said
    if not said["name"].strip():
        raise Invalid("A token needs a name.")
    made, secret = tokens.create(
        asked.holder.project,
        by=asked.user,
        name=said["name"],
        days=said.get("days", 365),
        rights=said.get("rights"),
    )
    return {"token": Token(made).data, "secret": secret}


@token_one.delete(Token, needs="project.view")
def revoke_token(asked: Asked, number: int):
    """End one of your tokens; a token ends only itself."""
    found = _own_tokens(asked).filter(pk=number).first()
    if found is None:
        raise Missing("You have no such token in this project.")
    return tokens.revoke(found, by=asked.user)


def _own_tokens(asked: Asked):
    own = ApiToken.objects.filter(project=asked.holder.project, user=asked.user).order_by("-id")
    by = asked.request.auth
    return own.filter(pk=by.pk) if isinstance(by, ApiToken) else own


def job_as_json(job: Job) -> dict:
    return dict(Work(job).data)


ROUTES = (
    projects, project, member_route, member_one, job_route, job_one, job_cancel, job_retry, ledger_route, token_route,
    token_one,
)  # fmt: skip
