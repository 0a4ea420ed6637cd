"""Pages about the members of a project: who takes part, invitations, ways back in, leaving."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from projects import invitations, people, queries
from projects import members as verbs
from projects.access import pass_for
from projects.forms import (
    InvitationForm,
    MemberForm,
    NewMemberForm,
    ReasonForm,
    WayBackForm,
    beside,
    sent,
    status_of,
)
from projects.models import User
from projects.refusals import Missing


@require_http_methods(["GET", "HEAD", "POST"])
def members(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = NewMemberForm(sent(request))
    if request.method == "POST":
        holder.require("project.manage")
        if form.is_valid():
            added = _added(request, holder, form)
            if added:
                messages.success(request, f"{added.user.shown_name} takes part as {added.label}.")
                return redirect("members", slug)
    return _members_page(request, holder, form=form)


def _added(request, holder, form):
    """The new member, or None with the reason beside the form."""
    user = User.objects.filter(username=form.cleaned_data["username"], is_active=True).first()
    if user is None:
        form.add_error(
            "username", "Nobody signs in with this name yet. Invite the person by a link instead."
        )
    elif queries.members(holder).filter(user=user).exists():
        form.add_error("username", "This person is a member already: change the roles in the list.")
    else:
        with beside(form):
            return verbs.add(
                holder.project,
                user,
                roles=form.cleaned_data["roles"],
                label=form.cleaned_data["label"],
                by=request.user,
            )
    return None


def _members_page(request, holder, *, form=None, invitation_form=None, link="", mailed=""):
    manages = holder.allows("project.manage")
    form = form or NewMemberForm()
    invitation_form = invitation_form or _invitation_form(None)
    context = {
        "members": queries.members_as_managed(holder) if manages else queries.members(holder),
        "form": form,
        "invitation_form": invitation_form,
        "link": link,
        "mailed": mailed,
        "invitations": queries.open_invitations(holder) if manages else [],
        "former": queries.former_members(holder) if manages else [],
    }
    status = max(status_of(form), status_of(invitation_form))
    return render(request, "projects/members.html", context, status=status)


# -- invitations


def _invitation_form(data):
    # It stands beside the form of who has an account, which asks some of the same.
    return InvitationForm(data, auto_id="id_invite_%s", sends_mail=settings.SENDS_MAIL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, slug):
    """The link is told on the page that answers, and in the mail; afterwards nobody knows it any more."""
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    form = _invitation_form(sent(request))
    if not form.is_valid():
        return _members_page(request, holder, invitation_form=form)
    with beside(form):
        made = invitations.invite(holder.project, by=request.user, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("join", args=[made.key]))
        mailed = made.invitation.email if invitations.send(made.invitation, link) else ""
        return _members_page(request, holder, link=link, mailed=mailed)
    return _members_page(request, holder, invitation_form=form)


@require_POST
def cancel_invitation(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    found = queries.open_invitations(holder).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such open invitation in this project.")
    invitations.cancel(found, by=request.user)
    messages.success(request, "The invitation no longer lets anybody in.")
    return redirect("members", slug)


# -- one member


@require_http_methods(["GET", "HEAD", "POST"])
def member(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    shown = queries.member_for(holder, public_id)
    form = MemberForm(sent(request), initial={"label": shown.label, "roles": shown.roles})
    if form.is_valid():
        with beside(form):
            verbs.add(
                holder.project,
                shown.user,
                roles=form.cleaned_data["roles"],
                label=form.cleaned_data["label"],
                by=request.user,
            )
            messages.success(request, f"The roles of {shown.user.shown_name} are changed.")
            return redirect("members", slug)
    return _member_page(request, shown, form=form)


def _member_page(request, shown, *, form=None, reason_form=None, link=""):
    form = form or MemberForm(initial={"label": shown.label, "roles": shown.roles})
    reason_form = reason_form or ReasonForm()
    context = {
        "member": shown,
        "form": form,
        "way_back_form": WayBackForm(),
        "reason_form": reason_form,
        "link": link,
        "hours": people.RESET_HOURS,
        "helped": people.may_be_helped_by(request.user, shown.user),
    }
    status = max(status_of(form), status_of(reason_form))
    return render(request, "projects/member.html", context, status=status)


@never_cache
@require_POST
def way_back(request, slug, public_id):
    """A link to a new password, told once on the page that answers."""
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    shown = queries.member_for(holder, public_id)
    form = WayBackForm(request.POST)
    form.is_valid()
    made = people.make_reset_link(
        shown.user, by=request.user, project=holder.project, **form.cleaned_data
    )
    link = request.build_absolute_uri(reverse("new_password", args=[made.key]))
    return _member_page(request, shown, link=link)


@require_POST
def take_out(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    shown = queries.member_for(holder, public_id)
    verbs.leave(shown, by=request.user)
    messages.success(
        request,
        f"{shown.user.shown_name} no longer takes part. The work of {shown.label} stays as it is.",
    )
    return redirect("members", slug)


@require_POST
def anonymise(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    shown = queries.member_for(holder, public_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with beside(form):
            people.anonymise(shown.user, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(
                request, f"{shown.label} is anonymised: the label stays, the person does not."
            )
            return redirect("members", slug)
    return _member_page(request, shown, reason_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    if request.method == "POST":
        verbs.leave(holder.membership, by=request.user)
        messages.success(request, f"You no longer take part in “{holder.project.title}”.")
        return redirect("home")
    return render(request, "projects/leave.html", {"member": holder.membership})
