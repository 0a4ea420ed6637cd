"""What allauth asks of the product: who may have an account, what is said and mailed, and who comes by single sign-on."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse

from projects import invitations
from projects.accounts import lockout
from projects.models import Invitation, User

# allauth's name of a message: tone and words. What is not here is not said.
SAID = {
    "account/messages/password_changed.txt": (
        messages.SUCCESS,
        "The password is changed. Other devices are signed out.",
    ),
    "account/messages/password_set.txt": (messages.SUCCESS, "The password is set."),
    "mfa/messages/totp_activated.txt": (
        messages.SUCCESS,
        "The second factor is on. Keep the recovery codes somewhere safe.",
    ),
    "mfa/messages/totp_deactivated.txt": (messages.INFO, "The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": (
        messages.SUCCESS,
        "New recovery codes are made. The old ones no longer work.",
    ),
    "socialaccount/messages/account_connected.txt": (
        messages.SUCCESS,
        "You can now sign in with it.",
    ),
    "socialaccount/messages/account_connected_updated.txt": (
        messages.INFO,
        "You can sign in with it already.",
    ),
    "socialaccount/messages/account_connected_other.txt": (
        messages.ERROR,
        "That sign-in belongs to another account here.",
    ),
}
INVITED = "invited_by"


def shown_name(user: User) -> str:
    return user.shown_name


def invitation_of(request) -> Invitation | None:
    """The invitation this browser is about to accept."""
    return invitations.living(request.session.get(INVITED, ""))


class Accounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False  # people join by invitation, on a page of our own

    def pre_authenticate(self, request, **credentials) -> None:
        """Wrong passwords are counted by axes, by name and address together: nobody locks another out."""

    def _rollback_login_failed_rl_usage(self) -> None:
        pass

    def get_client_ip(self, request) -> str:
        return lockout.address_of(request)

    def add_message(self, request, level, message_template=None, message_context=None, **rest):
        if message_template in SAID:
            messages.add_message(request, *SAID[message_template])

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account")

    def format_email_subject(self, subject: str) -> str:
        return f"Concord: {' '.join(subject.split())}"

    def send_mail(self, template_prefix, email, context) -> None:
        if settings.SENDS_MAIL:
            super().send_mail(template_prefix, email, context)


class SingleSignOn(DefaultSocialAccountAdapter):
    """Single sign-on opens the account it was connected to, or one that is made by an invitation. Nothing else."""

    def pre_social_login(self, request, sociallogin) -> None:
        # An address that somebody else has here already says nothing about who this is.
        sociallogin.email_addresses = []
        address = sociallogin.user.email if not sociallogin.is_existing else ""
        if address and User.objects.filter(email__iexact=address).exists():
            sociallogin.user.email = ""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        if invitation_of(request) is None:
            raise ImmediateHttpResponse(_no_account(request))

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return invitation_of(request) is not None

    def save_user(self, request, sociallogin, form=None):
        invitation = invitation_of(request)
        assert invitation is not None  # looked at just before
        user = super().save_user(request, sociallogin, form)
        invitations.accept(invitation, user=user)
        return user

    def get_connect_redirect_url(self, request, socialaccount) -> str:
        return reverse("account")

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ) -> None:
        if error == AuthError.CANCELLED:
            return  # has a page of its own
        context = {
            "status": 403,
            "title": "That did not work",
            "message": f"Signing in with {settings.SINGLE_SIGN_ON} was stopped or not accepted. Nothing was changed; "
            "you can try again.",
            "action": reverse("sign_in"),
            "action_words": "Sign in",
        }
        raise ImmediateHttpResponse(render(request, "accounts/told.html", context, status=403))


def _no_account(request):
    context = {
        "status": 403,
        "title": "No account belongs to this sign-in",
        "message": f"{settings.SINGLE_SIGN_ON} knows you, but nobody here does yet. Open the invitation link that a "
        "manager gave you, or sign in with your password and connect the two on the page “Your account”.",
        "action": reverse("sign_in"),
        "action_words": "Sign in",
    }
    return render(request, "accounts/told.html", context, status=403)
