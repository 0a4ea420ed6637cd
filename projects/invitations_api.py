"""Invitations over HTTP: a link by which one person joins a project."""

from django.urls import reverse

from projects import invitations, queries
from projects.api import PROJECT
from projects.invitations import DAYS, MOST_DAYS
from projects.refusals import Missing
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import choice, flag, mail, moment, shape, some, text, whole
from projects.roles import ROLES

InvitationShape = shape(
    "Invitation",
    id=text(source="public_id"),
    roles=some(choice(*ROLES)),
    label=text(help_text="Empty: the next free one."),
    email=text(),
    by=text(source="by.shown_name"),
    made_at=moment(),
    expires_at=moment(),
)
Invited = shape(
    "Invited",
    InvitationShape,
    link=text(help_text="Lets one person in. Shown this once."),
    is_sent=flag(help_text="It was mailed as well."),
)
ToInvite = shape(
    "ToInvite",
    roles=some(choice(*ROLES), least=1),
    label=text(optional=True, most=20),
    email=mail(optional=True),
    days=whole(optional=True, min_value=1, max_value=MOST_DAYS, help_text=f"How long it is good for; {DAYS} where nothing is said."),
)  # fmt: skip

invitation_list = Route(f"{PROJECT}invitations/", "api_invitations", "members")
invitation_one = Route(f"{PROJECT}invitations/<str:public_id>/", "api_invitation", "members")


@invitation_list.get(ListOf(InvitationShape), needs="project.manage")
def list_invitations(asked: Asked):
    """Invitations by which somebody may still join, the newest first."""
    return queries.open_invitations(asked.holder).order_by("-id")


@invitation_list.post(Invited, status=201, needs="project.manage", takes=ToInvite, is_secret=True)
def invite(asked: Asked):
    """Make a link by which one person joins, with the account they have or a new one."""
    made = invitations.invite(asked.holder.project, by=asked.user, **asked.said)
    link = asked.request.build_absolute_uri(reverse("join", args=[made.key]))
    told = InvitationShape(made.invitation).data
    return {**told, "link": link, "is_sent": invitations.send(made.invitation, link)}


@invitation_one.delete(InvitationShape, needs="project.manage")
def cancel_invitation(asked: Asked, public_id: str):
    """End an open invitation: its link lets nobody in any more."""
    found = queries.open_invitations(asked.holder).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such open invitation in this project.")
    return invitations.cancel(found, by=asked.user)


ROUTES = (invitation_list, invitation_one)
