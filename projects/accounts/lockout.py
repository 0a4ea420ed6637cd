"""What is said to somebody who gave five wrong passwords, and by which address attempts are counted."""

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from projects.models import User


def address_of(request: HttpRequest) -> str:
    """The client's address. Behind a proxy it is the last one named: what stands before it anybody may have written."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or "127.0.0.1"


def is_locked(request: HttpRequest, user: User) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": user.username})


def answer(request: HttpRequest, response=None, credentials=None) -> HttpResponse:
    """Called instead of the page that was asked for."""
    context = {
        "status": 429,
        "title": "Too many wrong attempts",
        "message": f"Signing in with this name from this computer is held off for "
        f"{settings.AXES_COOLOFF_TIME.seconds // 60} minutes. Nothing is lost. If the password is forgotten, "
        "a new one can be set meanwhile.",
        "action": reverse("account_reset_password"),
        "action_words": "Forgotten password",
    }
    return render(request, "accounts/told.html", context, status=429)
