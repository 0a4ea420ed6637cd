"""The ways in and one's own account. allauth's pages that are not named here cannot be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_http_methods, require_safe

from projects.accounts import entering, views

page = require_http_methods(["GET", "HEAD", "POST"])
sign_in = page(entering.SignIn.as_view())


class Letters(StringConverter):
    """Letters and digits, so that what follows a hyphen is another part."""

    regex = "[0-9A-Za-z]+"


register_converter(Letters, "letters")

urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/code/", page(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/closed/", require_safe(entering.closed), name="account_inactive"),
    path(
        "sign-in/cancelled/", require_safe(entering.cancelled), name="socialaccount_login_cancelled"
    ),
    path("sign-in/with/<slug:provider_id>/", entering.single_sign_on, name="openid_connect_login"),
    path(
        "sign-in/with/<slug:provider_id>/back/",
        require_safe(openid.callback),
        name="openid_connect_callback",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("join/<str:key>/", entering.join, name="join"),
    path("new-password/<str:key>/", entering.new_password, name="new_password"),
    path(
        "forgotten-password/",
        page(entering.ForgottenPassword.as_view()),
        name="account_reset_password",
    ),
    path(
        "forgotten-password/sent/",
        require_safe(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "forgotten-password/done/",
        require_safe(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path(
        # Joined as allauth joins them when it writes the link.
        "forgotten-password/<letters:uidb36>-<str:key>/",
        page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("account/", views.account, name="account"),
    path("account/mail/<str:key>/", views.confirm_address, name="confirm_address"),
    path("account/devices/", views.end_session, name="end_session"),
    path("account/disconnect/", views.disconnect, name="disconnect"),
    path("account/password/", page(account.password_change), name="account_change_password"),
    path("account/password/first/", page(account.password_set), name="account_set_password"),
    path("account/confirm/", page(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/", require_safe(mfa.index), name="mfa_index"),
    path("account/second-factor/on/", page(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/off/", page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/",
        require_safe(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        page(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        require_safe(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("projects/<slug:slug>/tokens/", views.own_tokens, name="own_tokens"),
    path(
        "projects/<slug:slug>/tokens/revoke/<str:handle>/", views.revoke_token, name="revoke_token"
    ),
]
