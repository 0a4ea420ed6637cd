"""Where a person is signed in, in words in which they find their own; and signing out there."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from projects.models import User
from projects.refusals import Missing

# The first that is found counts: browsers call themselves by the names of older ones too.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Vivaldi", "Vivaldi"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """`handle` names it to its owner; `here` is the one that asks."""

    handle: str
    name: str
    ip: str
    since: datetime
    seen: datetime
    here: bool


def of(user: User, *, here: str | None = None) -> list[Device]:
    """The one that asks first, then the one used last."""
    found = [
        Device(
            _handle(session.session_key),
            described(session.user_agent),
            session.ip,
            session.created_at,
            session.last_seen_at,
            session.session_key == here,
        )
        for session in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda one: (not one.here, -one.seen.timestamp()))


def end(user: User, handle: str, *, here: str | None = None) -> None:
    """Sign out there; on the device that asks one signs out by its own button."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=here or ""):
        if _handle(session.session_key) == handle:
            session.end()
            return
    raise Missing("This device is signed out already.")


def _handle(session_key: str) -> str:
    """Names a session without telling its key, which would let whoever reads it in."""
    return hashlib.sha256(f"device {session_key}".encode()).hexdigest()[:20]


def described(agent: str) -> str:
    """“Firefox on Windows”; what is not known is left out."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " on ".join(filter(None, (browser or "A program", system)))
