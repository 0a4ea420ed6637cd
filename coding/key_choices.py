"""The keys a person wants in the workspace: kept with the person, because coders sit at many computers."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from coding.models import KeyChoice
from projects.models import User
from projects.refusals import Invalid

_ACT = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True)
class Keys:
    single_keys: bool
    keys: dict[str, str]


def of(user: User) -> Keys:
    found = KeyChoice.objects.filter(user=user).first()
    return Keys(found.single_keys, dict(found.keys)) if found else Keys(True, {})


def choose(user: User, *, single_keys: Any, keys: Any) -> Keys:
    """Take a person's choice: no key for two acts, and each a single character."""
    if type(single_keys) is not bool or not isinstance(keys, dict) or len(keys) > 60:
        raise Invalid("Keys are chosen as {“single_keys”: true, “keys”: {act: key}}.")
    for act, key in keys.items():
        if not _ACT.fullmatch(act) or not isinstance(key, str) or len(key) != 1 or key.isspace():
            raise Invalid(f"“{act}” must go by one visible character.")
    if len({key.lower() for key in keys.values()}) < len(keys):
        raise Invalid("The same key is chosen for two acts.")
    with transaction.atomic():
        KeyChoice.objects.update_or_create(
            user=user, defaults={"single_keys": single_keys, "keys": keys}
        )
    return Keys(single_keys, keys)
