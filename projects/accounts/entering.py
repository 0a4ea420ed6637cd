"""The ways in: signing in, single sign-on, joining by an invitation, a new password."""

from allauth.account.internal.decorators import login_not_required
from allauth.account.views import LoginView, PasswordResetView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from projects import invitations, people
from projects.accounts.adapters import INVITED
from projects.accounts.forms import JoinForm, NewPasswordForm
from projects.forms import beside, sent, status_of
from projects.refusals import Missing, WrongState

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PROVIDER = "institution"


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs):
        shown = {"single_sign_on": settings.SINGLE_SIGN_ON, "provider": PROVIDER}
        return super().get_context_data(**kwargs) | shown


class ForgottenPassword(PasswordResetView):
    template_name = "accounts/forgotten_password.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"sends_mail": settings.SENDS_MAIL}

    def post(self, request, *args, **kwargs):
        if not settings.SENDS_MAIL:
            raise WrongState("This installation sends no mail. A manager can make you a link.")
        return super().post(request, *args, **kwargs)


@login_not_required
@never_cache
@require_POST
def single_sign_on(request, provider_id):
    """To the institution's own page. Not by a redirect: a form of ours may lead nowhere but here (form-action)."""
    response = openid.login(request, provider_id)
    if response.status_code != 302:
        return response
    address = response["Location"]
    shown = render(
        request,
        "accounts/on_the_way.html",
        {"address": address, "single_sign_on": settings.SINGLE_SIGN_ON},
    )
    shown["Refresh"] = f"0; url={address}"
    return shown


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, key):
    """Take part in a project by an invitation: with the account one has, or with a new one."""
    invitation = invitations.living(key)
    if invitation is None:
        raise Missing(
            "This invitation was used, was cancelled or has expired. Ask the manager who sent it for another."
        )
    # Single sign-on comes back to the product by a page that does not know the link.
    request.session[INVITED] = key
    if request.user.is_authenticated:
        if request.method == "POST":
            return _joined(request, invitations.accept(invitation, user=request.user))
        return _join_page(request, invitation, None)
    form = JoinForm(sent(request))
    if form.is_valid():
        with beside(form), transaction.atomic():
            user = form.user
            user.email = invitation.email
            user.set_password(form.cleaned_data["password1"])
            user.save()
            membership = invitations.accept(invitation, user=user)
            login(request, user, backend=BACKEND)
            return _joined(request, membership)
    return _join_page(request, invitation, form)


def _join_page(request, invitation, form) -> HttpResponse:
    context = {
        "invitation": invitation,
        "form": form,
        "single_sign_on": settings.SINGLE_SIGN_ON,
        "provider": PROVIDER,
    }
    return render(
        request, "accounts/join.html", context, status=status_of(form) if form is not None else 200
    )


def _joined(request, membership) -> HttpResponse:
    request.session.pop(INVITED, None)
    messages.success(
        request,
        f"Welcome. In this project you are {membership.label}: {', '.join(membership.roles)}.",
    )
    return redirect(membership.project)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request, key):
    """By the link that a manager made."""
    link = people.living_reset_link(key)
    if link is None:
        raise Missing("This link was used already or has expired. Ask the manager for another.")
    form = NewPasswordForm(sent(request), user=link.user)
    if form.is_valid():
        with beside(form):
            people.use_reset_link(link, password=form.cleaned_data["password1"])
            request.session.flush()
            messages.success(request, "The password is set. Sign in with it.")
            return redirect("sign_in")
    context = {"form": form, "link": link}
    return render(request, "accounts/new_password.html", context, status=status_of(form))


@login_not_required
def closed(request):
    """Where allauth sends whoever proved to be somebody whose account is closed."""
    context = {
        "status": 403,
        "title": "This account is closed",
        "message": "Whoever runs this installation can open it again.",
        "action": reverse("sign_in"),
        "action_words": "Sign in",
    }
    return render(request, "accounts/told.html", context, status=403)


@login_not_required
def cancelled(request):
    messages.info(request, "Signing in was stopped. Nothing was changed.")
    return redirect("sign_in")
