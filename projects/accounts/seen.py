"""When a session was last used, to some minutes: for a person's own list of devices and the managers' list of members."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

EVERY = 600  # seconds; writing it down at each request would cost each request a write
_MOST = 10_000
_seen: dict[str, float] = {}


class LastSeen:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and (key := request.session.session_key):
            note(key)
        return response


def note(key: str) -> None:
    """The first request that a process sees of a session only starts its clock: signing in was written down already."""
    now = time.monotonic()
    if now - _seen.get(key, now) >= EVERY:
        UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        _seen[key] = now
    elif key not in _seen:
        if len(_seen) >= _MOST:
            _seen.clear()
        _seen[key] = now
