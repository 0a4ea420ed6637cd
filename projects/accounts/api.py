"""One's own account over HTTP: name, digest, language, and where one is signed in.

What opens the account (password, second factor, mail address, single sign-on) is changed on its pages only.
"""

from django.db import transaction

from projects import people
from projects.accounts import devices
from projects.models import User
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import choice, flag, moment, shape, text, whole

_OWN = ("account.change",)

Account = shape(
    "OwnAccount",
    username=text(),
    first_name=text(),
    last_name=text(),
    email=text(help_text="Changed on the page of your account: links to a new password go there."),
    digest=choice(*User.Digest.values, help_text="How often a mail tells of new work; empty for never."),
    language=text(),
)  # fmt: skip
AccountSaid = shape(
    "OwnAccountSaid",
    first_name=text(optional=True, most=150),
    last_name=text(optional=True, most=150),
    digest=choice(*User.Digest.values, optional=True),
)
DeviceShape = shape(
    "Device",
    id=text(source="handle"),
    name=text(),
    ip=text(),
    since=moment(),
    seen=moment(),
    here=flag(help_text="It is the one that asks."),
)
SignedOut = shape("SignedOut", ended=whole())
Language = shape("Language", language=text(most=35, help_text="en, fr, pt-BR; empty for what the browser asks for."))  # fmt: skip

account = Route("account/", "api_account", "people")
device_list = Route("account/devices/", "api_devices", "people")
device_one = Route("account/devices/<str:handle>/", "api_device", "people")
language = Route("language/", "api_language", "people")


@account.get(Account, token_needs=_OWN)
def read_account(asked: Asked):
    """Your own account."""
    return asked.user


@account.patch(Account, token_needs=_OWN, takes=AccountSaid)
def change_account(asked: Asked):
    """Change your name as members of your projects see it, and how often a mail tells of new work."""
    user, said = asked.user, asked.said
    with transaction.atomic():
        if {"first_name", "last_name"} & said.keys():
            first = said.get("first_name", user.first_name)
            people.name(user, first=first, last=said.get("last_name", user.last_name))
        if "digest" in said:
            people.choose_digest(user, said["digest"])
    return user


@device_list.get(ListOf(DeviceShape), token_needs=_OWN)
def list_devices(asked: Asked):
    """Where you are signed in: the one that asks first, then the one used last."""
    return devices.of(asked.user, here=_here(asked))


@device_list.delete(SignedOut, token_needs=_OWN)
def end_devices(asked: Asked):
    """Sign out everywhere but on the device that asks."""
    return {"ended": people.end_sessions(asked.user, except_key=_here(asked) or "")}


@device_one.delete(SignedOut, token_needs=_OWN)
def end_device(asked: Asked, handle: str):
    """Sign out on one device."""
    devices.end(asked.user, handle, here=_here(asked))
    return {"ended": 1}


@language.get(Language, token_needs=_OWN)
def read_language(asked: Asked):
    """The language you read codebooks in."""
    return asked.user


@language.put(Language, token_needs=_OWN, takes=Language)
def choose_language(asked: Asked):
    """Choose the language you read codebooks in."""
    return people.choose_language(asked.user, asked.said.get("language", ""))


def _here(asked: Asked) -> str | None:
    return asked.request.session.session_key if asked.request.auth is None else None


ROUTES = (account, device_list, device_one, language)
