"""People: what they choose for themselves, in every project."""

import re

from projects.models import User
from projects.refusals import Invalid


def choose_language(user: User, language: str) -> User:
    """The language this person reads codebooks in; empty for what their browser asks for."""
    if language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise Invalid("A language is written as a code such as en, fr or pt-BR.")
    user.language = language
    user.save(update_fields=["language"])
    return user
