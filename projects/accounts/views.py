"""One's own account: name, mail, password, second factor, devices, single sign-on; and tokens for programs."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.mail import send_mail
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from projects import people, queries, tokens
from projects.access import pass_for
from projects.accounts import devices
from projects.accounts.entering import PROVIDER
from projects.accounts.forms import AddressForm, DigestForm, NameForm, TokenForm
from projects.forms import beside, sent, status_of
from projects.models import ApiToken
from projects.refusals import Missing, WrongState
from projects.roles import PERMISSIONS

ADDRESS = "mail address"
ADDRESS_DAYS = 2


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    user = request.user
    data, part = sent(request), request.POST.get("part", "")
    name = NameForm(
        data if part == "name" else None,
        initial={"first": user.first_name, "last": user.last_name},
    )
    address = AddressForm(data if part == "address" else None, initial={"email": user.email})
    digest = DigestForm(data if part == "digest" else None, initial={"digest": user.digest})
    if name.is_valid():
        people.name(user, **name.cleaned_data)
        messages.success(request, "The name is saved.")
        return redirect("account")
    if address.is_valid():
        with beside(address):
            _change_address(request, address.cleaned_data["email"])
            return redirect("account")
    if digest.is_valid():
        with beside(digest):
            people.choose_digest(user, digest.cleaned_data["digest"])
            messages.success(request, "The choice is saved.")
            return redirect("account")
    context = {
        "name_form": name,
        "address_form": address,
        "digest_form": digest,
        "sends_mail": settings.SENDS_MAIL,
        "second_factor": is_mfa_enabled(user),
        "devices": devices.of(user, here=request.session.session_key),
        "memberships": queries.memberships_of(user),
        "tokens": queries.tokens_of(user),
        "single_sign_on": settings.SINGLE_SIGN_ON,
        "connected": SocialAccount.objects.filter(user=user).first(),
        "provider": PROVIDER,
    }
    sent_form = {"name": name, "address": address, "digest": digest}.get(part, name)
    return render(request, "accounts/account.html", context, status=status_of(sent_form))


# -- mail


def _change_address(request, address: str) -> None:
    """Where mail is sent an address is taken only when its owner says so; else nothing goes there anyway."""
    if not address or not settings.SENDS_MAIL:
        people.set_address(request.user, address)
        messages.success(request, "The mail address is saved." if address else "It is taken out.")
        return
    key = signing.dumps([request.user.pk, request.user.email, address], salt=ADDRESS)
    link = request.build_absolute_uri(reverse("confirm_address", args=[key]))
    words = render_to_string("accounts/mails/confirm_address.txt", {"link": link})
    send_mail("Concord: is this your mail address?", words, None, [address])
    messages.info(request, f"A link was sent to {address}. The address is taken when it is opened.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request, key):
    try:
        person, before, address = signing.loads(key, salt=ADDRESS, max_age=ADDRESS_DAYS * 24 * 3600)
    except signing.BadSignature:
        raise Missing("This link has expired, or it is not whole.") from None
    if person != request.user.pk or before != request.user.email:
        raise Missing("This link is for another account, or was used already.")
    if request.method == "POST":
        people.set_address(request.user, address)
        messages.success(request, "The mail address is saved.")
        return redirect("account")
    return render(request, "accounts/confirm_address.html", {"address": address})


# -- devices


@require_POST
def end_session(request):
    """Sign out on one device, or on all but this one."""
    here = request.session.session_key
    if request.POST.get("device") == "others":
        ended = people.end_sessions(request.user, except_key=here)
        messages.success(request, f"Signed out on {ended} other device{'s' * (ended != 1)}.")
        return redirect("account")
    devices.end(request.user, request.POST.get("device", ""), here=here)
    messages.success(request, "Signed out there.")
    return redirect("account")


@require_POST
def disconnect(request):
    """Single sign-on no longer opens this account; only where a password still does."""
    if not request.user.has_usable_password():
        raise WrongState("Set a password first: without it nobody could sign in to this account.")
    SocialAccount.objects.filter(user=request.user).delete()
    messages.success(request, f"{settings.SINGLE_SIGN_ON} no longer opens this account.")
    return redirect("account")


# -- tokens


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_tokens(request, slug):
    """Tokens of this person in a project. A new one is shown on the page that answers, and never again."""
    holder = request.holder = pass_for(request.user, slug)
    rights = [
        (name, PERMISSIONS[name].capitalize())
        for name in PERMISSIONS
        if holder.allows(name) and name != tokens.VIEW
    ]
    form, secret = TokenForm(sent(request), rights=rights), ""
    if form.is_valid():
        with beside(form):
            made, secret = tokens.create(
                holder.project,
                by=request.user,
                name=form.cleaned_data["name"],
                days=form.cleaned_data["days"],
                rights=form.cleaned_data.get("rights", []),
            )
            form = TokenForm(rights=rights)
    context = {
        "form": form,
        "secret": secret,
        "tokens": queries.tokens_of(request.user).filter(project=holder.project),
        "words": PERMISSIONS,
    }
    return render(request, "accounts/tokens.html", context, status=status_of(form))


@require_POST
def revoke_token(request, slug, handle):
    holder = request.holder = pass_for(request.user, slug)
    token = ApiToken.objects.filter(
        project=holder.project, user=request.user, hash__startswith=handle, revoked_at=None
    ).first()
    if token is None or len(handle) != len(token.handle):
        raise Missing("There is no such token of yours.")
    tokens.revoke(token, by=request.user)
    messages.success(request, f"The token “{token.name}” no longer opens anything.")
    return redirect("own_tokens", slug)
