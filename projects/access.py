"""Load a project with the right to use it, or be refused. There is no third way to get one."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from projects.models import Membership, Project, User
from projects.refusals import Missing, NotAllowed
from projects.roles import PERMISSIONS, permissions_of

Person = User | AnonymousUser


@dataclass(frozen=True)
class Pass:
    """A person in a project: what they hold and what it lets them do."""

    project: Project
    membership: Membership
    permissions: frozenset[str]
    by_token: bool = False  # with fewer rights than the person has

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def label(self) -> str:
        return self.membership.label

    def allows(self, permission: str) -> bool:
        assert permission in PERMISSIONS, permission
        return permission in self.permissions

    def require(self, permission: str) -> None:
        if not self.allows(permission):
            if self.by_token and permission in permissions_of(self.membership.roles):
                raise _not_given(permission)
            raise NotAllowed(
                f"Your roles in this project do not let you {PERMISSIONS[permission]}. "
                "A manager of the project can change them.",
                rights=[permission],
            )


def pass_for(user: Person, slug: str, permission: str = "project.view") -> Pass:
    """The person's pass to the project. Outsiders learn nothing, not even that it exists."""
    membership = (
        Membership.objects.select_related("project", "user")
        .filter(project__slug=slug, user_id=user.pk or 0, left_at=None)
        .first()
    )
    token_project = getattr(user, "token_project_id", None)
    if membership is None or (token_project and membership.project_id != token_project):
        raise Missing("There is no project here, or you are not a member of it.")
    permissions = permissions_of(membership.roles)
    token_rights = getattr(user, "token_rights", None)
    if token_rights is not None:
        permissions &= frozenset(token_rights)
    granted = Pass(membership.project, membership, permissions, token_rights is not None)
    granted.require(permission)
    return granted


def require_of_token(user: Person, *permissions: str) -> None:
    """Refuse a token that was given none of these. Who signed in is judged by their roles, where the thing is loaded."""
    rights = getattr(user, "token_rights", None)
    if rights is not None and permissions and not {*permissions} & {*rights}:
        raise _not_given(*permissions)


def _not_given(*permissions: str) -> NotAllowed:
    words = ", or to ".join(PERMISSIONS[one] for one in permissions)
    return NotAllowed(f"This token was not given the right to {words}.", rights=[*permissions])


def project_for(user: Person, slug: str, permission: str = "project.view") -> Project:
    return pass_for(user, slug, permission).project


def operator_for(user: Person) -> User:
    """The person as one who runs the installation. To everybody else there is nothing here."""
    if not isinstance(user, User) or not user.is_staff or getattr(user, "token_project_id", None):
        raise Missing("There is no page at this address.")
    return user
